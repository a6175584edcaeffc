// Makes a whole site folder from the page's files and an invented atlas of a drawn land:
//   node make_fixture.mjs PAGE_DIR PARTS_DIR TEXTS_DIR OUT_DIR
// The figures are invented; they are chosen so that every state, all directions, both vintages, a total, a break
// in a series, equal ranks, inherited values, sampling errors and an index occur.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawn_index } from './drawn_index.mjs';
import { drawn_boundaries } from './drawn_land.mjs';

const colours = ['#fef0d9', '#fdcc8a', '#fc8d59', '#d7301f'];
const other = {
  missing: { colour: '#d0d0d0', label: { en: 'No data', ru: 'Нет данных', kk: 'Дерек жоқ' } },
  suppressed: { colour: '#b39ddb', label: { en: 'Suppressed', ru: 'Скрыто', kk: 'Жасырылған' } },
  not_applicable: {
    colour: '#ececec', label: { en: 'Not applicable', ru: 'Не применимо', kk: 'Қолданылмайды' }
  },
  unmatched: { colour: '#90a4ae', label: { en: 'No row', ru: 'Нет строки', kk: 'Жол жоқ' } }
};
const borrowed = {
  colour: '#f3f6f8',
  label: { en: 'Inherited from a larger unit', ru: 'От прежней единицы', kk: 'Бұрынғы бірліктен' }
};
const unreliable_entry = {
  colour: '#ffffff',
  label: { en: 'Error above a third', ru: 'Ошибка больше трети', kk: 'Қате үштен бірден көп' }
};
const ground = { colour: '#f7f5ee', label: { en: 'Value in a circle', ru: 'Значение в круге', kk: 'Шеңбердегі мән' } };
const generalised = { en: 'Generalised outline', ru: 'Обобщённый контур', kk: 'Жалпыланған контур' };

const symbols = { largest: 640, largest_radius_px: 30, colour: '#ee8302', outline: '#3a2a1a' };

const figures = [
  {
    code: 'short_children', theme: 'health', direction: 'adverse', decimals: 1, breaks: [0, 4, 8, 12, 40],
    name: { en: 'Short children', ru: 'Низкорослые дети', kk: 'Бойы аласа балалар' },
    unit: { en: 'percent of children', ru: 'процент детей', kk: 'балалар пайызы' },
    years: {
      2010: { vintage: 'pre-2018', published: 13.1,
        values: [18.4, 9.8, 5.2, 36.2, 'missing', 4.8, 10.6, 7.1],
        errors: [1.9, 0.9, 2.1, 3.5, null, 0.6, 1.2, 1], unreliable: [2], bracketed: [7], unstable: { 6: 0.41 } },
      2015: { vintage: 'pre-2018', published: 8,
        values: [11.8, 6.6, 2.3, 'suppressed', 8.1, 2.9, 5.4, 10] },
      2020: { vintage: '2018', published: null,
        values: [9.7, 6.1, 3.3, 1.2, 'unmatched', 12.6, 4.4, 8.8, 'not_applicable', 7.5] }
    }
  },
  {
    code: 'clean_wells', theme: 'water', direction: 'favourable', decimals: 2, breaks: [0, 85, 92, 97, 100],
    name: { en: 'Clean wells', ru: 'Чистые колодцы', kk: 'Таза құдықтар' },
    unit: { en: 'percent of households', ru: 'процент домохозяйств', kk: 'үй шаруашылықтарының пайызы' },
    // The figures of 2012 are those of South Field for the fields that it became; a new method from 2021.
    years: {
      2012: { vintage: '2018', published: null, inherited: [0, 1],
        values: [88.4, 88.4, 97.63, 100, 89.27, 96.26, 83.17, 83.17, 'missing', 94.99] },
      2015: { vintage: 'pre-2018', published: null,
        values: [80.06, 99.59, 97.63, 100, 89.27, 96.26, 83.17, 94.99] },
      2021: { vintage: '2018', published: 96.4,
        values: [91.5, 99.1, 98.25, 100, 90.4, 97.75, 86.12, 95, 99.9, 93.31] }
    },
    series_breaks: [{ year: 2021,
      text: { en: 'Counted anew.', ru: 'Новый способ подсчёта.', kk: 'Есептеудің жаңа тәсілі.' } }]
  },
  {
    code: 'people_per_field', theme: 'water', direction: 'neutral', decimals: 1, breaks: [0, 2, 5, 20, 2000],
    name: { en: 'People per field', ru: 'Людей на поле', kk: 'Бір алқапқа адам' },
    unit: { en: 'persons', ru: 'человек', kk: 'адам' },
    years: {
      2021: { vintage: '2018', published: null, values: [18.4, 5.2, 5.2, 3.1, 4.8, 2.2, 0.9, 6, 1200, 1300] }
    }
  },
  {
    code: 'smoke', theme: 'water', direction: 'adverse', kind: 'total', decimals: 0,
    name: { en: 'Smoke of chimneys', ru: 'Дым труб', kk: 'Мұржалардың түтіні' },
    unit: { en: 'tonnes', ru: 'тонн', kk: 'тонна' },
    years: {
      2015: { vintage: 'pre-2018', published: 1900, values: [420, 61, 0, 100, 'missing', 640, 18, 55] },
      2021: { vintage: '2018', published: null, values: [120, 310, 61, 0, 100, 420, 640, 18, 55, 71] }
    }
  }
];

// The TOML of styles/texts is tables of plain strings: read just that.
function read_texts(folder) {
  const texts = {};
  readdirSync(folder).filter((name) => ['page.toml', 'composite.toml'].includes(name)).forEach((name) => {
    let table = null;
    readFileSync(join(folder, name), 'utf8').split('\n').forEach((line) => {
      const head = line.match(/^\[(.+)\]$/);
      const entry = line.match(/^(\w+)\s*=\s*(".*")\s*$/);
      if (head) table = texts[head[1]] = {};
      else if (entry && table) table[entry[1]] = JSON.parse(entry[2]);
    });
  });
  return texts;
}

// Invented sampling errors; null where a year has none.
function precision_of({ errors, unreliable, bracketed, unstable }, values) {
  if (!errors) return null;
  const end = (sign) => values.map((value, i) => (value === null ? null : Number((value + sign * 2 * errors[i]).toFixed(2))));
  const listed = (list) => values.map((value, i) => list.includes(i));
  return {
    se: errors, lower: end(-1), upper: end(1), unreliable: listed(unreliable), bracketed: listed(bracketed),
    unstable: listed(Object.keys(unstable).map(Number)),
    class_probability: values.map((value, i) => (value === null ? null : unstable[i] || 0.9))
  };
}

// The legend of a total: three circles, then the ground that lies below them.
function symbol_entries(states) {
  const same = (text) => ({ en: text, ru: text, kk: text });
  return [...[500, 100, 20].map((value) =>
    ({ kind: 'symbol', value, colour: symbols.colour, count: 0, label: same(String(value)) })),
  { kind: 'present', count: states.filter((state) => state === 'present').length, ...ground }];
}

function class_entries(indicator, classes) {
  const dash = (k) => indicator.breaks[k] + ' \u2013 ' + indicator.breaks[k + 1];
  return colours.map((colour, k) => ({
    kind: 'class', class: k, colour, count: classes.filter((each) => each === k).length,
    label: { en: dash(k), ru: dash(k), kk: dash(k) }
  }));
}

// classes: of what is counted; inherited: how many are not.
function legend_of(indicator, states, classes, boundaries, inherited, doubted) {
  const count = (list, item) => list.filter((each) => each === item).length;
  const first = indicator.kind ? symbol_entries(states) : class_entries(indicator, classes);
  const of_states = Object.keys(other).filter((state) => state === 'missing' || states.includes(state))
    .map((state) => ({ kind: state, count: count(states, state), ...other[state] }));
  const dashed = boundaries.regions.filter((region) => region.generalised).length;
  const last = { kind: 'generalised', colour: '#1c2733', count: dashed, label: generalised };
  const of_others = inherited ? [{ kind: 'inherited', count: inherited, ...borrowed }] : [];
  const doubts = doubted ? [{ kind: 'unreliable', count: doubted, ...unreliable_entry }] : [];
  return [...first, ...of_others, ...of_states, ...doubts, last];
}

function summary_of(indicator, values, published, earlier) {
  const known = values.map((value, region) => ({ value, region })).filter((each) => each.value !== null)
    .sort((a, b) => a.value - b.value);
  const sum = known.reduce((total, each) => total + each.value, 0);
  const low = known[0];
  const high = known[known.length - 1];
  const [worst, best] = indicator.direction === 'adverse' ? [high, low] : [low, high];
  const extremes = { highest: high, lowest: low };
  const published_national = published === null ? null : { value: published, source: 'Drawn land survey' };
  if (indicator.kind) {
    return {
      published_national, weighted_mean: null, weight: null, worst: null, best: null, ...extremes,
      sum, difference: null, ratio: null, index: { code: 'TI', value: null }, n: known.length,
      direction_of_change: null
    };
  }
  const ends = indicator.direction === 'neutral' ? { worst: null, best: null } : { worst, best };
  return {
    published_national, ...ends, ...extremes, sum: null,
    weighted_mean: sum / known.length,
    weight: { en: 'all alike', ru: 'одинаковые', kk: 'бірдей' },
    difference: high.value - low.value, ratio: high.value / low.value,
    index: { code: 'TI', value: 98.5 }, n: known.length,
    direction_of_change: earlier ? { from: earlier, difference: 'narrowed', ratio: 'widened' } : null
  };
}

function year_of(indicator, [label, drawn], earlier, boundaries) {
  const values = drawn.values.map((value) => (typeof value === 'number' ? value : null));
  const states = drawn.values.map((value) => (typeof value === 'number' ? 'present' : value));
  const inner = (indicator.breaks || []).slice(1, -1);
  const classes = values.map((value) =>
    (value === null || indicator.kind ? null : inner.filter((at) => value >= at).length));
  const borrows = drawn.inherited || [];
  const counted = (list) => list.filter((each, i) => !borrows.includes(i));
  const flags = borrows.length ? { inherited: values.map((value, i) => borrows.includes(i)) } : {};
  const after = (indicator.series_breaks || []).filter((each) => each.year <= Number(label)).length;
  return {
    year: Number(label), label, vintage: drawn.vintage, values, states, classes, ...flags,
    series: (drawn.vintage === '2018' ? 10 : 0) + after, sources: ['DRAWN'],
    symbols: indicator.kind ? symbols : null,
    precision: precision_of(drawn, values),
    legend: legend_of(indicator, states, counted(classes),
      boundaries.find((each) => each.vintage === drawn.vintage), borrows.length,
      (drawn.unreliable || []).length),
    summary: summary_of(indicator, values.map((value, i) => (borrows.includes(i) ? null : value)),
      drawn.published, earlier),
    notes: [{ en: `Invented figures of ${label}.`, ru: `Вымышленные данные за ${label} год.`,
      kk: `${label} жылғы ойдан шығарылған деректер.` }]
  };
}

function make_atlas(texts) {
  const boundaries = drawn_boundaries();
  return {
    schema: 'tendik.site/1', languages: ['kk', 'ru', 'en'], texts, boundaries,
    title: { en: 'Atlas of a drawn land', ru: 'Атлас нарисованной страны', kk: 'Салынған ел атласы' },
    attribution: { en: 'Nobody owns this land.', ru: 'Эта страна ничья.', kk: 'Бұл ел ешкімдікі емес.' },
    themes: [{ code: 'health', name: { en: 'Health', ru: 'Здоровье', kk: 'Денсаулық' } },
      { code: 'water', name: { en: 'Water', ru: 'Вода', kk: 'Су' } },
      { code: 'composite.theme', name: texts['composite.theme'] }],
    indicators: [...figures.map((indicator) => ({
      code: indicator.code, name: indicator.name, theme: indicator.theme, unit: indicator.unit,
      direction: indicator.direction, decimals: indicator.decimals, kind: indicator.kind || 'rate',
      breaks: indicator.series_breaks || [],
      definition: { en: 'An invented share.', ru: 'Вымышленная доля.', kk: 'Ойдан шығарылған үлес.' },
      sources: [{ id: 'DRAWN', title: 'Drawn land survey', publisher: 'Nobody' }],
      years: Object.entries(indicator.years).map((entry, i, all) =>
        year_of(indicator, entry, i ? Number(all[i - 1][0]) : null, boundaries))
    })), drawn_index(texts, colours, { ...other.missing, label: texts['composite.no_score'] }, generalised)]
  };
}

function copy_page(page, parts, out) {
  readdirSync(page).filter((name) => /^(index\.html|licences\.txt|.*\.(js|css))$/.test(name))
    .forEach((name) => copyFileSync(join(page, name), join(out, name)));
  readFileSync(join(page, 'parts.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
    .forEach((line) => {
      const [from, to] = line.split('\t');
      copyFileSync(join(parts, from), join(out, to));
    });
}

const [page, parts, texts, out] = process.argv.slice(2);
if (!out) {
  console.error('usage: node make_fixture.mjs PAGE_DIR PARTS_DIR TEXTS_DIR OUT_DIR');
  process.exit(2);
}
mkdirSync(out, { recursive: true });
copy_page(page, parts, out);
const atlas = JSON.stringify(make_atlas(read_texts(texts)));
writeFileSync(join(out, 'data.js'), 'window.TENDIK_ATLAS = ' + atlas + ';\n');

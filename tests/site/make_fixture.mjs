// Makes a whole site folder from the page's files and an invented atlas of a drawn land:
//   node make_fixture.mjs PAGE_DIR PARTS_DIR TEXTS_DIR OUT_DIR
// The figures are invented; they are chosen so that every state, both directions and both vintages occur.
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const generalised = { en: 'Generalised outline', ru: 'Обобщённый контур', kk: 'Жалпыланған контур' };

const figures = [
  {
    code: 'short_children', theme: 'health', direction: 'adverse', decimals: 1, breaks: [0, 4, 8, 12, 40],
    name: { en: 'Short children', ru: 'Низкорослые дети', kk: 'Бойы аласа балалар' },
    unit: { en: 'percent of children', ru: 'процент детей', kk: 'балалар пайызы' },
    years: {
      2010: { vintage: 'pre-2018', published: 13.1,
        values: [18.4, 9.8, 5.2, 36.2, 'missing', 4.8, 10.6, 7.1] },
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
    years: {
      2015: { vintage: 'pre-2018', published: null,
        values: [80.06, 99.59, 97.63, 100, 89.27, 96.26, 83.17, 94.99] },
      2021: { vintage: '2018', published: 96.4,
        values: [91.5, 99.1, 98.25, 100, 90.4, 97.75, 86.12, 95, 99.9, 93.31] }
    }
  }
];

// The TOML of styles/texts is tables of plain strings: read just that.
function read_texts(folder) {
  const texts = {};
  readdirSync(folder).filter((name) => name === 'page.toml').forEach((name) => {
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

function legend_of(indicator, states, classes, boundaries) {
  const count = (list, item) => list.filter((each) => each === item).length;
  const dash = (k) => indicator.breaks[k] + ' \u2013 ' + indicator.breaks[k + 1];
  const of_classes = colours.map((colour, k) => ({
    kind: 'class', class: k, colour, count: count(classes, k),
    label: { en: dash(k), ru: dash(k), kk: dash(k) }
  }));
  const of_states = Object.keys(other).filter((state) => state === 'missing' || states.includes(state))
    .map((state) => ({ kind: state, count: count(states, state), ...other[state] }));
  const dashed = boundaries.regions.filter((region) => region.generalised).length;
  const last = { kind: 'generalised', colour: '#1c2733', count: dashed, label: generalised };
  return [...of_classes, ...of_states, last];
}

function summary_of(indicator, values, published, earlier) {
  const known = values.map((value, region) => ({ value, region })).filter((each) => each.value !== null)
    .sort((a, b) => a.value - b.value);
  const low = known[0];
  const high = known[known.length - 1];
  const [worst, best] = indicator.direction === 'adverse' ? [high, low] : [low, high];
  return {
    published_national: published === null ? null : { value: published, source: 'Drawn land survey' },
    weighted_mean: known.reduce((sum, each) => sum + each.value, 0) / known.length,
    weight: { en: 'all alike', ru: 'одинаковые', kk: 'бірдей' },
    worst: { region: worst.region, value: worst.value }, best: { region: best.region, value: best.value },
    difference: high.value - low.value, ratio: high.value / low.value,
    index: { code: 'TI', value: 98.5 }, n: known.length,
    direction_of_change: earlier ? { from: earlier, difference: 'narrowed', ratio: 'widened' } : null
  };
}

function year_of(indicator, [label, drawn], earlier, boundaries) {
  const values = drawn.values.map((value) => (typeof value === 'number' ? value : null));
  const states = drawn.values.map((value) => (typeof value === 'number' ? 'present' : value));
  const inner = indicator.breaks.slice(1, -1);
  const classes = values.map((value) => (value === null ? null : inner.filter((at) => value >= at).length));
  return {
    year: Number(label), label, vintage: drawn.vintage, values, states, classes,
    legend: legend_of(indicator, states, classes, boundaries.find((each) => each.vintage === drawn.vintage)),
    summary: summary_of(indicator, values, drawn.published, earlier),
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
      { code: 'water', name: { en: 'Water', ru: 'Вода', kk: 'Су' } }],
    indicators: figures.map((indicator) => ({
      code: indicator.code, name: indicator.name, theme: indicator.theme, unit: indicator.unit,
      direction: indicator.direction, decimals: indicator.decimals,
      definition: { en: 'An invented share.', ru: 'Вымышленная доля.', kk: 'Ойдан шығарылған үлес.' },
      sources: [{ id: 'DRAWN', title: 'Drawn land survey', publisher: 'Nobody' }],
      years: Object.entries(indicator.years).map((entry, i, all) =>
        year_of(indicator, entry, i ? Number(all[i - 1][0]) : null, boundaries))
    }))
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

// An invented composite index over the ten regions of 2018: two domains, one of them with a component below; a region
// without a score, others whose figures weigh more.
const same = (en, ru, kk) => ({ en, ru, kk });
const least_share = 0.6;

// Scores of the indicators, 0 to 100; words: why there is none.
const leaves = {
  growth: [70, 55, 40, 20, 95, 'inherited', 60, 35, 'missing', 80],
  teeth: [10, 'inherited', 65, 45, 75, 'inherited', 30, 90, 'missing', 50],
  wells: [88, 31, 77, 52, 64, 45, 9, 'not_applicable', 'missing', 66],
  pipes: [43, 12, 58, 70, 36, 91, 27, 49, 85, 'suppressed']
};
const tree = [
  { code: 'index', parent: null, name: same('Index', 'Индекс', 'Индекс') },
  { code: 'body', parent: 0, name: same('Body', 'Тело', 'Дене') },
  { code: 'height', parent: 1, name: same('Height', 'Рост', 'Бой') },
  { code: 'growth', parent: 2, name: same('Growth', 'Развитие', 'Өсу'), year: '2015' },
  { code: 'teeth', parent: 1, name: same('Sound teeth', 'Здоровые зубы', 'Сау тістер'), year: '2020' },
  { code: 'home', parent: 0, name: same('Home', 'Дом', 'Үй') },
  { code: 'wells', parent: 5, name: same('Wells', 'Колодцы', 'Құдықтар'), year: '2020' },
  { code: 'pipes', parent: 5, name: same('Pipes', 'Трубы', 'Құбырлар'), year: '2021' }
];
const children_of = (at) => tree.map((node, i) => i).filter((i) => tree[i].parent === at);
const region_count = leaves.growth.length;

// Mean of the children that have a score, where they are enough; null else.
function score_of(at, region) {
  const own = leaves[tree[at].code];
  if (own) return typeof own[region] === 'number' ? own[region] : null;
  const all = children_of(at).map((child) => score_of(child, region));
  const present = all.filter((score) => score !== null);
  if (!present.length || present.length / all.length < least_share - (tree[at].parent === null ? 0 : 0.2)) return null;
  return present.reduce((sum, score) => sum + score, 0) / present.length;
}

// Score times the share of its weight, along the tree.
function part_of(at, region) {
  const score = score_of(at, region);
  if (score === null || score_of(0, region) === null) return null;
  let share = 1;
  for (let node = at; tree[node].parent !== null; node = tree[node].parent) {
    share /= children_of(tree[node].parent).filter((child) => score_of(child, region) !== null).length;
  }
  return score * share;
}

const over_regions = (of) => Array.from({ length: region_count }, (unused, region) => of(region));

export function drawn_index(texts, colours, missing, generalised) {
  const values = over_regions((region) => score_of(0, region));
  const breaks = [0, 35, 50, 65, 100];
  const classes = values.map((value) => (value === null ? null : breaks.slice(1, -1).filter((at) => value >= at).length));
  const known = values.map((value, region) => ({ value, region })).filter(({ value }) => value !== null)
    .sort((a, b) => a.value - b.value);
  const rank = (value) => values.filter((other) => other > value).length + 1;
  const ends = (step) => values.map((value) => (value === null ? null
    : Math.min(known.length, Math.max(1, rank(value) + step))));
  const range = (k) => breaks[k] + ' \u2013 ' + breaks[k + 1];
  const count = (k) => classes.filter((each) => each === k).length;
  const [worst, best] = [known[0], known[known.length - 1]];
  return {
    code: 'index_1', theme: 'composite.theme', direction: 'favourable', kind: 'mean', decimals: 1, breaks: [],
    name: same('How children fare: an illustration', 'Как живут дети: иллюстрация', 'Балалар қалай тұрады: мысал'),
    unit: same('score, 0 to 100', 'балл, от 0 до 100', 'балл, 0 мен 100 аралығында'),
    definition: same('Invented scores.', 'Вымышленные баллы.', 'Ойдан шығарылған балдар.'),
    sources: [{ id: 'DRAWN', title: 'Drawn land survey', publisher: 'Nobody' }],
    years: [{
      year: null, label: '', vintage: '2018', series: 99, sources: ['DRAWN'], symbols: null, precision: null, values,
      states: values.map((value) => (value === null ? 'missing' : 'present')), classes,
      legend: [...colours.map((colour, k) => ({
        kind: 'class', class: k, colour, count: count(k), label: same(range(k), range(k), range(k))
      })), { kind: 'missing', count: count(null), ...missing },
      { kind: 'generalised', colour: '#1c2733', count: 2, label: generalised }],
      summary: {
        published_national: null, weighted_mean: known.reduce((sum, each) => sum + each.value, 0) / known.length,
        weight: null, worst, best, highest: best, lowest: worst, sum: null, difference: null, ratio: null,
        index: { code: 'TI', value: null }, n: known.length, direction_of_change: null
      },
      notes: [same('No official index.', 'Не официальный индекс.', 'Ресми индекс емес.')],
      index: {
        least_share, draws: 2000, mean_shift: 1.26,
        ranks: { low: ends(-1), median: ends(0), high: ends(2) },
        nodes: tree.map((node, at) => ({
          code: node.code, name: node.name, parent: node.parent, weight: 1,
          scores: over_regions((region) => score_of(at, region)), parts: over_regions((region) => part_of(at, region)),
          ...(leaves[node.code] ? {
            year: node.year,
            states: leaves[node.code].map((score) => (typeof score === 'number' ? 'present' : score))
          } : {})
        }))
      }
    }]
  };
}

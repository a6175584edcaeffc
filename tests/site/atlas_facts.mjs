// What the data of an atlas say a page must show, worked out apart from the page's own code.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

// The object that data.js leaves behind.
export function read_atlas(site) {
  const sandbox = { window: {} };
  runInNewContext(readFileSync(join(site, 'data.js'), 'utf8'), sandbox);
  return sandbox.window.TENDIK_ATLAS;
}

export const boundaries_of = (atlas, year) => atlas.boundaries.find((each) => each.vintage === year.vintage);
export const is_unreliable = (year, i) => Boolean(year.precision && year.precision.unreliable
  && year.precision.unreliable[i]);
export const is_bracketed = (year, i) => Boolean(year.precision && year.precision.bracketed
  && year.precision.bracketed[i]);
export const is_inherited = (year, i) => Boolean(year.inherited && year.inherited[i]);
export const of_class = (year, i) => year.legend.find((entry) => (year.classes[i] === null
  ? entry.kind === year.states[i] : entry.kind === 'class' && entry.class === year.classes[i]));
// Inherited values have an entry of their own, and the colour of their class below the hatch.
export const entry_of = (year, i) => (is_inherited(year, i)
  && year.legend.find((entry) => entry.kind === 'inherited')) || of_class(year, i);
export const has_worst = (indicator) => indicator.direction !== 'neutral' && !['total', 'count'].includes(indicator.kind);

// A model whose error is no smaller than what the regions differ by says nothing of their order.
export const can_rank = (year) => !year.modelled || year.modelled.can_rank || Boolean(year.symbols);

// The browser's page writes numbers by hand; the runtime's own locale tables are the independent witness.
export function number(value, decimals, language) {
  return new Intl.NumberFormat(language, {
    minimumFractionDigits: decimals, maximumFractionDigits: decimals,
    useGrouping: language === 'en' || Math.abs(value) >= 10000
  }).format(value);
}

// Place among the counted values by plain counting; equal values share places.
export function rank_of({ indicator, year }, i) {
  const all = year.values.filter((value, k) => value !== null && !is_inherited(year, k));
  const up = has_worst(indicator) && indicator.direction === 'adverse';
  const better = all.filter((value) => (up ? value < year.values[i] : value > year.values[i])).length;
  const equal = all.filter((value) => value === year.values[i]).length;
  return { rank: better + 1, last: better + equal, n: all.length };
}
export function rank_words(atlas, { rank, last, n }, language) {
  const places = last > rank ? rank + '\u2013' + last : String(rank);
  return atlas.texts['page.rank_of'][language].replace('{rank}', places).replace('{n}', n);
}

export function address(base, indicator, year, language) {
  return base + '#indicator=' + indicator.code + '&year=' + year.year +
    (year.vintage ? '&vintage=' + year.vintage : '') + '&lang=' + language;
}

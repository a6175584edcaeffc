// How exact a figure is: its interval, brackets round few cases, and doubts that are drawn or said. Draws nothing.
(function (tendik) {
  'use strict';

  const { say, number } = tendik.words;

  // Null where no sampling errors or cases are given.
  function of(year) {
    return year.precision || null;
  }

  function flag(year, name, index) {
    return Boolean(of(year) && of(year)[name] && of(year)[name][index]);
  }

  function at(year, name, index) {
    const values = of(year) && of(year)[name];
    return values && values[index] !== null && values[index] !== undefined ? values[index] : null;
  }

  const unreliable = (year, index) => flag(year, 'unreliable', index);

  // Figures of few cases stand in brackets, as in the tables of the surveys.
  function in_brackets(year, index, text) {
    return flag(year, 'bracketed', index) ? '(' + text + ')' : text;
  }

  function pairs(now, index) {
    const [lower, upper] = ['lower', 'upper'].map((end) => at(now.year, end, index));
    if (lower === null || upper === null) return [];
    const text = [lower, upper].map((end) => number(end, now.indicator.decimals)).join('\u2013');
    return [{ name: say('precision.interval'), text }];
  }

  // Chances below one half are those of regions whose class is not firm.
  function notes(now, index) {
    const told = [];
    if (unreliable(now.year, index)) told.push(say('precision.unreliable_here'));
    if (flag(now.year, 'bracketed', index)) told.push(say('precision.few_cases_here'));
    if (flag(now.year, 'unstable', index)) {
      const chance = number(100 * at(now.year, 'class_probability', index), 0) + '\u00a0%';
      told.push(say('precision.unstable_here', { chance }));
    }
    return told;
  }

  // What the notes below the legend say of all regions.
  function map_notes(now) {
    const any = (name) => now.boundaries.regions.some((region, index) => flag(now.year, name, index));
    return [any('unreliable') ? say('precision.unreliable_note') : '',
      any('unstable') ? say('precision.unstable_note') : ''];
  }

  // Columns of the downloaded table, named as in tables/values.csv.
  function columns(now) {
    if (!of(now.year)) return [];
    const numbers = ['se', 'lower', 'upper', 'n', 'class_probability'].filter((name) => of(now.year)[name]);
    const flags = ['unreliable', 'bracketed'].filter((name) => of(now.year)[name]);
    return [...numbers.map((column) => ({ column, value: (index) => at(now.year, column, index) })),
      ...flags.map((column) => ({ column, value: (index) => (flag(now.year, column, index) ? 1 : 0) }))];
  }

  tendik.precision = { unreliable, in_brackets, pairs, notes, map_notes, columns };
}(window.tendik = window.tendik || {}));

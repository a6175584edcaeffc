// What the data say of one region: its figure, its place among the others, its way through the years. Draws
// nothing.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;

  function has_value(year, index) {
    const value = year.values[index];
    return value !== null && value !== undefined;
  }

  // The value of a larger unit of another time, shown for its parts: it is drawn, and never counted.
  function inherited(year, index) {
    return Boolean(year.inherited && year.inherited[index]);
  }

  function counts(year, index) {
    return has_value(year, index) && !inherited(year, index);
  }

  function is_total(indicator) {
    return indicator.kind === 'total' || indicator.kind === 'count';
  }

  function has_worst(indicator) {
    return indicator.direction !== 'neutral' && !is_total(indicator);
  }

  // Ranks run from the best where there is a good end, else from the highest.
  function lowest_first(indicator) {
    return indicator.direction === 'adverse' && !is_total(indicator);
  }

  // {rank, last, of}: equal values share the ranks from `rank` to `last`; null where nothing is ranked.
  function rank_of(now, index) {
    const { year, indicator } = now;
    // A source that speaks of some regions only ranks none.
    if (!counts(year, index) || indicator.partial) return null;
    if (!tendik.modelled.can_rank(year)) return null;
    const all = year.values.filter((value, at) => counts(year, at));
    const value = year.values[index];
    const better = all.filter((other) => (lowest_first(indicator) ? other < value : other > value));
    const rank = better.length + 1;
    return { rank, last: rank + all.filter((other) => other === value).length - 1, of: all.length };
  }

  // The distance to the mean of the regions or, for a total, the share of their sum in per cent.
  function gap_of(now, index) {
    const { weighted_mean: mean } = now.year.summary;
    if (!counts(now.year, index) || mean === null || mean === undefined) return null;
    if (!tendik.modelled.can_rank(now.year)) return null;
    return now.year.values[index] - mean;
  }

  function share_of(now, index) {
    const { sum } = now.year.summary;
    return counts(now.year, index) && sum > 0 ? (100 * now.year.values[index]) / sum : null;
  }

  // Worst first; where no end is bad, the highest first. Regions without a value come last.
  function worst_first(now) {
    const { year, indicator } = now;
    const sign = indicator.direction === 'favourable' && !is_total(indicator) ? 1 : -1;
    return now.boundaries.regions.map((region, index) => index).sort(function (a, b) {
      if (has_value(year, a) !== has_value(year, b)) return has_value(year, a) ? -1 : 1;
      return has_value(year, a) ? sign * (year.values[a] - year.values[b]) || a - b : a - b;
    });
  }

  // The figures of the region with this key in all years and vintages that have it, series by series.
  function figures_of(indicator, key) {
    return indicator.years.map(function (year) {
      const { regions } = atlas.boundaries.find((each) => each.vintage === year.vintage);
      const index = regions.findIndex((region) => region.key === key);
      return {
        year: year.year, label: year.label, vintage: year.vintage, series: year.series, index,
        value: index >= 0 && has_value(year, index) ? year.values[index] : null,
        inherited: index >= 0 && inherited(year, index), mean: year.summary.weighted_mean, entry: year
      };
    }).filter((figure) => figure.index >= 0 && figure.year !== null)
      .sort((a, b) => a.series - b.series || a.year - b.year);
  }

  // Runs that a line may join: of one series, without a gap, and not across borrowed values.
  function runs_of(figures, pick) {
    const runs = [];
    let before = null;
    figures.forEach(function (figure) {
      const number = pick(figure);
      if (number !== null && number !== undefined) {
        const joined = before && before.series === figure.series && before.inherited === figure.inherited;
        if (!joined) runs.push([]);
        runs[runs.length - 1].push({ year: figure.year, number, figure });
      }
      before = number === null || number === undefined ? null : figure;
    });
    return runs;
  }

  // Where one series ends and the next begins: {at, year, texts of breaks, vintage when the units changed}.
  function breaks_of(indicator, figures) {
    const found = [];
    figures.forEach(function (figure, i) {
      const before = figures[i - 1];
      if (!before || before.series === figure.series || before.year >= figure.year) return;
      const texts = (indicator.breaks || [])
        .filter((each) => each.year > before.year && each.year <= figure.year).map((each) => each.text);
      found.push({
        at: (before.year + figure.year) / 2, year: figure.year, texts,
        vintage: before.vintage === figure.vintage ? null : figure.vintage
      });
    });
    return found;
  }

  tendik.series = {
    has_value, inherited, counts, is_total, has_worst, rank_of, gap_of, share_of, worst_first, figures_of,
    runs_of, breaks_of
  };
}(window.tendik = window.tendik || {}));

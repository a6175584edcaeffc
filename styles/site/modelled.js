// What is known of modelled values besides themselves: their standard error, the chance of each band, stations
// inside. Draws nothing.
(function (tendik) {
  'use strict';

  const { say, number } = tendik.words;

  // Null where the values are counted, surveyed or measured.
  function of(year) {
    return year.modelled || null;
  }

  // Circles of people may be ranked: they differ by how many live there.
  function can_rank(year) {
    return !of(year) || of(year).can_rank || Boolean(year.symbols);
  }

  function has_error(year) {
    return Boolean(of(year) && of(year).error);
  }

  function error_text(now, index) {
    const error = has_error(now.year) ? of(now.year).error[index] : null;
    return error === null || error === undefined ? '' : '\u00b1' + number(error, now.indicator.decimals);
  }

  // Shares of one hundred, whole ones: the error leaves no more.
  function chance_text(now, band, index) {
    const chance = of(now.year).chances[band][index];
    return chance === null || chance === undefined ? '' : number(100 * chance, 0) + '\u00a0%';
  }

  function level_text(level) {
    return number(level, Number.isInteger(level) ? 0 : 1);
  }

  // "up to 5", "5 to 10", "above 35"; none where no chances are known.
  function bands(year) {
    const { levels, chances } = of(year) || { levels: [], chances: [] };
    if (!has_error(year) || !chances.length) return [];
    return chances.map(function (chance, band) {
      if (band === 0) return say('modelled.band_up_to', { high: level_text(levels[0]) });
      if (band === levels.length) return say('modelled.band_over', { low: level_text(levels[band - 1]) });
      return say('modelled.band_between',
        { low: level_text(levels[band - 1]), high: level_text(levels[band]) });
    });
  }

  // As in the tables that a run writes.
  function band_code(levels, band) {
    if (band === 0) return 'up_to_' + levels[0];
    return band === levels.length ? 'over_' + levels[band - 1] : levels[band - 1] + '_to_' + levels[band];
  }

  function stations(now, index) {
    const found = of(now.year) ? of(now.year).stations : null;
    return found ? found[index] : null;
  }

  function notes(now, index) {
    const told = [];
    if (stations(now, index) === 0) told.push(say('modelled.no_station_here'));
    if (!can_rank(now.year)) told.push(say('modelled.not_ranked'));
    return told;
  }

  // What stands in the card of a region: [{name, text}].
  function pairs(now, index) {
    if (!has_error(now.year) || !tendik.series.has_value(now.year, index)) return [];
    const found = [{ name: say('modelled.standard_error'), text: error_text(now, index) }];
    if (stations(now, index) !== null) {
      found.push({ name: say('modelled.stations'), text: String(stations(now, index)) });
    }
    return found;
  }

  function band_pairs(now, index) {
    if (!tendik.series.has_value(now.year, index)) return [];
    return bands(now.year).map((name, band) => ({ name, text: chance_text(now, band, index) }));
  }

  // Further columns of the table: {column, name, value of a region to sort by, text of a region}.
  function columns(now) {
    if (!has_error(now.year)) return [];
    const { error, chances } = of(now.year);
    const all = [{
      column: 'error', name: say('modelled.standard_error'), value: (index) => error[index],
      text: (index) => error_text(now, index)
    }];
    if (of(now.year).stations) {
      all.push({
        column: 'stations', name: say('modelled.stations'), value: (index) => stations(now, index),
        text: (index) => String(stations(now, index))
      });
    }
    return all.concat(bands(now.year).map((name, band) => ({
      column: 'chance_' + band_code(of(now.year).levels, band), name, value: (index) => chances[band][index],
      text: (index) => chance_text(now, band, index)
    })));
  }

  tendik.modelled = { of, can_rank, bands, notes, pairs, band_pairs, columns };
}(window.tendik = window.tendik || {}));

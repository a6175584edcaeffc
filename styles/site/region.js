// One region in words and a small line: the card under the pointer, and the card of the region kept.
(function (tendik) {
  'use strict';

  const { pick, say, number, signed } = tendik.words;
  const by_id = (id) => document.getElementById(id);

  function element(tag, class_name, text) {
    const made = document.createElement(tag);
    if (class_name) made.className = class_name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function value_text(now, index) {
    return tendik.series.has_value(now.year, index)
      ? tendik.precision.in_brackets(now.year, index, number(now.year.values[index], now.indicator.decimals))
      : tendik.composite.missing_text(now.year, index) || say('page.state_' + now.year.states[index]);
  }

  function rank_text(now, index) {
    const found = tendik.series.rank_of(now, index);
    if (!found) return '';
    const rank = found.last > found.rank ? found.rank + '\u2013' + found.last : String(found.rank);
    return say('page.rank_of', { rank, n: String(found.of) });
  }

  // What rank 1 means.
  function rank_key(indicator) {
    return say(tendik.series.has_worst(indicator) ? 'page.rank_best' : 'page.rank_highest');
  }

  function gap_text(now, index) {
    const gap = tendik.series.gap_of(now, index);
    return gap === null ? '' : signed(gap, now.indicator.decimals);
  }

  function share_text(now, index) {
    const share = tendik.series.share_of(now, index);
    return share === null ? '' : number(share, 1) + '\u00a0%';
  }

  // The distance to the country, whatever it is for this kind of figure: {name, text}; null where there is none.
  function comparison(now, index) {
    const text = tendik.series.is_total(now.indicator) ? share_text(now, index) : gap_text(now, index);
    if (!text) return null;
    const mean = number(now.year.summary.weighted_mean, now.indicator.decimals + 1);
    return {
      name: tendik.series.is_total(now.indicator) ? say('page.share') : say('page.gap_mean', { mean }), text
    };
  }

  function notes_of(now, index) {
    const notes = [];
    if (tendik.series.inherited(now.year, index)) notes.push(say('page.inherited_note'));
    if (now.boundaries.regions[index].generalised) notes.push(say('page.outline_generalised'));
    notes.push(...tendik.precision.notes(now, index), ...tendik.modelled.notes(now, index),
      ...tendik.composite.notes(now, index));
    return notes;
  }

  function value_line(now, index) {
    const known = tendik.series.has_value(now.year, index);
    const line = element('p', 'region-value' + (known ? '' : ' region-state'), value_text(now, index));
    if (known) line.append(' ', element('span', 'region-unit', pick(now.indicator.unit)));
    return line;
  }

  function class_line(now, index) {
    const entry = tendik.map.entry_of(now.year, index);
    if (!entry || entry.kind === 'present') return [];
    const line = element('p', 'region-class');
    line.append(tendik.panel.swatch(entry), pick(entry.label));
    return [line];
  }

  function pair(name, text, detail) {
    const row = element('div', 'region-pair');
    const term = element('dt', '', name);
    if (detail) term.append(element('span', 'detail', detail));
    row.append(term, element('dd', '', text));
    return row;
  }

  function pairs(now, index) {
    const list = element('dl', 'region-pairs');
    const rank = rank_text(now, index);
    const compared = comparison(now, index);
    list.append(...tendik.precision.pairs(now, index).map((each) => pair(each.name, each.text)));
    if (rank) list.append(pair(say('page.rank'), rank, rank_key(now.indicator)));
    list.append(...tendik.composite.pairs(now, index).map((each) => pair(each.name, each.text, each.detail)));
    if (compared) list.append(pair(compared.name, compared.text));
    list.append(...tendik.modelled.pairs(now, index).map((each) => pair(each.name, each.text)));
    return list.children.length ? [list] : [];
  }

  function fill_hover(card, now, index, measured) {
    const region = now.boundaries.regions[index];
    const line = tendik.sparkline.draw(now, region.key, { width: 236, height: 74 });
    card.replaceChildren(...(measured ? [element('p', 'measured', measured)] : []), element('strong', 'region-name', pick(region.name)), value_line(now, index),
      ...class_line(now, index), ...pairs(now, index), ...tendik.composite.waterfall(now, index, false),
      ...(line ? [line] : []),
      ...notes_of(now, index).map((note) => element('p', 'region-note', note)));
  }

  // `measured`: what stands at the place under the pointer; empty where there is none.
  function show_hover(now, index, point, measured) {
    const card = by_id('hover');
    card.hidden = index < 0;
    if (index < 0) return;
    const stamp = [now.stamp, index, measured].join('/');
    if (card.dataset.stamp !== stamp) fill_hover(card, now, index, measured);
    card.dataset.stamp = stamp;
    const frame = by_id('map-frame');
    const map = by_id('map');
    const right = point.x + 16 + card.offsetWidth > frame.clientWidth;
    const low = point.y + 16 + card.offsetHeight > map.clientHeight;
    card.style.left = Math.max(4, right ? point.x - 16 - card.offsetWidth : point.x + 16) + 'px';
    card.style.top = Math.max(4, low ? point.y - 16 - card.offsetHeight : point.y + 16) + 'px';
  }

  // Why the line is broken, year by year.
  function break_notes(now, key) {
    const figures = tendik.series.figures_of(now.indicator, key);
    return tendik.series.breaks_of(now.indicator, figures).flatMap(function (each) {
      const reasons = each.texts.map(pick);
      if (each.vintage) reasons.push(say('page.new_units'));
      if (!reasons.length) reasons.push(say('page.new_series'));
      return reasons.map((reason) => each.year + ': ' + reason);
    });
  }

  // Only what is drawn is explained.
  function trend_key(svg) {
    const key = element('p', 'spark-key');
    const entries = [['.spark-dot', 'key-line', 'page.this_region'],
      ['.spark-mean', 'key-line key-mean', 'page.mean_line'],
      ['.spark-break', 'key-line key-break', 'page.series_break'], ['.spark-hollow', 'key-dot', 'page.inherited']];
    entries.filter(([drawn]) => svg.querySelector(drawn)).forEach(function ([, look, text]) {
      const entry = element('span', 'key-entry');
      entry.append(element('span', look), say(text));
      key.append(entry);
    });
    return key;
  }

  // An index stands for years of its own and has no trend.
  function trend(now, key) {
    if (tendik.composite.of(now.year)) return [];
    const svg = tendik.sparkline.draw(now, key, { width: 352, height: 122 });
    const title = element('h4', '', say('page.trend'));
    if (!svg) return [title, element('p', 'region-note', say('page.one_year'))];
    const notes = element('ul', 'notes');
    notes.append(...break_notes(now, key).map((note) => element('li', '', note)));
    return [title, svg, trend_key(svg), notes];
  }

  function bands(now, index) {
    const found = tendik.modelled.band_pairs(now, index);
    if (!found.length) return [];
    const list = element('dl', 'region-pairs region-bands');
    list.append(...found.map((each) => pair(each.name, each.text)));
    return [element('h4', '', say('modelled.chance_title') + ', ' + pick(now.indicator.unit)), list];
  }

  // The region kept: beside the map, until another one is chosen or it is closed.
  function show_card(now, region_key) {
    const card = by_id('region-card');
    card.hidden = !region_key;
    if (!region_key) return;
    const index = now.selected;
    by_id('region-close').setAttribute('aria-label', say('page.close'));
    by_id('region-close').title = say('page.close');
    if (index < 0) {
      by_id('region-name').textContent = name_elsewhere(region_key);
      by_id('region-body').replaceChildren(element('p', 'region-note', say('page.region_elsewhere')));
      return;
    }
    by_id('region-name').textContent = pick(now.boundaries.regions[index].name);
    by_id('region-body').replaceChildren(value_line(now, index), ...class_line(now, index),
      ...pairs(now, index), ...notes_of(now, index).map((note) => element('p', 'region-note', note)),
      ...bands(now, index), ...tendik.composite.waterfall(now, index, true), ...trend(now, region_key));
  }

  // The name of a region that the boundaries of this year do not have.
  function name_elsewhere(key) {
    const all = window.TENDIK_ATLAS.boundaries.flatMap((each) => each.regions);
    const found = all.find((region) => region.key === key);
    return found ? pick(found.name) : key;
  }

  tendik.region = {
    show_hover, show_card, value_text, rank_text, rank_key, gap_text, share_text
  };
}(window.tendik = window.tendik || {}));

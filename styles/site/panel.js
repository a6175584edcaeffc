// Everything beside the map: legend, notes, key figures, hover card, table.
(function (tendik) {
  'use strict';

  const { pick, say, has_text, number, signed } = tendik.words;
  const by_id = (id) => document.getElementById(id);

  function element(tag, class_name, text) {
    const made = document.createElement(tag);
    if (class_name) made.className = class_name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function list_notes(target, texts) {
    target.replaceChildren(...texts.filter(Boolean).map((text) => element('li', '', text)));
  }

  function swatch(entry) {
    const made = element('span', 'swatch swatch-' + entry.kind);
    if (entry.kind !== 'generalised') made.style.backgroundColor = entry.colour;
    return made;
  }

  function legend_row(entry) {
    const row = element('li', 'legend-row');
    row.dataset.kind = entry.kind;
    row.dataset.colour = entry.colour || '';
    row.dataset.count = String(entry.count);
    const count = element('span', 'legend-count', String(entry.count));
    count.setAttribute('aria-label', entry.count + ' ' + say('page.regions_count'));
    row.append(swatch(entry), element('span', 'legend-label', pick(entry.label)), count);
    return row;
  }

  function show_legend(now) {
    by_id('legend-title').textContent = say('page.legend');
    by_id('legend').replaceChildren(...now.year.legend.map(legend_row));
    const any_generalised = now.boundaries.regions.some((region) => region.generalised);
    list_notes(by_id('notes'), [
      pick(now.indicator.classification) || say('page.classes_note'),
      any_generalised ? say('page.generalised_note') : ''
    ].concat(now.year.notes.map(pick)));
  }

  function figure(term, value, detail) {
    const row = element('div', 'figure');
    const name = element('dt', '', term);
    if (detail) name.append(element('span', 'detail', detail));
    row.append(name, element('dd', '', value));
    return row;
  }

  function extreme(kind, now) {
    const found = now.year.summary[kind];
    const card = element('div', 'extreme extreme-' + kind);
    card.append(element('span', 'extreme-name', say('page.' + kind)));
    if (!found) {
      card.append(element('span', 'extreme-region', say('page.not_computed')));
      return card;
    }
    const entry = tendik.map.entry_of(now.year, found.region);
    if (entry) card.style.borderTopColor = entry.colour;
    card.append(element('span', 'extreme-value', number(found.value, now.indicator.decimals)),
      element('span', 'extreme-region', pick(now.boundaries.regions[found.region].name)));
    return card;
  }

  function or_words(value, decimals, key) {
    return value === null || value === undefined ? say(key) : number(value, decimals);
  }

  function index_figure(index) {
    const key = 'page.measure_' + index.code;
    const decimals = Math.abs(index.value) < 1 ? 3 : 2;
    const name = has_text(key) ? say(key) : index.code;
    return figure(name, or_words(index.value, decimals, 'page.not_computed'));
  }

  function change_figures(change) {
    if (!change) return [];
    return ['difference', 'ratio'].filter((name) => change[name]).map(function (name) {
      return figure(say('page.' + name + '_since', { year: String(change.from) }),
        say('page.' + name + '_' + change[name]));
    });
  }

  function show_summary(now) {
    const { summary } = now.year;
    const { decimals } = now.indicator;
    const published = summary.published_national;
    by_id('summary-title').textContent = say('page.summary');
    by_id('extremes').replaceChildren(extreme('worst', now), extreme('best', now));
    const figures = [
      figure(say('page.difference'), or_words(summary.difference, decimals, 'page.not_computed')),
      figure(say('page.ratio'), or_words(summary.ratio, 2, 'page.not_computed')),
      figure(say('page.published_national'), published ? number(published.value, decimals)
        : say('page.not_published'), published ? published.source : ''),
      figure(say('page.weighted_mean'), or_words(summary.weighted_mean, decimals + 1, 'page.not_computed'),
        summary.weight ? say('page.weight', { weight: pick(summary.weight) }) : '')
    ];
    if (summary.index) figures.push(index_figure(summary.index));
    by_id('summary').replaceChildren(...figures, ...change_figures(summary.direction_of_change),
      figure(say('page.regions_used'),
        say('page.used_of_all', { n: String(summary.n), all: String(now.boundaries.regions.length) })));
  }

  // What a region is compared with: the published value where there is one, else the weighted mean.
  function national_of(now) {
    const { published_national: published, weighted_mean: mean } = now.year.summary;
    if (published) {
      const text = number(published.value, now.indicator.decimals);
      return { value: published.value, words: say('page.gap_published', { national: text }) };
    }
    if (mean === null || mean === undefined) return null;
    const text = number(mean, now.indicator.decimals + 1);
    return { value: mean, words: say('page.gap_mean', { national: text }) };
  }

  function value_text(now, index) {
    const value = now.year.values[index];
    return value === null || value === undefined ? say('page.state_' + now.year.states[index])
      : number(value, now.indicator.decimals);
  }

  function has_value(now, index) {
    const value = now.year.values[index];
    return value !== null && value !== undefined;
  }

  function gap_text(now, index, national) {
    return has_value(now, index) && national
      ? signed(now.year.values[index] - national.value, now.indicator.decimals) : '';
  }

  function fill_hover(card, now, index) {
    const region = now.boundaries.regions[index];
    const entry = tendik.map.entry_of(now.year, index);
    const national = national_of(now);
    const rows = [element('strong', 'hover-name', pick(region.name))];
    const line = element('span', 'hover-value' + (has_value(now, index) ? '' : ' hover-state'),
      value_text(now, index));
    if (has_value(now, index)) line.append(' ', element('span', 'hover-unit', pick(now.indicator.unit)));
    rows.push(line);
    if (entry) {
      const line_of_class = element('span', 'hover-class');
      line_of_class.append(swatch(entry), pick(entry.label));
      rows.push(line_of_class);
    }
    if (has_value(now, index) && national) {
      const gap = element('span', 'hover-gap', national.words + ': ');
      gap.append(element('b', '', gap_text(now, index, national)));
      rows.push(gap);
    }
    if (region.generalised) rows.push(element('span', 'hover-note', say('page.outline_generalised')));
    card.replaceChildren(...rows);
  }

  function show_hover(now, index, point) {
    const card = by_id('hover');
    card.hidden = index < 0;
    if (index < 0) return;
    const stamp = now.stamp + '/' + index;
    if (card.dataset.stamp !== stamp) fill_hover(card, now, index);
    card.dataset.stamp = stamp;
    const frame = by_id('map-frame');
    const right = point.x + 16 + card.offsetWidth > frame.clientWidth;
    const low = point.y + 16 + card.offsetHeight > frame.clientHeight;
    card.style.left = Math.max(4, right ? point.x - 16 - card.offsetWidth : point.x + 16) + 'px';
    card.style.top = Math.max(4, low ? point.y - 16 - card.offsetHeight : point.y + 16) + 'px';
  }

  // Worst first; regions without a value last, in the order of the boundaries.
  function worst_first(now) {
    const sign = now.indicator.direction === 'favourable' ? 1 : -1;
    const indices = now.boundaries.regions.map((region, index) => index);
    return indices.sort(function (a, b) {
      if (has_value(now, a) !== has_value(now, b)) return has_value(now, a) ? -1 : 1;
      return has_value(now, a) ? sign * (now.year.values[a] - now.year.values[b]) || a - b : a - b;
    });
  }

  function table_row(now, index, national) {
    const region = now.boundaries.regions[index];
    const entry = tendik.map.entry_of(now.year, index);
    const row = element('tr');
    const name = element('th', '', pick(region.name));
    name.scope = 'row';
    const of_class = element('td', 'cell-class');
    if (entry) of_class.append(swatch(entry), pick(entry.label));
    row.append(name,
      element('td', has_value(now, index) ? 'cell-number' : 'cell-state', value_text(now, index)),
      element('td', 'cell-number', gap_text(now, index, national)), of_class);
    row.addEventListener('mouseenter', () => tendik.map.highlight(region.id));
    row.addEventListener('mouseleave', () => tendik.map.highlight(null));
    return row;
  }

  function show_table(now) {
    const national = national_of(now);
    by_id('table-title').textContent = say('page.table');
    const caption = element('caption', '',
      [pick(now.indicator.name), now.year.label, pick(now.indicator.unit)].join(', '));
    const head = element('thead');
    const top = element('tr');
    ['region', 'value', 'gap', 'class'].forEach(function (name) {
      const numeric = name === 'value' || name === 'gap';
      const text = name === 'gap' && national ? national.words : say('page.' + name);
      const cell = element('th', numeric ? 'cell-head-number' : 'cell-' + name, text);
      cell.scope = 'col';
      top.append(cell);
    });
    head.append(top);
    const body = element('tbody');
    body.append(...worst_first(now).map((index) => table_row(now, index, national)));
    by_id('table').replaceChildren(caption, head, body);
  }

  function show_about(now) {
    by_id('definition-title').textContent = say('page.definition');
    by_id('definition').textContent = pick(now.indicator.definition) + ' ' +
      say('page.' + now.indicator.direction);
    by_id('sources-title').textContent = say('page.sources');
    list_notes(by_id('sources'), now.indicator.sources.map((source) =>
      source.id + ': ' + [source.title, source.publisher].filter(Boolean).join('. ')));
  }

  tendik.panel = {
    show_legend, show_summary, show_table, show_about, show_hover, value_text, has_value, worst_first
  };
}(window.tendik = window.tendik || {}));

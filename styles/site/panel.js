// Beside and below the map: legend, notes, key figures, definition and sources.
(function (tendik) {
  'use strict';

  const { pick, say, has_text, number } = tendik.words;
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

  function legend_row(entry, symbols) {
    const row = element('li', 'legend-row');
    row.dataset.kind = entry.kind;
    row.dataset.colour = entry.colour || '';
    row.dataset.count = String(entry.count);
    const is_sample = entry.kind === 'symbol';
    row.append(is_sample ? tendik.symbols.sample(symbols, entry) : swatch(entry),
      element('span', 'legend-label', pick(entry.label)));
    if (is_sample) return row;
    const count = element('span', 'legend-count', String(entry.count));
    count.setAttribute('aria-label', entry.count + ' ' + say('page.regions_count'));
    row.append(count);
    return row;
  }

  function show_legend(now) {
    by_id('legend-title').textContent = say('page.legend');
    const { symbols } = now.year;
    by_id('legend').classList.toggle('with-samples', Boolean(symbols));
    if (symbols) {
      by_id('legend').style.setProperty('--sample', tendik.symbols.width_px(symbols) + 'px');
    }
    by_id('legend').replaceChildren(...now.year.legend.map((entry) => legend_row(entry, symbols)));
    const { regions } = now.boundaries;
    const classes = pick(now.indicator.classification) ||
      say(tendik.composite.of(now.year) ? 'composite.classes_note' : 'page.classes_note');
    list_notes(by_id('notes'), [
      now.year.symbols ? '' : classes,
      regions.some((region) => region.generalised) ? say('page.generalised_note') : '',
      regions.some((region, i) => tendik.series.inherited(now.year, i)) ? say('page.inherited_note') : '',
      ...tendik.precision.map_notes(now)
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
    if (!now.year.symbols) card.style.borderTopColor = tendik.map.colour_of(now.year, found.region);
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

  function published_figure(now) {
    const { published_national: published } = now.year.summary;
    const text = published ? number(published.value, now.indicator.decimals) : say('page.not_published');
    return figure(say('page.published_national'), text, published ? published.source : '');
  }

  function measure_figures(now) {
    if (tendik.composite.of(now.year)) {
      return tendik.composite.figures(now).map((each) => figure(each.name, each.text, each.detail));
    }
    const { summary } = now.year;
    const { decimals } = now.indicator;
    const figures = [
      figure(say('page.difference'), or_words(summary.difference, decimals, 'page.not_computed')),
      figure(say('page.ratio'), or_words(summary.ratio, 2, 'page.not_computed')),
      published_figure(now),
      figure(say(summary.weight ? 'page.weighted_mean' : 'page.plain_mean'),
        or_words(summary.weighted_mean, decimals + 1, 'page.not_computed'),
        summary.weight ? say('page.weight', { weight: pick(summary.weight) }) : '')
    ];
    if (summary.index) figures.push(index_figure(summary.index));
    return figures.concat(change_figures(summary.direction_of_change));
  }

  // Totals of regions of different size are added up, not compared.
  function total_figures(now) {
    return [
      figure(say('page.sum'), or_words(now.year.summary.sum, now.indicator.decimals, 'page.not_computed')),
      published_figure(now)
    ];
  }

  function show_summary(now) {
    const ranked = now.year.summary.worst || now.year.summary.best;
    const total = tendik.series.is_total(now.indicator);
    by_id('summary-title').textContent = say('page.summary');
    const ends = ranked ? ['worst', 'best'] : ['highest', 'lowest'];
    const told = tendik.modelled.can_rank(now.year) ? ends.map((kind) => extreme(kind, now))
      : [element('p', 'not-ranked', say('modelled.not_ranked'))];
    by_id('extremes').replaceChildren(...told);
    const { length } = now.boundaries.regions;
    by_id('summary').replaceChildren(...(total ? total_figures(now) : measure_figures(now)),
      figure(say('page.regions_used'),
        say('page.used_of_all', { n: String(now.year.summary.n), all: String(length) })));
  }

  function show_about(now) {
    by_id('definition-title').textContent = say('page.definition');
    by_id('definition').textContent = pick(now.indicator.definition) + ' ' +
      say('page.' + now.indicator.direction);
    by_id('sources-title').textContent = say('page.sources');
    by_id('sources-title').hidden = !now.indicator.sources.length;
    list_notes(by_id('sources'), now.indicator.sources.map((source) =>
      source.id + ': ' + [source.title, source.publisher].filter(Boolean).join('. ')));
  }

  tendik.panel = {
    show_legend, show_summary, show_about, swatch
  };
}(window.tendik = window.tendik || {}));

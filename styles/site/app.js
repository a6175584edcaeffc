// Brings the parts together: a choice goes in, the whole page follows.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;
  const by_id = (id) => document.getElementById(id);
  let choice = null;
  let now = null;
  let map_ready = false;
  let unfolded = false;

  function radio(group, value) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = group;
    input.value = String(value);
    label.append(input, document.createElement('span'));
    return label;
  }

  // Radio buttons keep the keyboard's place when the language, and so all texts, change: texts are renewed.
  function fill_radios(fieldset, group, entries, chosen) {
    const old = Array.from(fieldset.querySelectorAll('input'));
    const same = old.length === entries.length &&
      old.every((input, i) => input.value === String(entries[i].value));
    if (!same) {
      const legend = fieldset.querySelector('legend');
      fieldset.replaceChildren(legend, ...entries.map((entry) => radio(group, entry.value)));
    }
    fieldset.querySelectorAll('label').forEach(function (label, i) {
      label.querySelector('span').textContent = entries[i].text;
      if (entries[i].lang) label.lang = entries[i].lang;
      label.querySelector('input').checked = entries[i].value === chosen;
    });
  }

  function fill_indicators() {
    const { pick } = tendik.words;
    const option = function (indicator) {
      const made = document.createElement('option');
      made.value = indicator.code;
      made.textContent = pick(indicator.name);
      made.selected = indicator.code === choice.indicator;
      return made;
    };
    const groups = atlas.themes.map(function (theme) {
      const group = document.createElement('optgroup');
      group.label = pick(theme.name);
      group.append(...atlas.indicators.filter((each) => each.theme === theme.code).map(option));
      return group;
    }).filter((group) => group.children.length);
    const known = atlas.themes.map((theme) => theme.code);
    const rest = atlas.indicators.filter((each) => !known.includes(each.theme)).map(option);
    by_id('indicator').replaceChildren(...groups, ...rest);
  }

  function name_button(id, text) {
    by_id(id).setAttribute('aria-label', text);
    by_id(id).title = text;
  }

  function show_choices() {
    const { say } = tendik.words;
    fill_indicators();
    fill_radios(by_id('years'), 'year',
      now.indicator.years.map((each) => ({ value: each.year, text: each.label })), choice.year);
    fill_radios(by_id('languages'), 'language',
      atlas.languages.map((code) => ({ value: code, text: say('page.language_' + code), lang: code })),
      choice.language);
    by_id('indicator-label').textContent = say('page.indicator');
    by_id('years').querySelector('legend').textContent = say('page.year');
    by_id('languages').querySelector('legend').textContent = say('page.language');
    by_id('print').textContent = say('page.print');
    name_button('zoom-in', say('page.zoom_in'));
    name_button('zoom-out', say('page.zoom_out'));
    name_button('whole', say('page.whole_country'));
    by_id('map-hint').textContent = say('page.map_hint');
  }

  function show_heading() {
    const { pick } = tendik.words;
    const title = pick(now.indicator.name) + ', ' + now.year.label;
    document.documentElement.lang = choice.language;
    document.title = title + ' - ' + pick(atlas.title);
    by_id('atlas-title').textContent = pick(atlas.title);
    by_id('map-title').textContent = title;
    by_id('boundary-note').textContent = pick(now.boundaries.note);
    by_id('map-unit').textContent = pick(now.indicator.unit);
    by_id('attribution').textContent = pick(atlas.attribution);
  }

  // Worst and best are named first, then the other areas, then the cities' names find room between them.
  function ranks() {
    const { worst, best } = now.year.summary;
    return now.boundaries.regions.map(function (region, index) {
      if ([worst, best].some((each) => each && each.region === index)) return 0;
      return region.generalised ? 2 : 1;
    });
  }

  function show_map() {
    if (!map_ready) return;
    tendik.map.paint(now);
    tendik.map.describe(tendik.words.say('page.map',
      { indicator: tendik.words.pick(now.indicator.name), year: now.year.label }));
    const rank = ranks();
    const entries = now.boundaries.regions.map(function (region, index) {
      const entry = tendik.map.entry_of(now.year, index);
      const text = tendik.panel.has_value(now, index) ? tendik.panel.value_text(now, index) : '\u2013';
      return { text, colour: entry ? entry.colour : '#ffffff', rank: rank[index] };
    });
    tendik.labels.show(tendik.map.get(), now.boundaries.regions, entries);
  }

  function show() {
    now = tendik.choice.resolve(choice);
    now.stamp = [choice.indicator, choice.year, choice.language].join('/');
    tendik.words.set_language(choice.language);
    show_heading();
    show_choices();
    tendik.panel.show_legend(now);
    tendik.panel.show_summary(now);
    tendik.panel.show_table(now);
    tendik.panel.show_about(now);
    by_id('hover').hidden = true;
    show_map();
    tendik.choice.write(choice);
  }

  function choose(change) {
    choice = Object.assign({}, choice, change);
    const indicator = atlas.indicators.find((each) => each.code === choice.indicator);
    choice.year = tendik.choice.nearest_year(indicator, choice.year);
    show();
  }

  function follow_address() {
    choice = tendik.choice.read();
    show();
    if (map_ready) tendik.map.go_to(choice.view);
  }

  // On paper the table is unfolded, and folded again if it was.
  function set_printing(on) {
    const fold = by_id('table-fold');
    if (on && !document.body.classList.contains('printing')) unfolded = fold.open;
    fold.open = on || unfolded;
    if (map_ready) tendik.map.set_printing(on, choice.view);
    document.body.classList.toggle('printing', on);
  }

  // By the button there is time to wait until the map is drawn at the size of the paper.
  function print() {
    if (!map_ready) {
      window.print();
      return;
    }
    set_printing(true);
    tendik.map.get().once('idle', () => window.print());
  }

  function listen() {
    by_id('indicator').addEventListener('change', (event) => choose({ indicator: event.target.value }));
    by_id('years').addEventListener('change', (event) => choose({ year: Number(event.target.value) }));
    by_id('languages').addEventListener('change', (event) => choose({ language: event.target.value }));
    by_id('print').addEventListener('click', print);
    by_id('zoom-in').addEventListener('click', () => map_ready && tendik.map.zoom_by(1));
    by_id('zoom-out').addEventListener('click', () => map_ready && tendik.map.zoom_by(-1));
    by_id('whole').addEventListener('click', () => map_ready && tendik.map.whole_country());
    window.addEventListener('hashchange', follow_address);
    window.addEventListener('beforeprint', () => set_printing(true));
    window.addEventListener('afterprint', () => set_printing(false));
  }

  function show_trouble() {
    by_id('trouble').textContent = tendik.words.say('page.no_webgl');
    by_id('trouble').hidden = false;
    by_id('map-frame').hidden = true;
    by_id('table-fold').open = true;
    document.body.dataset.map = 'none';
  }

  function start_map() {
    if (!window.maplibregl || !window.pmtiles || !tendik.map.has_webgl()) {
      show_trouble();
      return;
    }
    tendik.map.create(by_id('map'), now.boundaries, choice.view, {
      hover: (index, point) => tendik.panel.show_hover(now, index, point),
      move: function (view) {
        choice.view = view;
        tendik.choice.write(choice);
      }
    }).then(function () {
      map_ready = true;
      show_map();
      // A turned phone or a resized window still shows the whole country, unless the reader chose a view.
      tendik.map.get().on('resize', () => choice.view || tendik.map.go_to(null));
    }, function (error) {
      window.console.error(error);
      show_trouble();
    });
  }

  function start() {
    if (!atlas) {
      by_id('no-data').hidden = false;
      document.querySelector('.sheet').hidden = true;
      document.querySelector('.choices').hidden = true;
      return;
    }
    choice = tendik.choice.read();
    listen();
    show();
    start_map();
  }

  start();
}(window.tendik = window.tendik || {}));

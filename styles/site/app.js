// Brings the parts together: a choice goes in, the whole page follows.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;
  const by_id = (id) => document.getElementById(id);
  let choice = null;
  let now = null;
  let map_ready = false;
  let drawn = null; // the stamp of what the map shows

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

  // A year that stands in two vintages is told apart by them.
  function year_entries() {
    const { years } = now.indicator;
    return years.map(function (each) {
      const twice = years.filter((other) => other.label === each.label).length > 1;
      return {
        value: each.year + '/' + each.vintage, text: twice ? each.label + ' (' + each.vintage + ')' : each.label
      };
    });
  }

  function show_choices() {
    const { say } = tendik.words;
    fill_indicators();
    fill_radios(by_id('years'), 'year', year_entries(), choice.year + '/' + choice.vintage);
    fill_radios(by_id('shows'), 'show',
      ['map', 'table'].map((name) => ({ value: name, text: say('page.show_' + name) })), choice.show);
    by_id('years').hidden = now.indicator.years.every((each) => !each.label); // figures of no stated year
    by_id('shows').querySelector('legend').textContent = say('page.show');
    fill_radios(by_id('languages'), 'language',
      atlas.languages.map((code) => ({ value: code, text: say('page.language_' + code), lang: code })),
      choice.language);
    by_id('indicator-label').textContent = say('page.indicator');
    by_id('years').querySelector('legend').textContent = say('page.year');
    by_id('languages').querySelector('legend').textContent = say('page.language');
    by_id('print').textContent = say('page.print');
    by_id('copy-text').textContent = say('page.copy_link');
    name_button('copy', say('page.copy_link'));
    name_button('zoom-in', say('page.zoom_in'));
    name_button('zoom-out', say('page.zoom_out'));
    name_button('whole', say('page.whole_country'));
    by_id('map-hint').textContent = say('page.map_hint');
  }

  function show_heading() {
    const { pick } = tendik.words;
    const title = tendik.words.title(now);
    document.documentElement.lang = choice.language;
    document.title = title + ' - ' + pick(atlas.title);
    by_id('atlas-title').textContent = pick(atlas.title);
    by_id('map-title').textContent = title;
    by_id('boundary-note').textContent = pick(now.boundaries.note);
    by_id('map-unit').textContent = pick(now.indicator.unit) +
      (tendik.modelled.of(now.year) ? ' \u00b7 ' + tendik.words.say('modelled.short') : '');
    by_id('attribution').textContent = pick(atlas.attribution);
    document.body.dataset.show = choice.show;
  }

  // The ends are named first, then the other areas, then the cities' names find room between them.
  function ranks() {
    const { worst, best, highest, lowest } = now.year.summary;
    return now.boundaries.regions.map(function (region, index) {
      if ([worst || highest, best || lowest].some((each) => each && each.region === index)) return 0;
      return region.generalised ? 2 : 1;
    });
  }

  // A map that was hidden while the window changed takes its new size.
  function fit_map() {
    const map = tendik.map.get();
    if (map.getCanvas().clientWidth !== by_id('map').clientWidth) map.resize();
  }

  function draw_map() {
    tendik.map.paint(now);
    tendik.map.describe(tendik.words.say('page.map', { title: tendik.words.title(now) }));
    const rank = ranks();
    const { symbols } = now.year;
    const entries = now.boundaries.regions.map(function (region, index) {
      const known = tendik.series.has_value(now.year, index);
      return {
        text: known ? tendik.region.value_text(now, index) : '\u2013', rank: rank[index],
        colour: tendik.map.colour_of(now.year, index),
        radius_px: symbols && known ? tendik.symbols.radius_px(symbols, now.year.values[index]) : 0
      };
    });
    by_id('map').classList.toggle('with-circles', Boolean(symbols));
    tendik.labels.show(tendik.map.get(), now.boundaries.regions, entries);
  }

  // Drawn anew only for other figures or words; hidden behind the table it waits.
  function show_map() {
    if (!map_ready || choice.show !== 'map') return;
    fit_map();
    if (drawn !== now.stamp) draw_map();
    drawn = now.stamp;
    tendik.map.select(now.selected < 0 ? null : now.boundaries.regions[now.selected].id);
  }

  function show() {
    now = tendik.choice.resolve(choice);
    now.stamp = [choice.indicator, choice.year, choice.vintage, choice.language].join('/');
    tendik.words.set_language(choice.language);
    show_heading();
    show_choices();
    tendik.panel.show_legend(now);
    tendik.points.show_legend(now);
    tendik.panel.show_summary(now);
    tendik.region.show_card(now, choice.region);
    tendik.table.show(now, {
      sort: (sort) => choose({ sort }), select: (key) => toggle_region(key), point: tendik.map.highlight
    });
    tendik.panel.show_about(now);
    by_id('hover').hidden = true;
    show_map();
    tendik.choice.write(choice);
  }

  function choose(change) {
    choice = Object.assign({}, choice, change);
    const indicator = atlas.indicators.find((each) => each.code === choice.indicator);
    const entry = tendik.choice.nearest_entry(indicator, choice.year, choice.vintage);
    Object.assign(choice, { year: entry.year, vintage: entry.vintage });
    show();
  }

  // The same region twice: it is no longer kept.
  function toggle_region(key) {
    choose({ region: key === choice.region ? null : key });
  }

  // The address is told by the event: what the page writes between (a map that finds its size) must not undo it.
  function follow_address(event) {
    choice = tendik.choice.read(new URL(event.newURL).hash);
    show();
    if (map_ready) tendik.map.go_to(choice.view);
  }

  // On paper the table stands below the map, or alone where it is what the reader looks at.
  function set_printing(on) {
    if (map_ready && choice.show === 'map') tendik.map.set_printing(on, choice.view);
    document.body.classList.toggle('printing', on);
  }

  // By the button there is time to wait until the map is drawn at the size of the paper.
  function print() {
    if (!map_ready || choice.show !== 'map') {
      window.print();
      return;
    }
    set_printing(true);
    tendik.map.get().once('idle', () => window.print());
  }

  // Where the clipboard is refused (some browsers do so for files), the old way through a selected field.
  function copy_by_field(text) {
    const field = document.createElement('textarea');
    field.value = text;
    field.className = 'unseen';
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }

  function tell_copied(done) {
    by_id('copied').textContent = tendik.words.say(done ? 'page.copied' : 'page.not_copied');
    window.setTimeout(() => { by_id('copied').textContent = ''; }, 4000);
  }

  function copy_link() {
    const text = window.location.href;
    const { clipboard } = navigator;
    if (!clipboard) {
      tell_copied(copy_by_field(text));
      return;
    }
    clipboard.writeText(text).then(() => tell_copied(true), () => tell_copied(copy_by_field(text)));
  }

  function choose_year(text) {
    const cut = text.indexOf('/');
    const year = text.slice(0, cut);
    choose({ year: year === 'null' ? null : Number(year), vintage: text.slice(cut + 1) });
  }

  function listen() {
    by_id('indicator').addEventListener('change', (event) => choose({ indicator: event.target.value }));
    by_id('years').addEventListener('change', (event) => choose_year(event.target.value));
    by_id('shows').addEventListener('change', (event) => choose({ show: event.target.value }));
    by_id('copy').addEventListener('click', copy_link);
    by_id('csv').addEventListener('click', () => tendik.table.download(now));
    by_id('region-close').addEventListener('click', () => choose({ region: null }));
    document.addEventListener('keydown', function (event) {
      if (event.key === 'Escape' && choice.region) choose({ region: null });
    });
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
    document.body.dataset.map = 'none';
  }

  function start_map() {
    if (!window.maplibregl || !window.pmtiles || !tendik.map.has_webgl()) {
      show_trouble();
      return;
    }
    tendik.map.create(by_id('map'), now.boundaries, choice.view, {
      hover: (index, at, measured) => tendik.region.show_hover(now, index, at, measured),
      select: function (index) {
        if (index >= 0) toggle_region(now.boundaries.regions[index].key);
        else if (choice.region) choose({ region: null });
      },
      move: function (view) {
        choice.view = view;
        tendik.choice.write(choice);
      }
    }).then(function () {
      map_ready = true;
      show_map();
      // A turned phone or a resized window still shows the whole country, unless the reader chose a view.
      tendik.map.get().on('resize', function () {
        if (choice.show !== 'map') return; // behind the table it has no size
        if (!choice.view) tendik.map.go_to(null);
        if (!tendik.symbols.fit(by_id('map').clientWidth)) return;
        drawn = null;
        show();
      });
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
    choice = tendik.choice.read(window.location.hash);
    tendik.symbols.fit(by_id('map').clientWidth);
    listen();
    show();
    start_map();
  }

  start();
}(window.tendik = window.tendik || {}));

// What the reader has chosen, kept in the address after '#', so that a link brings back the same page.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;
  const shows = ['map', 'table'];

  function language_of_browser() {
    const wanted = (navigator.languages || [navigator.language || '']).map((code) => code.slice(0, 2));
    return wanted.find((code) => atlas.languages.includes(code)) || atlas.languages[0];
  }

  // Of the years an indicator has, the one asked for, else the nearest, else the newest. A year may stand in two
  // vintages: the one asked for, else the last.
  function nearest_entry(indicator, year, vintage) {
    const last = indicator.years[indicator.years.length - 1];
    const wanted = Number.isFinite(year) ? year : last.year;
    const distance = (entry) => Math.abs(entry.year - wanted);
    const least = Math.min(...indicator.years.map(distance));
    const near = indicator.years.filter((entry) => distance(entry) === least);
    return near.find((entry) => entry.vintage === vintage) || near[near.length - 1] || last;
  }

  // "5.20/48.00/67.10" -> {zoom, centre: [lon, lat]}; null for anything else.
  function parse_view(text) {
    const numbers = (text || '').split('/').map(Number);
    if (numbers.length !== 3 || !text || numbers.some((n) => !Number.isFinite(n))) return null;
    const [zoom, lat, lon] = numbers;
    if (zoom < 0 || zoom > 24 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
    return { zoom, centre: [lon, lat] };
  }

  // "-value" -> {column: 'value', down: true}; null for a column that the table does not have.
  function parse_sort(text) {
    const column = (text || '').replace(/^-/, '');
    return tendik.table.columns.includes(column) ? { column, down: text.startsWith('-') } : null;
  }

  function read(hash) {
    const words = new URLSearchParams(hash.slice(1));
    const indicator = atlas.indicators.find((each) => each.code === words.get('indicator')) ||
      atlas.indicators[0];
    const year = words.has('year') ? Number(words.get('year')) : NaN;
    const entry = nearest_entry(indicator, year, words.get('vintage'));
    const lang = words.get('lang');
    return {
      indicator: indicator.code, year: entry.year, vintage: entry.vintage,
      language: atlas.languages.includes(lang) ? lang : language_of_browser(),
      region: words.get('region') || null,
      show: shows.includes(words.get('show')) ? words.get('show') : shows[0],
      sort: parse_sort(words.get('sort')),
      view: parse_view(words.get('view'))
    };
  }

  function address(choice) {
    const words = new URLSearchParams();
    words.set('indicator', choice.indicator);
    if (choice.year !== null) words.set('year', String(choice.year));
    if (choice.vintage) words.set('vintage', choice.vintage);
    words.set('lang', choice.language);
    if (choice.region) words.set('region', choice.region);
    if (choice.show !== shows[0]) words.set('show', choice.show);
    if (choice.sort) words.set('sort', (choice.sort.down ? '-' : '') + choice.sort.column);
    let text = '#' + words.toString();
    if (choice.view) {
      const [lon, lat] = choice.view.centre;
      text += '&view=' + [choice.view.zoom.toFixed(2), lat.toFixed(3), lon.toFixed(3)].join('/');
    }
    return text;
  }

  function write(choice) {
    const text = address(choice);
    if (text !== window.location.hash) window.history.replaceState(null, '', text);
  }

  // The same region in another vintage keeps its key; one that was divided is no longer there: -1.
  function selected_in(boundaries, choice) {
    return boundaries.regions.findIndex((region) => region.key === choice.region);
  }

  // Everything the page shows, looked up once for a choice.
  function resolve(choice) {
    const indicator = atlas.indicators.find((each) => each.code === choice.indicator);
    const year = indicator.years.find((each) => each.year === choice.year && each.vintage === choice.vintage);
    const boundaries = atlas.boundaries.find((each) => each.vintage === year.vintage);
    return { indicator, year, boundaries, selected: selected_in(boundaries, choice), sort: choice.sort };
  }

  tendik.choice = { read, write, resolve, nearest_entry };
}(window.tendik = window.tendik || {}));

// What the reader has chosen, kept in the address after '#', so that a link brings back the same map.
(function (tendik) {
  'use strict';

  const atlas = window.TENDIK_ATLAS || null;

  function language_of_browser() {
    const wanted = (navigator.languages || [navigator.language || '']).map((code) => code.slice(0, 2));
    return wanted.find((code) => atlas.languages.includes(code)) || atlas.languages[0];
  }

  // Of the years an indicator has, the one asked for, else the nearest, else the newest.
  function nearest_year(indicator, year) {
    const years = indicator.years.map((entry) => entry.year);
    if (!Number.isFinite(year)) return years[years.length - 1];
    return years.reduce((best, each) => (Math.abs(each - year) < Math.abs(best - year) ? each : best));
  }

  // "5.20/48.00/67.10" -> {zoom, centre: [lon, lat]}; null for anything else.
  function parse_view(text) {
    const numbers = (text || '').split('/').map(Number);
    if (numbers.length !== 3 || !text || numbers.some((n) => !Number.isFinite(n))) return null;
    const [zoom, lat, lon] = numbers;
    if (zoom < 0 || zoom > 24 || Math.abs(lat) > 85 || Math.abs(lon) > 180) return null;
    return { zoom, centre: [lon, lat] };
  }

  function read() {
    const words = new URLSearchParams(window.location.hash.slice(1));
    const indicator = atlas.indicators.find((each) => each.code === words.get('indicator')) ||
      atlas.indicators[0];
    const lang = words.get('lang');
    return {
      indicator: indicator.code,
      year: nearest_year(indicator, words.has('year') ? Number(words.get('year')) : NaN),
      language: atlas.languages.includes(lang) ? lang : language_of_browser(),
      view: parse_view(words.get('view'))
    };
  }

  function address(choice) {
    const words = new URLSearchParams();
    words.set('indicator', choice.indicator);
    words.set('year', String(choice.year));
    words.set('lang', choice.language);
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

  // Everything the page shows, looked up once for a choice.
  function resolve(choice) {
    const indicator = atlas.indicators.find((each) => each.code === choice.indicator);
    const year = indicator.years.find((each) => each.year === choice.year);
    const boundaries = atlas.boundaries.find((each) => each.vintage === year.vintage);
    return { indicator, year, boundaries };
  }

  tendik.choice = { read, write, resolve, nearest_year };
}(window.tendik = window.tendik || {}));

// Places over the map of modelled values: what was measured there, in colours of their own legend.
(function (tendik) {
  'use strict';

  const { pick, number } = tendik.words;
  const by_id = (id) => document.getElementById(id);
  const layer = 'points';

  function add_to(map) {
    map.addSource(layer, { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: layer, type: 'circle', source: layer,
      paint: {
        'circle-color': ['get', 'colour'], 'circle-stroke-color': '#222222', 'circle-stroke-width': 1.2,
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 3, 4, 7, 8]
      }
    });
  }

  // Above regions and borders, below the names.
  function show(map, now) {
    const shown = now.year.points ? now.year.points.points : [];
    map.getSource(layer).setData({
      type: 'FeatureCollection',
      features: shown.map((point) => ({
        type: 'Feature', geometry: { type: 'Point', coordinates: point.place },
        properties: { name: point.name, value: point.value, colour: point.colour }
      }))
    });
    map.moveLayer(layer);
  }

  // The place under the pointer in words; empty where there is none.
  function text_under(map, now, at) {
    if (!now.year.points) return '';
    const found = map.queryRenderedFeatures(at, { layers: [layer] });
    if (!found.length) return '';
    const { name, value } = found[0].properties;
    return name + ': ' + number(value, decimals_of(value, now.year.points.decimals)) + ' ' + pick(now.year.points.unit);
  }

  // Figures were published with as many decimals as they have.
  function decimals_of(value, decimals) {
    return Number.isInteger(value) ? 0 : decimals;
  }

  function row(entry) {
    const made = document.createElement('li');
    made.className = 'legend-row';
    made.dataset.kind = 'point';
    const dot = document.createElement('span');
    dot.className = 'swatch swatch-point';
    dot.style.backgroundColor = entry.colour;
    const label = document.createElement('span');
    label.className = 'legend-label';
    label.textContent = pick(entry.label);
    const count = document.createElement('span');
    count.className = 'legend-count';
    count.textContent = String(entry.count);
    made.append(dot, label, count);
    return made;
  }

  function show_legend(now) {
    const { points } = now.year;
    by_id('points-title').hidden = by_id('points-legend').hidden = !points;
    if (!points) return;
    by_id('points-title').textContent = pick(points.title) + ', ' + pick(points.unit);
    by_id('points-legend').replaceChildren(...points.legend.filter((entry) => entry.kind === 'class').map(row));
  }

  tendik.points = { add_to, show, text_under, show_legend };
}(window.tendik = window.tendik || {}));

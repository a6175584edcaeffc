// What lies round and below the regions: neighbours, water, towns. Lines come from tiles; names are HTML,
// placed after those of the regions where room is left.
(function (tendik) {
  'use strict';

  const context = (window.TENDIK_ATLAS && window.TENDIK_ATLAS.context) || null;
  const { pick, say } = tendik.words;
  const colours = {
    land: '#f3f1eb', water: '#d5e7f1', old_water: '#e6f1f7', shore: '#7fb0cb', river: '#6ba3c4',
    neighbour_border: '#c9c2b4'
  };
  const before_lakes = 'context-lakes'; // fills of regions go below this layer
  const dot_px = 9;
  const gap_px = 2;
  // At which zoom of the map names begin, by rank.
  const names_from = {
    neighbours: [2, 2, 3.2], lakes: [3.2, 3.2, 4.6, 5.4], rivers: [4.6, 4.6, 4.6, 4.6, 4.6, 5.2, 5.2, 5.8],
    settlements: [4.3, 4.3, 4.3, 5.2, 6]
  };
  const order = ['neighbours', 'lakes', 'settlements', 'rivers'];

  let map = null;
  let holder = null;
  let names = [];

  const dated = () => ['has', 'outline_years'];
  const grows = (from, to) => ['interpolate', ['linear'], ['zoom'], 3, from, 8, to];

  function frame(inset_deg) {
    const [west, south, east, north] = context.window;
    const ring = (w, s, e, n) => [[w, s], [e, s], [e, n], [w, n], [w, s]];
    const hole = ring(west + inset_deg, south + inset_deg, east - inset_deg, north - inset_deg).reverse();
    return { type: 'Feature', properties: {}, geometry: {
      type: 'Polygon', coordinates: [ring(-179, -84, 179, 84), hole] } };
  }

  // Where the source ends, water and borders fade into the ground instead of breaking off.
  function frames() {
    const steps = Array.from({ length: 14 }, (unused, i) => 0.08 + i * 0.14);
    return { type: 'FeatureCollection', features: steps.map(frame) };
  }

  function whole_window() {
    const [west, south, east, north] = context.window;
    return { type: 'Feature', properties: {}, geometry: { type: 'Polygon',
      coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] } };
  }

  function layer(id, type, name, paint, filter) {
    const made = { id, type, source: 'context', 'source-layer': name, paint };
    if (type === 'line') made.layout = { 'line-join': 'round', 'line-cap': 'round' };
    if (filter) made.filter = filter;
    return made;
  }

  function add_ground() {
    map.setPaintProperty('ground', 'background-color', colours.land);
    if (!context.window) return;
    // The sea is what no land covers.
    map.addSource('context-window', { type: 'geojson', data: whole_window() });
    map.addLayer({
      id: 'context-sea', type: 'fill', source: 'context-window',
      paint: { 'fill-color': colours.water, 'fill-antialias': false }
    });
  }

  function add_edge() {
    if (!context.window) return;
    map.addSource('context-edge', { type: 'geojson', data: frames() });
    map.addLayer({
      id: 'context-edge', type: 'fill', source: 'context-edge',
      paint: { 'fill-color': colours.land, 'fill-opacity': 0.28, 'fill-antialias': false }
    });
    map.addSource('context-outside', { type: 'geojson', data: frame(0.08) });
    map.addLayer({
      id: 'context-outside', type: 'fill', source: 'context-outside',
      paint: { 'fill-color': colours.land, 'fill-antialias': false }
    });
  }

  // Draws what lies below the regions and between their fills and their borders.
  function add_to(target) {
    if (!context) return;
    map = target;
    const url = tendik.archive.open({ vintage: 'context', tiles: context.tiles });
    map.addSource('context', { type: 'vector', url });
    add_ground();
    map.addLayer(layer('context-neighbours', 'fill', 'neighbours', { 'fill-color': colours.land }));
    map.addLayer(layer('context-neighbour-borders', 'line', 'neighbour_borders', {
      'line-color': colours.neighbour_border, 'line-width': grows(0.9, 1.8)
    }));
    map.addLayer(layer(before_lakes, 'fill', 'lakes', {
      'fill-color': ['case', dated(), colours.old_water, colours.water]
    }));
    map.addLayer(layer('context-rivers', 'line', 'rivers', {
      'line-color': colours.river, 'line-width': ['interpolate', ['linear'], ['zoom'],
        3, ['case', ['<=', ['get', 'rank'], 3], 1.1, 0.7], 8, ['case', ['<=', ['get', 'rank'], 3], 2.6, 1.6]]
    }));
    map.addLayer(layer('context-shores', 'line', 'lakes', {
      'line-color': colours.shore, 'line-width': grows(0.6, 1.2)
    }, ['!', dated()]));
    map.addLayer(layer('context-old-shores', 'line', 'lakes', {
      'line-color': colours.shore, 'line-width': grows(0.9, 1.6), 'line-dasharray': [2.5, 2]
    }, dated()));
    add_edge();
    holder = document.createElement('div');
    holder.className = 'context-names';
    holder.setAttribute('aria-hidden', 'true');
    map.getCanvasContainer().append(holder);
    map.on('render', place);
  }

  function begins_at(entry) {
    const from = names_from[entry.of];
    const drawn_from = entry.of === 'settlements' ? 0 : entry.zoom - 1;
    return Math.max(from[Math.min(entry.rank, from.length - 1)], drawn_from);
  }

  function make_name(entry) {
    const element = document.createElement('div');
    element.className = 'context-name context-' + entry.of;
    element.dataset.rank = entry.rank;
    element.textContent = pick(entry.name);
    if (entry.outline_years) {
      const years = document.createElement('small');
      years.textContent = say('context.dated_short', { years: entry.outline_years.replace('-', '\u2013') });
      element.append(years);
    }
    holder.append(element);
    return { entry, element, from: begins_at(entry), w: 0, h: 0 };
  }

  // A city that is a region itself has its name already.
  function is_region(entry, regions) {
    return entry.of === 'settlements' && regions.some((region) => region.generalised &&
      Math.hypot(region.label[0] - entry.place[0], region.label[1] - entry.place[1]) < 0.6 &&
      region.name.en.startsWith(entry.name.en));
  }

  function item(picture, text) {
    const li = document.createElement('li');
    li.innerHTML = '<svg width="26" height="12" viewBox="0 0 26 12" aria-hidden="true">' + picture + '</svg>';
    li.append(text);
    return li;
  }

  function box_picture(dash) {
    const fill = dash ? colours.old_water : colours.water;
    return '<rect x="1" y="1" width="24" height="10" fill="' + fill + '" stroke="' + colours.shore +
      '"' + (dash ? ' stroke-dasharray="4 3"' : '') + '/>';
  }

  function own_element(id, tag, class_name, parent) {
    let element = document.getElementById(id);
    if (!element) {
      element = document.createElement(tag);
      element.id = id;
      element.className = class_name;
      parent.append(element);
    }
    return element;
  }

  function show_words() {
    const frame_element = document.getElementById('map-frame');
    const old = context.labels.filter((entry) => entry.outline_years);
    const items = [item(box_picture(false), say('context.lake')),
      item('<path d="M1 8 Q7 1 13 6 T25 4" fill="none" stroke="' + colours.river + '" stroke-width="1.6"/>',
        say('context.river')),
      item('<circle cx="13" cy="6" r="2.6" fill="#fff" stroke="#26303a" stroke-width="1.2"/>',
        say('context.town'))];
    old.forEach((entry) => items.push(item(box_picture(true), say('context.dated', {
      name: pick(entry.name), years: entry.outline_years.replace('-', '\u2013')
    }))));
    own_element('context-legend', 'ul', 'context-legend', frame_element).replaceChildren(...items);
    const notes = [];
    if (old.length) notes.push(say('context.older'));
    if (context.absent.length)
      notes.push(say('context.absent', { names: context.absent.map(pick).join(', ') }));
    notes.push(say('context.names'));
    own_element('context-note', 'p', 'hint', frame_element).textContent = notes.join(' ');
    own_element('context-attribution', 'p', '', document.querySelector('footer')).textContent =
      pick(context.attribution);
  }

  // Names in the language of the page, for these regions.
  function show(regions) {
    if (!map) return;
    holder.replaceChildren();
    names = context.labels.filter((entry) => !is_region(entry, regions)).map(make_name);
    names.forEach(function (name) {
      name.w = name.element.offsetWidth;
      name.h = name.element.offsetHeight;
    });
    const turn = (name) => order.indexOf(name.entry.of);
    names.sort((a, b) => a.entry.rank - b.entry.rank || turn(a) - turn(b));
    show_words();
    place();
  }

  function offsets(name) {
    if (name.entry.of !== 'settlements') return [[0, 0, 'area'], [0, -14, 'area'], [0, 14, 'area']];
    const side = name.w / 2 + dot_px;
    return [[side, 0, 'right'], [-side, 0, 'left']];
  }

  function box_of(name, point, [dx, dy]) {
    const dot = name.entry.of === 'settlements' ? dot_px : 0;
    return {
      left: point.x + dx - name.w / 2 - gap_px - dot, right: point.x + dx + name.w / 2 + gap_px + dot,
      top: point.y + dy - name.h / 2 - gap_px, bottom: point.y + dy + name.h / 2 + gap_px
    };
  }

  function find_place(name, taken, size) {
    for (const place_deg of [name.entry.place, ...(name.entry.other_places || [])]) {
      const point = map.project(place_deg);
      for (const offset of offsets(name)) {
        const box = box_of(name, point, offset);
        const inside = box.left >= 0 && box.top >= 0 && box.right <= size.clientWidth &&
          box.bottom <= size.clientHeight;
        const free = inside && !taken.some((other) => tendik.labels.overlaps(box, other));
        if (free) return { point, offset, box };
      }
    }
    return null;
  }

  function place() {
    if (!names.length) return;
    const size = map.getContainer();
    const zoom = map.getZoom();
    const taken = tendik.labels.taken();
    names.forEach(function (name) {
      const found = zoom >= name.from ? find_place(name, taken, size) : null;
      name.element.style.visibility = found ? 'visible' : 'hidden';
      if (!found) return;
      name.element.dataset.side = found.offset[2];
      const left = Math.round(found.point.x + found.offset[0] - name.w / 2);
      const top = Math.round(found.point.y + found.offset[1] - name.h / 2);
      name.element.style.transform = 'translate(' + left + 'px,' + top + 'px)';
      taken.push(found.box);
    });
  }

  // Where the fills of regions are put in: below water; nothing: on top.
  function fills_before() {
    return map ? before_lakes : undefined;
  }

  tendik.context = { add_to, show, fills_before };
}(window.tendik = window.tendik || {}));

// The map: regions filled with their class colours, or circles for totals; borders, hover. Knows no text; reports
// what is pointed at and what is clicked.
(function (tendik) {
  'use strict';

  const no_colour = '#ffffff';
  const margins_px = 16;

  let map = null;
  let shown = null;
  let pointed = null;
  let selected = null;
  let on_hover = function () {};
  let on_select = function () {};
  let on_move = function () {};

  function has_webgl() {
    try {
      const canvas = document.createElement('canvas');
      return Boolean(window.WebGLRenderingContext &&
        (canvas.getContext('webgl2') || canvas.getContext('webgl')));
    } catch (error) {
      return false;
    }
  }

  // The legend entry of one region: of its class, of the state that stands in for a value, or of borrowed values.
  function entry_of(year, index) {
    const borrowed = tendik.series.inherited(year, index) &&
      year.legend.find((entry) => entry.kind === 'inherited');
    if (borrowed) return borrowed;
    const with_class = year.classes[index] !== null && year.classes[index] !== undefined;
    return year.legend.find(function (entry) {
      return with_class ? entry.kind === 'class' && entry.class === year.classes[index]
        : entry.kind === year.states[index];
    }) || null;
  }

  // A borrowed value has the colour of its class below the hatch.
  function colour_of(year, index) {
    const group = year.classes[index];
    const entry = group === null || group === undefined ? entry_of(year, index)
      : year.legend.find((each) => each.kind === 'class' && each.class === group);
    return entry ? entry.colour : no_colour;
  }

  function fill_colours(regions, year) {
    const expression = ['match', ['id']];
    regions.forEach((region, index) => expression.push(region.id, colour_of(year, index)));
    expression.push(no_colour);
    return expression;
  }

  function line_layer(source, name, filter, paint) {
    return {
      id: name + '/' + source, type: 'line', source, 'source-layer': 'borders', filter,
      layout: { 'line-join': 'round', visibility: 'none' }, paint
    };
  }

  function layers_of(source) {
    const kind = (name) => ['==', ['get', 'kind'], name];
    const wider = (from, to) => ['interpolate', ['linear'], ['zoom'], 3, from, 7, to];
    return [
      {
        id: 'regions/' + source, type: 'fill', source, 'source-layer': 'regions',
        layout: { visibility: 'none' },
        paint: { 'fill-color': no_colour, 'fill-color-transition': { duration: 0 } }
      },
      {
        id: 'hatch/' + source, type: 'fill', source, 'source-layer': 'regions', 
        filter: ['in', ['id'], ['literal', []]],
        layout: { visibility: 'none' }, paint: { 'fill-pattern': 'hatch' }
      },
      {
        id: 'doubt/' + source, type: 'fill', source, 'source-layer': 'regions',
        filter: ['in', ['id'], ['literal', []]],
        layout: { visibility: 'none' }, paint: { 'fill-pattern': 'doubt' }
      },
      line_layer(source, 'inner', kind('inner'), { 'line-color': '#ffffff', 'line-width': wider(1, 2) }),
      line_layer(source, 'outer', kind('outer'), { 'line-color': '#5d6b78', 'line-width': wider(1, 2) }),
      line_layer(source, 'under', kind('generalised'), {
        'line-color': '#ffffff', 'line-width': wider(2, 3.5)
      }),
      line_layer(source, 'dashed', kind('generalised'), {
        'line-color': '#1c2733', 'line-width': wider(1.1, 2), 'line-dasharray': [2.2, 1.6]
      }),
      {
        id: 'highlight/' + source, type: 'line', source, 'source-layer': 'regions',
        layout: { 'line-join': 'round', visibility: 'none' },
        paint: {
          'line-color': '#10202e', 'line-width': wider(2.2, 3.2),
          'line-opacity': ['case', ['any', ['boolean', ['feature-state', 'pointed'], false],
            ['boolean', ['feature-state', 'selected'], false]], 1, 0]
        }
      }
    ];
  }

  function add_boundaries(boundaries) {
    const source = tendik.archive.name_of(boundaries);
    if (map.getSource(source)) return;
    map.addSource(source, { type: 'vector', url: tendik.archive.open(boundaries) });
    layers_of(source).forEach((layer) => map.addLayer(layer,
      layer.type === 'fill' ? tendik.context.fills_before() : undefined));
  }

  // Dark and light strokes, so that the hatch shows on every class colour. Its width repeats without a seam. The
  // strokes of unreliable figures fall, those of borrowed ones rise.
  function hatch(falling) {
    const side = 12;
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [side, side];
    const brush = canvas.getContext('2d');
    if (falling) {
      brush.translate(side, 0);
      brush.scale(-1, 1);
    }
    [['rgba(255,255,255,0.85)', 3.6], ['#10202e', 1.5]].forEach(function ([colour, width]) {
      brush.strokeStyle = colour;
      brush.lineWidth = width;
      brush.beginPath();
      [-side, 0, side].forEach(function (shift) {
        brush.moveTo(shift - 2, side + 2);
        brush.lineTo(shift + side + 2, -2);
      });
      brush.stroke();
    });
    return brush.getImageData(0, 0, side, side);
  }

  function add_circles() {
    map.addSource('symbols', { type: 'geojson', data: { type: 'FeatureCollection', features: [] } });
    map.addLayer({
      id: 'symbols', type: 'circle', source: 'symbols', layout: { 'circle-sort-key': ['get', 'order'] },
      paint: { 'circle-radius': ['get', 'radius'], 'circle-stroke-width': 1.2, 'circle-opacity': 0.85 }
    });
  }

  // Above the borders of whatever boundaries are shown.
  function paint_circles(now) {
    map.getSource('symbols').setData({ type: 'FeatureCollection', features: tendik.symbols.features_of(now) });
    map.moveLayer('symbols');
    if (!now.year.symbols) return;
    map.setPaintProperty('symbols', 'circle-color', now.year.symbols.colour);
    map.setPaintProperty('symbols', 'circle-stroke-color', now.year.symbols.outline);
  }

  function show_only(source) {
    map.getStyle().layers.forEach(function (layer) {
      if (!layer.source || ['symbols', 'points'].includes(layer.source) || layer.source.startsWith('context')) return;
      map.setLayoutProperty(layer.id, 'visibility', layer.source === source ? 'visible' : 'none');
    });
  }

  // The region with this id gets a dark outline, and loses it when another one, or null, follows.
  function highlight(id) {
    if (!map || !shown) return;
    const source = tendik.archive.name_of(shown.boundaries);
    if (pointed && pointed.id === id && pointed.source === source) return;
    if (pointed) map.setFeatureState(pointed, { pointed: false });
    pointed = id === null ? null : { source, sourceLayer: 'regions', id };
    if (pointed) map.setFeatureState(pointed, { pointed: true });
  }

  // The region kept has its outline for as long as it is; null: none.
  function select(id) {
    if (!map || !shown) return;
    const source = tendik.archive.name_of(shown.boundaries);
    if (selected) map.setFeatureState(selected, { selected: false });
    selected = id === null ? null : { source, sourceLayer: 'regions', id };
    if (selected) map.setFeatureState(selected, { selected: true });
  }

  function region_under(point) {
    const circles = map.queryRenderedFeatures(point, { layers: ['symbols'] });
    if (circles.length) return shown.boundaries.regions.findIndex((region) => region.id === circles[0].id);
    const city = tendik.labels.city_under(point);
    if (city !== null) return city;
    const layer = 'regions/' + tendik.archive.name_of(shown.boundaries);
    const found = map.queryRenderedFeatures(point, { layers: [layer] });
    if (!found.length) return -1;
    return shown.boundaries.regions.findIndex((region) => region.id === found[0].id);
  }

  function follow_pointer(event) {
    if (!shown) return;
    const index = region_under(event.point);
    highlight(index < 0 ? null : shown.boundaries.regions[index].id);
    on_hover(index, event.point, tendik.points.text_under(map, shown, event.point));
  }

  function click(event) {
    follow_pointer(event);
    if (shown) on_select(region_under(event.point));
  }

  function leave() {
    highlight(null);
    on_hover(-1, null);
  }

  function bounds_of(boundaries) {
    const [west, south, east, north] = boundaries.bounds;
    return [[west, south], [east, north]];
  }

  function whole_country() {
    map.fitBounds(bounds_of(shown.boundaries), { padding: margins_px, animate: false });
    on_move(null);
  }

  function current_view() {
    const centre = map.getCenter();
    return { zoom: map.getZoom(), centre: [centre.lng, centre.lat] };
  }

  // Only what the reader did is a view worth keeping; fitting the country is not.
  function report_move(event) {
    if (event.originalEvent || event.by_button) on_move(current_view());
  }

  function zoom_by(step) {
    map.zoomTo(map.getZoom() + step, { duration: 200 }, { by_button: true });
  }

  function listen(container) {
    map.on('mousemove', follow_pointer);
    map.on('click', click);
    map.on('mouseout', leave);
    map.on('movestart', () => on_hover(-1, null));
    map.on('moveend', report_move);
    map.on('render', tendik.labels.place);
    map.on('dataloading', () => { container.dataset.state = 'working'; });
    map.on('idle', () => { container.dataset.state = 'painted'; });
  }

  function create(container, boundaries, view, handlers) {
    on_hover = handlers.hover;
    on_move = handlers.move;
    on_select = handlers.select;
    tendik.archive.register();
    const place = view ? { zoom: view.zoom, center: view.centre }
      : { bounds: bounds_of(boundaries), fitBoundsOptions: { padding: margins_px } };
    map = new window.maplibregl.Map(Object.assign({
      container, attributionControl: false, cooperativeGestures: true, renderWorldCopies: false,
      dragRotate: false, pitchWithRotate: false, touchPitch: false, minZoom: 1.5, maxZoom: 10,
      fadeDuration: 0, canvasContextAttributes: { preserveDrawingBuffer: true, antialias: true },
      style: {
        version: 8, sources: {},
        layers: [{ id: 'ground', type: 'background', paint: { 'background-color': '#eef2f5' } }]
      }
    }, place));
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    listen(container);
    return new Promise(function (resolve, reject) {
      const failed = (event) => reject(event.error);
      map.on('error', failed);
      map.once('load', function () {
        map.off('error', failed);
        map.addImage('hatch', hatch(false));
        map.addImage('doubt', hatch(true));
        tendik.context.add_to(map);
        add_circles();
        tendik.points.add_to(map);
        resolve();
      });
    });
  }

  function paint(now) {
    const container = map.getContainer();
    container.dataset.state = 'working';
    shown = now;
    add_boundaries(now.boundaries);
    const source = tendik.archive.name_of(now.boundaries);
    show_only(source);
    // On the pale ground below circles white borders would not show.
    map.setPaintProperty('inner/' + source, 'line-color', now.year.symbols ? '#a9b3bc' : '#ffffff');
    map.setPaintProperty('regions/' + source, 'fill-color',
      fill_colours(now.boundaries.regions, now.year));
    const only = (of) => ['in', ['id'], ['literal', now.boundaries.regions
      .filter((region, i) => of(now.year, i)).map((region) => region.id)]];
    map.setFilter('hatch/' + source, only(tendik.series.inherited));
    map.setFilter('doubt/' + source, only(tendik.precision.unreliable));
    paint_circles(now);
    tendik.points.show(map, now);
    tendik.context.show(now.boundaries.regions);
    highlight(null);
    select(null);
    map.triggerRepaint();
  }

  function go_to(view) {
    if (view) map.jumpTo({ zoom: view.zoom, center: view.centre });
    else map.fitBounds(bounds_of(shown.boundaries), { padding: margins_px, animate: false });
  }

  // A copy of the drawn map as a still picture: on paper the browser may show an older frame of the map itself.
  function take_shot() {
    const drawn = map.getCanvas();
    const shot = document.createElement('canvas');
    shot.className = 'map-shot';
    [shot.width, shot.height] = [drawn.width, drawn.height];
    [shot.style.width, shot.style.height] = [drawn.style.width, drawn.style.height];
    shot.getContext('2d').drawImage(drawn, 0, 0);
    drawn.after(shot);
  }

  // A canvas does not follow the paper: it takes the paper's size before, and the window's size after.
  function set_printing(on, view) {
    document.querySelectorAll('.map-shot').forEach((shot) => shot.remove());
    document.body.classList.toggle('printing', on);
    map.getContainer().dataset.state = 'working';
    leave();
    map.resize();
    go_to(view);
    map.redraw();
    if (on) take_shot();
  }

  function describe(text) {
    map.getCanvas().setAttribute('aria-label', text);
  }

  tendik.map = {
    has_webgl, create, paint, entry_of, colour_of, highlight, select, whole_country, zoom_by, go_to, describe, set_printing,
    get: () => map
  };
}(window.tendik = window.tendik || {}));

// Names of regions as HTML over the map (the system's letters, no glyph server), placed so that none covers
// another: each label tries a few places, then a shorter form, then waits for a closer zoom.
(function (tendik) {
  'use strict';

  const { pick } = tendik.words;
  const gap_px = 3;
  const dot_px = 12;
  const dots_until_zoom = 5.2; // closer than this the city's own outline is larger than its dot
  const around_point = ['right', 'left', 'above', 'below', 'above-right', 'below-right'];
  const around_circle = ['below', 'above', 'right', 'left', 'below-right', 'above-right'];
  const within_area = [
    [0, 0], [0, -12], [0, 12], [-16, 0], [16, 0], [0, -24], [0, 24], [-30, 0], [30, 0], [-40, 0], [40, 0],
    [-24, -16], [24, -16], [-24, 16], [24, 16]
  ];

  let labels = [];
  let map = null;
  let taken_boxes = [];

  function make_label(region, index) {
    const element = document.createElement('div');
    element.className = 'label' + (region.generalised ? ' label-point' : '');
    element.setAttribute('aria-hidden', 'true');
    element.innerHTML = '<span class="label-dot"></span>' +
      '<span class="label-box"><span class="label-name"></span> <span class="label-value"></span></span>';
    const box = element.querySelector('.label-box');
    const marker = new window.maplibregl.Marker({ element, anchor: 'center' })
      .setLngLat(region.label).addTo(map);
    return { region, index, element, box, marker, sizes: {} };
  }

  // The extent of the letters alone: a box whose text wraps is wider than its longest line.
  function measure(label) {
    const range = document.createRange();
    ['full', 'value', 'name'].forEach(function (form) {
      label.element.dataset.form = form;
      const rects = Array.from(label.box.children).flatMap(function (part) {
        range.selectNodeContents(part);
        return Array.from(range.getClientRects());
      });
      const left = Math.min(...rects.map((rect) => rect.left));
      const right = Math.max(...rects.map((rect) => rect.right));
      label.sizes[form] = { w: Math.ceil(right - left) + 1, h: label.box.offsetHeight };
    });
  }

  function clear() {
    labels.forEach((label) => label.marker.remove());
    labels = [];
  }

  // Relative brightness of "#rrggbb", 0 to 1, by the weights of ITU-R BT.709.
  function brightness(colour) {
    const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  // Light letters stand on dark fills. A city's name lies beside its dot, so there the dot has the colour.
  function dress(label, entry) {
    label.box.querySelector('.label-name').textContent = pick(label.region.short || label.region.name);
    label.box.querySelector('.label-value').textContent = entry.text;
    const dot = label.element.querySelector('.label-dot');
    const on_dark = brightness(entry.colour) < 0.42;
    if (label.region.generalised) dot.style.backgroundColor = entry.colour;
    else label.element.classList.toggle('label-light', on_dark);
    // The name of a region with a circle stands beside it, as that of a city does beside its dot.
    label.radius = Math.max(entry.radius_px || 0, label.region.generalised ? dot_px / 2 : 0);
    label.has_circle = entry.radius_px > 0;
    label.beside = label.region.generalised || label.has_circle;
    label.rank = entry.rank;
  }

  // entries, one a region: {text: value in the language's format, colour, rank: smaller is placed earlier,
  // radius_px: of the circle drawn there, if one is}
  function show(target, regions, entries) {
    map = target;
    clear();
    labels = regions.map(make_label);
    labels.forEach((label) => dress(label, entries[label.index]));
    labels.forEach(measure);
    labels.sort((a, b) => a.rank - b.rank || a.index - b.index);
    place();
  }

  function offset_of(place, size, radius) {
    const dx = size.w / 2 + radius + 2 * gap_px;
    const dy = size.h / 2 + radius + (radius > dot_px / 2 ? gap_px : 2 * gap_px);
    const named = {
      right: [dx, 0], left: [-dx, 0], above: [0, -dy], below: [0, dy],
      'above-right': [dx, -dy / 2], 'below-right': [dx, dy / 2]
    };
    return Array.isArray(place) ? place : named[place];
  }

  function box_at(point, offset, size) {
    return {
      left: point.x + offset[0] - size.w / 2 - gap_px, right: point.x + offset[0] + size.w / 2 + gap_px,
      top: point.y + offset[1] - size.h / 2 - gap_px, bottom: point.y + offset[1] + size.h / 2 + gap_px
    };
  }

  function overlaps(a, b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  }

  function inside(box, frame) {
    return box.left >= 0 && box.top >= 0 && box.right <= frame.clientWidth &&
      box.bottom <= frame.clientHeight;
  }

  function places_of(label) {
    if (!label.beside) return within_area;
    return label.region.generalised ? around_point : around_circle;
  }

  function find_place(label, taken, frame) {
    const point = map.project(label.region.label);
    // Beside a city's dot a value alone would be read as that of the area; beside a circle it is the circle's.
    const forms = label.region.generalised && !label.has_circle ? ['full', 'name'] : ['full', 'name', 'value'];
    for (const form of forms) {
      for (const place_name of places_of(label)) {
        const offset = offset_of(place_name, label.sizes[form], label.radius);
        const box = box_at(point, offset, label.sizes[form]);
        if (inside(box, frame) && !taken.some((other) => overlaps(box, other))) {
          return { form, offset, box, side: place_name };
        }
      }
    }
    return null;
  }

  // Circles and the dots of cities are taken ground from the start: a name over a dot would seem to be the city's.
  function dots() {
    return labels.filter((label) => label.beside).map(function (label) {
      return box_at(map.project(label.region.label), [0, 0], { w: 2 * label.radius, h: 2 * label.radius });
    });
  }

  function place() {
    if (!map) return;
    const frame = map.getContainer();
    frame.classList.toggle('with-dots', map.getZoom() < dots_until_zoom);
    const taken = dots();
    taken_boxes = taken;
    labels.forEach(function (label) {
      const found = find_place(label, taken, frame);
      label.element.dataset.form = found ? found.form : 'hidden';
      if (!found) return;
      label.element.dataset.side = label.region.generalised ? found.side : 'area';
      label.box.style.width = label.sizes[found.form].w + 'px';
      label.box.style.transform = 'translate(-50%, -50%) translate(' +
        found.offset.map((px) => Math.round(px) + 'px').join(',') + ')';
      taken.push(found.box);
    });
  }

  // The city whose dot lies under a point of the map; null where there is none.
  function city_under(point) {
    if (!map || map.getZoom() >= dots_until_zoom) return null;
    const near = labels.find(function (label) {
      const dot = map.project(label.region.label);
      return label.region.generalised && Math.hypot(dot.x - point.x, dot.y - point.y) <= dot_px / 2 + 1;
    });
    return near ? near.index : null;
  }

  tendik.labels = { show, place, clear, city_under, overlaps, taken: () => taken_boxes.slice() };
}(window.tendik = window.tendik || {}));

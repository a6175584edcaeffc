// Circles whose area is in proportion to a total. Legend and map use the same sizes.
(function (tendik) {
  'use strict';

  const narrow_px = 600; // a map below this width has smaller circles, and so has its legend
  const narrow_factor = 0.62;
  let factor = 1;

  // To be told the width of the map whenever it changes; true when the sizes changed with it.
  function fit(map_width_px) {
    const wanted = map_width_px < narrow_px ? narrow_factor : 1;
    const changed = wanted !== factor;
    factor = wanted;
    return changed;
  }

  function radius_px(symbols, value) {
    return factor * symbols.largest_radius_px * Math.sqrt(Math.max(0, value) / symbols.largest);
  }

  // One a region with a value, as the map takes them; a value of zero has no circle.
  function features_of(now) {
    const { symbols, values } = now.year;
    if (!symbols) return [];
    return now.boundaries.regions.map((region, index) => ({ region, value: values[index] }))
      .filter(({ value }) => value > 0)
      .map(({ region, value }) => ({
        type: 'Feature', id: region.id, geometry: { type: 'Point', coordinates: region.label },
        properties: { radius: radius_px(symbols, value), order: -value }
      }));
  }

  // Of the widest circle in a legend.
  function width_px(symbols) {
    return 2 * Math.ceil(radius_px(symbols, symbols.largest)) + 2;
  }

  function sample(symbols, entry) {
    const radius = radius_px(symbols, entry.value);
    const side = 2 * Math.ceil(radius) + 2;
    const made = document.createElement('span');
    made.className = 'sample';
    const svg = tendik.sparkline.node('svg', { width: side, height: side, 'aria-hidden': 'true' });
    const circle = tendik.sparkline.node('circle', { cx: side / 2, cy: side / 2, r: radius.toFixed(2) }, svg);
    circle.style.fill = symbols.colour;
    circle.style.stroke = symbols.outline;
    made.append(svg);
    return made;
  }

  tendik.symbols = { fit, radius_px, width_px, features_of, sample };
}(window.tendik = window.tendik || {}));

// A small line of one region through the years, over the mean of the regions. A break in the series is a break
// in the line.
(function (tendik) {
  'use strict';

  const { say, number } = tendik.words;
  const space = 'http://www.w3.org/2000/svg';

  function node(tag, attributes, parent, text) {
    const made = document.createElementNS(space, tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, String(value)));
    if (text !== undefined) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  }

  // Years to the right, values up; a series of equal values runs through the middle.
  function scales(figures, box) {
    const years = figures.map((figure) => figure.year);
    const numbers = figures.flatMap((figure) => [figure.value, figure.mean])
      .filter((value) => value !== null && value !== undefined);
    const [first, last] = [Math.min(...years), Math.max(...years)];
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const width = box.width - box.left - box.right;
    const height = box.height - box.top - box.bottom;
    return {
      first, last, low, high,
      x: (year) => box.left + (last > first ? (year - first) / (last - first) : 0.5) * width,
      y: (value) => box.top + (high > low ? (high - value) / (high - low) : 0.5) * height
    };
  }

  function path_of(run, scale) {
    return run.map((point, i) => (i ? 'L' : 'M') + scale.x(point.year).toFixed(1) + ' ' +
      scale.y(point.number).toFixed(1)).join('');
  }

  function draw_runs(svg, runs, scale, kind) {
    runs.filter((run) => run.length > 1).forEach(function (run) {
      const borrowed = kind === 'region' && run[0].figure.inherited;
      node('path', { d: path_of(run, scale), class: 'spark-' + kind + (borrowed ? ' spark-borrowed' : '') }, svg);
    });
    if (kind === 'mean') {
      runs.filter((run) => run.length === 1).forEach(([point]) => node('path', {
        d: 'M' + (scale.x(point.year) - 3) + ' ' + scale.y(point.number) + 'h6', class: 'spark-mean'
      }, svg));
    }
  }

  function draw_points(svg, runs, scale, now) {
    runs.flat().forEach(function ({ year, number: value, figure }) {
      const current = figure.entry === now.year;
      const colour = tendik.map.colour_of(figure.entry, figure.index);
      const dot = node('circle', {
        cx: scale.x(year).toFixed(1), cy: scale.y(value).toFixed(1), r: current ? 4.5 : 2.2,
        class: 'spark-dot' + (current ? ' spark-current' : '') + (figure.inherited ? ' spark-hollow' : '')
      }, svg);
      if (current && !figure.inherited && !now.year.symbols) dot.style.fill = colour;
    });
  }

  function draw_axis(svg, scale, box, now, figures) {
    const { decimals } = now.indicator;
    const label_of = (year) => figures.find((figure) => figure.year === year).label;
    const base = box.height - 3;
    node('text', { x: box.left, y: base, class: 'spark-label', 'text-anchor': 'start' }, svg,
      label_of(scale.first));
    if (scale.last > scale.first) {
      node('text', { x: box.width - box.right, y: base, class: 'spark-label', 'text-anchor': 'end' }, svg,
        label_of(scale.last));
    }
    const ends = scale.high > scale.low ? [scale.high, scale.low] : [scale.high];
    ends.forEach((value) => node('text', {
      x: box.left - 7, y: scale.y(value) + 3.5, class: 'spark-label', 'text-anchor': 'end'
    }, svg, number(value, decimals)));
  }

  function words_of(figures, now) {
    return figures.filter((figure) => figure.value !== null)
      .map((figure) => figure.label + ': ' + number(figure.value, now.indicator.decimals)).join('; ');
  }

  // The picture of one region, or null where there is but one year to show.
  function draw(now, key, size) {
    const { series } = tendik;
    const figures = series.figures_of(now.indicator, key);
    if (figures.filter((figure) => figure.value !== null).length < 2) return null;
    const widest = Math.max(...figures.flatMap((figure) => [figure.value, figure.mean])
      .filter((value) => value !== null && value !== undefined)
      .map((value) => number(value, now.indicator.decimals).length));
    const box = Object.assign({ left: 12 + 6.6 * widest, right: 8, top: 9, bottom: 20 }, size);
    const scale = scales(figures, box);
    const svg = node('svg', {
      viewBox: '0 0 ' + box.width + ' ' + box.height, class: 'spark', role: 'img',
      'aria-label': say('page.trend') + ' - ' + words_of(figures, now)
    });
    series.breaks_of(now.indicator, figures).forEach((each) => node('path', {
      d: 'M' + scale.x(each.at).toFixed(1) + ' ' + (box.top - 5) + 'V' + (box.height - box.bottom + 5),
      class: 'spark-break'
    }, svg));
    draw_runs(svg, series.runs_of(figures, (figure) => figure.mean), scale, 'mean');
    const runs = series.runs_of(figures, (figure) => figure.value);
    draw_runs(svg, runs, scale, 'region');
    draw_points(svg, runs, scale, now);
    draw_axis(svg, scale, box, now, figures);
    return svg;
  }

  tendik.sparkline = { draw, node };
}(window.tendik = window.tendik || {}));

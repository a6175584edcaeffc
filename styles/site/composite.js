// A composite index: how firm a rank is, what a score is made of, and what it lacks. The score itself is a value like
// any other.
(function (tendik) {
  'use strict';

  const { pick, say, number } = tendik.words;

  // Null where the values are no scores of an index.
  function of(year) {
    return year.index || null;
  }

  function element(tag, class_name, text) {
    const made = document.createElement(tag);
    if (class_name) made.className = class_name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  const is_indicator = (node) => Boolean(node.states);
  const known = (value) => value !== null && value !== undefined;

  // ---- ranks ----
  function rank_at(now, end, index) {
    const { ranks } = of(now.year);
    return ranks && known(ranks[end][index]) ? ranks[end][index] : null;
  }

  function interval_text(now, index) {
    const [low, high] = ['low', 'high'].map((end) => rank_at(now, end, index));
    if (low === null || high === null) return '';
    return low === high ? String(low) : low + '\u2013' + high;
  }

  // What stands in the card of a region: [{name, text, detail}].
  function pairs(now, index) {
    const text = of(now.year) && tendik.series.has_value(now.year, index) ? interval_text(now, index) : '';
    return text ? [{ name: say('composite.rank_interval'), text, detail: say('composite.rank_interval_key') }] : [];
  }

  // ---- what is not known ----
  // A score is worked out and not published; null where this is no index or there is a score.
  function missing_text(year, index) {
    return of(year) && year.states[index] === 'missing' ? say('composite.state_missing') : null;
  }

  function state_text(state) {
    return state === 'inherited' ? say('page.inherited') : say('page.state_' + state);
  }

  function notes(now, index) {
    const composite = of(now.year);
    if (!composite) return [];
    if (!tendik.series.has_value(now.year, index)) {
      return [say('composite.no_score_here', { share: number(100 * composite.least_share, 0) })];
    }
    const indicators = composite.nodes.filter(is_indicator);
    const without = indicators.filter((node) => !known(node.scores[index]));
    return without.length ? [say('composite.reweighted_here',
      { count: String(without.length), all: String(indicators.length) })] : [];
  }

  // ---- the parts ----
  // Over the regions with a score; what has no figure adds nothing to it, so that these means add up, too.
  function mean_part(composite, node) {
    const scored = composite.nodes[0].scores.map(known);
    const sum = node.parts.reduce((total, part, i) => total + (scored[i] && known(part) ? part : 0), 0);
    return sum / scored.filter(Boolean).length;
  }

  // Domains in their order, each with its indicators where those are wanted: {node, depth, from, part, mean}. A part
  // begins where the one before it ends.
  function steps(composite, index, with_indicators) {
    const { nodes } = composite;
    const found = [];
    const walk = function (at, depth, start) {
      let from = start;
      nodes.forEach(function (node, child) {
        if (node.parent !== at) return;
        const part = known(node.parts[index]) ? node.parts[index] : null;
        const shown = depth === 1 || (with_indicators && is_indicator(node));
        if (shown) found.push({ node, depth: depth === 1 ? 1 : 2, from, part, mean: mean_part(composite, node) });
        walk(child, depth + 1, from);
        from += part || 0;
      });
    };
    walk(0, 1, 0);
    return found;
  }

  // One scale for all regions, so that the bars of two can be compared.
  function axis_of(composite, rows) {
    const ends = rows.flatMap(({ from, part, mean }) => [from, from + (part || 0), from + mean]);
    const scores = composite.nodes[0].scores.filter(known);
    const low = Math.min(0, ...ends);
    const high = Math.max(...ends, ...scores);
    return { at: (value) => (100 * (value - low)) / (high - low || 1) };
  }

  function bar(row, axis) {
    const track = element('span', 'part-track');
    track.setAttribute('aria-hidden', 'true');
    const [left, right] = [row.from, row.from + row.part].map(axis.at).sort((a, b) => a - b);
    const fill = element('span', 'part-fill ' + (row.part < row.mean ? 'part-below' : 'part-above'));
    fill.style.left = left + '%';
    fill.style.width = (right - left) + '%';
    track.append(fill);
    if (row.is_total) {
      fill.classList.add('part-sum');
      return track;
    }
    const mark = element('span', 'part-mean');
    mark.style.left = axis.at(row.from + row.mean) + '%';
    track.append(mark);
    return track;
  }

  function line(now, row, axis, index) {
    const item = element('li', 'part part-depth-' + row.depth + (row.is_total ? ' part-total' : ''));
    item.dataset.code = row.node.code;
    const name = row.is_total ? say('composite.total')
      : [pick(row.node.name), row.node.year].filter(Boolean).join(', ');
    const missing = is_indicator(row.node) && row.node.states[index] !== 'present'
      ? state_text(row.node.states[index]) : '\u2013';
    item.append(element('span', 'part-name', name),
      element('span', 'part-number', row.part === null ? missing : number(row.part, now.indicator.decimals)));
    if (row.part !== null) item.append(bar(row, axis));
    return item;
  }

  function key() {
    const made = element('p', 'spark-key part-key');
    [['part-above', 'above'], ['part-below', 'below'], ['part-mean', 'mean']].forEach(function ([look, word]) {
      const entry = element('span', 'key-entry');
      entry.append(element('span', 'key-part ' + look), say('composite.' + word));
      made.append(entry);
    });
    return made;
  }

  function list_of(now, rows, index) {
    const axis = axis_of(of(now.year), rows);
    const list = element('ul', 'parts');
    list.append(...rows.map((row) => line(now, row, axis, index)));
    return list;
  }

  // Where there is no score: which indicators have no figure, and why.
  function lacking(now, index) {
    const rows = steps(of(now.year), index, true)
      .filter(({ node }) => is_indicator(node) && node.states[index] !== 'present')
      .map((row) => ({ ...row, depth: 1, part: null }));
    return rows.length ? [element('h4', '', say('composite.lacking')), list_of(now, rows, index)] : [];
  }

  // The score as a waterfall: domains, in the card of the region kept also their indicators. Empty where there is no
  // index.
  function waterfall(now, index, with_indicators) {
    const composite = of(now.year);
    if (!composite) return [];
    if (!tendik.series.has_value(now.year, index)) return with_indicators ? lacking(now, index) : [];
    const [root] = composite.nodes;
    const rows = steps(composite, index, with_indicators);
    if (rows.every(({ part }) => part === null)) {
      return [element('p', 'region-note', say('composite.undivided'))];
    }
    rows.push({ node: root, depth: 1, from: 0, part: root.scores[index], mean: 0, is_total: true });
    return [element('h4', '', say('composite.parts')), list_of(now, rows, index), key()];
  }

  // ---- table, file, key figures ----
  // Further columns of the table: {column, name, value of a region to sort by, text of a region}.
  function columns(now) {
    const composite = of(now.year);
    if (!composite) return [];
    const domains = composite.nodes.filter((node) => node.parent === 0);
    const interval = composite.ranks ? [{
      column: 'rank_p95', name: say('composite.rank_interval'), value: (index) => rank_at(now, 'high', index),
      text: (index) => interval_text(now, index) || '\u2013'
    }] : [];
    return interval.concat(domains.map((node) => ({
      column: 'score_' + node.code, name: pick(node.name), value: (index) => node.scores[index],
      text: (index) => (known(node.scores[index]) ? number(node.scores[index], now.indicator.decimals) : '\u2013')
    })));
  }

  // Columns of the file, named as in tables/index_N.csv.
  function file_columns(now) {
    const composite = of(now.year);
    if (!composite) return [];
    const ranks = composite.ranks ? [['rank_p5', 'low'], ['rank_median', 'median'], ['rank_p95', 'high']] : [];
    const below = composite.nodes.slice(1);
    return [...ranks.map(([column, end]) => ({ column, value: (index) => rank_at(now, end, index) })),
      ...below.map((node) => ({ column: 'score_' + node.code, value: (index) => node.scores[index] })),
      ...below.filter(is_indicator)
        .map((node) => ({ column: 'part_' + node.code, value: (index) => node.parts[index] }))];
  }

  // Beside the ends: the mean, and how far a rank shifts. Scores have no ratio, and no country has one.
  function figures(now) {
    const { weighted_mean: mean } = now.year.summary;
    const composite = of(now.year);
    const found = [{ name: say('page.plain_mean'), text: known(mean) ? number(mean, now.indicator.decimals + 1)
      : say('page.not_computed') }];
    if (!composite.ranks) return found;
    return found.concat({
      name: say('composite.mean_shift'), text: number(composite.mean_shift, 1),
      detail: say('composite.draws', { draws: number(composite.draws, 0) })
    });
  }

  tendik.composite = { of, missing_text, pairs, notes, waterfall, columns, file_columns, figures };
}(window.tendik = window.tendik || {}));

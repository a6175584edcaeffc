// All regions of the map as a table: sorted by any column, reached by keyboard, saved as CSV without a network.
(function (tendik) {
  'use strict';

  const { pick, say, number } = tendik.words;
  const by_id = (id) => document.getElementById(id);
  const columns = ['region', 'value', 'state', 'rank', 'gap', 'class'];
  // What a first press of a heading sorts by; a second one turns it round.
  const down_at_first = { value: true, gap: true, class: true };

  function element(tag, class_name, text) {
    const made = document.createElement(tag);
    if (class_name) made.className = class_name;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  // A total has no class.
  function columns_of(now) {
    const ranked = tendik.modelled.can_rank(now.year);
    return columns.filter(function (name) {
      if (name === 'class') return !now.year.symbols && ranked;
      return ranked || (name !== 'rank' && (name !== 'gap' || now.year.symbols));
    }).concat(further_of(now).map((each) => each.column));
  }

  // What modelled values and scores of an index have beside the columns of all.
  function further_of(now) {
    return [...tendik.modelled.columns(now), ...tendik.composite.columns(now)];
  }

  function further(now, column) {
    return further_of(now).find((each) => each.column === column) || null;
  }

  function state_text(now, index) {
    if (tendik.series.inherited(now.year, index)) return say('page.inherited');
    return tendik.composite.missing_text(now.year, index) || say('page.state_' + now.year.states[index]);
  }

  // What a column is sorted by; null comes last in either direction.
  function sort_value(now, column, index) {
    const of = {
      region: () => pick(now.boundaries.regions[index].name),
      value: () => (tendik.series.has_value(now.year, index) ? now.year.values[index] : null),
      state: () => state_text(now, index),
      rank: () => (tendik.series.rank_of(now, index) || { rank: null }).rank,
      gap: () => (tendik.series.is_total(now.indicator) ? tendik.series.share_of(now, index)
        : tendik.series.gap_of(now, index)),
      class: () => {
        const group = now.year.classes[index];
        return group === undefined ? null : group;
      }
    };
    return column in of ? of[column]() : further(now, column).value(index);
  }

  function compare(a, b) {
    return typeof a === 'string' ? a.localeCompare(b, tendik.words.language()) : a - b;
  }

  // Worst first, as long as the reader chooses nothing else; the highest first where no end is bad.
  function order_of(now) {
    if (now.sort && columns_of(now).includes(now.sort.column)) return now.sort;
    if (!tendik.modelled.can_rank(now.year)) return { column: 'region', down: false };
    return { column: 'rank', down: tendik.series.has_worst(now.indicator) };
  }

  function sorted(now) {
    const order = tendik.series.worst_first(now);
    const sort = order_of(now);
    const keys = order.map((index) => ({ index, key: sort_value(now, sort.column, index) }));
    return keys.sort(function (a, b) {
      if ((a.key === null) !== (b.key === null)) return a.key === null ? 1 : -1;
      return a.key === null ? 0 : compare(a.key, b.key) * (sort.down ? -1 : 1);
    }).map((each) => each.index);
  }

  function heading_text(now, column) {
    if (column === 'rank') return say('page.rank');
    if (column === 'gap' && tendik.series.is_total(now.indicator)) return say('page.share');
    const { weighted_mean: mean } = now.year.summary;
    if (column === 'gap' && mean !== null && mean !== undefined) {
      return say('page.gap_mean', { mean: number(mean, now.indicator.decimals + 1) });
    }
    return further(now, column) ? further(now, column).name : say('page.' + column);
  }

  function heading(now, column, handlers) {
    const cell = element('th', 'cell-' + column + (further(now, column) ? ' cell-number' : ''));
    cell.scope = 'col';
    const order = order_of(now);
    const sort = order.column === column ? order : null;
    cell.setAttribute('aria-sort', sort ? (sort.down ? 'descending' : 'ascending') : 'none');
    const button = element('button', 'sort');
    button.append(element('span', 'sort-name', heading_text(now, column)));
    button.type = 'button';
    button.dataset.column = column;
    if (column === 'rank') button.append(element('span', 'detail', tendik.region.rank_key(now.indicator)));
    button.addEventListener('click', function () {
      const down = sort ? !sort.down : Boolean(down_at_first[column]);
      handlers.sort({ column, down });
    });
    cell.append(button);
    return cell;
  }

  function name_cell(now, index, handlers) {
    const region = now.boundaries.regions[index];
    const cell = element('th', 'cell-region');
    cell.scope = 'row';
    const button = element('button', 'row-name', pick(region.name));
    button.type = 'button';
    button.setAttribute('aria-pressed', String(index === now.selected));
    button.addEventListener('click', () => handlers.select(region.key));
    cell.append(button);
    return cell;
  }

  function class_cell(now, index) {
    const cell = element('td', 'cell-class');
    const group = now.year.classes[index];
    const entry = group === null || group === undefined ? null : tendik.map.entry_of(now.year, index);
    if (entry) cell.append(tendik.panel.swatch(entry), pick(entry.label));
    return cell;
  }

  function row_of(now, index, handlers) {
    const row = element('tr', index === now.selected ? 'row-selected' : '');
    row.dataset.key = now.boundaries.regions[index].key;
    const { region } = tendik;
    const known = tendik.series.has_value(now.year, index);
    const total = tendik.series.is_total(now.indicator);
    const cells = {
      region: () => name_cell(now, index, handlers),
      value: () => element('td', 'cell-value', known ? region.value_text(now, index) : '\u2013'),
      state: () => element('td', 'cell-state', state_text(now, index)),
      rank: () => element('td', 'cell-rank', region.rank_text(now, index)),
      gap: () => element('td', 'cell-gap', total ? region.share_text(now, index) : region.gap_text(now, index)),
      class: () => class_cell(now, index)
    };
    row.append(...columns_of(now).map((column) => (column in cells ? cells[column]()
      : element('td', 'cell-number', further(now, column).text(index)))));
    row.addEventListener('mouseenter', () => handlers.point(now.boundaries.regions[index].id));
    row.addEventListener('mouseleave', () => handlers.point(null));
    return row;
  }

  // The button with the keyboard's focus is made anew with the table: it gets the focus back.
  function focus_of(table) {
    const held = document.activeElement;
    if (!held || !table.contains(held)) return null;
    if (held.dataset.column) return '[data-column="' + held.dataset.column + '"]';
    return '[data-key="' + window.CSS.escape(held.closest('tr').dataset.key) + '"] .row-name';
  }

  // handlers: {sort(order), select(key of a region), point(id of a region or null)}
  function show(now, handlers) {
    const table = by_id('table');
    const focus = focus_of(table);
    by_id('csv').textContent = say('page.download_csv');
    by_id('table-hint').textContent = say('page.table_hint');
    const caption = element('caption', 'unseen', say('page.table_caption',
      { title: tendik.words.title(now), unit: pick(now.indicator.unit) }));
    const head = element('thead');
    const top = element('tr');
    top.append(...columns_of(now).map((column) => heading(now, column, handlers)));
    head.append(top);
    const body = element('tbody');
    body.append(...sorted(now).map((index) => row_of(now, index, handlers)));
    table.replaceChildren(caption, head, body);
    // On a narrow screen the states make room where they say nothing.
    const plain = now.boundaries.regions.every((region, index) => tendik.series.counts(now.year, index));
    table.classList.toggle('all-present', plain);
    table.classList.toggle('with-scores', Boolean(tendik.composite.of(now.year)));
    const again = focus && table.querySelector(focus);
    if (again) again.focus();
  }

  function quoted(cell) {
    const text = cell === null || cell === undefined ? '' : String(cell);
    return /[",\r\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
  }

  function further_columns(now) {
    return [...tendik.precision.columns(now), ...tendik.modelled.columns(now),
      ...tendik.composite.file_columns(now)];
  }

  // The names of the columns are those of tables/values.csv; numbers have all their digits and a point.
  function csv_rows(now) {
    const { indicator, year, boundaries } = now;
    const head = ['indicator', 'year', 'vintage', 'key', 'name_en', 'name_ru', 'name_kk', 'value', 'unit',
      'state', 'inherited', 'rank', 'gap', 'share_of_sum', 'class', 'source',
      ...further_columns(now).map((each) => each.column)];
    const rows = boundaries.regions.map(function (region, index) {
      const rank = tendik.series.rank_of(now, index);
      const group = year.classes[index];
      const share = tendik.series.share_of(now, index);
      return [indicator.code, year.year, year.vintage, region.key, region.name.en, region.name.ru, region.name.kk,
        year.values[index], pick(indicator.unit), year.states[index],
        tendik.series.inherited(year, index) ? 'yes' : 'no', rank ? rank.rank : null,
        tendik.series.gap_of(now, index), share === null ? null : share / 100,
        group === null || group === undefined ? null : group + 1, (year.sources || []).join('|'),
        ...further_columns(now).map((each) => each.value(index))];
    });
    return [head, ...rows];
  }

  // With a byte order mark, so that spreadsheets read the Cyrillic letters.
  function csv(now) {
    return '\ufeff' + csv_rows(now).map((row) => row.map(quoted).join(',') + '\r\n').join('');
  }

  function file_name(now) {
    const { indicator, year } = now;
    return [indicator.code, year.year, year.vintage].filter((part) => part !== null && part !== '').join('_') +
      '.csv';
  }

  function download(now) {
    const link = element('a');
    link.href = URL.createObjectURL(new Blob([csv(now)], { type: 'text/csv;charset=utf-8' }));
    link.download = file_name(now);
    document.body.append(link);
    link.click();
    link.remove();
    window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  tendik.table = { columns, show, download };
}(window.tendik = window.tendik || {}));

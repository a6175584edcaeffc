// Checks of the table, the file saved from it, the lines through the years, circles, hatch and links. Each takes the
// tools of page_test.mjs and a page.
import { readFileSync } from 'node:fs';
import { address, boundaries_of, can_rank, has_worst, is_bracketed, is_inherited, number, of_class, rank_of } from './atlas_facts.mjs';
import { painted, watched_page } from './browser.mjs';

// One map of every kind there is: by direction, as a total, with inherited values, with a state.
function one_of_each(all_maps) {
  const kinds = new Map();
  all_maps.forEach((map) => {
    const { indicator, year } = map;
    const kind = [indicator.direction, Boolean(year.symbols), Boolean(year.inherited), Boolean(year.precision), Boolean(year.index),
      year.states.some((state) => state !== 'present')].join();
    if (!kinds.has(kind)) kinds.set(kind, map);
  });
  return [...kinds.values()];
}

async function show_as(page, name) {
  await page.locator('#shows input[value=' + name + ']').check({ force: true });
}

// ---- the table ----
const read_rows = (page) => page.$$eval('#table tbody tr', (rows) => rows.map((row) => ({
  key: row.dataset.key, cells: Array.from(row.children, (cell) => cell.innerText.trim())
})));

// What a column sorts by; null is last whichever way the column runs.
function sort_keys(map, language) {
  const { indicator, year, regions } = map;
  const counted = (i) => year.values[i] !== null && !is_inherited(year, i);
  return {
    region: (i) => regions[i].name[language],
    value: (i) => year.values[i],
    rank: (i) => (counted(i) ? rank_of({ indicator, year }, i).rank : null),
    gap: (i) => {
      if (!counted(i)) return null;
      return year.symbols ? year.values[i] / year.summary.sum : year.values[i] - year.summary.weighted_mean;
    },
    class: (i) => year.classes[i]
  };
}

function out_of_order(keys, down, language) {
  return keys.findIndex((key, i) => {
    if (i === 0) return false;
    const before = keys[i - 1];
    if (before === null) return key !== null;
    if (key === null) return false;
    const step = typeof key === 'string' ? before.localeCompare(key, language) : before - key;
    return down ? step < 0 : step > 0;
  });
}

async function wrong_order(page, map, column, language) {
  const key_of = sort_keys(map, language)[column];
  const faults = [];
  for (let press = 0; press < 2; press += 1) {
    await page.locator('#table button[data-column=' + column + ']').focus();
    await page.keyboard.press('Enter');
    const sort = await page.getAttribute('#table th.cell-' + column, 'aria-sort');
    const rows = await read_rows(page);
    const keys = rows.map(({ key }) => key_of(map.regions.findIndex((region) => region.key === key)));
    const at = out_of_order(keys, sort === 'descending', language);
    if (at > 0) faults.push([map.indicator.code, column, sort, JSON.stringify(keys)].join(' '));
    const focused = await page.evaluate(() => document.activeElement.dataset.column);
    if (focused !== column) faults.push('the focus went from ' + column + ' to ' + focused);
  }
  return faults;
}

// Standard error, stations inside and the chance of each band, of modelled values.
function modelled_cells({ indicator, year }, i, language) {
  const { error, stations, chances } = year.modelled || {};
  if (!error || error[i] === null) return [];
  return ['\u00b1' + number(error[i], indicator.decimals, language), String(stations[i]),
    ...chances.map((band) => number(100 * band[i], 0, language) + '\u00a0%')];
}

function wrong_cells(map, rows, language, words) {
  return map.regions.flatMap((region, i) => {
    const row = rows.find(({ key }) => key === region.key);
    if (!row) return [region.key + ' has no row'];
    const value = map.year.values[i];
    const state = is_inherited(map.year, i) ? words['page.inherited']
      : words[(map.year.index && value === null ? 'composite.state_' : 'page.state_') + map.year.states[i]];
    const wanted = [region.name[language], state[language]];
    const shown = value === null ? '' : number(value, map.indicator.decimals, language);
    if (value !== null) wanted.push(is_bracketed(map.year, i) ? '(' + shown + ')' : shown);
    const { weighted_mean: mean } = map.year.summary;
    if (value !== null && mean !== null && !is_inherited(map.year, i) && can_rank(map.year)) {
      const gap = number(Math.abs(value - mean), map.indicator.decimals, language);
      if (!row.cells.some((cell) => cell.endsWith(gap))) return [region.key + ' lacks the gap ' + gap];
    }
    wanted.push(...modelled_cells(map, i, language));
    return wanted.filter((text) => !row.cells.includes(text)).map((text) => region.key + ' lacks ' + text);
  });
}

export async function check_table(tools, page) {
  const { atlas, check, same, go, shoot } = tools;
  const order = [];
  const cells = [];
  for (const { indicator, year } of one_of_each(tools.all_maps)) {
    const map = { indicator, year, regions: boundaries_of(atlas, year).regions };
    for (const language of atlas.languages) {
      await go(page, map, language);
      await show_as(page, 'table');
      cells.push(...wrong_cells(map, await read_rows(page), language, atlas.texts));
      if (language !== 'ru') continue;
      for (const column of ['region', 'value', 'rank', 'gap', 'class']) {
        if (column === 'class' && (year.symbols || !can_rank(year))) continue;
        if (!can_rank(year) && (column === 'rank' || (column === 'gap' && !year.symbols))) continue;
        order.push(...await wrong_order(page, map, column, language));
      }
    }
    await shoot(page, 'table-' + indicator.code);
  }
  same('the table has a row for each region with value, state and gap, in every language', cells, []);
  same('every heading sorts by keyboard, both ways, with what has no number last', order, []);
  check('the map gives way to the table', !(await page.isVisible('#map')));
  await check_selection(tools, page);
  await show_as(page, 'map');
}

async function check_selection({ atlas, check, all_maps, go }, page) {
  const map = all_maps[0];
  const region = boundaries_of(atlas, map.year).regions[1];
  await go(page, map, 'en');
  await show_as(page, 'table');
  await page.locator('#table tr[data-key="' + region.key + '"] .row-name').focus();
  await page.keyboard.press('Enter');
  check('Enter on a name keeps the region beside the table',
    (await page.innerText('#region-name')) === region.name.en &&
    (await page.getAttribute('#table tr[data-key="' + region.key + '"] .row-name', 'aria-pressed')) === 'true');
  await page.keyboard.press('Escape');
  check('Escape lets it go', !(await page.isVisible('#region-card')));
}

// ---- the file ----
function parse_csv(text) {
  const rows = [[]];
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n)/g;
  for (const [, cell, end] of text.matchAll(pattern)) {
    rows[rows.length - 1].push(cell.startsWith('"') ? cell.slice(1, -1).replace(/""/g, '"') : cell);
    if (end !== ',') rows.push([]);
  }
  const [head, ...body] = rows.slice(0, -1);
  return body.map((row) => Object.fromEntries(head.map((name, k) => [name, row[k]])));
}

function wrong_file(atlas, { indicator, year }, rows) {
  const { regions } = boundaries_of(atlas, year);
  if (rows.length !== regions.length) return [indicator.code + ': ' + rows.length + ' rows'];
  return regions.flatMap((region, i) => {
    const value = year.values[i];
    const counted = value !== null && !is_inherited(year, i);
    const wanted = {
      indicator: indicator.code, year: year.year === null ? '' : String(year.year), vintage: year.vintage, key: region.key,
      name_kk: region.name.kk, value: value === null ? '' : String(value), state: year.states[i],
      inherited: is_inherited(year, i) ? 'yes' : 'no', rank: counted && can_rank(year) ? String(rank_of({ indicator, year }, i).rank) : '',
      class: year.classes[i] === null ? '' : String(year.classes[i] + 1)
    };
    if (year.index) {
      const cell = (number) => (number === null ? '' : String(number));
      wanted.rank_p95 = cell(year.index.ranks.high[i]);
      year.index.nodes.slice(1).forEach((node) => {
        wanted['score_' + node.code] = cell(node.scores[i]);
        if (node.states) wanted['part_' + node.code] = cell(node.parts[i]);
      });
    }
    if (year.precision) {
      wanted.bracketed = is_bracketed(year, i) ? '1' : '0';
      wanted.upper = year.precision.upper[i] === null ? '' : String(year.precision.upper[i]);
    }
    return Object.keys(wanted).filter((name) => rows[i][name] !== wanted[name])
      .map((name) => [indicator.code, region.key, name, rows[i][name], 'not', wanted[name]].join(' '));
  });
}

export async function check_csv({ atlas, all_maps, same, check, go }, page) {
  const wrong = [];
  let text = '';
  for (const map of one_of_each(all_maps)) {
    await go(page, map, 'kk');
    await show_as(page, 'table');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#csv')]);
    const name = [map.indicator.code, map.year.year, map.year.vintage].filter((part) => part !== '' && part !== null).join('_') + '.csv';
    if (download.suggestedFilename() !== name) wrong.push('named ' + download.suggestedFilename());
    text = readFileSync(await download.path(), 'utf8');
    wrong.push(...wrong_file(atlas, map, parse_csv(text.slice(1))));
  }
  same('the CSV holds every region with value, state, rank and class as the data have them', wrong, []);
  check('it begins with a byte order mark, for spreadsheets', text.startsWith('\ufeff'));
  await show_as(page, 'map');
}

// ---- the lines ----
// Runs of years that a line may join, counted from the data alone: same series, no gap, nothing borrowed.
function expected_runs(atlas, indicator, key) {
  const figures = indicator.years.map((year) => {
    const i = boundaries_of(atlas, year).regions.findIndex((region) => region.key === key);
    return { year, i };
  }).filter(({ i }) => i >= 0).sort((a, b) => a.year.series - b.year.series || a.year.year - b.year.year);
  const runs = [];
  figures.forEach(({ year, i }, k) => {
    if (year.values[i] === null) return;
    const last = figures[k - 1];
    const joined = last && last.year.values[last.i] !== null && last.year.series === year.series &&
      is_inherited(last.year, last.i) === is_inherited(year, i);
    if (joined) runs[runs.length - 1] += 1;
    else runs.push(1);
  });
  return runs;
}

async function read_line(page) {
  return page.evaluate(() => {
    const card = document.getElementById('region-card');
    const xs = (path) => path.getAttribute('d').match(/-?[\d.]+ -?[\d.]+/g).map((pair) => Number(pair.split(' ')[0]));
    return {
      drawn: Boolean(card.querySelector('.spark')),
      lines: Array.from(card.querySelectorAll('path.spark-region'), xs),
      dots: card.querySelectorAll('.spark-dot').length, hollow: card.querySelectorAll('.spark-hollow').length,
      breaks: Array.from(card.querySelectorAll('.spark-break'), (path) => xs(path)[0]),
      notes: card.innerText, label: (card.querySelector('.spark') || { ariaLabel: '' }).ariaLabel
    };
  });
}

function wrong_line(found, runs, indicator, key) {
  const total = runs.reduce((sum, run) => sum + run, 0);
  const name = indicator.code + ' ' + key + ' ';
  if (total < 2) return found.drawn ? [name + 'draws a line of one year'] : [];
  const lines = runs.filter((run) => run > 1);
  const crossed = found.breaks.filter((x) => found.lines.some((line) => Math.min(...line) < x && x < Math.max(...line)));
  return [
    found.dots !== total && name + found.dots + ' dots, not ' + total,
    JSON.stringify(found.lines.map((line) => line.length).sort()) !== JSON.stringify([...lines].sort()) &&
      name + 'lines of ' + found.lines.map((line) => line.length) + ', not ' + lines,
    crossed.length > 0 && name + 'a line runs across a break'
  ].filter(Boolean);
}

// All regions of a small map, every eighth of a large one, others for each indicator.
function regions_to_read(regions, turn) {
  return regions.length > 12 ? regions.filter((region, i) => i % 8 === turn % 8) : regions;
}

export async function check_trends({ atlas, same, check, go, shoot, all_maps }, page) {
  const wrong = [];
  for (const [turn, indicator] of atlas.indicators.entries()) {
    const year = indicator.years[indicator.years.length - 1];
    await go(page, { indicator, year }, 'en');
    await show_as(page, 'table');
    for (const region of regions_to_read(boundaries_of(atlas, year).regions, turn)) {
      await page.click('#table tr[data-key="' + region.key + '"] .row-name');
      wrong.push(...wrong_line(await read_line(page), expected_runs(atlas, indicator, region.key), indicator, region.key));
    }
  }
  same('the line of every region joins the years of a series and is broken where the series is', wrong, []);
  const broken = all_maps.find(({ indicator }) => (indicator.breaks || []).length &&
    new Set(indicator.years.map((year) => year.series)).size > 1);
  if (!broken) return;
  const { indicator } = broken;
  const year = indicator.years[indicator.years.length - 1];
  for (const language of atlas.languages) {
    await go(page, { indicator, year }, language);
    await page.evaluate((key) => { window.location.hash += '&region=' + encodeURIComponent(key); },
      boundaries_of(atlas, year).regions[2].key);
    await page.waitForSelector('#region-card .spark-break', { state: 'attached' });
    const { notes } = await read_line(page);
    check('the break is told beside the line in ' + language,
      indicator.breaks.some((each) => notes.includes(each.text[language])), notes);
    await shoot(page, 'trend-' + language);
  }
}

// ---- circles ----
// Pixels from the middle of a circle to its edge on the map itself: the farthest of four directions, since a smaller
// circle may lie over one side, as Shymkent's does over Turkistan's.
function radii_on_map(page, places, colour) {
  return page.evaluate(({ points, fill }) => {
    const map = window.tendik.map.get();
    const source = map.getCanvas();
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [source.width, source.height];
    const brush = copy.getContext('2d');
    brush.drawImage(source, 0, 0);
    const scale = source.width / source.clientWidth;
    const [r, , b] = [1, 3, 5].map((at) => parseInt(fill.slice(at, at + 2), 16));
    const filled = (x, y) => {
      const pixel = brush.getImageData(Math.round(x), Math.round(y), 1, 1).data;
      return Math.abs(pixel[0] - r) < 30 && Math.abs(pixel[2] - b) < 60;
    };
    return points.map((place) => {
      const at = map.project(place);
      return Math.max(...[[1, 0], [-1, 0], [0, 1], [0, -1]].map(([right, down]) => {
        let reach = 0;
        while (reach < 100 && filled((at.x + right * reach) * scale, (at.y + down * reach) * scale)) reach += 0.25;
        return reach;
      }));
    });
  }, { points: places, fill: colour });
}

export async function check_symbols({ atlas, all_maps, same, check, go, shoot }, page) {
  const map = all_maps.filter(({ year }) => year.symbols).pop();
  if (!map) return;
  const { symbols, values } = map.year;
  const { regions } = boundaries_of(atlas, map.year);
  await go(page, map, 'en');
  await painted(page);
  const large = regions.map((region, i) => ({ region, value: values[i] }))
    .filter(({ region, value }) => value > 0.08 * symbols.largest && !region.generalised);
  const found = await radii_on_map(page, large.map(({ region }) => region.label), symbols.colour);
  const wrong = large.map(({ region, value }, k) => {
    // Area in proportion to the value: the radius goes with its square root.
    const wanted = symbols.largest_radius_px * Math.sqrt(value / symbols.largest);
    return Math.abs(found[k] - wanted) > 1.6 && [region.key, value, found[k], 'not', wanted].join(' ');
  }).filter(Boolean);
  same('the area of each circle on the map is in proportion to its total', wrong, []);
  check('and there were circles to look at', large.length > 1, String(large.length));
  const samples = await page.$$eval('#legend .sample circle', (circles) => circles.map((c) => Number(c.getAttribute('r'))));
  const entries = map.year.legend.filter((entry) => entry.kind === 'symbol');
  same('the legend has a circle of the same scale for each sample',
    samples.map((r) => Math.round(10 * r)), entries.map(({ value }) =>
      Math.round(10 * symbols.largest_radius_px * Math.sqrt(value / symbols.largest))));
  const side = await page.innerText('.side');
  check('a total has neither ratio nor Theil index nor classes', ['page.ratio', 'page.measure_TI', 'page.classes_note']
    .every((key) => !side.includes(atlas.texts[key].en)), side);
  await shoot(page, 'symbols');
}

// ---- inherited values ----
export async function check_hatch({ atlas, all_maps, check, same, go, shoot }, page) {
  const map = all_maps.find(({ year }) => (year.inherited || []).some(Boolean));
  if (!map) return;
  const { regions } = boundaries_of(atlas, map.year);
  for (const language of atlas.languages) {
    await go(page, map, language);
    await painted(page);
    const text = await page.innerText('.side');
    const entry = map.year.legend.find((each) => each.kind === 'inherited');
    check('inherited values are named in ' + language, text.includes(entry.label[language]) &&
      text.includes(atlas.texts['page.inherited_note'][language]));
  }
  const spread = await page.evaluate((points) => {
    const shown = window.tendik.map.get();
    const copy = document.createElement('canvas');
    const source = shown.getCanvas();
    [copy.width, copy.height] = [source.width, source.height];
    const brush = copy.getContext('2d');
    brush.drawImage(source, 0, 0);
    return points.map((place) => {
      const at = shown.project(place);
      const { data } = brush.getImageData(Math.round(at.x) - 10, Math.round(at.y) + 30, 20, 20);
      const greens = Array.from({ length: 400 }, (unused, i) => data[4 * i + 1]);
      return Math.max(...greens) - Math.min(...greens);
    });
  }, regions.map((region) => region.label));
  const borrowed = regions.filter((region, i) => is_inherited(map.year, i));
  const hatched = await page.evaluate((layer) => window.tendik.map.get().queryRenderedFeatures({ layers: [layer] })
    .map(({ id }) => id), 'hatch/' + (map.year.vintage || 'regions'));
  same('just the inherited values are hatched', [...new Set(hatched)].sort(), borrowed.map(({ id }) => id).sort());
  // Rivers and borders vary a colour, too; and a city is smaller than the strokes are wide.
  same('their strokes are to be seen', regions.filter((region, i) => is_inherited(map.year, i) && !region.generalised
    && spread[i] <= 60).map(({ key }) => key), []);
  await shoot(page, 'inherited');
}

// ---- links ----
const page_state = () => ({
  title: document.getElementById('map-title').textContent, language: document.documentElement.lang,
  year: document.querySelector('#years input:checked').value, indicator: document.getElementById('indicator').value,
  show: document.querySelector('#shows input:checked').value, region: document.getElementById('region-name').textContent,
  sorted: Array.from(document.querySelectorAll('#table thead th'), (cell) => cell.getAttribute('aria-sort')).join(),
  rows: Array.from(document.querySelectorAll('#table tbody tr'), (row) => row.dataset.key).join(),
  view: window.tendik.map.get().getZoom().toFixed(2) + window.tendik.map.get().getCenter().lng.toFixed(2)
});

export async function check_permalink({ atlas, all_maps, same, check, laptop, go }, browser, base) {
  const map = all_maps.filter(({ indicator }) => has_worst(indicator)).pop();
  const region = boundaries_of(atlas, map.year).regions[2];
  const { page } = await watched_page(browser, { viewport: laptop, permissions: ['clipboard-read', 'clipboard-write'] });
  await page.goto(address(base, map.indicator, map.year, 'kk'));
  await painted(page);
  await page.click('#zoom-in');
  await page.waitForFunction(() => window.location.hash.includes('view='));
  await show_as(page, 'table');
  await page.click('#table tr[data-key="' + region.key + '"] .row-name');
  await page.click('#table button[data-column=value]');
  await page.click('#copy');
  await page.waitForFunction(() => document.getElementById('copied').textContent);
  same('the page says that the link was copied', await page.innerText('#copied'), atlas.texts['page.copied'].kk);
  const link = await page.evaluate(() => navigator.clipboard.readText());
  same('what was copied is the address', link, page.url());
  const before = await page.evaluate(page_state);
  const { page: other } = await watched_page(browser, { viewport: laptop });
  await other.goto(link);
  await other.waitForFunction(() => window.tendik.map.get() && window.tendik.map.get().loaded());
  same('it brings back indicator, year, language, region, table, order and view', await other.evaluate(page_state), before);
  check('with the region kept', before.region === region.name.kk && before.show === 'table', JSON.stringify(before));
  await go(other, map, 'kk');
  await other.context().close();
  await page.context().close();
}

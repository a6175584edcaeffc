// Tests a finished site folder in a headless browser, by double click (file://) and from a server:
//   node page_test.mjs SITE_DIR PARTS_DIR [SCREENSHOT_DIR]
// One line a check; exit 0 all passed, 1 something failed, 77 no browser here (1 where CI is set).
// The expectations come from the folder's own data.js, so any atlas can be tested.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  address, boundaries_of as boundaries_in, can_rank, entry_of, has_worst, is_inherited, is_unreliable, number, of_class, rank_of, rank_words,
  read_atlas
} from './atlas_facts.mjs';
import { launch, missing_tools, painted, serve, skipped, watched_page } from './browser.mjs';
import { check_composite } from './composite_checks.mjs';
import { check_context } from './context_checks.mjs';
import { check_points } from './point_checks.mjs';
import { check_doubts } from './doubt_checks.mjs';
import { check_csv, check_hatch, check_permalink, check_symbols, check_table, check_trends } from './view_checks.mjs';

const [site_arg, parts_arg, shots_arg] = process.argv.slice(2);
if (!parts_arg) {
  console.error('usage: node page_test.mjs SITE_DIR PARTS_DIR [SCREENSHOT_DIR]');
  process.exit(2);
}
const missing = missing_tools(parts_arg);
if (missing.length) {
  console.log('not here: ' + missing.join(', '));
  process.exit(process.env.CI ? 1 : skipped);
}
const site = resolve(site_arg);
const shots = shots_arg ? resolve(shots_arg) : null;
if (shots) mkdirSync(shots, { recursive: true });
const laptop = { width: 1366, height: 768 };
const phone = { width: 390, height: 844 };

const atlas = read_atlas(site);
const boundaries_of = (year) => boundaries_in(atlas, year);

let failures = 0;
let way = '';
function check(name, passed, detail) {
  if (!passed) failures += 1;
  const why = passed || detail === undefined ? '' : ': ' + detail;
  console.log((passed ? 'ok    ' : 'FAIL  ') + way + ': ' + name + why);
}
function same(name, found, wanted) {
  check(name, JSON.stringify(found) === JSON.stringify(wanted),
    'found ' + JSON.stringify(found) + ', expected ' + JSON.stringify(wanted));
}

const all_maps = atlas.indicators.flatMap((indicator) =>
  indicator.years.map((year) => ({ indicator, year })));

// All maps of a small atlas; of a large one the ends of each indicator and vintage, for each map is waited for.
const maps_to_paint = all_maps.length <= 60 ? all_maps : all_maps.filter(({ indicator, year }) => {
  const same_units = indicator.years.filter((each) => each.vintage === year.vintage);
  return year === same_units[0] || year === same_units[same_units.length - 1];
});

async function shoot(page, name, whole) {
  const path = shots && join(shots, way + '-' + name + '.png');
  if (path) await page.screenshot({ path, fullPage: Boolean(whole) });
}

async function go(page, { indicator, year }, language) {
  await page.evaluate((hash) => new Promise((done) => {
    if (window.location.hash === hash) {
      done();
      return;
    }
    window.addEventListener('hashchange', () => done(), { once: true });
    window.location.hash = hash;
  }), address('', indicator, year, language));
  // The event may have been that of an address written before: the page itself tells when it has followed.
  await page.waitForFunction(([code, entry, lang]) => document.documentElement.lang === lang &&
    document.getElementById('indicator').value === code &&
    document.querySelector('#years input:checked')?.value === entry,
  [indicator.code, year.year + '/' + year.vintage, language], { timeout: 180000 });
}

// ---- checks ----
// What a reader sees beside the map, in one look.
function read_page(page) {
  return page.evaluate(() => ({
    title: document.getElementById('map-title').textContent, tab: document.title,
    language: document.documentElement.lang, text: document.body.innerText,
    side: document.querySelector('.side').innerText,
    legend: Array.from(document.querySelectorAll('#legend .legend-row'), (row) => ({
      kind: row.dataset.kind, label: row.querySelector('.legend-label').textContent,
      count: Number((row.querySelector('.legend-count') || { textContent: '0' }).textContent)
    }))
  }));
}

function wrong_words(found, { indicator, year }, language) {
  const title = [indicator.name[language], year.label].filter(Boolean).join(', ');
  const bad = found.text.match(/(?:page|composite)\.\w+|undefined|NaN|\bnull\b|\{\w+\}|\[object/);
  return [
    bad && 'shows "' + bad[0] + '"', found.title !== title && 'title ' + found.title,
    !found.tab.startsWith(title) && 'tab ' + found.tab,
    found.language !== language && 'lang ' + found.language
  ];
}

function wrong_legend({ legend }, { year }, language) {
  const { regions } = boundaries_of(year);
  const sum = legend.filter((row) => !['generalised', 'unreliable'].includes(row.kind)).reduce((total, row) => total + row.count, 0);
  const dashed = regions.filter((region) => region.generalised).length;
  const rows = year.legend.map((entry, i) => {
    const real = entry.kind === 'generalised' ? dashed : entry.kind === 'unreliable'
      ? regions.filter((region, k) => is_unreliable(year, k)).length : regions.filter((region, k) => entry_of(year, k) === entry).length;
    const right = legend[i] && legend[i].count === real && legend[i].label === entry.label[language];
    return !right && 'row ' + i + ' says ' + JSON.stringify(legend[i]) + ', data ' + real;
  });
  return [
    sum !== regions.length && 'counts sum to ' + sum + ' of ' + regions.length,
    dashed > 0 && !legend.some((row) => row.kind === 'generalised') && 'no generalised entry',
    !legend.some((row) => row.kind === 'missing') && 'no entry for missing values', ...rows
  ];
}

function wrong_summary({ side }, { indicator, year }, language) {
  const { summary } = year;
  const { regions } = boundaries_of(year);
  const write = (value, decimals) => (value === null ? '' : number(value, decimals, language));
  const ends = has_worst(indicator) ? [summary.worst, summary.best] : [summary.highest, summary.lowest];
  const wanted = ends.filter(Boolean).flatMap((each) =>
    [write(each.value, indicator.decimals), regions[each.region].name[language]]);
  if (!can_rank(year)) {
    wanted.push(atlas.texts['modelled.not_ranked'][language]);
    if (ends.some(Boolean) || summary.difference !== null) return ['compares what cannot be ranked'];
  }
  wanted.push(write(summary.ratio, 2), write(summary.weighted_mean, indicator.decimals + 1));
  if (summary.sum !== null) wanted.push(write(summary.sum, indicator.decimals));
  if (!(has_worst(indicator) && can_rank(year)) && side.includes(atlas.texts['page.worst'][language])) return ['names a worst region'];
  if (summary.published_national) wanted.push(write(summary.published_national.value, indicator.decimals));
  return wanted.map((each) => !side.includes(each) && 'lacks ' + each);
}

async function check_every_map(page) {
  const wrong = { words: [], legend: [], summary: [] };
  for (const map of all_maps) {
    for (const language of atlas.languages) {
      await go(page, map, language);
      const found = await read_page(page);
      const name = [map.indicator.code, map.year.year, language].join('/') + ' ';
      const note = (list, faults) => list.push(...faults.filter(Boolean).map((fault) => name + fault));
      note(wrong.words, wrong_words(found, map, language));
      note(wrong.legend, wrong_legend(found, map, language));
      note(wrong.summary, wrong_summary(found, map, language));
    }
  }
  same('every map in every language has its title and no raw key', wrong.words, []);
  same('legend rows and counts agree with the data, generalised and no-data included', wrong.legend, []);
  same('the ends, ratio, mean or sum and national value stand in the key figures; no worst where no end is bad',
    wrong.summary, []);
}

// The colour of the map itself (not of the labels over it) at the label points of the given regions.
function colours_at(page, points) {
  return page.evaluate((places) => {
    const map = window.tendik.map.get();
    const source = map.getCanvas();
    const copy = document.createElement('canvas');
    [copy.width, copy.height] = [source.width, source.height];
    const brush = copy.getContext('2d');
    brush.drawImage(source, 0, 0);
    const scale = source.width / source.clientWidth;
    return places.map((place) => {
      const at = map.project(place);
      const [r, g, b] = brush.getImageData(Math.round(at.x * scale), Math.round(at.y * scale), 1, 1).data;
      return '#' + [r, g, b].map((part) => part.toString(16).padStart(2, '0')).join('');
    });
  }, points);
}

function differs(a, b) {
  const part = (colour, at) => parseInt(colour.slice(at, at + 2), 16);
  return [1, 3, 5].some((at) => Math.abs(part(a, at) - part(b, at)) > 2);
}

// Rivers, lakes and stations are drawn over the fills: one on a label point would hide the region's colour.
async function show_context(page, shown) {
  await page.evaluate((visibility) => new Promise((done) => {
    const map = window.tendik.map.get();
    map.once('idle', () => done());
    map.getStyle().layers.filter(({ id }) => id.startsWith('context-') || id === 'points')
      .forEach(({ id }) => map.setLayoutProperty(id, 'visibility', visibility));
    map.triggerRepaint();
  }), shown ? 'visible' : 'none');
}

async function check_paint(page, maps) {
  const wrong = [];
  const colours = new Set();
  for (const map of maps) {
    await go(page, map, 'en');
    await painted(page);
    await show_context(page, false);
    const { regions } = boundaries_of(map.year);
    const wide = regions.map((region, i) => ({ region, i }))
      .filter(({ region, i }) => !region.generalised && !is_inherited(map.year, i) && !is_unreliable(map.year, i));
    const found = await colours_at(page, wide.map(({ region }) => region.label));
    wide.forEach(({ region, i }, k) => {
      // Over the ground of a total lies the circle, a little transparent: its own check looks at it.
      const { symbols } = map.year;
      if (symbols && map.year.values[i] !== null) return;
      const wanted = of_class(map.year, i).colour;
      colours.add(found[k]);
      if (differs(found[k], wanted)) {
        wrong.push([map.indicator.code, map.year.year, region.key, found[k], 'not', wanted].join(' '));
      }
    });
  }
  await show_context(page, true);
  same('every region is painted in the colour of its legend entry, on ' + maps.length + ' maps', wrong, []);
  check('the maps have several colours', colours.size > 2, [...colours].join(' '));
}

async function check_city_close(page, base) {
  const map = all_maps.find(({ year }) => boundaries_of(year).regions.some((region) => region.generalised));
  if (!map) return;
  const { regions } = boundaries_of(map.year);
  const i = regions.findIndex((region) => region.generalised);
  const [lon, lat] = regions[i].label;
  await page.goto('about:blank');
  await page.goto(address(base, map.indicator, map.year, 'en') + '&view=7.00/' + lat + '/' + lon);
  await painted(page);
  const [found] = await colours_at(page, [regions[i].label]);
  check('a city with a generalised outline has its own colour', !differs(found, entry_of(map.year, i).colour),
    regions[i].key + ' ' + found);
  const dashes = await page.evaluate(() => {
    const shown_map = window.tendik.map.get();
    const layers = shown_map.getStyle().layers
      .filter(({ paint, layout }) => paint && paint['line-dasharray'] && layout.visibility === 'visible')
      .map((layer) => layer.id);
    return shown_map.queryRenderedFeatures({ layers }).map((feature) => feature.properties.kind);
  });
  check('its outline is drawn dashed', dashes.length > 0 && dashes.every((kind) => kind === 'generalised'),
    dashes.join());
  await shoot(page, 'city');
}

async function hover(page, region) {
  const at = await page.evaluate((place) => {
    const point = window.tendik.map.get().project(place);
    const frame = document.getElementById('map').getBoundingClientRect();
    return [frame.left + point.x, frame.top + point.y];
  }, region.label);
  await page.mouse.move(2, 2);
  await page.mouse.move(at[0] - 1, at[1]);
  await page.mouse.move(at[0], at[1]);
  await page.waitForTimeout(80);
  return page.isVisible('#hover').then((seen) => (seen ? page.innerText('#hover') : ''));
}

async function check_hover(page) {
  const states = Object.keys(atlas.texts).filter((key) => key.startsWith('page.state_'));
  const wanted = states.map((key) => key.slice('page.state_'.length));
  for (const language of atlas.languages) {
    for (const state of wanted) {
      const map = all_maps.find(({ year }) => year.states.includes(state) && can_rank(year));
      if (!map) continue;
      const i = map.year.states.indexOf(state);
      const region = boundaries_of(map.year).regions[i];
      await go(page, map, language);
      await painted(page);
      const text = await hover(page, region);
      const value = state === 'present' ? number(map.year.values[i], map.indicator.decimals, language)
        : atlas.texts['page.state_' + state][language];
      const rank = rank_of(map, i);
      const ranked = state === 'present' && !is_inherited(map.year, i) ? rank_words(atlas, rank, language) : '';
      check('hover in ' + language + ' names a region that is ' + state + (ranked && ' and its rank'),
        text.includes(region.name[language]) && text.includes(value) && text.includes(ranked),
        JSON.stringify(text) + ' ' + ranked);
    }
  }
}

async function check_hover_of_city(page) {
  const map = all_maps.find(({ year }) => boundaries_of(year).regions.some((region) => region.generalised));
  if (!map) return;
  const city = boundaries_of(map.year).regions.find((region) => region.generalised);
  await go(page, map, 'ru');
  await painted(page);
  const text = await hover(page, city);
  await painted(page);
  const outlined = await page.evaluate(({ source, id }) =>
    window.tendik.map.get().getFeatureState({ source, sourceLayer: 'regions', id }).pointed,
  { source: map.year.vintage, id: city.id });
  check('the region pointed at is outlined', outlined === true, String(outlined));
  check('hover on a city says that its outline is generalised', text.includes(city.name.ru) &&
    text.includes(atlas.texts['page.outline_generalised'].ru), JSON.stringify(text));
  await shoot(page, 'hover');
}

// By keyboard and by name, as someone without a mouse would.
async function check_switching(page) {
  const first = atlas.indicators.find((each) => each.years.length > 1) || atlas.indicators[0];
  await go(page, { indicator: first, year: first.years[0] }, 'en');
  const words = (key) => atlas.texts[key].en;
  if (first.years.length > 1) {
    await page.getByRole('radio', { name: first.years[0].label, exact: true }).focus();
    await page.keyboard.press('ArrowRight');
    same('an arrow key turns to the next year', await page.textContent('#map-title'),
      first.name.en + ', ' + first.years[1].label);
  }
  const second = atlas.indicators.find((each) => each !== first);
  if (second) {
    const before = await page.textContent('#legend');
    await page.getByRole('combobox', { name: words('page.indicator') }).selectOption(second.code);
    check('another indicator changes title and legend', (await page.textContent('#legend')) !== before &&
      (await page.textContent('#map-title')).startsWith(second.name.en));
  }
  await painted(page);
  for (const language of atlas.languages) {
    await page.getByRole('radio', { name: atlas.texts['page.language_' + language].en, exact: true })
      .check({ force: true });
    await painted(page);
    const names = await page.$$eval('.label:not([data-form=hidden]):not([data-form=value]) .label-name',
      (labels) => labels.map((label) => label.textContent));
    const known = atlas.boundaries.flatMap((each) => each.regions.map((r) => (r.short || r.name)[language]));
    check('labels, title and legend heading follow the language ' + language, names.length > 3 &&
      names.every((name) => known.includes(name)) &&
      (await page.textContent('#legend-title')) === atlas.texts['page.legend'][language] &&
      (await page.textContent('#atlas-title')) === atlas.title[language], names.join());
    await shoot(page, 'laptop-' + language);
  }
}

// On the narrow screen, where names do crowd.
async function check_labels(page) {
  const wrong = [];
  await page.setViewportSize(phone);
  await page.waitForFunction((width) => window.tendik.map.get().getCanvas().clientWidth < width, phone.width);
  for (const language of atlas.languages) {
    await go(page, all_maps[0], language);
    await painted(page);
    const boxes = await page.$$eval('.label:not([data-form=hidden]) .label-box', (items) =>
      items.map((item) => {
        const { left, right, top, bottom } = item.getBoundingClientRect();
        return { text: item.innerText, left, right, top, bottom };
      }));
    boxes.forEach((a, i) => boxes.slice(i + 1).forEach((b) => {
      const apart = a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      if (!apart) wrong.push(a.text + ' | ' + b.text);
    }));
    const { regions } = boundaries_of(all_maps[0].year);
    if (boxes.length < regions.length * 0.5) wrong.push(boxes.length + ' labels of ' + regions.length);
  }
  same('no label covers another on a phone, and most regions have one', wrong, []);
  await page.setViewportSize(laptop);
}

async function check_address(browser, page) {
  const map = all_maps[all_maps.length - 1];
  await go(page, map, 'kk');
  await painted(page);
  await page.click('#zoom-in');
  await page.waitForFunction(() => window.location.hash.includes('view='));
  const link = page.url();
  const state = () => ({
    title: document.getElementById('map-title').textContent, language: document.documentElement.lang,
    year: document.querySelector('#years input:checked').value,
    indicator: document.getElementById('indicator').value,
    zoom: window.tendik.map.get().getZoom().toFixed(2)
  });
  const before = await page.evaluate(state);
  const other = await watched_page(browser, { viewport: laptop });
  await other.page.goto(link);
  await painted(other.page);
  const after = await other.page.evaluate(state);
  same('the address brings back indicator, year, language and view', after, before);
  await other.page.context().close();
  // A map that finds its size writes the address of what it shows, perhaps before the page has followed a link.
  const link_map = all_maps[0];
  const followed = await page.evaluate((hash) => new Promise((done) => {
    const old = window.location.hash;
    window.addEventListener('hashchange', () => done(document.getElementById('indicator').value), { once: true });
    window.location.hash = hash;
    window.history.replaceState(null, '', old);
  }), address('', link_map.indicator, link_map.year, 'ru'));
  same('a link is followed though the page writes its address meanwhile',
    [followed, await page.evaluate(() => document.documentElement.lang)], [link_map.indicator.code, 'ru']);
}

async function check_widths(browser, base) {
  for (const [name, viewport] of [['laptop', laptop], ['phone', phone]]) {
    const { page, errors } = await watched_page(browser, { viewport });
    for (const language of atlas.languages) {
      await page.goto('about:blank');
      await page.goto(address(base, all_maps[0].indicator, all_maps[0].year, language));
      await painted(page);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      check('nothing is wider than the ' + name + ' in ' + language, over <= 0, over + ' px');
      await shoot(page, name + '-whole-' + language, true);
    }
    same('no error on the ' + name, errors, []);
    await page.context().close();
  }
}

async function check_print(page) {
  await go(page, all_maps[0], 'en');
  await painted(page);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  await painted(page);
  check('print has map and legend and no buttons', (await page.isVisible('#map')) &&
    (await page.isVisible('#legend')) && !(await page.isVisible('#indicator')) &&
    !(await page.isVisible('#zoom-in')));
  await shoot(page, 'print', true);
  const inside = await page.evaluate(([west, south, east, north]) => {
    const frame = document.getElementById('map');
    return [[west, south], [east, north]].map((corner) => window.tendik.map.get().project(corner))
      .every(({ x, y }) => x >= 0 && y >= 0 && x <= frame.clientWidth && y <= frame.clientHeight);
  }, boundaries_of(all_maps[0].year).bounds);
  check('the printed map holds the whole country', inside);
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
}

async function check_without_webgl(browser, base) {
  const { page, errors } = await watched_page(browser, { viewport: laptop });
  await page.addInitScript(() => {
    const real = HTMLCanvasElement.prototype.getContext;
    HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
      return kind.startsWith('webgl') ? null : real.call(this, kind, ...rest);
    };
  });
  await page.goto(address(base, all_maps[0].indicator, all_maps[0].year, 'en'));
  await page.waitForSelector('body[data-map=none]');
  same('without WebGL the page says so in words', await page.innerText('#trouble'),
    atlas.texts['page.no_webgl'].en);
  const rows = await page.locator('#table tbody tr:visible').count();
  same('and shows the table of all regions', rows, boundaries_of(all_maps[0].year).regions.length);
  same('and stays without errors', errors, []);
  await shoot(page, 'no-webgl', true);
  await page.context().close();
}

async function check_without_data(browser, base) {
  const { page } = await watched_page(browser, { viewport: laptop });
  await page.route('**/data.js', (route) => route.abort());
  await page.goto(base);
  check('without data.js the page says so', await page.isVisible('#no-data'));
  await page.context().close();
}

// The page must refuse to ask the network even if some code tried to.
async function check_closed(browser, base) {
  const { page } = await watched_page(browser, { viewport: laptop });
  await page.goto(base);
  await painted(page);
  const refused = await page.evaluate(() => new Promise((done) => {
    document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective));
    fetch('https://outside.invalid/').catch(() => {});
    window.setTimeout(() => done('nothing refused it'), 3000);
  }));
  same('the content security policy refuses outside requests', refused, 'connect-src');
  await page.context().close();
}

function check_traffic(seen, base) {
  const own = base.slice(0, base.lastIndexOf('/') + 1);
  const outside = seen.requests.filter((url) => !url.startsWith(own) && !/^(blob|data|about):/.test(url));
  same('no error in the console', seen.errors, []);
  same('no failed request', seen.failed, []);
  same('no request beyond the folder', outside, []);
  check('the requests were seen', seen.requests.some((url) => url.endsWith('data.js')));
}

// Everything once from the file; from the server what may differ there.
async function test_way(browser, name, base, thorough) {
  way = name;
  const seen = await watched_page(browser, { viewport: laptop });
  const { page } = seen;
  await page.goto(address(base, all_maps[0].indicator, all_maps[0].year, 'en'));
  await painted(page);
  const one_a_vintage = atlas.boundaries.map((each) =>
    all_maps.find(({ year }) => year.vintage === each.vintage));
  await check_paint(page, thorough ? maps_to_paint : one_a_vintage.filter(Boolean));
  await check_hover_of_city(page);
  await check_switching(page);
  await check_address(browser, page);
  if (thorough) {
    await check_every_map(page);
    await check_hover(page);
    await check_labels(page);
    await check_trends(tools, page);
    await check_table(tools, page);
    await check_csv(tools, page);
    await check_symbols(tools, page);
    await check_hatch(tools, page);
    await check_doubts({ ...tools, painted, hover }, page);
    await check_composite({ ...tools, painted, hover }, page);
    await check_context(tools, page);
    await check_points(tools, page);
    await check_print(page);
    await check_city_close(page, base);
  }
  check_traffic(seen, base);
  await page.context().close();
  await check_permalink(tools, browser, base);
  await check_closed(browser, base);
  if (!thorough) return;
  await check_widths(browser, base);
  await check_without_webgl(browser, base);
}

// What the checks of other files need of this one.
const tools = { atlas, all_maps, check, same, go, shoot, laptop, phone };
const browser = await launch(parts_arg);
const server = await serve(site);
try {
  await test_way(browser, 'file', pathToFileURL(join(site, 'index.html')).href, true);
  await test_way(browser, 'server', server.address, false);
  await check_without_data(browser, server.address);
} catch (error) {
  check('the test ran to its end', false, error.stack);
} finally {
  await browser.close();
  server.close();
}
console.log(failures ? failures + ' checks failed' : 'all checks passed');
process.exit(failures ? 1 : 0);

// Checks of a composite index on the page: its score is a map like any other, and beside it stand the interval of the
// rank, what the score is made of, and what is lacking. Takes the tools of page_test.mjs; does nothing without an index.
import { boundaries_of, number } from './atlas_facts.mjs';

const known = (value) => value !== null && value !== undefined;

// The rows of a waterfall as they are drawn: ends of each bar in pixels from the left of its track.
function drawn_parts(page, card) {
  return page.$$eval(card + ' .part', (items) => items.map((item) => {
    const track = item.querySelector('.part-track');
    const box = (name) => {
      const found = item.querySelector(name);
      if (!found) return null;
      const { left, right } = found.getBoundingClientRect();
      const start = track.getBoundingClientRect().left;
      return [left - start, right - start];
    };
    return {
      code: item.dataset.code, name: item.querySelector('.part-name').textContent,
      number: item.querySelector('.part-number').textContent, bar: track && box('.part-fill'),
      width: track ? track.getBoundingClientRect().width : 0, mean: track && box('.part-mean'),
      below: Boolean(item.querySelector('.part-below'))
    };
  }));
}

// Domains one after the other up to the score, each indicator inside of its domain.
function wrong_bars(rows, index, i) {
  const domains = rows.filter(({ code }) => index.nodes.find((node) => node.code === code).parent === 0);
  const total = rows.find(({ code }) => code === index.nodes[0].code);
  const faults = [];
  const scale = (total.bar[1] - total.bar[0]) / index.nodes[0].scores[i];
  let end = total.bar[0];
  domains.filter(({ bar }) => bar).forEach(({ code, bar }) => {
    const part = index.nodes.find((node) => node.code === code).parts[i];
    if (Math.abs(bar[0] - end) > 1.5) faults.push(code + ' begins at ' + bar[0] + ', not ' + end);
    if (Math.abs(bar[1] - bar[0] - part * scale) > 1.5) faults.push(code + ' is ' + (bar[1] - bar[0]) + ' wide');
    [, end] = bar;
  });
  if (Math.abs(end - total.bar[1]) > 1.5) faults.push('the parts end at ' + end + ', the score at ' + total.bar[1]);
  rows.filter(({ bar, width }) => bar && (bar[0] < -1 || bar[1] > width + 1)).forEach(({ code }) => faults.push(code + ' leaves its track'));
  return faults;
}

function wrong_colours(rows, index, i) {
  const scored = index.nodes[0].scores.map(known);
  return rows.filter(({ code, bar }) => bar && code !== index.nodes[0].code).filter(({ code, below }) => {
    const { parts } = index.nodes.find((node) => node.code === code);
    const mean = parts.reduce((sum, part, k) => sum + (scored[k] && known(part) ? part : 0), 0) / scored.filter(Boolean).length;
    return below !== parts[i] < mean;
  }).map(({ code }) => code);
}

async function check_card({ atlas, check, same }, page, map, i, language) {
  const { index } = map.year;
  const indicators = index.nodes.filter(({ states }) => states);
  const rows = await drawn_parts(page, '#region-card');
  const words = (key) => atlas.texts[key][language];
  const figure = (value) => number(value, map.indicator.decimals, language);
  const wrong = index.nodes.filter((node) => node.parent === 0 || node.states).flatMap((node) => {
    const row = rows.find(({ code }) => code === node.code);
    if (!row) return [node.code + ' is not told'];
    const state = node.states ? node.states[i] : 'present';
    const reason = state === 'inherited' ? words('page.inherited') : words('page.state_' + state);
    const wanted = known(node.parts[i]) ? figure(node.parts[i]) : state === 'present' ? '\u2013' : reason;
    return [!row.name.startsWith(node.name[language]) && node.code + ' is called ' + row.name,
      row.number !== wanted && node.code + ' says ' + row.number + ', not ' + wanted].filter(Boolean);
  });
  same('the card tells the part of every domain and indicator in ' + language, wrong, []);
  same('their bars add up to the score in ' + language, wrong_bars(rows, index, i), []);
  same('and have the colour of their distance to the mean in ' + language, wrong_colours(rows, index, i), []);
  const lacking = indicators.filter((node) => !known(node.scores[i])).length;
  const told = await page.innerText('#region-card');
  check('what is lacking is counted in ' + language, lacking === 0 || told.includes(words('composite.reweighted_here')
    .replace('{count}', lacking).replace('{all}', indicators.length)), told);
}

async function keep(page, region) {
  await page.evaluate((key) => { window.location.hash += '&region=' + encodeURIComponent(key); }, region.key);
  await page.waitForFunction((name) => document.getElementById('region-name').textContent === name &&
    !document.getElementById('region-card').hidden, region.name[document_language]);
}
let document_language = 'en';

async function check_region(tools, page, map, i, language) {
  const { atlas, check, go, shoot, painted, hover } = tools;
  const region = boundaries_of(atlas, map.year).regions[i];
  const { index } = map.year;
  await go(page, map, language);
  await painted(page);
  const [low, high] = ['low', 'high'].map((end) => index.ranks[end][i]);
  const interval = low === high ? String(low) : low + '\u2013' + high;
  const text = await hover(page, region);
  check('hover tells the interval of the rank in ' + language,
    text.includes(atlas.texts['composite.rank_interval'][language]) && text.includes(interval), text);
  const domains = index.nodes.filter(({ parent }) => parent === 0);
  check('and the part of each domain', domains.every((node) => text.includes(node.name[language]) &&
    text.includes(known(node.parts[i]) ? number(node.parts[i], map.indicator.decimals, language) : '\u2013')), text);
  const inside = await page.evaluate(() => {
    const card = document.getElementById('hover');
    const frame = document.getElementById('map-frame').getBoundingClientRect();
    const { top, left, right } = card.getBoundingClientRect();
    return top >= frame.top - 1 && left >= frame.left - 1 && right <= frame.right + 1;
  });
  check('the card under the pointer lies on the map in ' + language, inside);
  await shoot(page, 'index-hover-' + language);
  document_language = language;
  await keep(page, region);
  await check_card(tools, page, map, i, language);
  await shoot(page, 'index-' + language, true);
}

async function check_without_score({ atlas, check, same, go }, page, map, language) {
  const i = map.year.values.findIndex((value) => value === null);
  if (i < 0) return;
  const region = boundaries_of(atlas, map.year).regions[i];
  document_language = language;
  await go(page, map, language);
  await keep(page, region);
  const told = await page.innerText('#region-card');
  const share = number(100 * map.year.index.least_share, 0, language);
  check('a region without a score says why in ' + language,
    told.includes(atlas.texts['composite.no_score_here'][language].replace('{share}', share)), told);
  const rows = await drawn_parts(page, '#region-card');
  same('and which indicators have no figure', rows.map(({ code }) => code),
    map.year.index.nodes.filter(({ states }) => states && states[i] !== 'present').map(({ code }) => code));
  check('no bar is drawn for it', rows.every(({ bar }) => !bar));
}

export async function check_composite(tools, page) {
  const { atlas, all_maps, check, same } = tools;
  const map = all_maps.find(({ year }) => year.index);
  if (!map) return;
  const { index } = map.year;
  const indicators = index.nodes.filter(({ states }) => states);
  const whole = map.year.values.findIndex((value, i) => value !== null && indicators.every((node) => known(node.scores[i])));
  const reweighted = map.year.values.findIndex((value, i) => value !== null && indicators.some((node) => !known(node.scores[i])));
  for (const language of atlas.languages) {
    await check_region(tools, page, map, whole, language);
    if (reweighted >= 0) await check_region(tools, page, map, reweighted, language);
    await check_without_score(tools, page, map, language);
    const group = await page.$eval('#indicator option:checked', (option) => option.parentElement.label);
    same('the index stands under a heading of its own in ' + language, group, atlas.texts['composite.theme'][language]);
  }
  check('no score is hatched', !map.year.inherited && !map.year.precision);
  check('no line is drawn through the years', (await page.locator('#region-card .spark').count()) === 0);
}

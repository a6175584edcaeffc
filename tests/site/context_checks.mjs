// Checks of what lies round the regions on the page: layers below and over the fills, names in the language of the
// page, dates of old outlines, absent waters, whom to name. Each takes the tools of page_test.mjs and a page.
import { painted } from './browser.mjs';

const dashed = (years) => years.replace('-', '\u2013');

// In the order in which they are drawn; fills of regions lie between the borders of neighbours and the lakes.
const below = ['context-sea', 'context-neighbours', 'context-neighbour-borders'];
const over = ['context-lakes', 'context-rivers', 'context-shores', 'context-old-shores'];

async function check_layers({ check, same }, page) {
  const ids = await page.evaluate(() => window.tendik.map.get().getStyle().layers.map(({ id }) => id));
  const order = ids.filter((id) => below.includes(id) || over.includes(id));
  same('neighbours and water are drawn in their order', order, [...below, ...over]);
  const fill = ids.findIndex((id) => !id.startsWith('context-') && id !== 'ground');
  check('the regions lie over their neighbours and under the water', fill > ids.indexOf(below[below.length - 1]) &&
    fill < ids.indexOf(over[0]), ids.join(' '));
  const counts = await page.evaluate((layers) => layers.map((id) =>
    window.tendik.map.get().queryRenderedFeatures({ layers: [id] }).length), [...below.slice(1), ...over]);
  check('each of these layers shows something', counts.every((count) => count > 0), counts.join(' '));
}

async function read_names(page) {
  return page.$$eval('.context-name', (all) => all.map((one) => ({
    text: one.firstChild.textContent, years: one.querySelector('small')?.textContent || null,
    shown: one.style.visibility === 'visible'
  })));
}

async function check_names({ atlas, check, same, go, all_maps, shoot }, page) {
  const { labels, absent, attribution } = atlas.context;
  const old = labels.filter((entry) => entry.outline_years);
  const largest = labels.filter((entry) => entry.of === 'neighbours' && entry.rank === 1);
  for (const language of atlas.languages) {
    await go(page, all_maps[all_maps.length - 1], language);
    await painted(page);
    const say = (key, slots) => Object.entries(slots || {}).reduce((text, [slot, word]) =>
      text.replace('{' + slot + '}', word), atlas.texts[key][language]);
    const names = await read_names(page);
    const texts = names.map(({ text }) => text);
    same('names of neighbours in ' + language, largest.filter(({ name }) => !texts.includes(name[language])), []);
    check('several of them are to be seen in ' + language, largest.filter(({ name }) =>
      names.some(({ text, shown }) => shown && text === name[language])).length >= 3,
    names.filter(({ shown }) => shown).map(({ text }) => text).join(', '));
    same('old outlines are dated in ' + language, old.map(({ name }) =>
      names.find(({ text }) => text === name[language])?.years),
    old.map(({ outline_years: years }) => say('context.dated_short', { years: dashed(years) })));
    const legend = await page.innerText('#context-legend');
    same('and dated in the legend in ' + language, old.filter(({ name, outline_years: years }) =>
      !legend.includes(say('context.dated', { name: name[language], years: dashed(years) }))), []);
    const note = await page.innerText('#context-note');
    same('absent waters are named in ' + language, absent.filter((name) => !note.includes(name[language])), []);
    same('whom to name, in ' + language, await page.innerText('#context-attribution'), attribution[language]);
    await shoot(page, 'context-' + language);
  }
  const said = new Set(atlas.languages.map((language) => attribution[language]));
  same('the attribution is another text in each language', said.size, atlas.languages.length);
}

export async function check_context(tools, page) {
  if (!tools.atlas.context) return;
  await check_layers(tools, page);
  await check_names(tools, page);
}

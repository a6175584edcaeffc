// Checks of stations over the map of modelled values. Takes the tools of page_test.mjs and a page.
import { number } from './atlas_facts.mjs';
import { painted } from './browser.mjs';

// Stations as the map draws them.
function drawn(page) {
  return page.evaluate(() => {
    const map = window.tendik.map.get();
    return map.queryRenderedFeatures({ layers: ['points'] }).map((feature) => ({
      ...feature.properties, at: map.project(feature.geometry.coordinates)
    }));
  });
}

async function hover_on(page, at) {
  const frame = await page.locator('#map').boundingBox();
  await page.mouse.move(2, 2);
  await page.mouse.move(frame.x + at.x - 1, frame.y + at.y);
  await page.mouse.move(frame.x + at.x, frame.y + at.y);
  await page.waitForTimeout(80);
  return (await page.isVisible('#hover')) ? page.innerText('#hover') : '';
}

export async function check_points({ atlas, all_maps, check, same, go, shoot }, page) {
  const map = all_maps.find(({ year }) => year.points);
  if (!map) return;
  const { points, legend, unit, title } = map.year.points;
  for (const language of atlas.languages) {
    await go(page, map, language);
    await painted(page);
    const found = await drawn(page);
    same('stations on the map', found.map(({ name, colour }) => name + colour).sort(),
      points.map(({ name, colour }) => name + colour).sort());
    const text = await page.innerText('.legend-part');
    check('their legend says in ' + language + ' that they were measured',
      text.includes(title[language]), text);
    same('with a line a class', await page.locator('#points-legend .legend-row').count(),
      legend.filter((entry) => entry.kind === 'class').length);
    const first = found.find(({ name }) => name === points[0].name);
    const said = await hover_on(page, first.at);
    const figure = number(points[0].value, Number.isInteger(points[0].value) ? 0 : 1, language);
    check('hover on a station says in ' + language + ' what it measured',
      said.includes(points[0].name + ': ' + figure + ' ' + unit[language]), said);
    await shoot(page, 'stations-' + language);
  }
  await go(page, all_maps.find(({ year }) => !year.points), 'en');
  await painted(page);
  same('no station over another map', await drawn(page), []);
}

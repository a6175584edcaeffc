// Checks of figures with sampling errors: hatch over unreliable ones, brackets round few cases, intervals, classes that
// are not firm. Takes the tools of page_test.mjs; does nothing where no map has any.
import { boundaries_of, number } from './atlas_facts.mjs';

export async function check_doubts({ atlas, all_maps, check, same, go, shoot, painted, hover }, page) {
  const map = all_maps.find(({ year }) => year.precision && (year.precision.unreliable || []).some(Boolean));
  if (!map) return;
  const { precision, values, vintage, legend } = map.year;
  const { regions } = boundaries_of(atlas, map.year);
  const first = (flags) => (flags || []).findIndex(Boolean);
  for (const language of atlas.languages) {
    await go(page, map, language);
    await painted(page);
    const words = (key) => atlas.texts[key][language];
    const side = await page.innerText('.side');
    const entry = legend.find((each) => each.kind === 'unreliable');
    check('unreliable figures are named in ' + language, side.includes(entry.label[language]) &&
      side.includes(words('precision.unreliable_note')), side);
    const i = first(precision.unreliable);
    const text = await hover(page, regions[i]);
    const ends = [precision.lower[i], precision.upper[i]]
      .map((end) => number(end, map.indicator.decimals, language)).join('\u2013');
    check('an unreliable figure is told with its interval in ' + language,
      text.includes(ends) && text.includes(words('precision.unreliable_here')), text);
    const few = first(precision.bracketed);
    if (few >= 0) {
      const told = await hover(page, regions[few]);
      check('few cases stand in brackets in ' + language,
        told.includes('(' + number(values[few], map.indicator.decimals, language) + ')') &&
        told.includes(words('precision.few_cases_here')), told);
    }
    const loose = first(precision.unstable);
    if (loose >= 0) {
      const told = await hover(page, regions[loose]);
      const chance = number(100 * precision.class_probability[loose], 0, language) + '\u00a0%';
      check('a class that is not firm is told in ' + language,
        told.includes(words('precision.unstable_here').replace('{chance}', chance)), told);
    }
  }
  const hatched = await page.evaluate((layer) => window.tendik.map.get().queryRenderedFeatures({ layers: [layer] })
    .map(({ id }) => id), 'doubt/' + (vintage || 'regions'));
  same('just the unreliable figures are hatched', [...new Set(hatched)].sort(),
    regions.filter((region, i) => precision.unreliable[i]).map(({ id }) => id).sort());
  await shoot(page, 'unreliable');
}

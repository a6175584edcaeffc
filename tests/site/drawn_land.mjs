// A drawn land for the page's own test: eight fields and two cities that exist nowhere, in two vintages.
import { write_archive } from './tile_writer.mjs';

const bounds = [47, 41, 87, 55];
const city_radius_deg = 0.5;

// Corners of the fields, off the grid by a fixed wave so that no border is straight or level.
function corner(i, j) {
  return [47.6 + i * 9.7 + 0.5 * Math.sin(3 * i + 5 * j), 41.6 + j * 6.4 + 0.5 * Math.cos(4 * i + 2 * j)];
}

// The border between two corners, the same points whichever field asks for it.
function border(from, to) {
  const turned = from.join() > to.join();
  const [a, b] = (turned ? [to, from] : [from, to]).map(([i, j]) => corner(i, j));
  const points = Array.from({ length: 13 }, (unused, k) => {
    const t = k / 12;
    const swing = 0.35 * Math.sin(Math.PI * t) * Math.sin(9 * t + a[0]);
    const along = [b[0] - a[0], b[1] - a[1]];
    return [a[0] + t * along[0] + swing * along[1] / 6, a[1] + t * along[1] - swing * along[0] / 6];
  });
  return turned ? points.reverse() : points;
}

function sides([i, j]) {
  const turn = [[i, j], [i + 1, j], [i + 1, j + 1], [i, j + 1]];
  return turn.map((from, k) => [from, turn[(k + 1) % 4]]);
}

// The outer sides of fields taken together, chained to one ring (anticlockwise, without the closing point).
function ring_of(cells) {
  const all = cells.flatMap(sides);
  const names = new Set(all.map(([from, to]) => from.join() + '>' + to.join()));
  const left = all.filter(([from, to]) => !names.has(to.join() + '>' + from.join()));
  const chain = [left.shift()];
  while (left.length) {
    const end = chain[chain.length - 1][1].join();
    chain.push(left.splice(left.findIndex(([from]) => from.join() === end), 1)[0]);
  }
  return chain.flatMap(([from, to]) => border(from, to).slice(0, -1));
}

function circle([lon, lat], radius_deg) {
  return Array.from({ length: 32 }, (unused, k) => {
    const angle = (2 * Math.PI * k) / 32;
    const east = (radius_deg * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180);
    return [lon + east, lat + radius_deg * Math.sin(angle)];
  });
}

function middle(cells) {
  const points = cells.flatMap(sides).map(([from]) => corner(...from));
  return [0, 1].map((axis) => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
}

// regions: [{key, name, cells} | {key, name, point, within: key of the field around the city}]
function layers_of(regions) {
  const holes = (key) => regions.filter((region) => region.within === key)
    .map((region) => circle(region.point, city_radius_deg).reverse());
  const rings = (region) => (region.cells ? [ring_of(region.cells), ...holes(region.key)]
    : [circle(region.point, city_radius_deg)]);
  const owners = new Map();
  regions.filter((region) => region.cells).forEach((region) => region.cells.flatMap(sides).forEach((side) => {
    const name = side.map(String).sort().join('|');
    owners.set(name, { side, keys: [...(owners.get(name) || { keys: [] }).keys, region.key] });
  }));
  const drawn = [...owners.values()].filter(({ keys }) => keys.length === 1 || keys[0] !== keys[1]);
  const closed = (ring) => [...ring, ring[0]];
  return [
    { name: 'regions', shape: 'polygon', features: regions.map((region, i) => ({
      id: i + 1, polygons: [rings(region)],
      properties: { key: region.key, name_en: region.name.en, name_ru: region.name.ru,
        name_kk: region.name.kk, outline: region.cells ? 'drawn' : 'generalised-circle' }
    })) },
    { name: 'borders', shape: 'line', features: [
      ...drawn.map(({ side, keys }) => ({
        line: border(...side), properties: { kind: keys.length === 2 ? 'inner' : 'outer' }
      })),
      ...regions.filter((region) => region.point).map((region) => ({
        line: closed(circle(region.point, city_radius_deg)), properties: { kind: 'generalised' }
      }))] },
    { name: 'labels', shape: 'point', features: regions.map((region, i) => ({
      id: i + 1, point: region.point || middle(region.cells)
    })) }
  ];
}

const field = (key, en, ru, kk, ...cells) => ({ key, name: { en, ru, kk }, cells });
const city = (key, en, ru, kk, within, point) => ({ key, name: { en, ru, kk }, within, point });

const fields = [
  field('F-SE', 'Plum Field', 'Сливовая область', 'Алхоры облысы', [2, 0]),
  field('F-E', 'Larch Field', 'Лиственничная область', 'Балқарағай облысы', [3, 0]),
  field('F-NW', 'Reed Field', 'Камышовая область', 'Қамыс облысы', [0, 1]),
  field('F-N', 'Birch Field', 'Берёзовая область', 'Қайың облысы', [1, 1]),
  field('F-NE', 'Poplar Field', 'Тополиная область', 'Терек облысы', [2, 1]),
  field('F-FE', 'Willow Field', 'Ивовая область', 'Тал облысы', [3, 1]),
  city('C-1', 'Harbour City', 'г. Гавань', 'Айлақ қ.', 'F-N', [63.8, 52.5])
];
const vintages = {
  'pre-2018': [
    field('F-SW@1997', 'South Field', 'Южная область', 'Оңтүстік облысы', [0, 0], [1, 0]), ...fields],
  2018: [
    field('F-SW@2018', 'Almond Field', 'Миндальная область', 'Бадам облысы', [0, 0]),
    field('F-S', 'Apple Field', 'Яблоневая область', 'Алма облысы', [1, 0]), ...fields,
    city('C-2', 'Bridge City', 'г. Мост', 'Көпір қ.', 'F-E', [84.2, 46.4])]
};

export function drawn_boundaries() {
  return Object.entries(vintages).sort(([a], [b]) => (a > b ? -1 : 1)).map(([vintage, regions]) => ({
    vintage, layer: 'regions', bounds, min_zoom: 0, max_zoom: 5,
    tiles: write_archive(layers_of(regions), bounds, [0, 5]).toString('base64'),
    note: { en: 'The land is drawn for a test.', ru: 'Страна нарисована для проверки.',
      kk: 'Бұл ел сынақ үшін салынған.' },
    regions: regions.map((region, i) => ({
      id: i + 1, key: region.key, name: region.name, kind: region.cells ? 'oblast' : 'city',
      outline: region.cells ? 'drawn' : 'generalised-circle', generalised: !region.cells,
      label: region.point || middle(region.cells)
    }))
  }));
}


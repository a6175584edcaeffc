// Writes polygons, lines and points as Mapbox vector tiles 2.1 in a PMTiles v3 archive: just enough of both
// formats for a small drawn land, so that the page can be tested without the program.
import { gzipSync } from 'node:zlib';

const extent = 4096;
const buffer = 128;

// ---- protocol buffers ----
function varint(value) {
  const bytes = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}
const concat = (parts) => [].concat(...parts);
const field_number = (number, value) => [...varint(number * 8), ...varint(value)];
const field_bytes = (number, bytes) => [...varint(number * 8 + 2), ...varint(bytes.length), ...bytes];
const field_text = (number, text) => field_bytes(number, [...Buffer.from(text, 'utf8')]);
const field_packed = (number, values) => field_bytes(number, concat(values.map(varint)));
const zigzag = (value) => (value >= 0 ? value * 2 : -value * 2 - 1);

// ---- where a point falls in a tile ----
function world(lon, lat) {
  const s = Math.sin((lat * Math.PI) / 180);
  return [(lon + 180) / 360, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
}

function to_tile([lon, lat], { z, x, y }) {
  const [wx, wy] = world(lon, lat);
  return [(wx * 2 ** z - x) * extent, (wy * 2 ** z - y) * extent];
}

// ---- cutting at the tile's edge ----
const edges = [
  { axis: 0, at: -buffer, keep: (v) => v >= -buffer },
  { axis: 0, at: extent + buffer, keep: (v) => v <= extent + buffer },
  { axis: 1, at: -buffer, keep: (v) => v >= -buffer },
  { axis: 1, at: extent + buffer, keep: (v) => v <= extent + buffer }
];

function crossing(a, b, { axis, at }) {
  const t = (at - a[axis]) / (b[axis] - a[axis]);
  const point = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
  point[axis] = at;
  return point;
}

// Sutherland-Hodgman; the ring comes and goes without its closing point.
function clip_ring(ring) {
  return edges.reduce((points, edge) => concat(points.map((point, i) => {
    const before = points[(i + points.length - 1) % points.length];
    const inside = edge.keep(point[edge.axis]);
    const entered = inside !== edge.keep(before[edge.axis]);
    return [...(entered ? [crossing(before, point, edge)] : []), ...(inside ? [point] : [])];
  })), ring);
}

function clip_segment(segment) {
  return edges.reduce((ends, edge) => {
    if (!ends) return null;
    const inside = ends.map((point) => edge.keep(point[edge.axis]));
    if (!inside[0] && !inside[1]) return null;
    return ends.map((point, i) => (inside[i] ? point : crossing(ends[0], ends[1], edge)));
  }, segment);
}

function clip_line(line) {
  const parts = [];
  for (let i = 1; i < line.length; i += 1) {
    const ends = clip_segment([line[i - 1], line[i]]);
    if (!ends) continue;
    const last = parts[parts.length - 1];
    const joined = last && last[last.length - 1].join() === ends[0].join();
    if (joined) last.push(ends[1]);
    else parts.push([...ends]);
  }
  return parts;
}

// ---- geometry commands (MVT 2.1, 4.3) ----
function draw(parts, closed) {
  const commands = [];
  let cursor = [0, 0];
  const step = ([x, y]) => {
    commands.push(zigzag(x - cursor[0]), zigzag(y - cursor[1]));
    cursor = [x, y];
  };
  parts.forEach((part) => {
    commands.push(1 + 8); // MoveTo, once
    step(part[0]);
    if (part.length > 1) {
      commands.push(2 + 8 * (part.length - 1)); // LineTo, once a point
      part.slice(1).forEach(step);
    }
    if (closed) commands.push(7 + 8); // ClosePath, once
  });
  return commands;
}

const rounded = (points) => points.map(([x, y]) => [Math.round(x), Math.round(y)])
  .filter((p, i, all) => i === 0 || p.join() !== all[i - 1].join());

function signed_area(ring) {
  return ring.reduce((sum, [x, y], i) => {
    const [nx, ny] = ring[(i + 1) % ring.length];
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}

// Outer rings run clockwise on the screen (positive area in tile units), holes the other way.
function polygon_parts(rings, tile) {
  return rings.map((ring, i) => {
    const points = rounded(clip_ring(ring.map((point) => to_tile(point, tile))));
    if (points.length > 1 && points[0].join() === points[points.length - 1].join()) points.pop();
    const outer = signed_area(ring.map((point) => to_tile(point, tile))) > 0;
    return outer === (i === 0) ? points : points.reverse();
  }).filter((points) => points.length > 2 && signed_area(points) !== 0);
}

const shapes = {
  polygon: {
    type: 3, closed: true,
    parts: (feature, tile) => concat(feature.polygons.map((rings) => polygon_parts(rings, tile)))
  },
  line: {
    type: 2, closed: false,
    parts: (feature, tile) => clip_line(feature.line.map((point) => to_tile(point, tile))).map(rounded)
      .filter((part) => part.length > 1)
  },
  point: {
    type: 1, closed: false,
    parts: (feature, tile) => [rounded([to_tile(feature.point, tile)])]
      .filter(([[x, y]]) => x >= 0 && y >= 0 && x < extent && y < extent)
  }
};

function layer_bytes(layer, tile) {
  const shape = shapes[layer.shape];
  const keys = [];
  const values = [];
  const index_of = (list, item) => (list.includes(item) ? list.indexOf(item) : list.push(item) - 1);
  const features = layer.features.map((feature) => {
    const parts = shape.parts(feature, tile);
    if (!parts.length) return [];
    const tags = concat(Object.entries(feature.properties || {}).map(([key, value]) =>
      [index_of(keys, key), index_of(values, value)]));
    return field_bytes(2, concat([feature.id ? field_number(1, feature.id) : [], field_packed(2, tags),
      field_number(3, shape.type), field_packed(4, draw(parts, shape.closed))]));
  });
  if (!features.some((bytes) => bytes.length)) return [];
  return field_bytes(3, concat([field_number(15, 2), field_text(1, layer.name), ...features,
    ...keys.map((key) => field_text(3, key)), ...values.map((value) => field_bytes(4, field_text(1, value))),
    field_number(5, extent)]));
}

// ---- PMTiles v3 ----
function hilbert(z, x, y) {
  let d = 0;
  let [tx, ty] = [x, y];
  for (let s = 2 ** (z - 1); s >= 1; s /= 2) {
    const rx = (tx & s) > 0 ? 1 : 0;
    const ry = (ty & s) > 0 ? 1 : 0;
    d += s * s * ((3 * rx) ^ ry);
    if (ry === 0) {
      if (rx === 1) [tx, ty] = [s - 1 - tx, s - 1 - ty];
      [tx, ty] = [ty, tx];
    }
  }
  return (4 ** z - 1) / 3 + d;
}

function directory(entries) {
  const ids = entries.map((entry, i) => entry.id - (i ? entries[i - 1].id : 0));
  const runs = entries.map(() => varint(1));
  return gzipSync(Buffer.from(concat([varint(entries.length), ...ids.map(varint), ...runs,
    ...entries.map((entry) => varint(entry.length)), ...entries.map((entry) => varint(entry.offset + 1))])));
}

function header(sizes, zooms, bounds, count) {
  const bytes = Buffer.alloc(127);
  bytes.write('PMTiles', 0, 'latin1');
  bytes[7] = 3;
  let offset = 127;
  [sizes.root, sizes.metadata, 0, sizes.tiles].forEach((size, i) => {
    bytes.writeBigUInt64LE(BigInt(offset), 8 + i * 16);
    bytes.writeBigUInt64LE(BigInt(size), 16 + i * 16);
    offset += size;
  });
  [72, 80, 88].forEach((at) => bytes.writeBigUInt64LE(BigInt(count), at));
  bytes[96] = 1; // clustered
  bytes[97] = 2; // directories gzip
  bytes[98] = 2; // tiles gzip
  bytes[99] = 1; // MVT
  [bytes[100], bytes[101], bytes[118]] = [zooms[0], zooms[1], zooms[0]];
  const e7 = (degrees) => Math.round(degrees * 1e7);
  bounds.forEach((degrees, i) => bytes.writeInt32LE(e7(degrees), 102 + i * 4));
  bytes.writeInt32LE(e7((bounds[0] + bounds[2]) / 2), 119);
  bytes.writeInt32LE(e7((bounds[1] + bounds[3]) / 2), 123);
  return bytes;
}

function tiles_over(bounds, zooms) {
  const tiles = [];
  for (let z = zooms[0]; z <= zooms[1]; z += 1) {
    const [left, top] = world(bounds[0], bounds[3]).map((v) => Math.floor(v * 2 ** z));
    const [right, bottom] = world(bounds[2], bounds[1]).map((v) => Math.floor(v * 2 ** z));
    for (let x = left; x <= right; x += 1) for (let y = top; y <= bottom; y += 1) tiles.push({ z, x, y });
  }
  return tiles;
}

// layers: [{name, shape: polygon, line or point, features}]; bounds [w, s, e, n] degrees; zooms [min, max].
export function write_archive(layers, bounds, zooms) {
  const entries = [];
  const bodies = [];
  let offset = 0;
  tiles_over(bounds, zooms).map((tile) => ({ tile, id: hilbert(tile.z, tile.x, tile.y) }))
    .sort((a, b) => a.id - b.id).forEach(({ tile, id }) => {
      const bytes = concat(layers.map((layer) => layer_bytes(layer, tile)));
      if (!bytes.length) return;
      const body = gzipSync(Buffer.from(bytes));
      entries.push({ id, offset, length: body.length });
      bodies.push(body);
      offset += body.length;
    });
  const root = directory(entries);
  const metadata = gzipSync(Buffer.from(JSON.stringify({
    vector_layers: layers.map((layer) => ({ id: layer.name, fields: {} }))
  })));
  const sizes = { root: root.length, metadata: metadata.length, tiles: offset };
  return Buffer.concat([header(sizes, zooms, bounds, entries.length), root, metadata, ...bodies]);
}

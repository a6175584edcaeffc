"""Reads PMTiles archives after the specification, version 3, with nothing but Python's own library."""
import gzip
import json
import struct

MVT = 1
NOT_COMPRESSED, GZIP = 1, 2
HEADER = struct.Struct("<7sB11Q6B4iB2i")


class ArchiveError(ValueError):
    pass


def read_varint(data, at):
    value, shift = 0, 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7


def unpacked(data, compression):
    if compression == GZIP:
        return gzip.decompress(data)
    if compression == NOT_COMPRESSED:
        return data
    raise ArchiveError(f"compression {compression} is not read here")


def read_directory(data):
    """[(tile id, run length, length, offset)]; four columns, ids and offsets as differences (chapter 4)."""
    count, at = read_varint(data, 0)
    columns = []
    for _ in range(4):
        column = []
        for _ in range(count):
            value, at = read_varint(data, at)
            column.append(value)
        columns.append(column)
    if at != len(data):
        raise ArchiveError(f"{len(data) - at} bytes behind the directory")
    entries, tile_id = [], 0
    for i, (step, run, length, offset) in enumerate(zip(*columns)):
        tile_id += step
        before = entries[-1] if entries else None
        if offset == 0 and not i:
            raise ArchiveError("the first entry leans on one before it")
        entries.append((tile_id, run, length, before[3] + before[2] if offset == 0 else offset - 1))
    return entries


def tile_of(tile_id):
    """(z, x, y): zooms one after the other, each along a Hilbert curve that starts at the top left."""
    zoom, first = 0, 0
    while tile_id >= first + 4**zoom:
        first += 4**zoom
        zoom += 1
    rest, x, y, size = tile_id - first, 0, 0, 1
    while size < 2**zoom:
        right = rest // 2 & 1
        down = (rest ^ right) & 1
        if not down:
            if right:
                x, y = size - 1 - x, size - 1 - y
            x, y = y, x
        x, y = x + size * right, y + size * down
        rest //= 4
        size *= 2
    return zoom, x, y


class Archive:
    def __init__(self, path):
        self.data = path.read_bytes()
        fields = HEADER.unpack_from(self.data)
        if fields[0] != b"PMTiles" or fields[1] != 3:
            raise ArchiveError(f"{path}: no PMTiles archive of version 3")
        (self.root, self.root_length, self.meta, self.meta_length, self.leaves, self.leaves_length, self.tiles_at,
         self.tiles_length, self.addressed, self.entry_count, self.content_count) = fields[2:13]
        (self.clustered, self.inner, self.tile_compression, self.tile_type, self.min_zoom,
         self.max_zoom) = fields[13:19]
        self.bounds = [value / 1e7 for value in fields[19:23]]
        packed = self.data[self.meta:self.meta + self.meta_length]
        self.metadata = json.loads(unpacked(packed, self.inner))

    def _walk(self, start, length, depth=0):
        if depth > 3:
            raise ArchiveError("directories nest too deep")
        for tile_id, run, size, offset in read_directory(unpacked(self.data[start:start + length], self.inner)):
            if run == 0:
                yield from self._walk(self.leaves + offset, size, depth + 1)
                continue
            content = self.data[self.tiles_at + offset:self.tiles_at + offset + size]
            if len(content) != size:
                raise ArchiveError(f"tile {tile_id} ends beyond the file")
            for i in range(run):
                yield tile_of(tile_id + i), unpacked(content, self.tile_compression)

    def tiles(self):
        """{(z, x, y): content, no longer compressed}."""
        found = dict(self._walk(self.root, self.root_length))
        if len(found) != self.addressed:
            raise ArchiveError(f"{len(found)} tiles instead of {self.addressed}")
        return found

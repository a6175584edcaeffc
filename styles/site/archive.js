// The vector tiles stand in data.js as base64, because a page opened by double click may not read files.
(function (tendik) {
  'use strict';

  function bytes_of(base64) {
    const text = window.atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
    return bytes;
  }

  // What the PMTiles reader wants of a source: a name, and ranges of bytes.
  class MemorySource {
    constructor(key, bytes) {
      this.key = key;
      this.bytes = bytes;
    }

    getKey() {
      return this.key;
    }

    getBytes(offset, length) {
      const part = this.bytes.slice(offset, offset + length);
      return Promise.resolve({ data: part.buffer });
    }
  }

  const protocol = window.pmtiles ? new window.pmtiles.Protocol() : null;
  const opened = new Set();

  function register() {
    window.maplibregl.addProtocol('pmtiles', protocol.tile);
  }

  // What the map calls these boundaries: their vintage or, without vintages, a name that is not empty.
  function name_of(boundaries) {
    return boundaries.vintage || 'regions';
  }

  // The address under which the map finds the tiles of these boundaries.
  function open(boundaries) {
    const name = name_of(boundaries);
    if (!opened.has(name)) {
      const source = new MemorySource(name, bytes_of(boundaries.tiles));
      protocol.add(new window.pmtiles.PMTiles(source));
      opened.add(name);
    }
    return 'pmtiles://' + name;
  }

  tendik.archive = { register, open, name_of };
}(window.tendik = window.tendik || {}));

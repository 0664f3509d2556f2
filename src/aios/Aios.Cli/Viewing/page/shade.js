// Works out normals, the sun's shadow and hollows of the ground, away from the page's thread: only tiles near a change, those
// that changed first. Hears { grid, sun } once and then patches; tells { at, shade, done }: tiles, 16 × 16 RGBA values of each, and
// of how many patches everything is told.
const TILE = 16;
const REACH = 70; // cells that a shadow is followed
const BATCH = 24;

let width = 0, height = 0, resolution = 1, across = 0, sun = [0, 0, 1], z, known, waiting, order = [], running = false, taken = 0;

onmessage = e => {
  if (e.data.grid) open(e.data); else { take(new DataView(e.data)); run(); }
};

function open(hello) {
  [width, height, resolution] = hello.grid;
  sun = hello.sun;
  across = width / TILE;
  z = new Float32Array(width * height);
  known = new Uint8Array(width * height);
  waiting = new Uint8Array(across * (height / TILE));
  order = [];
}

function take(view) {
  taken++;
  for (let n = 0, at = 12; n < view.getUint16(2, true); n++, at += 4 + 4 * TILE * TILE) {
    const col = view.getUint16(at, true), row = view.getUint16(at + 2, true);
    for (let i = 0; i < TILE * TILE; i++) {
      const h = view.getFloat32(at + 4 + 4 * i, true);
      if (!Number.isNaN(h)) {
        const cell = (row * TILE + (i >> 4)) * width + col * TILE + (i & 15);
        z[cell] = h;
        known[cell] = 1;
      }
    }
    for (let r = row - 1; r <= row + 1; r++) for (let c = col - 1; c <= col + 1; c++) mark(c, r);
    // What lies behind, as the sun sees it, may have come into shadow.
    const flat = Math.hypot(sun[0], sun[1]) || 1e-6;
    for (let k = 1; k * TILE <= REACH; k++) mark(Math.round(col - k * sun[0] / flat), Math.round(row - k * sun[1] / flat));
  }
}

function mark(c, r) {
  const tile = r * across + c;
  if (c < 0 || r < 0 || c >= across || r * TILE >= height || waiting[tile]) return;
  waiting[tile] = 1;
  order.push(tile);
}

function run() {
  if (running || !order.length) return;
  running = true;
  setTimeout(() => {
    const tiles = order.splice(0, BATCH), shade = new Uint8Array(4 * TILE * TILE * tiles.length);
    tiles.forEach((tile, n) => { waiting[tile] = 0; bakeTile(tile, shade, n); });
    const at = Uint16Array.from(tiles.flatMap(tile => [tile % across, Math.floor(tile / across)]));
    postMessage({ at, shade, done: order.length ? 0 : taken }, [at.buffer, shade.buffer]);
    running = false;
    run();
  });
}

function bakeTile(tile, shade, n) {
  const c = (tile % across) * TILE, r = Math.floor(tile / across) * TILE;
  for (let i = 0; i < TILE * TILE; i++) bakeCell(c + (i & 15), r + (i >> 4), shade, 4 * (n * TILE * TILE + i));
}

function bakeCell(c, r, shade, o) {
  const i = r * width + c;
  if (!known[i]) { shade[o] = shade[o + 1] = 128; shade[o + 2] = shade[o + 3] = 255; return; }
  const h = z[i];
  const at = (dc, dr) => {
    const x = c + dc, y = r + dr;
    if (x < 0 || y < 0 || x >= width || y >= height) return h;
    const j = y * width + x;
    return known[j] ? z[j] : h;
  };
  const dx = (at(1, 0) - at(-1, 0)) / (2 * resolution), dy = (at(0, 1) - at(0, -1)) / (2 * resolution);
  const l = Math.sqrt(dx * dx + dy * dy + 1);
  const mean = (at(4, 0) + at(-4, 0) + at(0, 4) + at(0, -4) + at(3, 3) + at(-3, 3) + at(3, -3) + at(-3, -3)) / 8;
  shade[o] = 127.5 - 127.5 * dx / l;
  shade[o + 1] = 127.5 - 127.5 * dy / l;
  shade[o + 2] = 255 * sunlight(c, r, h);
  shade[o + 3] = 255 * Math.min(1, Math.max(0.25, 0.82 + (h - mean) * 1.1));
}

function sunlight(c, r, h) {
  const [sx, sy, sz] = sun, flat = Math.hypot(sx, sy) || 1e-6, rise = sz / flat * resolution;
  let least = 1;
  for (let k = 1; k < REACH; k += k < 12 ? 1 : 2) {
    const x = Math.round(c + k * sx / flat), y = Math.round(r + k * sy / flat);
    if (x < 0 || y < 0 || x >= width || y >= height) break;
    const cell = y * width + x;
    if (known[cell]) {
      least = Math.min(least, (h + k * rise - z[cell]) / (0.05 + 0.018 * k) + 0.5);
      if (least <= 0) return 0;
    }
  }
  return Math.max(0, Math.min(1, least));
}

// The map in squares: which of them are known, which are in the picture, how fine each is to be drawn, and which have changed.
export const CHUNK = 32; // cells a side
export const STEPS = [1, 2, 4, 8];
const GLOW = 8; // s that new ground is seen to be new
const FINEST = 2, COARSEST = 200; // pixels that a mesh's cell may be wide

export class Chunks {
  // grid: width, height (cells), resolution, origin of x and y.
  constructor(grid) {
    [this.width, this.height, this.resolution, this.originX, this.originY] = grid;
    this.across = Math.ceil(this.width / CHUNK);
    this.known = new Map(); // number to { x, y, low, high, times, drawnAt }
  }

  // Ground of a tile at a column and row became known, or another; time: when, where some of it is new, else below 0.
  know(col, row, size, low, high, time) {
    if (!(low <= high)) return;
    // The triangles at a chunk's edge belong to the chunk before.
    for (const c of new Set([col - STEPS.at(-1), col])) for (const r of new Set([row - STEPS.at(-1), row])) this.#know(c, r, low, high, time);
    this.touch(col, row, size);
  }

  #know(col, row, low, high, time) {
    if (col < 0 || row < 0) return;
    const x = Math.floor(col / CHUNK), y = Math.floor(row / CHUNK), number = y * this.across + x, chunk = this.known.get(number);
    if (!chunk) { this.known.set(number, { number, x: x * CHUNK, y: y * CHUNK, low, high, times: new Set([time]), drawnAt: -GLOW, revision: 0, picture: null }); return; }
    chunk.low = Math.min(chunk.low, low);
    chunk.high = Math.max(chunk.high, high);
    if (time >= 0) chunk.times.add(time);
  }

  // A tile looks otherwise; so do the chunks that have a cell beside it.
  touch(col, row, size) {
    const at = v => Math.floor(v / CHUNK);
    for (const x of new Set([at(col - 1), at(col + size)])) {
      for (const y of new Set([at(row - 1), at(row + size)])) {
        const chunk = x >= 0 && x < this.across && this.known.get(y * this.across + x);
        if (chunk) chunk.revision++;
      }
    }
  }

  // Whether a chunk has ground that became known, or still glowed from having been so, between two times.
  static changed(chunk, before, now) {
    for (const seen of chunk.times) if (seen > before - GLOW && seen <= now) return true;
    return false;
  }

  // Chunks that look otherwise than when they were drawn. Those drawn longest ago, a part of all.
  stale(time) {
    const stale = [...this.known.values()].filter(chunk => chunk.drawnAt !== time && Chunks.changed(chunk, chunk.drawnAt, time));
    return stale.sort((a, b) => a.drawnAt - b.drawnAt).slice(0, Math.max(4, stale.length >> 2));
  }

  // Chunks in the picture, each with its level: an index of STEPS, as fine as the number of vertices allows, finer where it is nearer.
  visible(camera, mostVertices) {
    const seen = [...this.known.values()].filter(chunk => this.#look(chunk, camera));
    const vertices = pixels => seen.reduce((sum, chunk) => sum + (CHUNK / STEPS[Chunks.#levelOf(chunk, pixels)] + 1) ** 2, 0);
    let pixels = FINEST;
    while (pixels < COARSEST && vertices(pixels) > mostVertices) pixels *= 1.25;
    for (const chunk of seen) chunk.level = Chunks.#levelOf(chunk, pixels);
    return seen;
  }

  static #levelOf(chunk, pixels) {
    let level = 0;
    while (level + 1 < STEPS.length && STEPS[level + 1] * chunk.pixels <= pixels) level++;
    return level;
  }

  // Levels of a chunk's neighbours as the shader takes them; one that is not in the picture has the chunk's own.
  edges(chunk) {
    const at = (x, y) => { const other = x >= 0 && x < this.across && this.known.get(y * this.across + x); return other?.isSeen ? other.level : chunk.level; };
    const x = chunk.x / CHUNK, y = chunk.y / CHUNK;
    return at(x - 1, y) | at(x + 1, y) << 2 | at(x, y - 1) << 4 | at(x, y + 1) << 6;
  }

  // Whether a chunk may be in the picture, and how many pixels wide its nearest cell is.
  #look(chunk, camera) {
    const m = camera.matrix, r = this.resolution, x = this.originX + chunk.x * r, y = this.originY + chunk.y * r, size = CHUNK * r;
    let outside = 15, near = Infinity; // left, right, below, above
    for (let k = 0; k < 8; k++) {
      const px = x + (k & 1) * size, py = y + ((k >> 1) & 1) * size, pz = k & 4 ? chunk.high : chunk.low;
      const w = m[3] * px + m[7] * py + m[11] * pz + m[15], u = m[0] * px + m[4] * py + m[8] * pz + m[12], v = m[1] * px + m[5] * py + m[9] * pz + m[13];
      outside &= (u < -w ? 1 : 0) | (u > w ? 2 : 0) | (v < -w ? 4 : 0) | (v > w ? 8 : 0);
      near = Math.min(near, w);
    }
    chunk.pixels = r * camera.focal / Math.max(near, 0.25 * camera.distance);
    return (chunk.isSeen = !outside);
  }
}

// The ground as the fleet knows it. Heights and the time at which each cell was first seen are in a texture, so that any
// moment can be drawn; normals, the sun's shadow and hollows come from a worker. The mesh is chunks (ground-chunks.js).
import { program } from './gl.js';
import { CHUNK, STEPS, Chunks } from './ground-chunks.js';
import { GroundPicture } from './ground-picture.js';
import { VERTEX, CONTOURS, FRAGMENT, QUICK_FRAGMENT, FLOOR_VERTEX, FLOOR_FRAGMENT } from './ground-shaders.js';

const TILE = 16;
const NEVER = 1e9;

export class Terrain {
  constructor(gl, hello) {
    this.gl = gl;
    [this.width, this.height, this.resolution, this.originX, this.originY] = hello.grid;
    this.moon = hello.moon ? 1 : 0;
    const n = this.width * this.height;
    this.z = new Float32Array(n);
    this.seen = new Float32Array(n).fill(NEVER);
    this.ground = new Float32Array(2 * n);
    for (let i = 0; i < n; i++) this.ground[2 * i + 1] = NEVER;
    const [azimuth, elevation] = hello.sun;
    const up = Math.max(elevation, 0.06);
    this.sun = [Math.cos(up) * Math.cos(azimuth), Math.cos(up) * Math.sin(azimuth), Math.sin(up)];
    this.area = hello.area;
    this.low = Infinity;
    this.high = -Infinity;
    this.range = [0, 0.5];
    this.revision = 0; // of what is drawn
    this.patches = this.shaded = 0;
    this.colouredAt = 0;
    this.chunks = new Chunks(hello.grid);
    this.#build();
    this.worker = new Worker('shade.js');
    this.worker.onmessage = e => this.#shade(e.data);
    this.worker.postMessage({ grid: hello.grid, sun: this.sun });
  }

  close() { this.worker.terminate(); }

  #build() {
    const gl = this.gl;
    this.meshes = new Map(); // fragment shader to program
    this.floor = program(gl, FLOOR_VERTEX, FLOOR_FRAGMENT);
    this.groundTexture = this.#texture(gl.RG32F, gl.RG, gl.FLOAT, this.ground, gl.NEAREST);
    this.shadeTexture = this.#texture(gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4 * this.width * this.height).fill(255), gl.LINEAR);
    this.grainTexture = this.#grain(256);
    this.places = gl.createBuffer();
    this.levels = STEPS.map(step => this.#level(step));
    this.none = gl.createVertexArray();
  }

  // One chunk's triangles at a step; where they lie is an attribute of each instance.
  #level(step) {
    const gl = this.gl, side = CHUNK / step + 1, index = new Uint16Array((side - 1) * (side - 1) * 6), vertices = gl.createVertexArray();
    let i = 0;
    for (let r = 0; r + 1 < side; r++) {
      for (let c = 0; c + 1 < side; c++) {
        const a = r * side + c, b = a + 1, d = a + side, e = d + 1;
        index.set([a, b, e, a, e, d], i);
        i += 6;
      }
    }
    gl.bindVertexArray(vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
    return { step, side, vertices, count: index.length };
  }

  #texture(internal, format, type, data, filter) {
    const gl = this.gl, t = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, t);
    gl.texImage2D(gl.TEXTURE_2D, 0, internal, this.width, this.height, 0, format, type, data);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, filter);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    return t;
  }

  // Noise of several wavelengths that repeats without a seam, and its slopes towards the sun; the same on every page.
  #grain(n) {
    const gl = this.gl, sum = new Float32Array(n * n);
    let seed = 1;
    const random = () => { seed = (seed * 1664525 + 1013904223) >>> 0; return seed / 4294967296; };
    for (let size = 4, weight = 1; size <= n; size *= 2, weight *= 0.72) {
      const grid = Float32Array.from({ length: size * size }, random), per = size / n;
      for (let y = 0; y < n; y++) {
        for (let x = 0; x < n; x++) {
          const fx = x * per, fy = y * per, i = Math.floor(fx), j = Math.floor(fy), u = fx - i, v = fy - j;
          const s = u * u * (3 - 2 * u), t = v * v * (3 - 2 * v), at = (a, b) => grid[(b % size) * size + a % size];
          sum[y * n + x] += weight * ((at(i, j) * (1 - s) + at(i + 1, j) * s) * (1 - t) + (at(i, j + 1) * (1 - s) + at(i + 1, j + 1) * s) * t - 0.5);
        }
      }
    }
    const texture = gl.createTexture(), texels = new Uint8Array(2 * n * n), way = [0, 1].map(i => this.sun[i] / (Math.hypot(this.sun[0], this.sun[1]) || 1));
    for (let y = 0, at = 0; y < n; y++) {
      for (let x = 0; x < n; x++, at += 2) {
        const east = sum[y * n + (x + 1) % n] - sum[y * n + (x + n - 1) % n], north = sum[(y + 1) % n * n + x] - sum[(y + n - 1) % n * n + x];
        texels[at] = 128 + 110 * Math.max(-1, Math.min(1, sum[y * n + x]));
        texels[at + 1] = 128 - 110 * Math.max(-1, Math.min(1, 1.5 * (way[0] * east + way[1] * north))); // a slope towards the sun is lighter
      }
    }
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RG8, n, n, 0, gl.RG, gl.UNSIGNED_BYTE, texels);
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_NEAREST);
    return texture;
  }

  // A patch as the server describes it.
  patch(view) {
    const gl = this.gl, tiles = view.getUint16(2, true), time = view.getFloat64(4, true);
    const block = new Float32Array(2 * TILE * TILE);
    gl.bindTexture(gl.TEXTURE_2D, this.groundTexture);
    for (let n = 0, at = 12; n < tiles; n++, at += 4 + 4 * TILE * TILE) {
      const col = view.getUint16(at, true) * TILE, row = view.getUint16(at + 2, true) * TILE;
      let low = Infinity, high = -Infinity, isNew = false;
      for (let i = 0; i < TILE * TILE; i++) {
        const cell = (row + (i >> 4)) * this.width + col + (i & 15), z = view.getFloat32(at + 4 + 4 * i, true);
        if (!Number.isNaN(z)) {
          this.z[cell] = z;
          if (time < this.seen[cell]) { this.seen[cell] = time; isNew = true; }
          if (z < low) low = z;
          if (z > high) high = z;
        }
        block[2 * i] = this.z[cell];
        block[2 * i + 1] = this.seen[cell];
      }
      gl.texSubImage2D(gl.TEXTURE_2D, 0, col, row, TILE, TILE, gl.RG, gl.FLOAT, block);
      this.low = Math.min(this.low, low);
      this.high = Math.max(this.high, high);
      this.chunks.know(col, row, TILE, low, high, isNew ? time : -1);
    }
    this.revision++;
    this.patches++;
    this.worker.postMessage(view.buffer, [view.buffer]);
  }

  // Chunks that look otherwise than when they were drawn.
  staleChunks(time) { return this.chunks.stale(time); }

  #shade({ at, shade, done }) {
    this.shaded = done;
    const gl = this.gl;
    gl.bindTexture(gl.TEXTURE_2D, this.shadeTexture);
    for (let n = 0; 2 * n < at.length; n++) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, at[2 * n] * TILE, at[2 * n + 1] * TILE, TILE, TILE, gl.RGBA, gl.UNSIGNED_BYTE, shade, 4 * TILE * TILE * n);
      this.chunks.touch(at[2 * n] * TILE, at[2 * n + 1] * TILE, TILE);
    }
    this.revision++;
  }

  known(col, row) { return col >= 0 && row >= 0 && col < this.width && row < this.height && this.seen[row * this.width + col] < NEVER; }

  // Height under a point, m; the floor's where nothing is known.
  heightAt(x, y) {
    const fx = (x - this.originX) / this.resolution - 0.5, fy = (y - this.originY) / this.resolution - 0.5;
    const c = Math.floor(fx), r = Math.floor(fy), u = fx - c, v = fy - r;
    let sum = 0, weight = 0;
    for (let k = 0; k < 4; k++) {
      const i = k & 1, j = k >> 1, w = (i ? u : 1 - u) * (j ? v : 1 - v);
      if (this.known(c + i, r + j)) { sum += w * this.z[(r + j) * this.width + c + i]; weight += w; }
    }
    return weight > 0.01 ? sum / weight : this.floorHeight();
  }

  floorHeight() { return Number.isFinite(this.low) ? this.low - 0.35 : -0.6; }

  // Where a ray first meets what is known, or null.
  hit(eye, direction, time) {
    for (let d = 1; d < 400; d += Math.max(0.08, d * 0.002)) {
      const x = eye[0] + d * direction[0], y = eye[1] + d * direction[1], z = eye[2] + d * direction[2];
      const c = Math.floor((x - this.originX) / this.resolution), r = Math.floor((y - this.originY) / this.resolution);
      if (this.known(c, r) && this.seen[r * this.width + c] <= time && z <= this.z[r * this.width + c]) return [x, y, this.z[r * this.width + c]];
      if (z < this.floorHeight() - 1) return null;
    }
    return null;
  }

  // Whether the light on all that came is worked out.
  get isSettled() { return this.patches > 0 && this.shaded === this.patches; }

  // Colours at once as they will be.
  settle() { if (Number.isFinite(this.low)) this.range = [this.low, this.high]; }

  // Whether the colours have yet to settle.
  get isMoving() { return Number.isFinite(this.low) && Math.abs(this.range[0] - this.low) + Math.abs(this.range[1] - this.high) > 0.01; }

  // chunks: those to draw over a picture of the same that is there; none for everything.
  draw(camera, time, { contours, mostVertices, isQuick, chunks }) {
    const gl = this.gl;
    // The colours follow what is known, slowly, so that they do not jump.
    const now = performance.now(), part = 1 - Math.exp(-Math.min(1000, now - this.colouredAt) / 330);
    this.colouredAt = now;
    for (const [n, v] of [[0, this.low], [1, this.high]]) if (Number.isFinite(v)) this.range[n] += (v - this.range[n]) * part;
    const seen = this.chunks.visible(camera, mostVertices);
    for (const chunk of chunks || this.chunks.known.values()) chunk.drawnAt = time;
    if (isQuick) this.#renewPicture(seen, time, camera);
    this.#drawGround(camera, time, (contours ? CONTOURS : '') + (isQuick ? QUICK_FRAGMENT : FRAGMENT), chunks ? seen.filter(chunk => chunks.includes(chunk)) : seen);
    if (!chunks) this.#drawFloor(camera);
  }

  #renewPicture(seen, time, camera) {
    this.picture ??= new GroundPicture(this.gl, this.width, this.height);
    this.picture.renew(seen, time, this.range, u => this.#bind(u, time));
    this.gl.viewport(0, 0, camera.width, camera.height);
  }

  // What the ground's shaders have in common.
  #bind(u, time) {
    const gl = this.gl;
    [[u.uGround, this.groundTexture], [u.uShade, this.shadeTexture], [u.uGrain, this.grainTexture], [u.uPicture, this.picture?.texture]].forEach(([place, texture], i) => {
      if (!place) return;
      gl.activeTexture(gl.TEXTURE0 + i);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniform1i(place, i);
    });
    gl.activeTexture(gl.TEXTURE0);
    gl.uniform2i(u.uSize, this.width, this.height);
    gl.uniform3f(u.uGrid, this.originX, this.originY, this.resolution);
    gl.uniform1f(u.uTime, time);
    gl.uniform3fv(u.uSun, this.sun);
    gl.uniform2fv(u.uRange, this.range);
    gl.uniform1f(u.uMoon, this.moon);
  }

  #drawGround(camera, time, fragment, chunks) {
    const gl = this.gl;
    if (!chunks.length) return;
    if (!this.meshes.has(fragment)) this.meshes.set(fragment, program(gl, VERTEX, fragment));
    const { p, u } = this.meshes.get(fragment);
    gl.useProgram(p);
    this.#bind(u, time);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform1f(u.uFloor, this.floorHeight());
    gl.uniform1f(u.uHaze, Math.max(70, 0.8 * camera.distance));
    const levels = this.levels.map((level, i) => chunks.filter(chunk => chunk.level === i));
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(levels.flat().flatMap(chunk => [chunk.x, chunk.y, this.chunks.edges(chunk)])), gl.DYNAMIC_DRAW);
    let first = 0;
    this.levels.forEach((level, i) => {
      if (!levels[i].length) return;
      gl.bindVertexArray(level.vertices);
      gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 12, 12 * first);
      gl.uniform1i(u.uSide, level.side);
      gl.uniform1i(u.uStep, level.step);
      gl.drawElementsInstanced(gl.TRIANGLES, level.count, gl.UNSIGNED_SHORT, 0, levels[i].length);
      first += levels[i].length;
    });
  }

  #drawFloor(camera) {
    const gl = this.gl, { p, u } = this.floor, size = Math.max(this.width, this.height) * this.resolution;
    gl.useProgram(p);
    gl.bindVertexArray(this.none);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform4f(u.uCentre, 0, 0, this.floorHeight(), size * 4);
    gl.uniform1f(u.uArea, this.area || size);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
}

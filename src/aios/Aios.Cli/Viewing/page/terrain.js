// The ground as the fleet knows it. Heights and the time at which each cell was first seen are in a texture, so that any
// moment can be drawn; normals, the sun's shadow and hollows come from a worker. The mesh is chunks, of which those are drawn
// that are known and in the picture, as fine as the number of vertices allows.
import { program } from './gl.js';

const TILE = 16;
const NEVER = 1e9;
const CHUNK = 32; // cells a side
const STEPS = [1, 2, 4, 8];
const GLOW = 8; // s that new ground is seen to be new

const VERTEX = `
layout(location = 0) in vec2 aChunk;
uniform mat4 uMatrix; uniform sampler2D uGround; uniform ivec2 uSize; uniform int uSide; uniform int uStep; uniform vec3 uGrid; uniform float uFloor;
out vec3 vPoint; out vec2 vUv;
void main() {
  ivec2 c = min(ivec2(aChunk) + ivec2(gl_VertexID % uSide, gl_VertexID / uSide) * uStep, uSize - 1);
  vec2 g = texelFetch(uGround, c, 0).rg;
  float z = g.r;
  if (g.g > 1e8) { // unknown: lean on known neighbours, so that the rim does not fall off
    float sum = 0.0, count = 0.0;
    for (int j = -1; j <= 1; j++) for (int i = -1; i <= 1; i++) {
      vec2 n = texelFetch(uGround, clamp(c + ivec2(i, j) * uStep, ivec2(0), uSize - 1), 0).rg;
      if (n.g < 1e8) { sum += n.r; count += 1.0; }
    }
    z = count > 0.0 ? sum / count : uFloor;
  }
  vUv = (vec2(c) + 0.5) / vec2(uSize);
  vPoint = vec3(uGrid.xy + (vec2(c) + 0.5) * uGrid.z, z);
  gl_Position = uMatrix * vec4(vPoint, 1.0);
}`;

const FRAGMENT = `
uniform sampler2D uGround; uniform sampler2D uShade; uniform sampler2D uGrain; uniform ivec2 uSize; uniform float uTime; uniform vec3 uSun; uniform vec3 uEye; uniform vec2 uRange; uniform float uContours; uniform float uMoon; uniform float uHaze;
in vec3 vPoint; in vec2 vUv; out vec4 colour;
float seenAt(ivec2 c) { return texelFetch(uGround, clamp(c, ivec2(0), uSize - 1), 0).g; }
#ifdef QUICK
uniform float uLevel;
float grain(vec2 p) { return textureLod(uGrain, p, uLevel).r; }
#else
float grain(vec2 p) { return texture(uGrain, p).r; }
#endif
void main() {
#ifdef QUICK // a moving picture's edges may be rougher
  float seen = seenAt(ivec2(vUv * vec2(uSize)));
  if (seen > uTime) discard;
#else
  vec2 at = vUv * vec2(uSize) - 0.5; ivec2 cell = ivec2(floor(at)); vec2 f = at - floor(at);
  vec4 times = vec4(seenAt(cell), seenAt(cell + ivec2(1, 0)), seenAt(cell + ivec2(0, 1)), seenAt(cell + ivec2(1, 1)));
  vec4 weights = vec4((1.0 - f.x) * (1.0 - f.y), f.x * (1.0 - f.y), (1.0 - f.x) * f.y, f.x * f.y);
  if (dot(weights, step(times, vec4(uTime))) < 0.45) discard;
  float seen = min(min(times.x, times.y), min(times.z, times.w));
#endif
  vec4 s = texture(uShade, vUv);
  vec3 n = vec3(s.xy * 2.0 - 1.0, 0.0); n.z = sqrt(max(0.02, 1.0 - dot(n.xy, n.xy)));
#ifdef QUICK
  float fine = grain(vPoint.xy * 0.13 + 0.37), speckle = 0.3 + 0.4 * fine;
  n.xy += (fine - 0.5) * 0.2;
#else
  float coarse = grain(vPoint.xy * 0.021), fine = grain(vPoint.xy * 0.13 + 0.37);
  float speckle = coarse * 0.55 + fine * 0.45;
  n = normalize(n + vec3(fine - 0.5, grain(vPoint.yx * 0.11) - 0.5, 0.0) * 0.22);
#endif
  float h = clamp((vPoint.z - uRange.x) / max(uRange.y - uRange.x, 0.4), 0.0, 1.0);
  vec3 mars = mix(mix(vec3(0.29, 0.155, 0.115), vec3(0.56, 0.315, 0.195), smoothstep(0.0, 0.5, h)), vec3(0.77, 0.575, 0.42), smoothstep(0.4, 1.0, h));
  vec3 base = mix(mars, mix(vec3(0.20), vec3(0.72, 0.71, 0.69), h), uMoon);
  base *= 0.74 + 0.44 * speckle;
  base = mix(base, base * vec3(0.62, 0.56, 0.56), smoothstep(0.93, 0.72, n.z));
  float sun = max(dot(n, uSun), 0.0) * s.z;
  vec3 light = vec3(1.16, 1.05, 0.93) * sun * 1.08 + mix(vec3(0.20, 0.15, 0.15), vec3(0.26, 0.24, 0.27), n.z) * s.w * 1.5;
  vec3 c = base * light;
  if (uContours > 0.0) {
    float f = vPoint.z / 0.5, w = fwidth(f);
    c = mix(c, vec3(1.0, 0.9, 0.75), 0.35 * uContours * (1.0 - smoothstep(w * 0.6, w * 1.4, abs(fract(f - 0.5) - 0.5))));
  }
  float age = uTime - seen;
#ifdef QUICK
  if (age < 8.0) c += vec3(1.0, 0.55, 0.25) * 0.30 * exp(-age * 0.55);
  float far = 1.0 / gl_FragCoord.w;
#else
  c += vec3(1.0, 0.55, 0.25) * 0.30 * exp(-age * 0.55);
  float far = length(vPoint - uEye);
#endif
  c = mix(c, vec3(0.045, 0.05, 0.062), smoothstep(uHaze, 3.7 * uHaze, far) * 0.75);
  c = c / (1.0 + max(max(c.r, c.g), c.b) * 0.22) * 1.18;
  colour = vec4(0.82 * c + 0.18 * sqrt(c), 1.0); // about the power of 0.88
}`;

// What is not known: a dark floor with a fine grid.
const FLOOR_VERTEX = `
uniform mat4 uMatrix; uniform vec4 uCentre; out vec2 vPoint;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  vPoint = uCentre.xy + corner * uCentre.w;
  gl_Position = uMatrix * vec4(vPoint, uCentre.z, 1.0);
}`;
const FLOOR_FRAGMENT = `
uniform vec4 uCentre; uniform float uArea; in vec2 vPoint; out vec4 colour;
float grid(vec2 p, float size) { vec2 g = abs(fract(p / size - 0.5) - 0.5) / fwidth(p / size); return 1.0 - min(min(g.x, g.y), 1.0); }
void main() {
  float d = length(vPoint - uCentre.xy);
  float fade = exp(-d / (uArea * 0.75));
  float inside = uArea > 0.0 ? step(max(abs(vPoint.x), abs(vPoint.y)), uArea * 0.5) : 1.0;
  vec3 c = vec3(0.040, 0.047, 0.060) + vec3(0.020, 0.024, 0.030) * fade + vec3(0.012, 0.014, 0.018) * inside;
  c += vec3(0.10, 0.12, 0.15) * (grid(vPoint, 5.0) * 0.35 + grid(vPoint, 20.0) * 0.4) * fade;
  colour = vec4(c, 1.0);
}`;

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
    this.across = Math.ceil(this.width / CHUNK);
    this.chunks = new Map(); // of known ground: number to { x, y, low, high }
    this.shown = new Float32Array(2 * this.across * Math.ceil(this.height / CHUNK));
    this.#build();
    this.worker = new Worker('shade.js');
    this.worker.onmessage = e => this.#shade(e.data);
    this.worker.postMessage({ grid: hello.grid, sun: this.sun });
  }

  close() { this.worker.terminate(); }

  #build() {
    const gl = this.gl;
    this.mesh = program(gl, VERTEX, FRAGMENT);
    this.quickMesh = program(gl, VERTEX, '#define QUICK\n' + FRAGMENT);
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
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 8, 0);
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

  // Noise of several wavelengths that repeats without a seam; the same on every page.
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
    const texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.R8, n, n, 0, gl.RED, gl.UNSIGNED_BYTE, Uint8Array.from(sum, v => 128 + 110 * Math.max(-1, Math.min(1, v))));
    gl.generateMipmap(gl.TEXTURE_2D);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
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
      // The triangles at a chunk's edge belong to the chunk before.
      for (const c of new Set([col - STEPS.at(-1), col])) for (const r of new Set([row - STEPS.at(-1), row])) this.#know(c, r, low, high, isNew ? time : -1);
    }
    this.revision++;
    this.patches++;
    this.worker.postMessage(view.buffer, [view.buffer]);
  }

  #know(col, row, low, high, time) {
    if (col < 0 || row < 0 || !(low <= high)) return;
    const x = Math.floor(col / CHUNK), y = Math.floor(row / CHUNK), number = y * this.across + x, chunk = this.chunks.get(number);
    if (!chunk) { this.chunks.set(number, { x: x * CHUNK, y: y * CHUNK, low, high, times: new Set([time]), drawnAt: -GLOW }); return; }
    chunk.low = Math.min(chunk.low, low);
    chunk.high = Math.max(chunk.high, high);
    if (time >= 0) chunk.times.add(time);
  }

  // Chunks that look otherwise than when they were drawn: with new ground, or with ground that still glows from having been so.
  // Those drawn longest ago, a part of all.
  staleChunks(time) {
    const stale = [...this.chunks.values()].filter(chunk => {
      if (chunk.drawnAt === time) return false;
      for (const seen of chunk.times) if (seen > chunk.drawnAt - GLOW && seen <= time) return true;
      return false;
    });
    return stale.sort((a, b) => a.drawnAt - b.drawnAt).slice(0, Math.max(4, stale.length >> 2));
  }

  #shade({ at, shade, done }) {
    this.shaded = done;
    const gl = this.gl;
    gl.bindTexture(gl.TEXTURE_2D, this.shadeTexture);
    for (let n = 0; 2 * n < at.length; n++) {
      gl.texSubImage2D(gl.TEXTURE_2D, 0, at[2 * n] * TILE, at[2 * n + 1] * TILE, TILE, TILE, gl.RGBA, gl.UNSIGNED_BYTE, shade, 4 * TILE * TILE * n);
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

  // Chunks in the picture, and how fine they can be drawn.
  #choose(camera, time, mostVertices, chunks) {
    const m = camera.matrix, r = this.resolution;
    let all = 0, count = 0;
    for (const chunk of this.chunks.values()) {
      const x = this.originX + chunk.x * r, y = this.originY + chunk.y * r, size = CHUNK * r;
      let outside = 15; // left, right, below, above
      for (let k = 0; k < 8 && outside; k++) {
        const px = x + (k & 1) * size, py = y + ((k >> 1) & 1) * size, pz = k & 4 ? chunk.high : chunk.low;
        const w = m[3] * px + m[7] * py + m[11] * pz + m[15], u = m[0] * px + m[4] * py + m[8] * pz + m[12], v = m[1] * px + m[5] * py + m[9] * pz + m[13];
        outside &= (u < -w ? 1 : 0) | (u > w ? 2 : 0) | (v < -w ? 4 : 0) | (v > w ? 8 : 0);
      }
      if (!chunks || chunks.includes(chunk)) chunk.drawnAt = time;
      if (outside) continue;
      all++;
      if (chunks && !chunks.includes(chunk)) continue;
      this.shown[2 * count] = chunk.x;
      this.shown[2 * count + 1] = chunk.y;
      count++;
    }
    return { count, level: this.levels.find(level => all * level.side ** 2 <= mostVertices) ?? this.levels.at(-1) };
  }

  // Whether the light on all that came is worked out.
  get isSettled() { return this.patches > 0 && this.shaded === this.patches; }

  // Colours at once as they will be.
  settle() { if (Number.isFinite(this.low)) this.range = [this.low, this.high]; }

  // Whether the colours have yet to settle.
  get isMoving() { return Number.isFinite(this.low) && Math.abs(this.range[0] - this.low) + Math.abs(this.range[1] - this.high) > 0.01; }

  // chunks: those to draw over a picture of the same that is there; null for everything.
  draw(camera, time, { contours, mostVertices, isQuick, chunks }) {
    const gl = this.gl;
    // The colours follow what is known, slowly, so that they do not jump.
    const now = performance.now(), part = 1 - Math.exp(-Math.min(1000, now - this.colouredAt) / 330);
    this.colouredAt = now;
    for (const [n, v] of [[0, this.low], [1, this.high]]) if (Number.isFinite(v)) this.range[n] += (v - this.range[n]) * part;
    this.#drawGround(camera, time, contours, mostVertices, isQuick ? this.quickMesh : this.mesh, chunks);
    if (!chunks) this.#drawFloor(camera);
  }

  #drawGround(camera, time, contours, mostVertices, { p, u }, chunks) {
    const gl = this.gl, { count, level } = this.#choose(camera, time, mostVertices, chunks);
    if (!count) return;
    gl.useProgram(p);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, this.shown.subarray(0, 2 * count), gl.DYNAMIC_DRAW);
    gl.bindVertexArray(level.vertices);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.groundTexture);
    gl.activeTexture(gl.TEXTURE1);
    gl.bindTexture(gl.TEXTURE_2D, this.shadeTexture);
    gl.activeTexture(gl.TEXTURE2);
    gl.bindTexture(gl.TEXTURE_2D, this.grainTexture);
    gl.activeTexture(gl.TEXTURE0);
    gl.uniform1i(u.uGround, 0);
    gl.uniform1i(u.uShade, 1);
    gl.uniform1i(u.uGrain, 2);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform2i(u.uSize, this.width, this.height);
    gl.uniform1i(u.uSide, level.side);
    gl.uniform1i(u.uStep, level.step);
    gl.uniform3f(u.uGrid, this.originX, this.originY, this.resolution);
    gl.uniform1f(u.uFloor, this.floorHeight());
    gl.uniform1f(u.uTime, time);
    gl.uniform3fv(u.uSun, this.sun);
    gl.uniform3fv(u.uEye, camera.eye);
    gl.uniform2fv(u.uRange, this.range);
    gl.uniform1f(u.uContours, contours ? 1 : 0);
    gl.uniform1f(u.uMoon, this.moon);
    if (u.uLevel) gl.uniform1f(u.uLevel, Math.max(0, Math.log2(25 * camera.distance / camera.height))); // of a pixel in the middle, roughly
    gl.uniform1f(u.uHaze, Math.max(70, 0.8 * camera.distance));
    gl.drawElementsInstanced(gl.TRIANGLES, level.count, gl.UNSIGNED_SHORT, 0, count);
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

// Lines of a width in pixels, and points. A segment is four equal vertices that become a quad: drawing in software takes each
// instance as a call of its own. It can have a time from which it is there, so that tracks are written once and drawn at any
// moment.
import { program } from './gl.js';

const FLOATS = 12; // of a vertex: from xyz, time, to xyz, width, colour rgba
const SEGMENT = 4 * FLOATS;

const LINE_VERTEX = `
layout(location = 0) in vec4 aFrom; layout(location = 1) in vec4 aTo; layout(location = 2) in vec4 aColour;
uniform mat4 uMatrix; uniform vec2 uViewport; uniform float uTime; uniform float uRatio; uniform vec3 uEye;
vec4 nearer(vec3 p) { vec3 d = uEye - p; float l = length(d); return uMatrix * vec4(p + d * min(0.012, 0.5 / l), 1.0); } // above the ground that it lies on
out vec4 vColour; out float vSide;
void main() {
  vec4 a = nearer(aFrom.xyz), b = nearer(aTo.xyz);
  float end = float(gl_VertexID & 1), side = float((gl_VertexID >> 1) & 1) * 2.0 - 1.0;
  if (aFrom.w > uTime || a.w < 0.05 || b.w < 0.05) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec2 d = (b.xy / b.w - a.xy / a.w) * uViewport;
  vec2 n = length(d) > 1e-4 ? normalize(vec2(-d.y, d.x)) : vec2(0.0);
  vec4 p = mix(a, b, end);
  float wide = aTo.w * 0.5 * uRatio;
  p.xy += n * side * (wide + 0.75) / uViewport * 2.0 * p.w;
  gl_Position = p; vColour = aColour; vSide = side * (wide + 0.75) / wide;
}`;
const LINE_FRAGMENT = `
in vec4 vColour; in float vSide; out vec4 colour;
void main() { colour = vec4(vColour.rgb, vColour.a * (1.0 - smoothstep(0.6, 1.25, abs(vSide)))); }`;

const POINT_VERTEX = `
layout(location = 0) in vec4 aPoint; layout(location = 2) in vec4 aColour;
uniform mat4 uMatrix; uniform float uScale; uniform float uRound; uniform vec3 uEye; out vec4 vColour;
void main() {
  vec3 d = uEye - aPoint.xyz;
  gl_Position = uMatrix * vec4(aPoint.xyz + d * min(0.012, 0.5 / length(d)), 1.0);
  gl_PointSize = max(1.5, aPoint.w * uScale / (uRound > 1.5 ? 1.0 : gl_Position.w)); vColour = aColour;
}`;
const POINT_FRAGMENT = `
uniform float uRound; in vec4 vColour; out vec4 colour;
void main() {
  float r = length(gl_PointCoord - 0.5) * 2.0;
  if (r > 1.0) discard;
  float a = uRound > 0.5 ? max(1.0 - smoothstep(0.28, 0.42, r), 0.75 * smoothstep(0.66, 0.78, r) * (1.0 - smoothstep(0.88, 1.0, r)) + 0.10) : 1.0 - smoothstep(0.6, 1.0, r);
  colour = vec4(vColour.rgb, vColour.a * a);
}`;

// Segments that grow at their end, or are written anew each frame.
export class Batch {
  constructor(gl) {
    this.gl = gl;
    this.data = new Float32Array(SEGMENT * 512);
    this.count = 0;
    this.sent = 0;
    this.buffer = gl.createBuffer();
    this.index = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.index);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const i of [0, 1, 2]) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 4, gl.FLOAT, false, 4 * FLOATS, 16 * i);
    }
    gl.bindVertexArray(null);
  }

  clear() { this.count = this.sent = 0; }

  add(a, b, colour, alpha, width, time = -1) {
    if ((this.count + 1) * SEGMENT > this.data.length) {
      const more = new Float32Array(this.data.length * 2);
      more.set(this.data);
      this.data = more;
      this.sent = 0;
    }
    const d = this.data, i = SEGMENT * this.count++;
    d[i] = a[0]; d[i + 1] = a[1]; d[i + 2] = a[2]; d[i + 3] = time;
    d[i + 4] = b[0]; d[i + 5] = b[1]; d[i + 6] = b[2]; d[i + 7] = width;
    d[i + 8] = colour[0] / 255; d[i + 9] = colour[1] / 255; d[i + 10] = colour[2] / 255; d[i + 11] = alpha;
    for (let k = 1; k < 4; k++) d.copyWithin(i + FLOATS * k, i, i + FLOATS);
  }

  upload() {
    const gl = this.gl;
    if (this.sent >= this.count) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (this.room !== this.data.length) this.#grow();
    gl.bufferSubData(gl.ARRAY_BUFFER, 4 * SEGMENT * this.sent, this.data, SEGMENT * this.sent, SEGMENT * (this.count - this.sent));
    this.sent = this.count;
  }

  #grow() {
    const gl = this.gl, segments = this.data.length / SEGMENT, index = new Uint32Array(6 * segments);
    this.room = this.data.length;
    this.sent = 0;
    gl.bufferData(gl.ARRAY_BUFFER, 4 * this.room, gl.DYNAMIC_DRAW);
    for (let n = 0; n < segments; n++) for (let k = 0; k < 6; k++) index[6 * n + k] = 4 * n + [0, 1, 2, 2, 1, 3][k];
    gl.bindVertexArray(this.vertices);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
    gl.bindVertexArray(null);
  }
}

export class LinePainter {
  constructor(gl) { this.gl = gl; this.program = program(gl, LINE_VERTEX, LINE_FRAGMENT); }

  draw(batch, camera, time) {
    if (!batch.count) return;
    const gl = this.gl, { p, u } = this.program;
    batch.upload();
    gl.useProgram(p);
    gl.bindVertexArray(batch.vertices);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform2f(u.uViewport, camera.width, camera.height);
    gl.uniform1f(u.uTime, time);
    gl.uniform1f(u.uRatio, Math.max(0.75, camera.pixelRatio));
    gl.uniform3fv(u.uEye, camera.eye);
    gl.drawElements(gl.TRIANGLES, 6 * batch.count, gl.UNSIGNED_INT, 0);
  }
}

// Points as x, y, z, size, r, g, b, a; sizes in metres, or in pixels for rings.
export class Points {
  constructor(gl) {
    this.gl = gl;
    this.count = 0;
    this.buffer = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const [i, at] of [[0, 0], [2, 16]]) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 4, gl.FLOAT, false, 32, at);
    }
    gl.bindVertexArray(null);
  }

  set(points) {
    const gl = this.gl;
    this.count = points.length / 8;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, points instanceof Float32Array ? points : new Float32Array(points), gl.DYNAMIC_DRAW);
  }
}

export class PointPainter {
  constructor(gl) { this.gl = gl; this.program = program(gl, POINT_VERTEX, POINT_FRAGMENT); }

  draw(points, camera, isRing) {
    if (!points.count) return;
    const gl = this.gl, { p, u } = this.program;
    gl.useProgram(p);
    gl.bindVertexArray(points.vertices);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform3fv(u.uEye, camera.eye);
    gl.uniform1f(u.uScale, isRing ? camera.pixelRatio : camera.height * 0.9);
    gl.uniform1f(u.uRound, isRing ? 2 : 0);
    gl.drawArrays(gl.POINTS, 0, points.count);
  }
}

// Lines of a width in pixels, and points: each segment an instance of a quad. A segment can have a time from which it is
// there, so that tracks are written once and drawn at any moment.
import { program } from './gl.js';

const FLOATS = 12; // from xyz, time, to xyz, width, colour rgba

const LINE_VERTEX = `
layout(location = 0) in vec4 aFrom; layout(location = 1) in vec4 aTo; layout(location = 2) in vec4 aColour;
uniform mat4 uMatrix; uniform vec2 uViewport; uniform float uTime; uniform vec3 uEye;
vec4 nearer(vec3 p) { vec3 d = uEye - p; float l = length(d); return uMatrix * vec4(p + d * min(0.012, 0.5 / l), 1.0); } // above the ground that it lies on
out vec4 vColour; out float vSide;
void main() {
  vec4 a = nearer(aFrom.xyz), b = nearer(aTo.xyz);
  float end = float(gl_VertexID & 1), side = float(gl_VertexID >> 1) * 2.0 - 1.0;
  if (aFrom.w > uTime || a.w < 0.05 || b.w < 0.05) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  vec2 d = (b.xy / b.w - a.xy / a.w) * uViewport;
  vec2 n = length(d) > 1e-4 ? normalize(vec2(-d.y, d.x)) : vec2(0.0);
  vec4 p = mix(a, b, end);
  p.xy += n * side * (aTo.w * 0.5 + 0.75) / uViewport * 2.0 * p.w;
  gl_Position = p; vColour = aColour; vSide = side * (aTo.w * 0.5 + 0.75) / (aTo.w * 0.5);
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
    this.data = new Float32Array(FLOATS * 1024);
    this.count = 0;
    this.sent = 0;
    this.buffer = gl.createBuffer();
    this.vertices = gl.createVertexArray();
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    for (const i of [0, 1, 2]) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 4, gl.FLOAT, false, 4 * FLOATS, 16 * i);
      gl.vertexAttribDivisor(i, 1);
    }
    gl.bindVertexArray(null);
  }

  clear() { this.count = this.sent = 0; }

  add(a, b, colour, alpha, width, time = -1) {
    if ((this.count + 1) * FLOATS > this.data.length) {
      const more = new Float32Array(this.data.length * 2);
      more.set(this.data);
      this.data = more;
      this.sent = 0;
    }
    this.data.set([a[0], a[1], a[2], time, b[0], b[1], b[2], width, colour[0] / 255, colour[1] / 255, colour[2] / 255, alpha], FLOATS * this.count++);
  }

  upload() {
    const gl = this.gl;
    if (this.sent >= this.count) return;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    if (this.sent === 0) gl.bufferData(gl.ARRAY_BUFFER, this.data, gl.DYNAMIC_DRAW);
    else gl.bufferSubData(gl.ARRAY_BUFFER, 4 * FLOATS * this.sent, this.data, FLOATS * this.sent, FLOATS * (this.count - this.sent));
    this.sent = this.count;
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
    gl.uniform3fv(u.uEye, camera.eye);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, batch.count);
  }
}

export class PointPainter {
  constructor(gl) {
    this.gl = gl;
    this.program = program(gl, POINT_VERTEX, POINT_FRAGMENT);
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

  // Points as x, y, z, size, r, g, b, a; sizes in metres, or in pixels for rings.
  draw(points, camera, isRing) {
    if (!points.length) return;
    const gl = this.gl, { p, u } = this.program;
    gl.useProgram(p);
    gl.bindVertexArray(this.vertices);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, points instanceof Float32Array ? points : new Float32Array(points), gl.DYNAMIC_DRAW);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform3fv(u.uEye, camera.eye);
    gl.uniform1f(u.uScale, isRing ? camera.pixelRatio : camera.height * 0.9);
    gl.uniform1f(u.uRound, isRing ? 2 : 0);
    gl.drawArrays(gl.POINTS, 0, points.length / 8);
  }
}

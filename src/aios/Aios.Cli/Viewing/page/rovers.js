// The rovers: a six-wheel rocker-bogie body made here, the same for all, in their colours.
import { program, poseMatrix } from './gl.js';

const VERTEX = `
layout(location = 0) in vec3 aPoint; layout(location = 1) in vec3 aNormal; layout(location = 2) in float aPart; layout(location = 3) in mat4 aPose; layout(location = 7) in vec4 aColour;
uniform mat4 uMatrix; out vec3 vNormal; flat out int vPart; out vec3 vPoint; flat out vec4 vColour;
void main() { vec4 p = aPose * vec4(aPoint, 1.0); vPoint = p.xyz; vNormal = mat3(aPose) * aNormal; vPart = int(aPart); vColour = aColour; gl_Position = uMatrix * p; }`;
const FRAGMENT = `
uniform vec3 uSun; uniform vec3 uEye; in vec3 vNormal; flat in int vPart; in vec3 vPoint; flat in vec4 vColour; out vec4 colour;
void main() {
  vec3 own = vColour.rgb; float dead = vColour.a;
  vec3 base = vPart == 0 ? vec3(0.86, 0.84, 0.80) : vPart == 1 ? vec3(0.13, 0.13, 0.14) : vPart == 2 ? vec3(0.08, 0.12, 0.26) : vPart == 3 ? own : vec3(0.45, 0.45, 0.47);
  base = mix(base, vec3(dot(base, vec3(0.33))) * 0.45, dead);
  vec3 n = normalize(vNormal), v = normalize(uEye - vPoint);
  float sun = max(dot(n, uSun), 0.0), shine = pow(max(dot(reflect(-uSun, n), v), 0.0), vPart == 2 ? 40.0 : 14.0) * (vPart == 2 ? 0.7 : 0.15);
  vec3 c = base * (vec3(1.2, 1.08, 0.94) * sun + vec3(0.30, 0.27, 0.28) * (0.6 + 0.4 * n.z)) + shine * (1.0 - dead);
  if (vPart == 3) c += own * 0.22 * (1.0 - dead);
  colour = vec4(c, 1.0);
}`;

const BODY = 0, WHEEL = 1, PANEL = 2, ACCENT = 3, METAL = 4;

// fine: as seen from near.
function build(fine) {
  const v = [], index = [];
  const face = (corners, normal, part) => {
    for (const i of [0, 1, 2, 0, 2, 3]) index.push(v.length / 7 + i);
    for (const corner of corners) v.push(...corner, ...normal, part);
  };
  const box = (x, y, z, l, w, h, part, top = part) => {
    const [a, b, c, d, e, f] = [x - l / 2, x + l / 2, y - w / 2, y + w / 2, z, z + h];
    face([[a, c, f], [b, c, f], [b, d, f], [a, d, f]], [0, 0, 1], top);
    face([[a, d, e], [b, d, e], [b, c, e], [a, c, e]], [0, 0, -1], part);
    face([[a, c, e], [b, c, e], [b, c, f], [a, c, f]], [0, -1, 0], part);
    face([[b, d, e], [a, d, e], [a, d, f], [b, d, f]], [0, 1, 0], part);
    face([[b, c, e], [b, d, e], [b, d, f], [b, c, f]], [1, 0, 0], part);
    face([[a, d, e], [a, c, e], [a, c, f], [a, d, f]], [-1, 0, 0], part);
  };
  const wheel = (x, y, r, w) => {
    const N = fine ? 18 : 9;
    for (let k = 0; k < N; k++) {
      const [s, t] = [2 * Math.PI * k / N, 2 * Math.PI * (k + 1) / N];
      const [a, b] = [[Math.cos(s), Math.sin(s)], [Math.cos(t), Math.sin(t)]];
      const p = (q, side, m = r) => [x + q[0] * m, y + side * w / 2, r + q[1] * m];
      face([p(a, -1), p(b, -1), p(b, 1), p(a, 1)], [(a[0] + b[0]) / 2, 0, (a[1] + b[1]) / 2], k % 3 ? WHEEL : METAL);
      for (const side of fine ? [-1, 1] : [Math.sign(y)]) {
        face([p(a, side), p(b, side), p(b, side, r * 0.5), p(a, side, r * 0.5)], [0, side, 0], WHEEL);
        face([p(a, side, r * 0.5), p(b, side, r * 0.5), p(b, side, 0), p(a, side, 0)], [0, side, 0], METAL);
      }
    }
  };
  const beam = (from, to, t, part) => { // a bar in the plane of a side
    const [x0, z0, y] = from, [x1, z1] = to, l = Math.hypot(x1 - x0, z1 - z0), nx = -(z1 - z0) / l * t, nz = (x1 - x0) / l * t;
    for (const s of [-1, 1]) {
      face([[x0 + nx, y + s * t, z0 + nz], [x1 + nx, y + s * t, z1 + nz], [x1 - nx, y + s * t, z1 - nz], [x0 - nx, y + s * t, z0 - nz]], [0, s, 0], part);
      face([[x0 + s * nx, y - t, z0 + s * nz], [x1 + s * nx, y - t, z1 + s * nz], [x1 + s * nx, y + t, z1 + s * nz], [x0 + s * nx, y + t, z0 + s * nz]], [s * nx / t, 0, s * nz / t], part);
    }
  };
  for (const side of [-0.35, 0.35]) {
    for (const x of [-0.42, 0, 0.42]) wheel(x, side, 0.12, 0.13);
    const y = side * 0.78;
    beam([0.42, 0.12, y], [0.16, 0.36, y], 0.018, METAL);
    beam([0.16, 0.36, y], [-0.2, 0.26, y], 0.018, METAL);
    beam([-0.2, 0.26, y], [-0.42, 0.12, y], 0.018, METAL);
    if (fine) beam([-0.2, 0.26, y], [0, 0.12, y], 0.018, METAL);
  }
  box(0, 0, 0.27, 0.72, 0.42, 0.2, BODY);
  box(0, 0, 0.33, 0.74, 0.43, 0.05, ACCENT);
  box(-0.1, 0, 0.475, 0.86, 0.66, 0.02, METAL, PANEL);
  box(0.33, 0, 0.47, 0.05, 0.05, 0.86, METAL);
  box(0.33, 0, 1.30, 0.14, 0.22, 0.1, BODY);
  box(0.33, 0, 1.40, 0.12, 0.12, 0.12, WHEEL, ACCENT);
  if (fine) {
    for (const x of [-0.3, -0.1, 0.1]) box(x, 0, 0.494, 0.012, 0.64, 0.004, METAL);
    for (const y of [-0.055, 0.055]) box(0.405, y, 1.325, 0.02, 0.05, 0.05, WHEEL);
    box(-0.42, 0.22, 0.49, 0.015, 0.015, 0.55, METAL);
  }
  return { vertices: new Float32Array(v), index: new Uint16Array(index) };
}

export class RoverPainter {
  constructor(gl) {
    this.gl = gl;
    this.program = program(gl, VERTEX, FRAGMENT);
    this.instances = gl.createBuffer();
    [this.coarse, this.fine] = [this.#model(build(false)), this.#model(build(true))];
  }

  #model({ vertices, index }) {
    const gl = this.gl, layout = gl.createVertexArray();
    gl.bindVertexArray(layout);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, vertices, gl.STATIC_DRAW);
    for (const [i, n, at] of [[0, 3, 0], [1, 3, 12], [2, 1, 24]]) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, n, gl.FLOAT, false, 28, at);
    }
    gl.bindBuffer(gl.ARRAY_BUFFER, this.instances);
    for (let i = 3; i < 8; i++) {
      gl.enableVertexAttribArray(i);
      gl.vertexAttribPointer(i, 4, gl.FLOAT, false, 80, 16 * (i - 3));
      gl.vertexAttribDivisor(i, 1);
    }
    gl.bindVertexArray(null);
    return { layout, count: index.length };
  }

  // Rovers as { pose, colour, dead, scale, isNear }.
  draw(rovers, camera, sun) {
    const gl = this.gl, { p, u } = this.program;
    gl.useProgram(p);
    gl.uniformMatrix4fv(u.uMatrix, false, camera.matrix);
    gl.uniform3fv(u.uSun, sun);
    gl.uniform3fv(u.uEye, camera.eye);
    this.#drawAll(this.fine, rovers.filter(r => r.isNear));
    this.#drawAll(this.coarse, rovers.filter(r => !r.isNear));
  }

  #drawAll({ layout, count }, rovers) {
    if (!rovers.length) return;
    const gl = this.gl, data = new Float32Array(20 * rovers.length);
    rovers.forEach((r, i) => {
      data.set(poseMatrix(r.pose, r.scale), 20 * i);
      data.set([r.colour[0] / 255, r.colour[1] / 255, r.colour[2] / 255, r.dead ? 1 : 0], 20 * i + 16);
    });
    gl.bindVertexArray(layout);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.instances);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    gl.drawElementsInstanced(gl.TRIANGLES, count, gl.UNSIGNED_SHORT, 0, rovers.length);
  }
}

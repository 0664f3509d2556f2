// Small helpers over WebGL 2: programs, matrices, quaternions. Matrices are column-major arrays of 16.

export function program(gl, vertex, fragment) {
  const shader = (type, text) => {
    const s = gl.createShader(type);
    gl.shaderSource(s, '#version 300 es\nprecision highp float;precision highp int;precision highp sampler2D;\n' + text);
    gl.compileShader(s);
    if (!gl.getShaderParameter(s, gl.COMPILE_STATUS)) throw new Error(gl.getShaderInfoLog(s));
    return s;
  };
  const p = gl.createProgram();
  gl.attachShader(p, shader(gl.VERTEX_SHADER, vertex));
  gl.attachShader(p, shader(gl.FRAGMENT_SHADER, fragment));
  gl.linkProgram(p);
  if (!gl.getProgramParameter(p, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(p));
  const uniforms = {};
  for (let i = 0; i < gl.getProgramParameter(p, gl.ACTIVE_UNIFORMS); i++) {
    const name = gl.getActiveUniform(p, i).name;
    uniforms[name] = gl.getUniformLocation(p, name);
  }
  return { p, u: uniforms };
}

export function perspective(fovY, aspect, near, far) {
  const f = 1 / Math.tan(fovY / 2), d = 1 / (near - far);
  return [f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) * d, -1, 0, 0, 2 * far * near * d, 0];
}

export function lookAt(eye, at, up) {
  const z = unit(sub(eye, at)), x = unit(cross(up, z)), y = cross(z, x);
  return [x[0], y[0], z[0], 0, x[1], y[1], z[1], 0, x[2], y[2], z[2], 0, -dot(x, eye), -dot(y, eye), -dot(z, eye), 1];
}

export function multiply(a, b) {
  const m = new Array(16);
  for (let c = 0; c < 4; c++) {
    for (let r = 0; r < 4; r++) {
      m[c * 4 + r] = a[r] * b[c * 4] + a[4 + r] * b[c * 4 + 1] + a[8 + r] * b[c * 4 + 2] + a[12 + r] * b[c * 4 + 3];
    }
  }
  return m;
}

// Pose [x, y, z, qx, qy, qz, qw] and a scale as a matrix.
export function poseMatrix(v, s) {
  const [x, y, z, a, b, c, w] = v;
  return [
    s * (1 - 2 * (b * b + c * c)), s * 2 * (a * b + c * w), s * 2 * (a * c - b * w), 0,
    s * 2 * (a * b - c * w), s * (1 - 2 * (a * a + c * c)), s * 2 * (b * c + a * w), 0,
    s * 2 * (a * c + b * w), s * 2 * (b * c - a * w), s * (1 - 2 * (a * a + b * b)), 0, x, y, z, 1];
}

export const yawOf = v => Math.atan2(2 * (v[6] * v[5] + v[3] * v[4]), 1 - 2 * (v[4] * v[4] + v[5] * v[5]));
export const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const unit = a => { const l = Math.hypot(...a) || 1; return [a[0] / l, a[1] / l, a[2] / l]; };
export const mix = (a, b, t) => a + (b - a) * t;

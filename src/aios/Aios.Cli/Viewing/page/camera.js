// A camera that turns about a point: dragged, zoomed, or led by the fleet or by one rover.
import { perspective, lookAt, multiply, sub, unit, cross, mix, yawOf } from './gl.js';

const FOV = 0.72;

export class Camera {
  constructor(canvas) {
    this.canvas = canvas;
    this.mode = 'fleet';
    this.at = [0, 0, 0];
    this.distance = 60;
    this.yaw = -2.2; // of the eye about the point
    this.pitch = 0.62;
    this.want = { at: [0, 0, 0], distance: 60 };
    this.touched = 0; // when somebody last moved it
    this.eye = [0, 0, 10];
    this.matrix = new Array(16).fill(0);
    this.pixelRatio = 1;
    this.#listen();
  }

  set(mode) {
    this.mode = mode;
    this.userZoom = false;
    if (mode === 'top') this.pitch = 1.5;
    if (mode !== 'top' && this.pitch > 1.2) this.pitch = 0.62;
    if (mode === 'follow') this.want.distance = 9;
  }

  // Moves towards where the fleet or the chosen rover is.
  follow(poses, chosen, ground, area, dt, turns) {
    const live = poses.filter(Boolean), rover = poses[chosen];
    if (this.mode === 'follow' && rover) {
      this.want.at = [rover[0], rover[1], rover[2] + 0.6];
    } else if (this.mode !== 'free' && live.length) {
      const size = area || 60;
      this.want.at = [0, 0, 0];
      const narrow = Math.max(1, 1.3 * (this.height ?? 1) / (this.width ?? 2));
      if (!this.userZoom) this.want.distance = narrow * size * (this.mode === 'top' ? 1.6 : 1.36);
      this.want.at[2] = ground;
    }
    const f = 1 - Math.exp(-dt * 4);
    for (let i = 0; i < 3; i++) this.at[i] = mix(this.at[i], this.want.at[i], this.mode === 'free' ? 1 : f);
    this.distance = mix(this.distance, this.want.distance, f);
    if (turns && this.mode === 'fleet' && performance.now() - this.touched > 4000) this.yaw += dt * 0.018;
  }

  // box: the canvas' size in CSS pixels.
  update(box, width, height, pixelRatio, groundAt) {
    [this.box, this.width, this.height, this.pixelRatio] = [box, width, height, pixelRatio];
    const c = Math.cos(this.pitch), d = this.distance;
    this.eye = [this.at[0] + d * c * Math.cos(this.yaw), this.at[1] + d * c * Math.sin(this.yaw), this.at[2] + d * Math.sin(this.pitch)];
    this.eye[2] = Math.max(this.eye[2], groundAt(this.eye[0], this.eye[1]) + 0.5);
    this.view = lookAt(this.eye, this.at, this.pitch > 1.45 ? [-Math.cos(this.yaw), -Math.sin(this.yaw), 0] : [0, 0, 1]);
    this.matrix = multiply(perspective(FOV, width / height, 0.2, 900), this.view);
  }

  // Direction of the ray through a point of the canvas, in CSS pixels.
  ray(x, y) {
    const box = this.canvas.getBoundingClientRect();
    const u = (2 * x / box.width - 1) * Math.tan(FOV / 2) * box.width / box.height, v = (1 - 2 * y / box.height) * Math.tan(FOV / 2);
    const forward = unit(sub(this.at, this.eye)), m = this.view;
    const right = [m[0], m[4], m[8]], up = cross(right, forward);
    return unit([0, 1, 2].map(i => forward[i] + u * right[i] + v * up[i]));
  }

  // CSS pixels of a point; null behind the eye.
  project(p) {
    const m = this.matrix, w = m[3] * p[0] + m[7] * p[1] + m[11] * p[2] + m[15];
    if (w < 0.1) return null;
    const box = this.box;
    return [(0.5 + 0.5 * (m[0] * p[0] + m[4] * p[1] + m[8] * p[2] + m[12]) / w) * box.width, (0.5 - 0.5 * (m[1] * p[0] + m[5] * p[1] + m[9] * p[2] + m[13]) / w) * box.height, w];
  }

  #listen() {
    const canvas = this.canvas;
    let last = null;
    canvas.addEventListener('pointerdown', e => { last = [e.clientX, e.clientY]; canvas.setPointerCapture(e.pointerId); canvas.classList.add('drag'); });
    canvas.addEventListener('pointerup', () => { last = null; canvas.classList.remove('drag'); });
    canvas.addEventListener('contextmenu', e => e.preventDefault());
    canvas.addEventListener('pointermove', e => {
      if (!last) return;
      const dx = e.clientX - last[0], dy = e.clientY - last[1];
      last = [e.clientX, e.clientY];
      this.touched = performance.now();
      if (e.buttons & 2 || e.shiftKey) this.#pan(dx, dy);
      else {
        this.yaw -= dx * 0.006;
        this.pitch = Math.min(1.5, Math.max(0.06, this.pitch + dy * 0.005));
      }
    });
    canvas.addEventListener('wheel', e => {
      e.preventDefault();
      this.touched = performance.now();
      this.userZoom = true;
      this.want.distance = Math.min(300, Math.max(2.5, this.want.distance * Math.exp(e.deltaY * 0.0012)));
    }, { passive: false });
  }

  #pan(dx, dy) {
    this.mode = 'free';
    const s = this.distance * 0.0014, c = Math.cos(this.yaw), n = Math.sin(this.yaw);
    this.want.at = [this.at[0] + s * (n * dx - c * dy), this.at[1] + s * (-c * dx - n * dy), this.at[2]];
    this.onMode?.();
  }
}

export { yawOf };

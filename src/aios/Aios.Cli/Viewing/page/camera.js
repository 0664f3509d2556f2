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
    this.inset = { left: 0, right: 0, top: 0, bottom: 0 }; // what panels cover, CSS pixels
    this.box = { width: 2, height: 1 };
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
      if (!this.userZoom) this.want.distance = size * this.#farness();
      this.want.at[2] = ground;
    }
    const f = 1 - Math.exp(-dt * 4), glide = (a, b) => (Math.abs(a - b) < 0.004 ? b : mix(a, b, f));
    for (let i = 0; i < 3; i++) this.at[i] = this.mode === 'free' ? this.want.at[i] : glide(this.at[i], this.want.at[i]);
    this.distance = glide(this.distance, this.want.distance);
    if (turns && this.mode === 'fleet' && performance.now() - this.touched > 4000) this.yaw += dt * 0.018;
  }

  // How far away, in sides of an area, the whole of it is between the panels.
  #farness() {
    const { box, inset } = this, high = Math.tan(FOV / 2) * Math.max(0.3, 1 - (inset.top + inset.bottom) / box.height);
    const wide = Math.tan(FOV / 2) * box.width / box.height * Math.max(0.4, 1 - (inset.left + inset.right) / box.width);
    return this.mode === 'top' ? Math.max(0.55 / wide, 0.55 / high) : Math.max(1.3, 0.56 / wide, 0.42 / high);
  }

  // Where the middle between the panels is, in parts of half the canvas.
  get #middle() { const { box, inset } = this; return [(inset.left - inset.right) / box.width, (inset.bottom - inset.top) / box.height]; }

  // box: the canvas' size in CSS pixels.
  update(box, width, height, pixelRatio, groundAt) {
    [this.box, this.width, this.height, this.pixelRatio] = [box, width, height, pixelRatio];
    const c = Math.cos(this.pitch), d = this.distance;
    this.eye = [this.at[0] + d * c * Math.cos(this.yaw), this.at[1] + d * c * Math.sin(this.yaw), this.at[2] + d * Math.sin(this.pitch)];
    this.eye[2] = Math.max(this.eye[2], groundAt(this.eye[0], this.eye[1]) + 0.5);
    this.view = lookAt(this.eye, this.at, this.pitch > 1.45 ? [-Math.cos(this.yaw), -Math.sin(this.yaw), 0] : [0, 0, 1]);
    this.focal = height / (2 * Math.tan(FOV / 2)); // drawn pixels to a metre, a metre away
    const lens = perspective(FOV, width / height, 0.2, 900);
    [lens[8], lens[9]] = this.#middle.map(part => -part);
    this.matrix = multiply(lens, this.view);
  }

  // Direction of the ray through a point of the canvas, in CSS pixels.
  ray(x, y) {
    const box = this.canvas.getBoundingClientRect();
    const [mx, my] = this.#middle, u = (2 * x / box.width - 1 - mx) * Math.tan(FOV / 2) * box.width / box.height, v = (1 - 2 * y / box.height - my) * Math.tan(FOV / 2);
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

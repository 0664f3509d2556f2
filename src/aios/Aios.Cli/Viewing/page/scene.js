// What is seen: the ground, what lies on it (tracks, plans, frontiers, scans), the rovers and the links between them. Drawn whole
// each time, or, in software and while the eye stands still, over a backdrop that is made anew a few times a second.
import { colourOf } from './store.js';
import { Terrain } from './terrain.js';
import { Batch, LinePainter, PointPainter, Points } from './lines.js';
import { RoverPainter } from './rovers.js';
import { Backdrop } from './backdrop.js';

const [GROUND, MARKS, CANVAS] = [0, 1, 2]; // layers of the backdrop, and what is above them
const GROUND_PERIOD = 450, MARKS_PERIOD = 220; // ms, in software
const MOST_POINTS = 5000; // of scans, in software

export class Scene {
  constructor(gl, store, isSoftware) {
    Object.assign(this, { gl, store, isSoftware });
    this.backdrop = isSoftware ? new Backdrop(gl) : null;
  }

  open(hello) {
    const gl = this.gl;
    this.terrain?.close();
    this.terrain = new Terrain(gl, hello);
    this.lines ??= new LinePainter(gl);
    this.painter ??= new PointPainter(gl);
    this.bodies ??= new RoverPainter(gl);
    [this.tracks, this.moving, this.fixed] = [new Batch(gl), new Batch(gl), new Batch(gl)];
    [this.rings, this.scan] = [new Points(gl), new Points(gl)];
    this.scans = [];
    this.fixed.made = null;
    this.tracked = this.store.rovers.map(() => ({ from: 0, next: 1 }));
    this.ground = this.marks = null; // what the layers of the backdrop show
    this.isBehind = false; // whether the backdrop has yet to be made anew
  }

  // Draws a moment to the canvas. eye: camera, poses, chosen, layers (by name), rests (whether the camera stands still), vertices.
  draw(t, eye) {
    const gl = this.gl, { camera } = eye;
    this.isBehind = false;
    gl.viewport(0, 0, camera.width, camera.height);
    gl.clearColor(0.036, 0.042, 0.054, 1);
    gl.enable(gl.DEPTH_TEST);
    gl.depthFunc(gl.LEQUAL);
    if (this.backdrop?.isUsable && eye.rests) {
      this.#drawBackdrop(t, eye);
    } else {
      this.ground = null;
      this.#drawGround(t, eye, null);
      this.#drawMarks(t, eye);
      this.marks = { t };
    }
    this.#drawFleet(t, eye);
  }

  #drawBackdrop(t, eye) {
    const { gl, backdrop, terrain, store } = this, { camera } = eye, now = performance.now();
    const looks = [...camera.matrix, camera.width, camera.height, eye.layers.contours].join();
    const old = this.ground, isOther = backdrop.resize(camera.width, camera.height) || old?.looks !== looks || t < old.t;
    const hasChanged = isOther || old.revision !== terrain.revision || terrain.isMoving;
    const isWhole = isOther || (hasChanged && now - old.when > GROUND_PERIOD), grown = isWhole ? null : terrain.staleChunks(t);
    if (isWhole || grown.length) {
      backdrop.begin(GROUND);
      this.#drawGround(t, eye, grown);
    }
    this.ground = isWhole ? { looks, t, revision: terrain.revision, when: now } : { ...old, t };
    const seen = this.marks, shows = JSON.stringify(eye.layers), areDue = now - seen?.when > MARKS_PERIOD;
    this.isBehind = grown?.length > 0 || seen?.t !== t || seen.revision !== store.revision || this.ground.revision !== terrain.revision || terrain.isMoving || seen.when < this.ground.when;
    if (isOther || seen?.shows !== shows || (this.isBehind && areDue)) {
      backdrop.copyTo(MARKS);
      this.#drawMarks(t, eye);
      this.marks = { t, revision: store.revision, shows, when: now };
    }
    gl.depthMask(true);
    backdrop.copyTo(CANVAS);
  }

  // chunks: those that are to be drawn over what is there; null for all.
  #drawGround(t, eye, chunks) {
    const gl = this.gl;
    gl.disable(gl.BLEND);
    gl.depthMask(true);
    if (!chunks) gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
    this.terrain.draw(eye.camera, t, { contours: eye.layers.contours, mostVertices: eye.vertices, isQuick: this.isSoftware && !eye.rests, chunks });
  }

  #drawMarks(t, eye) {
    const gl = this.gl, { camera, layers } = eye;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.depthMask(false);
    this.#makeFixed(t, layers);
    if (layers.tracks) { this.#addTracks(); this.lines.draw(this.tracks, camera, t); }
    this.lines.draw(this.fixed, camera, t);
    this.painter.draw(this.rings, camera, true);
    if (layers.lidar) { this.#makeScan(t); this.painter.draw(this.scan, camera, false); }
    gl.depthMask(true);
  }

  #drawFleet(t, eye) {
    const { gl, store } = this, { camera, poses, layers, chosen } = eye;
    const fleet = store.rovers.map((rover, i) => {
      if (!poses[i]) return null;
      const distance = Math.hypot(poses[i][0] - camera.eye[0], poses[i][1] - camera.eye[1], poses[i][2] - camera.eye[2]);
      return { pose: poses[i], colour: colourOf(i), dead: t >= rover.deadFrom, scale: Math.min(2.6, Math.max(1, distance / 26)), isNear: !this.isSoftware || distance < 14 };
    });
    this.scales = fleet.map(body => body?.scale ?? 1);
    gl.disable(gl.BLEND);
    this.bodies.draw(fleet.filter(Boolean), camera, this.terrain.sun);
    gl.enable(gl.BLEND);
    gl.depthMask(false);
    this.moving.clear();
    if (layers.links) this.#addLinks(t, poses);
    if (layers.tracks) this.#addTails(t, poses);
    if (poses[chosen]) this.#addHalo(poses[chosen], colourOf(chosen), 0.85 * this.scales[chosen]);
    this.lines.draw(this.moving, camera, t);
    gl.depthMask(true);
  }

  // ---- what lies on the ground

  #addTracks() {
    this.store.rovers.forEach((rover, i) => {
      const { t, v } = rover.pose;
      let { from, next } = this.tracked[i];
      for (let n = next; n < v.length; n++) {
        const a = v[from], b = v[n];
        if (Math.hypot(a[0] - b[0], a[1] - b[1]) > 0.3) {
          this.tracks.add([a[0], a[1], a[2] + 0.06], [b[0], b[1], b[2] + 0.06], colourOf(i), 0.85, 2.4, t[n]);
          from = n;
        }
      }
      this.tracked[i] = { from, next: Math.max(1, v.length) };
    });
  }

  // From where a track that was drawn ends to where its rover is.
  #addTails(t, poses) {
    this.store.rovers.forEach((rover, i) => {
      const { v } = rover.pose, last = rover.pose.index(t);
      if (!poses[i] || last < 0) return;
      let first = rover.pose.index(Math.min(t, this.marks.t));
      for (let left = 40; first > 0 && left > 0 && Math.hypot(v[first][0] - v[last][0], v[first][1] - v[last][1]) < 0.3; left--) first--;
      let before = v[Math.max(0, first)];
      for (const at of [...v.slice(Math.max(0, first) + 1, last + 1), poses[i]]) {
        if (Math.hypot(at[0] - before[0], at[1] - before[1]) < 0.15 && at !== poses[i]) continue;
        this.moving.add([before[0], before[1], before[2] + 0.06], [at[0], at[1], at[2] + 0.06], colourOf(i), 0.85, 2.4);
        before = at;
      }
    });
  }

  // Made anew when a plan or a frontier is another, or, once a second, when the ground is.
  #makeFixed(t, layers) {
    const { store, terrain, fixed } = this, shows = `${layers.plans} ${layers.frontiers}`;
    const parts = store.rovers.flatMap(rover => (t < rover.deadFrom ? [rover.plan.at(t), rover.frontiers.at(t)] : [null, null]));
    const old = fixed.made, now = performance.now();
    if (old && old.shows === shows && old.parts.every((part, i) => part === parts[i]) && (old.revision === terrain.revision || now - old.when < 1000)) return;
    fixed.made = { parts, shows, revision: terrain.revision, when: now };
    fixed.clear();
    const marks = [];
    this.#addArea();
    if (layers.plans) this.#addPlans(t, marks);
    if (layers.frontiers) this.#addFrontiers(t, marks);
    this.rings.set(marks);
  }

  #addPlans(t, marks) {
    for (const rover of this.store.rovers) {
      const plan = t < rover.deadFrom && rover.plan.at(t), colour = colourOf(rover.index);
      if (!plan?.length) continue;
      let before = null, left = 0;
      for (let i = 0; i < plan.length; i += 2) {
        const p = [plan[i], plan[i + 1], this.terrain.heightAt(plan[i], plan[i + 1]) + 0.12];
        if (before && left++ % 2 === 0) this.fixed.add(before, p, [255, 255, 255], 0.75, 2);
        before = p;
      }
      const end = before;
      this.fixed.add(end, [end[0], end[1], end[2] + 1.1], colour, 0.9, 2);
      marks.push(end[0], end[1], end[2] + 1.1, 15, colour[0] / 255, colour[1] / 255, colour[2] / 255, 1);
    }
  }

  #addFrontiers(t, marks) {
    for (const rover of this.store.rovers) {
      if (t >= rover.deadFrom) continue;
      const f = rover.frontiers.at(t);
      for (let i = 0; f && i < f.length; i += 2) marks.push(f[i], f[i + 1], this.terrain.heightAt(f[i], f[i + 1]) + 0.25, 9, 1, 0.72, 0.32, 0.8);
    }
  }

  #addArea() {
    const a = (this.store.hello.area || 0) / 2;
    if (!a) return;
    const corners = [[-a, -a], [a, -a], [a, a], [-a, a], [-a, -a]], N = 40;
    for (let k = 0; k < 4; k++) {
      for (let i = 0; i < N; i++) {
        const at = f => { const x = corners[k][0] + (corners[k + 1][0] - corners[k][0]) * f, y = corners[k][1] + (corners[k + 1][1] - corners[k][1]) * f; return [x, y, this.terrain.heightAt(x, y) + 0.1]; };
        this.fixed.add(at(i / N), at((i + 0.55) / N), [240, 138, 75], 0.55, 1.6);
      }
    }
  }

  // The newest scans at a moment, as one set of points.
  #makeScan(t) {
    const rovers = this.store.rovers.filter(rover => t < rover.deadFrom), views = rovers.map(rover => {
      let i = rover.scans.index(t);
      if (i < 0 || t - rover.scans.t[i] > 1) i = rover.scans.index(t + 1); // live, the picture glides after the newest scan
      return i >= 0 && Math.abs(rover.scans.t[i] - t) < 2 ? rover.scans.v[i] : null;
    });
    if (views.length === this.scans.length && views.every((view, i) => view === this.scans[i])) return;
    this.scans = views;
    const total = views.reduce((sum, view) => sum + (view?.getUint16(2, true) ?? 0), 0), step = this.isSoftware ? Math.max(1, total / MOST_POINTS) : 1;
    const data = new Float32Array(8 * (Math.ceil(total / step) + views.length));
    let to = 0;
    views.forEach((view, n) => {
      if (!view) return;
      rovers[n].drawn = view;
      const [r, g, b] = colourOf(rovers[n].index).map(c => 0.35 + 0.65 * c / 255);
      for (let i = 0; i < view.getUint16(2, true); i += step, to += 8) {
        const at = 12 + 6 * Math.floor(i);
        data[to] = view.getInt16(at, true) / 100; data[to + 1] = view.getInt16(at + 2, true) / 100; data[to + 2] = view.getInt16(at + 4, true) / 100;
        data[to + 3] = 0.09; data[to + 4] = r; data[to + 5] = g; data[to + 6] = b; data[to + 7] = 0.8;
      }
    });
    this.scan.set(data.subarray(0, to));
  }

  // ---- what moves

  #addLinks(t, poses) {
    const { rovers } = this.store, weight = Math.min(1, 4 / rovers.length); // many rovers have very many links
    const fine = this.isSoftware && rovers.length > 4 ? 8 : 14;
    for (const [a, b, up, quality] of this.store.links.at(t) ?? []) {
      const p = poses[a], q = poses[b];
      if (!p || !q || t >= rovers[a].deadFrom || t >= rovers[b].deadFrom) continue;
      const good = up ? Math.max(0, Math.min(1, quality)) : 0, colour = up ? [240 - 164 * good, 90 + 105 * good, 79 + 59 * good] : [240, 82, 79];
      const N = up ? fine : 2 * fine, high = Math.min(4, Math.hypot(p[0] - q[0], p[1] - q[1]) * 0.10);
      let before = null;
      for (let i = 0; i <= N; i++) {
        const f = i / N, at = [p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f, p[2] + (q[2] - p[2]) * f + 1.5 + 4 * high * f * (1 - f)];
        if (before && (up || i % 2)) this.moving.add(before, at, colour, weight * (up ? 0.35 + 0.35 * good : 0.5), up ? 1 + 1.2 * good * weight : 1.2);
        before = at;
      }
    }
  }

  #addHalo(pose, colour, radius) {
    for (let i = 0, N = 36; i < N; i++) {
      const at = k => { const w = 2 * Math.PI * k / N, x = pose[0] + radius * Math.cos(w), y = pose[1] + radius * Math.sin(w); return [x, y, Math.max(pose[2] - 0.4, this.terrain.heightAt(x, y)) + 0.08]; };
      this.moving.add(at(i), at(i + 1), colour, 0.95, 2.6);
    }
  }
}

// The page: hears from the server, keeps the clock, draws the scene.
import { Store, cssOf, colourOf } from './store.js';
import { Terrain } from './terrain.js';
import { Batch, LinePainter, PointPainter, Points } from './lines.js';
import { RoverPainter } from './rovers.js';
import { Camera } from './camera.js';
import { Hud, stateOf } from './hud.js';

const canvas = document.getElementById('scene');
// Drawn without a graphics card (in tests, or over a remote desktop), a picture of fewer pixels is better than a late one.
const isSoftware = drawsInSoftware();
const gl = canvas.getContext('webgl2', { antialias: !isSoftware, alpha: false, preserveDrawingBuffer: false, powerPreference: 'high-performance' });
const store = new Store();
const camera = new Camera(canvas);
const state = { t: 0, live: true, playing: true, paused: false, rate: 1, chosen: -1, aiming: false, connected: false };
const layers = { lidar: true, tracks: true, plans: true, frontiers: true, links: true, contours: false };
const backlog = [];

let mostVertices = isSoftware ? 12000 : 400000;
const PANEL_PERIOD = isSoftware ? 250 : 120; // ms
let terrain, lines, points, bodies, tracks, moving, fixed, rings, tracked, socket, pixelRatio = isSoftware ? 0.75 : Math.min(devicePixelRatio, 2), slow = 0;
let box = { width: innerWidth, height: innerHeight };
document.body.classList.toggle('software', isSoftware);
new ResizeObserver(() => { box = { width: canvas.clientWidth, height: canvas.clientHeight }; }).observe(canvas);

function drawsInSoftware() {
  const probe = document.createElement('canvas').getContext('webgl2'), info = probe?.getExtension('WEBGL_debug_renderer_info');
  const found = /swiftshader|llvmpipe|software/i.test(info ? probe.getParameter(info.UNMASKED_RENDERER_WEBGL) : '');
  probe?.getExtension('WEBGL_lose_context')?.loseContext();
  return found;
}

const hud = new Hud(store, {
  choose, hold, aim,
  seek: t => { state.live = store.hello?.live && t >= store.latest - 0.5; state.t = t; if (store.end && t < store.end.t) state.live = false; },
  play: togglePlay,
  speed: rate => { state.rate = rate; if (state.live) send({ cmd: 'pace', x: rate }); },
  live: () => { state.live = true; if (state.paused) togglePlay(); },
  camera: setCamera,
  layer: (name, on) => { layers[name] = on; if (fixed) fixed.made = null; },
});

// ---- the server

function connect() {
  socket = new WebSocket(`ws://${location.host}/socket`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => { state.connected = true; };
  socket.onmessage = e => {
    if (typeof e.data !== 'string') takeBytes(new DataView(e.data));
    else for (const line of e.data.split('\n')) if (line) takeText(JSON.parse(line));
  };
  socket.onclose = () => { state.connected = false; setTimeout(connect, 1500); };
}

function send(command) { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(command)); }

function takeText(message) {
  if (message.k === 'hello') {
    // The replay of what was just watched: keep what is here.
    if (store.end && store.hello?.mission === message.mission && store.hello.seed === message.seed) { takeText.skip = true; return; }
    takeText.skip = false;
    open(message);
  } else if (takeText.skip) {
    return;
  } else if (message.k === 'pace') {
    state.paused = message.paused;
  } else {
    store.take(message);
  }
}

function takeBytes(view) {
  if (takeText.skip) return;
  if (view.getUint8(0) === 1) { if (terrain) terrain.patch(view); else backlog.push(view); return; }
  const rover = store.rovers[view.getUint8(1)];
  if (store.hello.live) rover.scans.clear(); // there only the newest counts
  rover.scans.push(view.getFloat64(4, true), view);
}

// The points of a scan as they are drawn; made once for each scan that is.
function pointsOf(rover, view) {
  if (rover.drawn?.view === view) return rover.drawn.points;
  const n = view.getUint16(2, true), data = new Float32Array(8 * n), [r, g, b] = colourOf(rover.index).map(c => 0.35 + 0.65 * c / 255);
  for (let i = 0, at = 12, to = 0; i < n; i++, at += 6, to += 8) {
    data[to] = view.getInt16(at, true) / 100; data[to + 1] = view.getInt16(at + 2, true) / 100; data[to + 2] = view.getInt16(at + 4, true) / 100;
    data[to + 3] = 0.09; data[to + 4] = r; data[to + 5] = g; data[to + 6] = b; data[to + 7] = 0.8;
  }
  rover.drawn = { view, points: rover.drawn?.points ?? new Points(gl) };
  rover.drawn.points.set(data);
  return rover.drawn.points;
}

function drawLidar(t) {
  for (const rover of store.rovers) {
    let i = rover.scans.index(t);
    if (i < 0 || t - rover.scans.t[i] > 1) i = rover.scans.index(t + 1); // live, the picture glides after the newest scan
    if (i >= 0 && Math.abs(rover.scans.t[i] - t) < 2 && t < rover.deadFrom) points.draw(pointsOf(rover, rover.scans.v[i]), camera, false);
  }
}

function open(hello) {
  store.take(hello);
  terrain?.close();
  terrain = new Terrain(gl, hello);
  lines ??= new LinePainter(gl);
  points ??= new PointPainter(gl);
  bodies ??= new RoverPainter(gl);
  tracks = new Batch(gl);
  [moving, fixed, rings] = [new Batch(gl), new Batch(gl), new Points(gl)];
  fixed.made = null;
  tracked = store.rovers.map(() => ({ from: 0, next: 1 }));
  for (const view of backlog.splice(0)) terrain.patch(view);
  Object.assign(state, { t: 0, live: hello.live, playing: true, paused: false, chosen: -1, aiming: false });
  state.rate = hello.live ? hello.rate : 8;
  const speed = document.getElementById('speed');
  speed.value = String(state.rate > 16 ? 0 : state.rate);
  if (speed.selectedIndex < 0) speed.value = '1';
  speed.disabled = hello.live && !hello.paced;
  camera.distance = reach() * 1.9;
  hud.open(hello);
  setCamera('fleet');
}

// Side of the mission area, m; a recording does not tell it, but how large its map is.
function reach() { const { area, grid } = store.hello; return area || 0.88 * Math.max(grid[0], grid[1]) * grid[2]; }

// ---- what people do

function choose(rover) {
  if (state.aiming) return;
  state.chosen = state.chosen === rover && camera.mode !== 'follow' ? -1 : rover;
}

function hold(rover, on) { send({ cmd: on ? 'hold' : 'release', rover }); store.rovers[rover].hold.push(store.latest, on); }

function aim(rover) {
  state.chosen = rover;
  state.aiming = !state.aiming;
  canvas.classList.toggle('aim', state.aiming);
  hud.hint(state.aiming ? `Click where ${store.rovers[rover].name} is to go` : '');
}

function togglePlay() {
  const { hello, end } = store;
  if (state.live && hello?.live && !end) {
    if (!hello.paced) { state.live = false; state.playing = false; return; }
    state.paused = !state.paused;
    send({ cmd: state.paused ? 'pause' : 'resume' });
  } else {
    state.playing = !state.playing;
    if (state.playing && state.t >= store.latest) state.t = 0;
  }
}

function setCamera(mode) {
  if (mode === 'follow' && state.chosen < 0) state.chosen = 0;
  camera.set(mode);
  markCamera();
}

function markCamera() { for (const b of document.querySelectorAll('[data-camera]')) b.classList.toggle('on', b.dataset.camera === camera.mode); }
camera.onMode = markCamera;

let pressed = null;
canvas.addEventListener('pointerdown', e => { pressed = [e.clientX, e.clientY]; });
canvas.addEventListener('pointerup', e => {
  if (!pressed || Math.hypot(e.clientX - pressed[0], e.clientY - pressed[1]) > 5 || e.button || !terrain) return;
  if (state.aiming) {
    const place = terrain.hit(camera.eye, camera.ray(e.clientX, e.clientY), state.t);
    if (place) { send({ cmd: 'goto', rover: state.chosen, x: place[0], y: place[1] }); store.rovers[state.chosen].goal.push(store.latest, place); aim(state.chosen); }
    return;
  }
  let best = -1, least = 34;
  store.rovers.forEach((rover, i) => {
    const pose = rover.poseAt(state.t), at = pose && camera.project([pose[0], pose[1], pose[2] + 0.5]);
    const d = at ? Math.hypot(at[0] - e.clientX, at[1] - e.clientY) : Infinity;
    if (d < least) { least = d; best = i; }
  });
  if (best >= 0) { state.chosen = best; } else if (camera.mode !== 'follow') { state.chosen = -1; }
});

addEventListener('keydown', e => {
  if (e.target.tagName === 'SELECT') return;
  if (e.key === ' ') { e.preventDefault(); togglePlay(); }
  else if (e.key === '0') setCamera('fleet');
  else if (e.key === 'f' || e.key === 'F') setCamera('follow');
  else if (e.key === 't' || e.key === 'T') setCamera('top');
  else if (e.key === 'l' || e.key === 'L') state.live = !!store.hello?.live;
  else if (e.key === 'Escape' && state.aiming) aim(state.chosen);
  else if (e.key >= '1' && e.key <= '9' && store.rovers[e.key - 1]) state.chosen = Number(e.key) - 1;
});

// ---- the scene

function drawTracks() {
  store.rovers.forEach((rover, i) => {
    const { t, v } = rover.pose;
    let { from, next } = tracked[i];
    for (let n = next; n < v.length; n++) {
      const a = v[from], b = v[n];
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) > 0.3) {
        tracks.add([a[0], a[1], a[2] + 0.06], [b[0], b[1], b[2] + 0.06], colourOf(i), 0.85, 2.4, t[n]);
        from = n;
      }
    }
    tracked[i] = { from, next: Math.max(1, v.length) };
  });
}

function addPlans(t, marks) {
  for (const rover of store.rovers) {
    const plan = t < rover.deadFrom && rover.plan.at(t), colour = colourOf(rover.index);
    if (!plan?.length) continue;
    let before = null, left = 0;
    for (let i = 0; i < plan.length; i += 2) {
      const p = [plan[i], plan[i + 1], terrain.heightAt(plan[i], plan[i + 1]) + 0.12];
      if (before && left++ % 2 === 0) fixed.add(before, p, [255, 255, 255], 0.75, 2);
      before = p;
    }
    const end = before;
    fixed.add(end, [end[0], end[1], end[2] + 1.1], colour, 0.9, 2);
    marks.push(end[0], end[1], end[2] + 1.1, 15, colour[0] / 255, colour[1] / 255, colour[2] / 255, 1);
  }
}

function addLinks(t, poses) {
  const weight = Math.min(1, 4 / store.rovers.length); // many rovers have very many links
  for (const [a, b, up, quality] of store.links.at(t) ?? []) {
    const p = poses[a], q = poses[b];
    if (!p || !q || t >= store.rovers[a].deadFrom || t >= store.rovers[b].deadFrom) continue;
    const good = up ? Math.max(0, Math.min(1, quality)) : 0, colour = up ? [240 - 164 * good, 90 + 105 * good, 79 + 59 * good] : [240, 82, 79];
    const N = up ? 14 : 28, high = Math.min(4, Math.hypot(p[0] - q[0], p[1] - q[1]) * 0.10);
    let before = null;
    for (let i = 0; i <= N; i++) {
      const f = i / N, at = [p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f, p[2] + (q[2] - p[2]) * f + 1.5 + 4 * high * f * (1 - f)];
      if (before && (up || i % 2)) moving.add(before, at, colour, weight * (up ? 0.35 + 0.35 * good : 0.5), up ? 1 + 1.2 * good * weight : 1.2);
      before = at;
    }
  }
}

function addFrontiers(t, marks) {
  for (const rover of store.rovers) {
    if (t >= rover.deadFrom) continue;
    const f = rover.frontiers.at(t);
    for (let i = 0; f && i < f.length; i += 2) marks.push(f[i], f[i + 1], terrain.heightAt(f[i], f[i + 1]) + 0.25, 11, 1, 0.72, 0.32, 0.85);
  }
}

function addArea() {
  const a = (store.hello.area || 0) / 2;
  if (!a) return;
  const corners = [[-a, -a], [a, -a], [a, a], [-a, a], [-a, -a]], N = 40;
  for (let k = 0; k < 4; k++) {
    for (let i = 0; i < N; i++) {
      const at = f => { const x = corners[k][0] + (corners[k + 1][0] - corners[k][0]) * f, y = corners[k][1] + (corners[k + 1][1] - corners[k][1]) * f; return [x, y, terrain.heightAt(x, y) + 0.1]; };
      fixed.add(at(i / N), at((i + 0.55) / N), [240, 138, 75], 0.55, 1.6);
    }
  }
}

function addHalo(pose, colour, radius) {
  for (let i = 0, N = 36; i < N; i++) {
    const at = k => { const w = 2 * Math.PI * k / N, x = pose[0] + radius * Math.cos(w), y = pose[1] + radius * Math.sin(w); return [x, y, Math.max(pose[2] - 0.4, terrain.heightAt(x, y)) + 0.08]; };
    moving.add(at(i), at(i + 1), colour, 0.95, 2.6);
  }
}

// What lies on the ground is made anew when a plan or a frontier is another, or, once a second, when the ground is.
function makeFixed(t) {
  const parts = store.rovers.flatMap(rover => (t < rover.deadFrom ? [rover.plan.at(t), rover.frontiers.at(t)] : [null, null]));
  const old = fixed.made, now = performance.now();
  if (old && old.parts.every((part, i) => part === parts[i]) && (old.revision === terrain.revision || now - old.when < 1000)) return;
  fixed.made = { parts, revision: terrain.revision, when: now };
  fixed.clear();
  const marks = [];
  addArea();
  if (layers.plans) addPlans(t, marks);
  if (layers.frontiers) addFrontiers(t, marks);
  rings.set(marks);
}

// Whether the picture would be another than the one that is there.
const shown = new Float64Array(25);
function isStale(t, w, h) {
  const now = [...camera.matrix, t, store.revision, terrain.revision, state.chosen, w, h, state.aiming ? 1 : 0, Object.values(layers).reduce((sum, on) => 2 * sum + on, 0), terrain.isMoving ? performance.now() : 0];
  const stale = now.some((value, i) => value !== shown[i]);
  shown.set(now);
  return stale;
}

function draw(t, poses) {
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(0.036, 0.042, 0.054, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.enable(gl.DEPTH_TEST);
  gl.disable(gl.BLEND);
  terrain.draw(camera, t, layers.contours, mostVertices);
  const fleet = store.rovers.map((rover, i) => {
    if (!poses[i]) return null;
    const d = Math.hypot(poses[i][0] - camera.eye[0], poses[i][1] - camera.eye[1], poses[i][2] - camera.eye[2]);
    return { pose: poses[i], colour: colourOf(i), dead: t >= rover.deadFrom, scale: Math.min(2.6, Math.max(1, d / 26)) };
  });
  bodies.draw(fleet.filter(Boolean), camera, terrain.sun);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  gl.depthMask(false);
  makeFixed(t);
  moving.clear();
  if (layers.links) addLinks(t, poses);
  if (poses[state.chosen]) addHalo(poses[state.chosen], colourOf(state.chosen), 0.85 * (fleet[state.chosen]?.scale ?? 1));
  if (layers.tracks) { drawTracks(); lines.draw(tracks, camera, t); }
  lines.draw(fixed, camera, t);
  lines.draw(moving, camera, t);
  points.draw(rings, camera, true);
  if (layers.lidar) drawLidar(t);
  gl.depthMask(true);
  store.rovers.forEach((rover, i) => {
    const p = poses[i], at = p && camera.project([p[0], p[1], p[2] + 1.7 * (fleet[i]?.scale ?? 1)]);
    hud.place(rover, at, at?.[2], stateOf(rover, t));
  });
}

function advance(dt) {
  if (state.live && store.hello?.live) {
    // Messages come in bursts: glide after them.
    state.t += (store.latest - state.t) * (1 - Math.exp(-dt * 5));
    if (store.latest - state.t > 20) state.t = store.latest;
  } else if (state.playing) {
    state.t = Math.min(store.latest, state.t + dt * (state.rate || 16));
    if (store.end && state.t >= store.latest) state.playing = false;
  }
}

// A machine without a graphics card draws fewer pixels rather than fewer pictures.
function adapt(dt) {
  slow = dt > 0.045 ? slow + 1 : Math.max(0, slow - 0.5);
  if (slow > 12 && pixelRatio > 0.6) { pixelRatio = Math.max(0.6, pixelRatio * 0.8); slow = 0; }
}

let last = performance.now(), panels = 0;
function frame(now) {
  const dt = Math.min(0.25, (now - last) / 1000);
  last = now;
  if (window.aios.isFilming) return;
  requestAnimationFrame(frame);
  if (!terrain) return;
  advance(dt);
  const w = Math.round(box.width * pixelRatio), h = Math.round(box.height * pixelRatio), poses = store.rovers.map(rover => rover.poseAt(state.t));
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  const goesOn = state.live && store.hello.live ? !state.paused && !store.end : state.playing;
  camera.follow(poses, state.chosen, Number.isFinite(terrain.low) ? (terrain.low + terrain.high) / 2 - 1 : 0, reach(), dt, goesOn);
  camera.update(box, w, h, pixelRatio, (x, y) => terrain.heightAt(x, y));
  if (isStale(state.t, w, h)) {
    adapt(dt);
    draw(state.t, poses);
    window.aios.drawn++;
  }
  if (now - panels > PANEL_PERIOD) { panels = now; hud.update(state.t, { ...state, playing: state.live && store.hello.live ? !state.paused : state.playing }); }
  window.aios.frames++;
}

// A picture of a moment, from where the whole fleet is seen, as base64 of RGBA: drawn twice as large, so that edges are smooth.
// Colours are rounded to every fourth, which a film's file is half as large for. After this the page stands still.
function shoot(t, width, height) {
  window.aios.isFilming = true;
  const [w, h] = [canvas.width, canvas.height] = [2 * width, 2 * height], poses = store.rovers.map(rover => rover.poseAt(t));
  mostVertices = 400000;
  terrain.settle();
  camera.set('fleet');
  [camera.yaw, camera.pitch] = [-2.2, 0.62];
  [camera.width, camera.height] = [w, h];
  camera.follow(poses, -1, (terrain.low + terrain.high) / 2 - 1, 0.97 * reach(), 60, false);
  camera.update({ width, height }, w, h, 2, (x, y) => terrain.heightAt(x, y));
  fixed.made = null;
  draw(t, poses);
  const large = new Uint8Array(4 * w * h), small = new Uint8Array(4 * width * height);
  gl.readPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, large);
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to += 4) {
      const at = 4 * ((h - 2 - 2 * y) * w + 2 * x);
      for (let c = 0; c < 3; c++) small[to + c] = (large[at + c] + large[at + 4 + c] + large[at + 4 * w + c] + large[at + 4 * w + 4 + c]) / 4 & 0xfc;
      small[to + 3] = 255;
    }
  }
  let text = '';
  for (let i = 0; i < small.length; i += 8192) text += String.fromCharCode(...small.subarray(i, i + 8192));
  return btoa(text);
}

// For tests, and for whoever opens the console: frames that passed, and those of them that were drawn.
window.aios = { store, state, camera, layers, frames: 0, drawn: 0, isSoftware, isFilming: false, hold, shoot, setCamera, seek: t => { state.live = false; state.playing = false; state.t = t; }, get terrain() { return terrain; }, get pixelRatio() { return pixelRatio; } };

if (gl && gl.getExtension('EXT_color_buffer_float') !== undefined) {
  connect();
  requestAnimationFrame(frame);
} else {
  document.getElementById('mission').textContent = 'this browser has no WebGL 2';
}

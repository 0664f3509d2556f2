// The page: hears from the server, keeps the clock, draws the scene.
import { Store, cssOf, colourOf } from './store.js';
import { Terrain } from './terrain.js';
import { Batch, LinePainter, PointPainter } from './lines.js';
import { RoverPainter } from './rovers.js';
import { Camera } from './camera.js';
import { Hud, stateOf } from './hud.js';

const canvas = document.getElementById('scene');
const gl = canvas.getContext('webgl2', { antialias: true, preserveDrawingBuffer: false, powerPreference: 'high-performance' });
const store = new Store();
const camera = new Camera(canvas);
const state = { t: 0, live: true, playing: true, paused: false, rate: 1, chosen: -1, aiming: false, connected: false };
const layers = { lidar: true, tracks: true, plans: true, frontiers: true, links: true, contours: false };
const backlog = [];

// Drawn without a graphics card (in tests, or over a remote desktop), a picture of fewer pixels is better than a late one.
const info = gl?.getExtension('WEBGL_debug_renderer_info');
const isSoftware = /swiftshader|llvmpipe|software/i.test(info ? gl.getParameter(info.UNMASKED_RENDERER_WEBGL) : '');
let terrain, lines, points, bodies, tracks, scene, tracked, socket, pixelRatio = isSoftware ? 0.75 : Math.min(devicePixelRatio, 2), slow = 0;

const hud = new Hud(store, {
  choose, hold, aim,
  seek: t => { state.live = store.hello?.live && t >= store.latest - 0.5; state.t = t; if (store.end && t < store.end.t) state.live = false; },
  play: togglePlay,
  speed: rate => { state.rate = rate; if (state.live) send({ cmd: 'pace', x: rate }); },
  live: () => { state.live = true; if (state.paused) togglePlay(); },
  camera: setCamera,
  layer: (name, on) => { layers[name] = on; },
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
  const n = view.getUint16(2, true), points = new Float32Array(8 * n), [r, g, b] = colourOf(rover.index).map(c => 0.35 + 0.65 * c / 255);
  for (let i = 0, at = 12, to = 0; i < n; i++, at += 6, to += 8) {
    points[to] = view.getInt16(at, true) / 100; points[to + 1] = view.getInt16(at + 2, true) / 100; points[to + 2] = view.getInt16(at + 4, true) / 100;
    points[to + 3] = 0.09; points[to + 4] = r; points[to + 5] = g; points[to + 6] = b; points[to + 7] = 0.8;
  }
  rover.drawn = { view, points };
  return points;
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
  terrain = new Terrain(gl, hello);
  lines ??= new LinePainter(gl);
  points ??= new PointPainter(gl);
  bodies ??= new RoverPainter(gl);
  tracks = new Batch(gl);
  scene = new Batch(gl);
  tracked = store.rovers.map(() => ({ from: 0, next: 1 }));
  for (const view of backlog.splice(0)) terrain.patch(view);
  Object.assign(state, { t: 0, live: hello.live, playing: true, paused: false, chosen: -1, aiming: false });
  state.rate = hello.live ? hello.rate : 8;
  const speed = document.getElementById('speed');
  speed.value = String(state.rate > 16 ? 0 : state.rate);
  if (speed.selectedIndex < 0) speed.value = '1';
  speed.disabled = hello.live && !hello.paced;
  camera.distance = (hello.area || 60) * 1.9;
  hud.open(hello);
  setCamera('fleet');
}

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

function drawPlans(t, rings) {
  for (const rover of store.rovers) {
    if (t >= rover.deadFrom) continue;
    const pose = rover.poseAt(t), plan = rover.plan.at(t), colour = colourOf(rover.index);
    if (!pose || !plan?.length) continue;
    let before = null, left = 0;
    for (let i = 0; i < plan.length; i += 2) {
      const p = [plan[i], plan[i + 1], terrain.heightAt(plan[i], plan[i + 1]) + 0.12];
      if (before && left++ % 2 === 0) scene.add(before, p, [255, 255, 255], 0.75, 2);
      before = p;
    }
    const end = before;
    scene.add(end, [end[0], end[1], end[2] + 1.1], colour, 0.9, 2);
    rings.push(end[0], end[1], end[2] + 1.1, 15, colour[0] / 255, colour[1] / 255, colour[2] / 255, 1);
  }
}

function drawLinks(t, poses) {
  for (const [a, b, up, quality] of store.links.at(t) ?? []) {
    const p = poses[a], q = poses[b];
    if (!p || !q || t >= store.rovers[a].deadFrom || t >= store.rovers[b].deadFrom) continue;
    const good = up ? Math.max(0, Math.min(1, quality)) : 0, colour = up ? [240 - 164 * good, 90 + 105 * good, 79 + 59 * good] : [240, 82, 79];
    const N = up ? 14 : 28, high = Math.min(4, Math.hypot(p[0] - q[0], p[1] - q[1]) * 0.10);
    let before = null;
    for (let i = 0; i <= N; i++) {
      const f = i / N, at = [p[0] + (q[0] - p[0]) * f, p[1] + (q[1] - p[1]) * f, p[2] + (q[2] - p[2]) * f + 1.5 + 4 * high * f * (1 - f)];
      if (before && (up || i % 2)) scene.add(before, at, colour, up ? 0.35 + 0.35 * good : 0.5, up ? 1 + 1.2 * good : 1.2);
      before = at;
    }
  }
}

function drawFrontiers(t, rings) {
  for (const rover of store.rovers) {
    if (t >= rover.deadFrom) continue;
    const f = rover.frontiers.at(t);
    for (let i = 0; f && i < f.length; i += 2) rings.push(f[i], f[i + 1], terrain.heightAt(f[i], f[i + 1]) + 0.25, 11, 1, 0.72, 0.32, 0.85);
  }
}

function drawArea() {
  const a = (store.hello.area || 0) / 2;
  if (!a) return;
  const corners = [[-a, -a], [a, -a], [a, a], [-a, a], [-a, -a]], N = 40;
  for (let k = 0; k < 4; k++) {
    for (let i = 0; i < N; i++) {
      const at = f => { const x = corners[k][0] + (corners[k + 1][0] - corners[k][0]) * f, y = corners[k][1] + (corners[k + 1][1] - corners[k][1]) * f; return [x, y, terrain.heightAt(x, y) + 0.1]; };
      scene.add(at(i / N), at((i + 0.55) / N), [240, 138, 75], 0.55, 1.6);
    }
  }
}

function drawHalo(pose, colour, radius) {
  for (let i = 0, N = 36; i < N; i++) {
    const at = k => { const w = 2 * Math.PI * k / N, x = pose[0] + radius * Math.cos(w), y = pose[1] + radius * Math.sin(w); return [x, y, Math.max(pose[2] - 0.4, terrain.heightAt(x, y)) + 0.08]; };
    scene.add(at(i), at(i + 1), colour, 0.95, 2.6);
  }
}

function draw(t) {
  const poses = store.rovers.map(rover => rover.poseAt(t));
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(0.036, 0.042, 0.054, 1);
  gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
  gl.enable(gl.DEPTH_TEST);
  gl.disable(gl.BLEND);
  terrain.bake(40);
  terrain.draw(camera, t, layers.contours);
  const fleet = store.rovers.map((rover, i) => {
    if (!poses[i]) return null;
    const d = Math.hypot(poses[i][0] - camera.eye[0], poses[i][1] - camera.eye[1], poses[i][2] - camera.eye[2]);
    return { pose: poses[i], colour: colourOf(i), dead: t >= rover.deadFrom, scale: Math.min(2.6, Math.max(1, d / 26)) };
  });
  bodies.draw(fleet.filter(Boolean), camera, terrain.sun);
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
  gl.depthMask(false);
  scene.clear();
  const rings = [];
  drawArea();
  if (layers.plans) drawPlans(t, rings);
  if (layers.links) drawLinks(t, poses);
  if (layers.frontiers) drawFrontiers(t, rings);
  if (poses[state.chosen]) drawHalo(poses[state.chosen], colourOf(state.chosen), 0.85 * (fleet[state.chosen]?.scale ?? 1));
  if (layers.tracks) { drawTracks(); lines.draw(tracks, camera, t); }
  lines.draw(scene, camera, t);
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
  requestAnimationFrame(frame);
  if (!terrain) return;
  adapt(dt);
  advance(dt);
  const w = Math.round(canvas.clientWidth * pixelRatio), h = Math.round(canvas.clientHeight * pixelRatio);
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  camera.follow(store.rovers.map(rover => rover.poseAt(state.t)), state.chosen, Number.isFinite(terrain.low) ? (terrain.low + terrain.high) / 2 - 1 : 0, store.hello.area, dt);
  camera.update(w, h, pixelRatio, (x, y) => terrain.heightAt(x, y));
  draw(state.t);
  if (now - panels > 120) { panels = now; hud.update(state.t, { ...state, playing: state.live && store.hello.live ? !state.paused : state.playing }); }
  window.aios.frames++;
}

// For tests, and for whoever opens the console.
window.aios = { store, state, camera, layers, frames: 0, hold, setCamera, seek: t => { state.live = false; state.playing = false; state.t = t; }, get terrain() { return terrain; } };

if (gl && gl.getExtension('EXT_color_buffer_float') !== undefined) {
  connect();
  requestAnimationFrame(frame);
} else {
  document.getElementById('mission').textContent = 'this browser has no WebGL 2';
}

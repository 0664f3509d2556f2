// The page: hears from the server, keeps the clock, draws the scene.
import { Store } from './store.js';
import { Scene } from './scene.js';
import { Quality } from './quality.js';
import { Camera } from './camera.js';
import { Hud, stateOf } from './hud.js';

const canvas = document.getElementById('scene');
// Drawn without a graphics card (in tests, or over a remote desktop), a picture of fewer pixels is better than a late one.
const isSoftware = drawsInSoftware();
const gl = canvas.getContext('webgl2', { antialias: !isSoftware, alpha: false, stencil: true, preserveDrawingBuffer: false, powerPreference: 'high-performance' });
const store = new Store();
const camera = new Camera(canvas);
const state = { t: 0, live: true, playing: true, paused: false, rate: 1, chosen: -1, aiming: false, connected: false };
const layers = { lidar: true, tracks: true, plans: true, frontiers: true, links: true, contours: false };
const backlog = [];

const PANEL_PERIOD = isSoftware ? 250 : 120; // ms
const REST = 150; // ms without a movement of the camera, after which it rests
const scene = new Scene(gl, store, isSoftware);
const quality = new Quality(isSoftware);
let socket, box = { width: innerWidth, height: innerHeight };
document.body.classList.toggle('software', isSoftware);
new ResizeObserver(() => { box = { width: canvas.clientWidth, height: canvas.clientHeight }; camera.inset = hud.inset(box); }).observe(canvas);

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
  if (view.getUint8(0) === 1) { if (scene.terrain) scene.terrain.patch(view); else backlog.push(view); return; }
  const rover = store.rovers[view.getUint8(1)];
  if (store.hello.live) rover.scans.clear(); // there only the newest counts
  rover.scans.push(view.getFloat64(4, true), view);
}

function open(hello) {
  store.take(hello);
  scene.open(hello);
  for (const view of backlog.splice(0)) scene.terrain.patch(view);
  Object.assign(state, { t: 0, live: hello.live, playing: true, paused: false, chosen: -1, aiming: false });
  state.rate = hello.live ? hello.rate : 8;
  const speed = document.getElementById('speed');
  speed.value = String(state.rate > 16 ? 0 : state.rate);
  if (speed.selectedIndex < 0) speed.value = '1';
  speed.disabled = hello.live && !hello.paced;
  camera.distance = reach() * 1.9;
  hud.open(hello);
  camera.inset = hud.inset(box);
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
  if (!pressed || Math.hypot(e.clientX - pressed[0], e.clientY - pressed[1]) > 5 || e.button || !scene.terrain) return;
  if (state.aiming) {
    const place = scene.terrain.hit(camera.eye, camera.ray(e.clientX, e.clientY), state.t);
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

// ---- the picture

// Whether the picture would be another than the one that is there.
const shown = new Float64Array(25);
function isStale(t, w, h) {
  const { terrain } = scene, looks = Object.values(layers).reduce((sum, on) => 2 * sum + on, 0);
  const now = [...camera.matrix, t, store.revision, terrain.revision, state.chosen, w, h, state.aiming ? 1 : 0, looks, terrain.isMoving || scene.isBehind ? performance.now() : 0];
  const stale = now.some((value, i) => value !== shown[i]);
  shown.set(now);
  return stale;
}

function draw(t, poses, rests, vertices) {
  scene.draw(t, { camera, poses, chosen: state.chosen, layers, rests, vertices });
  store.rovers.forEach((rover, i) => {
    const p = poses[i], at = p && camera.project([p[0], p[1], p[2] + 1.7 * scene.scales[i]]);
    hud.labels.place(rover, at, stateOf(rover, t), state.chosen === i);
  });
  hud.labels.settle();
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

let last = performance.now(), panels = 0, movedAt = 0, wasDrawn = false;
const seenFrom = new Array(16).fill(0);
function frame(now) {
  const ms = now - last, dt = Math.min(0.25, ms / 1000), { terrain } = scene;
  last = now;
  if (window.aios.isFilming) return;
  requestAnimationFrame(frame);
  if (!terrain) return;
  advance(dt);
  const poses = store.rovers.map(rover => rover.poseAt(state.t));
  const goesOn = state.live && store.hello.live ? !state.paused && !store.end : state.playing;
  // Every half metre, so that the eye does not rise and sink with each patch of ground.
  camera.follow(poses, state.chosen, Number.isFinite(terrain.low) ? Math.round(terrain.low + terrain.high) / 2 - 1 : 0, reach(), dt, goesOn && !isSoftware);
  const rests = now - movedAt > REST, isOver = rests && !goesOn, ratio = quality.ratio(rests, isOver), w = Math.round(box.width * ratio), h = Math.round(box.height * ratio);
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h; }
  camera.update(box, w, h, ratio, (x, y) => terrain.heightAt(x, y));
  if (camera.view.some((value, i) => value !== seenFrom[i])) { movedAt = now; camera.view.forEach((value, i) => { seenFrom[i] = value; }); }
  const draws = isStale(state.t, w, h);
  if (draws) {
    if (wasDrawn) quality.note(ms, rests);
    draw(state.t, poses, rests, quality.vertices(rests, isOver));
    window.aios.drawn++;
  }
  wasDrawn = draws;
  if (now - panels > PANEL_PERIOD) { panels = now; hud.update(state.t, { ...state, playing: state.live && store.hello.live ? !state.paused : state.playing }); }
  window.aios.frames++;
}

// A picture of a moment, from where the whole fleet is seen, as base64 of RGBA: drawn twice as large, so that edges are smooth.
// Colours are rounded to every fourth, which a film's file is half as large for. After this the page stands still.
function shoot(t, width, height) {
  window.aios.isFilming = true;
  const [w, h] = [canvas.width, canvas.height] = [2 * width, 2 * height], poses = store.rovers.map(rover => rover.poseAt(t));
  const { terrain } = scene;
  terrain.settle();
  camera.set('fleet');
  camera.inset = { left: 0, right: 0, top: 0, bottom: 0 };
  [camera.yaw, camera.pitch] = [-2.2, 0.62];
  [camera.width, camera.height] = [w, h];
  camera.follow(poses, -1, (terrain.low + terrain.high) / 2 - 1, 0.97 * reach(), 60, false);
  camera.update({ width, height }, w, h, 2, (x, y) => terrain.heightAt(x, y));
  scene.fixed.made = scene.backdrop = null;
  draw(t, poses, true, 400000);
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
window.aios = { store, state, camera, layers, frames: 0, drawn: 0, isSoftware, isFilming: false, hold, shoot, setCamera, seek: t => { state.live = false; state.playing = false; state.t = t; }, get terrain() { return scene.terrain; }, get pixelRatio() { return canvas.width / box.width; }, quality, scene };

if (gl && gl.getExtension('EXT_color_buffer_float') !== undefined) {
  connect();
  requestAnimationFrame(frame);
} else {
  document.getElementById('mission').textContent = 'this browser has no WebGL 2';
}

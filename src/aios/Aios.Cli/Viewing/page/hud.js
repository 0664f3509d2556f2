// Panels around the scene: figures, rovers, events and the timeline.
import { cssOf } from './store.js';
import { Labels } from './labels.js';

const $ = id => document.getElementById(id);
export const clockText = t => `${String(Math.floor(t / 60)).padStart(2, '0')}:${String(Math.floor(t % 60)).padStart(2, '0')}`;
const element = (tag, className, text) => { const e = document.createElement(tag); if (className) e.className = className; if (text !== undefined) e.textContent = text; return e; };

// Texts and classes are touched only when they change: each touch costs a layout.
const put = (e, text) => { if (e.textContent !== text) e.textContent = text; };
const dress = (e, name) => { if (e.className !== name) e.className = name; };
const SEVERE = ['#98a0ad', '#c9ced6', '#f2b84b', '#f0524f'];

// What a rover is about at a moment, for people.
export function stateOf(rover, t) {
  if (t >= rover.deadFrom) return { text: 'dead', tone: 'bad' };
  if (rover.hold.at(t)) return { text: 'held by operator', tone: 'warn' };
  const safety = rover.safety.at(t), phase = rover.phase.at(t)?.phase ?? 'waiting';
  if (safety && safety.action >= 3 && safety.why && !['CommandMissing', 'CommandStale', 'None'].includes(safety.why)) return { text: 'stopped', tone: 'warn', why: wordsOf(safety.why) };
  return { text: phase, tone: phase === 'home' ? 'good' : '' };
}

const wordsOf = name => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();

export class Hud {
  // Handlers: choose(rover), hold(rover, on), aim(rover), seek(t), play(), speed(rate), live(), camera(mode), layer(name, on).
  constructor(store, handlers) {
    this.store = store;
    this.on = handlers;
    this.cards = [];
    this.labels = new Labels($('labels'));
    this.shownEvents = -1;
    $('play').onclick = () => handlers.play();
    $('live').onclick = () => handlers.live();
    $('speed').onchange = e => handlers.speed(Number(e.target.value));
    for (const b of document.querySelectorAll('[data-camera]')) b.onclick = () => handlers.camera(b.dataset.camera);
    for (const b of document.querySelectorAll('[data-layer]')) b.onclick = () => handlers.layer(b.dataset.layer, b.classList.toggle('on'));
    const seek = e => { if (e.buttons & 1 || e.type === 'pointerdown') handlers.seek(this.timeAt(e.offsetX)); };
    $('timeline').addEventListener('pointerdown', seek);
    $('timeline').addEventListener('pointermove', seek);
  }

  open(hello) {
    document.title = `${hello.mission} · AIOS`;
    $('mission').textContent = hello.mission;
    $('subtitle').textContent = `${hello.text ? hello.text + ' · ' : ''}seed ${hello.seed} · ${hello.transport}`;
    $('goalMark').style.left = `${100 * hello.goal}%`;
    $('goalMark').hidden = !hello.goal;
    $('live').hidden = !hello.live;
    $('fleet').replaceChildren();
    $('fleet').classList.toggle('many', this.store.rovers.length > 4);
    this.cards = this.store.rovers.map(rover => this.#card(rover, hello.live));
    this.labels.open(this.store.rovers);
    this.shownEvents = -1;
    this.painted = null;
  }

  #card(rover, live) {
    const card = element('section', 'rover');
    card.style.setProperty('--c', cssOf(rover.index));
    card.tabIndex = 0;
    const head = element('div', 'head'), name = element('b', '', rover.name), phase = element('span', 'phase');
    head.append(name, phase);
    const figures = element('div', 'figures'), values = ['driven', 'speed', 'power'].map(text => {
      const box = element('div'), value = element('span', '', '–');
      box.append(value, element('label', '', text));
      figures.append(box);
      return value;
    });
    const cell = element('div', 'cell'), charge = element('i');
    cell.append(charge);
    const why = element('div', 'why'), orders = element('div', 'orders' + (live ? ' can' : ''));
    const stop = element('button', 'stop', 'Stop'), send = element('button', 'send', 'Send here …');
    orders.append(stop, send);
    stop.onclick = e => { e.stopPropagation(); this.on.hold(rover.index, !rover.hold.last()); };
    send.onclick = e => { e.stopPropagation(); this.on.aim(rover.index); };
    card.onclick = () => this.on.choose(rover.index);
    card.append(head, figures, cell, why, orders);
    $('fleet').append(card);
    return { card, phase, values, charge, why, orders, stop, send };
  }

  // Panels as they stood at a time.
  update(t, state) {
    const { store } = this;
    put($('clock'), clockText(t));
    const coverage = store.coverageAt(t);
    put($('coverage'), `${(100 * coverage).toFixed(1)} %`);
    $('coverageBar').style.width = `${(100 * coverage).toFixed(1)}%`;
    put($('distance'), `${store.rovers.reduce((sum, r) => sum + (r.way.at(t) ?? 0), 0).toFixed(0)} m`);
    store.rovers.forEach((rover, i) => this.#updateCard(rover, this.cards[i], t, state));
    $('play').classList.toggle('paused', !state.playing);
    $('live').classList.toggle('on', state.live);
    this.#badge(t, state);
    this.#events(t);
    this.#timeline(t);
  }

  #updateCard(rover, card, t, state) {
    const now = stateOf(rover, t), battery = rover.battery.at(t);
    put(card.phase, now.text);
    dress(card.phase, `phase ${now.tone}`);
    put(card.values[0], `${(rover.way.at(t) ?? 0).toFixed(0)} m`);
    put(card.values[1], `${(t >= rover.deadFrom ? 0 : rover.speedAt(t)).toFixed(2)} m/s`);
    put(card.values[2], battery && t < rover.deadFrom ? `${Math.abs(battery[1]).toFixed(0)} W` : '–');
    const part = battery?.[0] ?? 0;
    card.charge.style.width = `${(100 * part).toFixed(1)}%`;
    card.charge.style.background = part < 0.25 ? 'var(--bad)' : part < 0.45 ? 'var(--warn)' : 'var(--good)';
    const task = rover.task.at(t);
    put(card.why, t >= rover.deadFrom ? 'no sign of life' : now.why ?? (task ? `task ${task.number}: ${task.text}` : rover.phase.at(t)?.why ?? ''));
    card.card.classList.toggle('chosen', state.chosen === rover.index);
    const held = !!rover.hold.last();
    put(card.stop, held ? 'Go on' : 'Stop');
    dress(card.stop, held ? 'go' : 'stop');
    card.send.classList.toggle('aiming', state.aiming && state.chosen === rover.index);
    card.orders.hidden = t >= rover.deadFrom;
  }

  #badge(t, state) {
    const { end, hello } = this.store, isOver = end && (hello?.live || t >= end.t - 0.5), badge = $('badge');
    const [text, kind] = isOver ? [end.outcome || 'over', end.outcome === 'success' ? 'success' : 'failed']
      : !state.connected ? ['no connection', 'lost'] : state.paused ? ['paused', ''] : hello?.live ? ['live', 'live'] : ['replay', ''];
    put(badge, text.toUpperCase());
    dress(badge, `badge ${kind}`);
    badge.title = end?.reason ?? '';
  }

  #events(t) {
    const { events } = this.store;
    let last = events.length;
    while (last > 0 && events[last - 1].t > t) last--;
    if (last === this.shownEvents) return;
    this.shownEvents = last;
    const list = [], isMany = this.store.rovers.length > 4; // whose tasks would hide everything else
    for (let i = last - 1; i >= 0 && list.length < 60; i--) {
      const e = events[i];
      if (e.kind.startsWith('task') ? isMany && e.sev < 2 : e.sev < 1) continue;
      const item = element('li', `s${e.sev}`), time = element('time', '', clockText(e.t)), text = element('span');
      const who = this.store.index(e.src === 'planet' ? e.sub : e.src), dot = element('i');
      dot.style.setProperty('--c', who >= 0 ? cssOf(who) : '#778');
      text.append(dot, `${e.kind.replaceAll('_', ' ')}${e.sub && e.sub !== e.src ? ' ' + e.sub : ''}${e.text ? ': ' + e.text : ''}`);
      item.append(time, text);
      item.onclick = () => this.on.seek(e.t);
      list.push(item);
    }
    $('events').replaceChildren(...list);
  }

  // The timeline spans what was so far, or what the mission may take at most while that is near.
  span() { return Math.max(30, this.store.end ? this.store.end.t : this.store.latest * 1.04); }

  timeAt(x) { return Math.max(0, Math.min(this.store.latest, (x - 8) / ($('timeline').clientWidth - 16) * this.span())); }

  // What was is painted once a second, the line of the moment over it each time.
  #timeline(t) {
    const canvas = $('timeline'), ratio = devicePixelRatio, w = canvas.clientWidth, h = canvas.clientHeight, { store } = this;
    const c = canvas.getContext('2d'), span = this.span(), x = time => 8 + (w - 16) * time / span;
    if (canvas.width !== Math.round(w * ratio)) { canvas.width = Math.round(w * ratio); canvas.height = Math.round(h * ratio); this.painted = null; }
    if (!this.painted || (this.painted.revision !== store.revision && performance.now() - this.painted.when > 1000)) {
      const past = this.painted?.canvas ?? document.createElement('canvas');
      [past.width, past.height] = [canvas.width, canvas.height];
      this.#paintPast(past.getContext('2d'), ratio, w, h, x, span);
      this.painted = { canvas: past, revision: store.revision, when: performance.now() };
    }
    c.setTransform(1, 0, 0, 1, 0, 0);
    c.clearRect(0, 0, canvas.width, canvas.height);
    c.drawImage(this.painted.canvas, 0, 0);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.fillStyle = '#fff';
    c.fillRect(x(t) - 0.75, 2, 1.5, h - 16);
    c.beginPath();
    c.arc(x(t), h - 14, 3.5, 0, 7);
    c.fill();
  }

  #paintPast(c, ratio, w, h, x, span) {
    const { store } = this;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    const lanes = Math.min(store.rovers.length, 16), lane = lanes ? Math.min(8, (lanes > 8 ? 34 : 26) / lanes) : 0, top = 6, bottom = h - 18 - lanes * lane;
    this.#drawCoverage(c, x, top, bottom);
    store.rovers.slice(0, lanes).forEach((rover, i) => this.#drawLane(c, rover, x, bottom + 4 + i * lane, lane > 4 ? lane - 1.5 : lane * 0.7));
    for (const e of store.events) {
      if (e.sev < 2 && e.kind !== 'quorum_decision') continue;
      c.fillStyle = e.kind === 'quorum_decision' ? '#7fb7ff' : SEVERE[e.sev];
      c.beginPath();
      c.arc(x(e.t), top + 3, e.sev > 2 ? 3.2 : 2.4, 0, 7);
      c.fill();
    }
    this.#drawScale(c, x, span, h);
  }

  #drawCoverage(c, x, top, bottom) {
    const s = this.store.coverage;
    if (!s.t.length) return;
    c.beginPath();
    c.moveTo(x(s.t[0]), bottom);
    for (let i = 0, n = s.t.length, step = Math.max(1, n >> 9); i < n; i += step) c.lineTo(x(s.t[i]), bottom - (bottom - top) * s.v[i]);
    c.lineTo(x(s.t[s.t.length - 1]), bottom - (bottom - top) * s.last());
    c.lineTo(x(s.t[s.t.length - 1]), bottom);
    const fill = c.createLinearGradient(0, top, 0, bottom);
    fill.addColorStop(0, 'rgba(240,138,75,.55)');
    fill.addColorStop(1, 'rgba(240,138,75,.06)');
    c.fillStyle = fill;
    c.fill();
  }

  #drawLane(c, rover, x, y, height) {
    const until = Math.min(this.store.latest, rover.deadFrom), { t, v } = rover.phase, solid = cssOf(rover.index);
    for (let i = 0; i < t.length; i++) {
      const end = Math.min(until, t[i + 1] ?? this.store.latest);
      if (end <= t[i]) continue;
      c.globalAlpha = v[i].phase === 'exploring' ? 0.85 : v[i].phase === 'returning' ? 0.45 : 0.18;
      c.fillStyle = solid;
      c.fillRect(x(t[i]), y, x(end) - x(t[i]), height);
    }
    c.globalAlpha = 1;
    c.fillStyle = 'rgba(10,12,16,.28)';
    for (let i = 0; i < rover.task.t.length; i++) if (rover.task.v[i]) c.fillRect(x(rover.task.t[i]) - 0.5, y, 1, height);
    c.fillStyle = '#f2b84b';
    const s = rover.safety;
    for (let i = 0; i < s.t.length; i++) {
      if (s.v[i].action >= 3 && s.v[i].why && !s.v[i].why.startsWith('Command') && s.t[i] < rover.deadFrom) c.fillRect(x(s.t[i]), y, Math.max(1.5, x(s.t[i + 1] ?? s.t[i]) - x(s.t[i])), height);
    }
    if (rover.deadFrom < Infinity) {
      c.fillStyle = 'rgba(240,82,79,.75)';
      c.fillRect(x(rover.deadFrom), y, Math.max(2, x(this.store.latest) - x(rover.deadFrom)), height);
    }
  }

  #drawScale(c, x, span, h) {
    const step = [10, 30, 60, 120, 300, 600, 1200, 3600].find(s => span / s <= 12) ?? 7200;
    c.fillStyle = '#5d6673';
    c.font = '10px system-ui, sans-serif';
    c.textAlign = 'center';
    for (let time = step; time < span; time += step) c.fillText(clockText(time), x(time), h - 1);
  }

  // What the panels cover of the scene at its edges, CSS pixels.
  inset(box) {
    const of = id => $(id).getBoundingClientRect(), isWide = box.width > 1000, shows = isWide && this.store.rovers.length;
    return { left: shows ? of('fleet').right : 0, right: shows ? box.width - of('feed').left : 0, top: of('top').bottom, bottom: box.height - of('tools').top };
  }

  hint(text) {
    $('hint').textContent = text || $('hint').textContent;
    $('hint').classList.toggle('on', !!text);
  }
}

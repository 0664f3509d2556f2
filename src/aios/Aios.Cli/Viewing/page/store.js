// Everything that is known of a mission, by time: what the page draws at a moment is looked up here, so that going back
// is the same as being there.

export const PALETTE = [[86, 180, 233], [240, 228, 66], [0, 208, 150], [230, 159, 0], [204, 121, 167], [64, 150, 255], [255, 120, 40], [255, 255, 255], [165, 130, 255], [150, 220, 70], [255, 135, 150], [130, 205, 205]];
export const colourOf = i => PALETTE[i % PALETTE.length];
export const cssOf = i => `rgb(${colourOf(i).join(',')})`;

// Values with the time from which each holds.
export class Series {
  t = [];
  v = [];

  push(t, v) {
    // Recordings come topic by topic: keep the order of time.
    let i = this.t.length;
    while (i > 0 && this.t[i - 1] > t) i--;
    if (i === this.t.length) { this.t.push(t); this.v.push(v); } else { this.t.splice(i, 0, t); this.v.splice(i, 0, v); }
  }

  // Index of the last value at or before a time; -1 before the first.
  index(t) {
    let low = 0, high = this.t.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.t[middle] <= t) low = middle + 1; else high = middle;
    }
    return low - 1;
  }

  at(t) { const i = this.index(t); return i < 0 ? undefined : this.v[i]; }
  last() { return this.v[this.v.length - 1]; }
  clear() { this.t.length = this.v.length = 0; }
}

export class Rover {
  constructor(name, index) {
    this.name = name;
    this.index = index;
    this.pose = new Series();
    this.way = new Series(); // metres driven
    for (const key of ['battery', 'phase', 'safety', 'plan', 'goal', 'frontiers', 'hold', 'task']) this[key] = new Series();
    this.deadFrom = Infinity;
    this.scans = new Series(); // as they came
    this.drawn = null; // the scan drawn last, and its points
  }

  // Pose between the two samples around a time; the last one when there is no newer.
  poseAt(t) {
    const s = this.pose, i = s.index(t);
    if (i < 0) return s.v[0] && t > s.t[0] - 1 ? s.v[0] : undefined;
    const a = s.v[i], b = s.v[i + 1];
    if (!b || s.t[i + 1] - s.t[i] > 3) return a;
    const f = (t - s.t[i]) / (s.t[i + 1] - s.t[i]);
    const sign = a[3] * b[3] + a[4] * b[4] + a[5] * b[5] + a[6] * b[6] < 0 ? -1 : 1;
    const v = a.map((x, n) => x + ((n < 3 ? b[n] : sign * b[n]) - x) * f);
    const l = Math.hypot(v[3], v[4], v[5], v[6]) || 1;
    return [v[0], v[1], v[2], v[3] / l, v[4] / l, v[5] / l, v[6] / l];
  }

  speedAt(t) {
    const s = this.pose, i = s.index(t);
    if (i < 1 || t - s.t[i] > 2) return 0;
    const a = s.v[Math.max(0, i - 3)], b = s.v[i], dt = s.t[i] - s.t[Math.max(0, i - 3)];
    return dt > 0 ? Math.hypot(b[0] - a[0], b[1] - a[1]) / dt : 0;
  }
}

export class Store {
  constructor() { this.clear(); }

  clear() {
    this.hello = null;
    this.rovers = [];
    this.events = [];
    this.coverage = new Series();
    this.links = new Series();
    this.end = null;
    this.latest = 0;
    this.revision = 0;
  }

  take(m) {
    if (m.k === 'hello') {
      this.clear();
      this.hello = m;
      this.rovers = m.rovers.map((name, i) => new Rover(name, i));
      return;
    }
    if (m.t > this.latest) this.latest = m.t;
    const rover = this.rovers[m.r];
    switch (m.k) {
      case 'p': this.#pose(rover, m); break;
      case 'b': rover.battery.push(m.t, m.v); break;
      case 'ph': rover.phase.push(m.t, m); break;
      case 's': rover.safety.push(m.t, m); break;
      case 'plan': rover.plan.push(m.t, m.v); break;
      case 'goal': rover.goal.push(m.t, m.v); break;
      case 'fr': rover.frontiers.push(m.t, m.v); break;
      case 'hold': rover.hold.push(m.t, m.v); break;
      case 'ln': this.links.push(m.t, m.v); break;
      case 'c': this.coverage.push(m.t, m.v); break;
      case 'ev': this.#event(m); break;
      case 'end': this.end = m; break;
    }
    this.revision++;
  }

  #pose(rover, m) {
    const before = rover.pose.last();
    const way = rover.way.last() ?? 0;
    rover.way.push(m.t, before ? way + Math.hypot(m.v[0] - before[0], m.v[1] - before[1]) : 0);
    rover.pose.push(m.t, m.v);
  }

  #event(m) {
    let i = this.events.length;
    while (i > 0 && this.events[i - 1].t > m.t) i--;
    this.events.splice(i, 0, m);
    const rover = this.rovers.find(r => r.name === m.sub);
    if (!rover) return;
    if (m.kind === 'fault_injected' && m.text === 'rover_death') rover.deadFrom = Math.min(rover.deadFrom, m.t);
    if (m.kind === 'task_assigned') rover.task.push(m.t, { number: m.v[0], text: m.text });
    if (m.kind === 'task_completed' || m.kind === 'task_abandoned') rover.task.push(m.t, null);
  }

  index(name) { return this.rovers.findIndex(r => r.name === name); }

  // Coverage between its samples.
  coverageAt(t) {
    const s = this.coverage, i = s.index(t);
    if (i < 0) return 0;
    if (i + 1 >= s.t.length) return s.v[i];
    return s.v[i] + (s.v[i + 1] - s.v[i]) * (t - s.t[i]) / (s.t[i + 1] - s.t[i]);
  }
}

// Names at the rovers. Many rovers get short ones, and where two would lie over each other the one that matters less is a dot.
import { cssOf } from './store.js';

const HEIGHT = 20, DOT = 9, LETTER = 6.7, EDGE = 17; // CSS pixels

export class Labels {
  constructor(root) { this.root = root; this.labels = []; }

  open(rovers) {
    this.labels = rovers.map(rover => {
      const element = document.createElement('div');
      element.style.setProperty('--c', cssOf(rover.index));
      element.style.display = 'none';
      return { element, text: '', where: '', name: '', rank: 0, at: null };
    });
    this.isShort = rovers.length > 4;
    this.root.replaceChildren(...this.labels.map(label => label.element));
  }

  // at: [x, y, distance] in CSS pixels and m; null where it is not seen. state: as of stateOf.
  place(rover, at, state, isChosen) {
    const label = this.labels[rover.index], isHeld = state.tone === 'bad' || state.tone === 'warn', number = /\d+$/.exec(rover.name);
    label.at = at;
    label.kind = state.tone === 'bad' ? 'dead' : state.tone === 'warn' ? 'held' : '';
    label.name = this.isShort && !isChosen && number ? number[0] : rover.name;
    if (isHeld && (!this.isShort || isChosen)) label.name += ` · ${state.text}`;
    label.rank = (isChosen ? 0 : isHeld ? 1e3 : 2e3) + (at?.[2] ?? 0);
  }

  // Puts them where they do not hide each other.
  settle() {
    const taken = [];
    for (const label of this.labels.filter(l => l.at).sort((a, b) => a.rank - b.rank)) {
      const [x, y] = [Math.round(label.at[0]), Math.round(label.at[1])], wide = EDGE + LETTER * label.name.length;
      const hides = ([l, t, r, b]) => taken.some(o => l < o[2] && r > o[0] && t < o[3] && b > o[1]);
      const box = [x - wide / 2, y - HEIGHT - 4, x + wide / 2, y - 4], isDot = hides(box);
      if (!isDot) taken.push(box);
      this.#show(label, isDot ? `translate(${x - DOT / 2}px, ${y - DOT / 2}px)` : `translate(${Math.round(box[0])}px, ${box[1]}px)`, isDot);
    }
    for (const label of this.labels) if (!label.at) this.#show(label, '', false);
  }

  #show(label, where, isDot) {
    const { element } = label, text = isDot ? '' : label.name, kind = `${label.kind ?? ''}${isDot ? ' dot' : ''}`;
    if (label.where !== where) {
      if (!where !== !label.where) element.style.display = where ? '' : 'none';
      element.style.transform = label.where = where;
    }
    if (label.text !== text) element.textContent = label.text = text;
    if (element.className !== kind) element.className = kind;
  }
}

// How fine a frame is drawn. With a graphics card: as fine as the screen, less where that is too slow. Without one: as fine as the
// screen while the view stands still, and with as many pixels as keep it fluent while it moves.

const SLOW = 28, FAST = 19; // ms from one frame to the next: draw less, or try more
const PATIENCE = 12; // frames in a row

class Scale {
  constructor(value, least, most) { Object.assign(this, { value, least, most, slow: 0, fast: 0, wait: 90 }); }

  note(ms) {
    this.slow = ms > SLOW ? this.slow + 1 : Math.max(0, this.slow - 0.5);
    this.fast = ms < FAST ? this.fast + 1 : 0;
    if (this.slow > PATIENCE && this.value > this.least) { this.#change(Math.max(this.least, this.value * 0.8)); this.wait = Math.min(1000, this.wait * 2); }
    else if (this.fast > this.wait && this.value < this.most) this.#change(Math.min(this.most, this.value * 1.15));
  }

  #change(value) { this.value = value; this.slow = this.fast = 0; }
}

export class Quality {
  constructor(isSoftware) {
    this.isSoftware = isSoftware;
    const sharp = isSoftware ? Math.min(devicePixelRatio, 1) : Math.min(devicePixelRatio, 2);
    this.sharp = sharp;
    this.resting = new Scale(sharp, 0.5 * sharp, sharp);
    this.moving = isSoftware ? new Scale(0.6 * sharp, 0.4 * sharp, sharp) : this.resting;
  }

  // Drawn pixels per pixel of the page along a side. rests: the eye stands still; isOver: and so does all that it sees.
  ratio(rests, isOver) { return isOver ? this.sharp : (rests ? this.resting : this.moving).value; }

  vertices(rests, isOver) { return !this.isSoftware ? 400000 : isOver ? 60000 : rests ? 16000 : 3000; }

  // Takes the time from one drawn frame to the next, ms.
  note(ms, rests) { (rests ? this.resting : this.moving).note(ms); }
}

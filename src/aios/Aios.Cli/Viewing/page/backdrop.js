// Pictures, with their depths, that stay as they are while the eye stands still, so that drawing in software draws the ground and
// what lies on it seldom. A pile of layers: each begins as a copy of the one below.
export class Backdrop {
  constructor(gl) {
    this.gl = gl;
    this.layers = [0, 1].map(() => ({ frame: gl.createFramebuffer(), colour: gl.createRenderbuffer(), depth: gl.createRenderbuffer() }));
    this.width = this.height = 0;
    this.isUsable = true;
  }

  // Whether what was in the layers is lost.
  resize(width, height) {
    if (this.width === width && this.height === height) return false;
    const gl = this.gl;
    [this.width, this.height] = [width, height];
    for (const { frame, colour, depth } of this.layers) {
      gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
      for (const [buffer, format, at] of [[colour, gl.RGBA8, gl.COLOR_ATTACHMENT0], [depth, gl.DEPTH24_STENCIL8, gl.DEPTH_STENCIL_ATTACHMENT]]) {
        gl.bindRenderbuffer(gl.RENDERBUFFER, buffer);
        gl.renderbufferStorage(gl.RENDERBUFFER, format, width, height);
        gl.framebufferRenderbuffer(gl.FRAMEBUFFER, at, gl.RENDERBUFFER, buffer);
      }
    }
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    return true;
  }

  // From here on layer n is drawn to.
  begin(n) { this.gl.bindFramebuffer(this.gl.FRAMEBUFFER, this.layers[n].frame); }

  // Layer n, or the canvas when there is none such, becomes a copy of the one below and is drawn to.
  copyTo(n) {
    const gl = this.gl, to = this.layers[n]?.frame ?? null, box = [0, 0, this.width, this.height];
    gl.bindFramebuffer(gl.FRAMEBUFFER, to);
    gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT); // else the browser may clear its canvas after the copy
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, this.layers[n - 1].frame);
    gl.blitFramebuffer(...box, ...box, gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT, gl.NEAREST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, to);
    if (this.isTried || to) return;
    this.isTried = true;
    this.isUsable = gl.getError() === gl.NO_ERROR; // the canvas' depths may be of another kind
  }
}

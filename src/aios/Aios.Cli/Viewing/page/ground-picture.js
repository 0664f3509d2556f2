// The ground's colours as a texture over the map, two pixels to a cell where there is room: light, shadow, what is known and what
// glows. Each pixel of a frame takes its colour from there, which in software costs a third of working it out.
import { program } from './gl.js';
import { CHUNK, Chunks } from './ground-chunks.js';
import { PICTURE_VERTEX, PICTURE_FRAGMENT } from './ground-shaders.js';

const LARGEST = 2048; // pixels a side
const PERIOD = 0.12; // s of mission time in which glowing ground changes visibly
const SHIFT = 0.02; // m of the range of heights that shows in the colours
const AT_ONCE = 6; // chunks

export class GroundPicture {
  constructor(gl, width, height) {
    Object.assign(this, { gl, width, height });
    this.scale = 2 * Math.max(width, height) <= LARGEST ? 2 : 1;
    this.program = program(gl, PICTURE_VERTEX, PICTURE_FRAGMENT);
    this.texture = gl.createTexture();
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.texStorage2D(gl.TEXTURE_2D, 1, gl.RGBA8, width * this.scale, height * this.scale);
    for (const name of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER]) gl.texParameteri(gl.TEXTURE_2D, name, gl.LINEAR);
    for (const name of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, name, gl.CLAMP_TO_EDGE);
    this.frame = gl.createFramebuffer();
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, this.texture, 0);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    this.places = gl.createBuffer();
    this.layout = gl.createVertexArray();
    gl.bindVertexArray(this.layout);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.enableVertexAttribArray(0);
    gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 8, 0);
    gl.vertexAttribDivisor(0, 1);
    gl.bindVertexArray(null);
  }

  // Makes those of some chunks anew that look otherwise at a time: all that would be wrong, and of the others those that waited
  // longest. bind: sets what the ground's shaders have in common.
  renew(chunks, time, range, bind) {
    const wrong = [], late = [];
    for (const chunk of chunks) {
      const old = chunk.picture;
      if (!old || (time < old.time && Chunks.changed(chunk, time, old.time))) wrong.push(chunk);
      else if (old.revision !== chunk.revision || Math.abs(old.low - range[0]) + Math.abs(old.high - range[1]) > SHIFT || (Math.abs(time - old.time) > PERIOD && Chunks.changed(chunk, Math.min(time, old.time), time))) late.push(chunk);
    }
    const now = wrong.concat(late.sort((a, b) => a.picture.when - b.picture.when).slice(0, Math.max(AT_ONCE - wrong.length, late.length >> 3)));
    if (!now.length) return;
    this.#draw(now, bind);
    for (const chunk of now) chunk.picture = { time, revision: chunk.revision, low: range[0], high: range[1], when: performance.now() };
  }

  #draw(chunks, bind) {
    const { gl, program: { p, u } } = this;
    gl.bindFramebuffer(gl.FRAMEBUFFER, this.frame);
    gl.viewport(0, 0, this.width * this.scale, this.height * this.scale);
    gl.disable(gl.DEPTH_TEST);
    gl.useProgram(p);
    bind(u);
    gl.uniform1f(u.uSide, CHUNK);
    gl.bindVertexArray(this.layout);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.places);
    gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(chunks.flatMap(chunk => [chunk.x, chunk.y])), gl.DYNAMIC_DRAW);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, chunks.length);
    gl.enable(gl.DEPTH_TEST);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  }
}

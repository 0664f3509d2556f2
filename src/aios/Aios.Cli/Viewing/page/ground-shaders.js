// How the ground looks. Drawn in two ways that look the same: worked out for each pixel, or, while the eye moves and there is no
// graphics card, taken from a picture of the whole map (ground-picture.js) in which all is but the finest grain.

export const VERTEX = `
layout(location = 0) in vec3 aChunk; // first column and row; steps of the four neighbours, as logarithms
uniform mat4 uMatrix; uniform sampler2D uGround; uniform ivec2 uSize; uniform int uSide; uniform int uStep; uniform vec3 uGrid; uniform float uFloor; uniform float uHaze;
out vec3 vPoint; out vec2 vUv; out float vHaze;
float heightAt(ivec2 c) {
  c = min(c, uSize - 1);
  vec2 g = texelFetch(uGround, c, 0).rg;
  if (g.g < 1e8) return g.r;
  float sum = 0.0, count = 0.0; // unknown: lean on known neighbours, so that the rim does not fall off
  for (int j = -1; j <= 1; j++) for (int i = -1; i <= 1; i++) {
    vec2 n = texelFetch(uGround, clamp(c + ivec2(i, j) * uStep, ivec2(0), uSize - 1), 0).rg;
    if (n.g < 1e8) { sum += n.r; count += 1.0; }
  }
  return count > 0.0 ? sum / count : uFloor;
}
void main() {
  ivec2 first = ivec2(aChunk.xy), at = ivec2(gl_VertexID % uSide, gl_VertexID / uSide), c = at * uStep;
  int last = uSide - 1, steps = int(aChunk.z);
  bool vertical = at.x == 0 || at.x == last;
  int edge = at.x == 0 ? 0 : at.x == last ? 1 : at.y == 0 ? 2 : at.y == last ? 3 : -1;
  int wide = edge < 0 ? uStep : 1 << ((steps >> (2 * edge)) & 3), along = vertical ? c.y : c.x, rest = along & (wide - 1);
  float z;
  if (wide > uStep && rest != 0) { // on the straight edge of a coarser neighbour, so that there is no gap
    ivec2 way = vertical ? ivec2(0, 1) : ivec2(1, 0), before = first + c - way * rest;
    z = mix(heightAt(before), heightAt(before + way * wide), float(rest) / float(wide));
  } else z = heightAt(first + c);
  c = min(first + c, uSize - 1);
  vUv = (vec2(c) + 0.5) / vec2(uSize);
  vPoint = vec3(uGrid.xy + (vec2(c) + 0.5) * uGrid.z, z);
  gl_Position = uMatrix * vec4(vPoint, 1.0);
  vHaze = smoothstep(uHaze, 3.7 * uHaze, gl_Position.w) * 0.75;
}`;

// Whether a place is known, and the light and colour on it without the finest grain.
const GROUND = `
uniform sampler2D uGround; uniform sampler2D uShade; uniform sampler2D uGrain; uniform ivec2 uSize; uniform float uTime; uniform vec3 uSun; uniform vec2 uRange; uniform float uMoon;
vec2 groundAt(ivec2 c) { return texelFetch(uGround, clamp(c, ivec2(0), uSize - 1), 0).rg; }
// How much of a place was known at the time, when it was first, and its height.
vec3 known(vec2 uv) {
  vec2 at = uv * vec2(uSize) - 0.5; ivec2 cell = ivec2(floor(at)); vec2 f = at - floor(at);
  vec2 a = groundAt(cell), b = groundAt(cell + ivec2(1, 0)), c = groundAt(cell + ivec2(0, 1)), d = groundAt(cell + ivec2(1, 1));
  vec4 times = vec4(a.g, b.g, c.g, d.g), weights = vec4((1.0 - f.x) * (1.0 - f.y), f.x * (1.0 - f.y), (1.0 - f.x) * f.y, f.x * f.y) * step(times, vec4(uTime));
  float sum = dot(weights, vec4(1.0));
  return vec3(sum, min(min(times.x, times.y), min(times.z, times.w)), dot(weights, vec4(a.r, b.r, c.r, d.r)) / max(sum, 0.001));
}
vec3 lit(vec3 point, vec2 uv) {
  vec4 s = texture(uShade, uv);
  vec3 n = vec3(s.xy * 2.0 - 1.0, 0.0); n.z = sqrt(max(0.02, 1.0 - dot(n.xy, n.xy)));
  float h = clamp((point.z - uRange.x) / max(uRange.y - uRange.x, 0.4), 0.0, 1.0);
  vec3 mars = mix(mix(vec3(0.29, 0.155, 0.115), vec3(0.56, 0.315, 0.195), smoothstep(0.0, 0.5, h)), vec3(0.77, 0.575, 0.42), smoothstep(0.4, 1.0, h));
  vec3 base = mix(mars, mix(vec3(0.20), vec3(0.72, 0.71, 0.69), h), uMoon);
  base *= 0.839 + 0.242 * texture(uGrain, point.xy * 0.021).r;
  base = mix(base, base * vec3(0.62, 0.56, 0.56), smoothstep(0.93, 0.72, n.z));
  float sun = max(dot(n, uSun), 0.0) * s.z;
  return base * (vec3(1.16, 1.05, 0.93) * sun * 1.08 + mix(vec3(0.20, 0.15, 0.15), vec3(0.26, 0.24, 0.27), n.z) * s.w * 1.5);
}
vec3 glow(float age) { return age < 8.0 ? vec3(1.0, 0.55, 0.25) * 0.30 * exp(-age * 0.55) : vec3(0.0); }
vec3 toned(vec3 c) {
  c = c / (1.0 + max(max(c.r, c.g), c.b) * 0.22) * 1.18;
  return 0.82 * c + 0.18 * sqrt(c); // about the power of 0.88
}`;

const ON_TOP = `
in vec3 vPoint; in vec2 vUv; in float vHaze; out vec4 colour;
// Grains: lighter and darker ones, and small slopes that the sun meets.
float grains() { vec2 g = texture(uGrain, vPoint.xy * 0.13 + 0.37).rg; return 0.57 + 0.24 * g.r + 0.62 * g.g; }
vec4 finished(vec3 c) {
#ifdef CONTOURS
  float f = vPoint.z / 0.5, w = fwidth(f);
  c = mix(c, vec3(1.0, 0.92, 0.78), 0.35 * (1.0 - smoothstep(w * 0.6, w * 1.4, abs(fract(f - 0.5) - 0.5))));
#endif
  return vec4(mix(c, vec3(0.09, 0.097, 0.117), vHaze), 1.0);
}`;

export const CONTOURS = '#define CONTOURS\n';

export const FRAGMENT = GROUND + ON_TOP + `
void main() {
  vec3 here = known(vUv);
  if (here.x < 0.45) discard;
  colour = finished(toned(lit(vPoint, vUv) * grains() + glow(uTime - here.y)));
}`;

export const QUICK_FRAGMENT = 'uniform sampler2D uPicture; uniform sampler2D uGrain;' + ON_TOP + `
void main() {
  vec4 c = texture(uPicture, vUv);
  if (c.a < 0.45) discard;
  colour = finished(c.rgb * grains());
}`;

// A chunk of the picture.
export const PICTURE_VERTEX = `
layout(location = 0) in vec2 aChunk;
uniform ivec2 uSize; uniform float uSide; out vec2 vUv;
void main() {
  vUv = (aChunk + vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * uSide) / vec2(uSize);
  gl_Position = vec4(vUv * 2.0 - 1.0, 0.0, 1.0);
}`;
export const PICTURE_FRAGMENT = GROUND + `
uniform vec3 uGrid; in vec2 vUv; out vec4 colour;
void main() {
  vec3 here = known(vUv), point = vec3(uGrid.xy + vUv * vec2(uSize) * uGrid.z, here.z);
  colour = vec4(toned(lit(point, vUv) + glow(uTime - here.y)), here.x);
}`;

// What is not known: a dark floor with a fine grid.
export const FLOOR_VERTEX = `
uniform mat4 uMatrix; uniform vec4 uCentre; out vec2 vPoint;
void main() {
  vec2 corner = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1)) * 2.0 - 1.0;
  vPoint = uCentre.xy + corner * uCentre.w;
  gl_Position = uMatrix * vec4(vPoint, uCentre.z, 1.0);
}`;
export const FLOOR_FRAGMENT = `
uniform vec4 uCentre; uniform float uArea; in vec2 vPoint; out vec4 colour;
float grid(vec2 p, float size) { vec2 g = abs(fract(p / size - 0.5) - 0.5) / fwidth(p / size); return 1.0 - min(min(g.x, g.y), 1.0); }
void main() {
  float d = length(vPoint - uCentre.xy);
  float fade = exp(-d / (uArea * 0.75));
  float inside = uArea > 0.0 ? step(max(abs(vPoint.x), abs(vPoint.y)), uArea * 0.5) : 1.0;
  vec3 c = vec3(0.040, 0.047, 0.060) + vec3(0.020, 0.024, 0.030) * fade + vec3(0.012, 0.014, 0.018) * inside;
  c += vec3(0.10, 0.12, 0.15) * (grid(vPoint, 5.0) * 0.35 + grid(vPoint, 20.0) * 0.4) * fade;
  colour = vec4(c, 1.0);
}`;

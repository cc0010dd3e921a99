// The painter of flows: each is an instance of one strip along its curve, drawn by WebGL. Nothing is computed here but where a
// place lies on the screen.
import { PARTS, type Held } from "./flow_curves";

const FAINTEST = 0.03; // of the ink of a thin arc: fainter ones are not seen at all

const VERTEX = `#version 300 es
layout(location=0) in vec4 ends; layout(location=1) in float wide; layout(location=2) in float bend;
uniform vec4 view; uniform vec2 size; uniform vec3 color; uniform float thick;
out float across; flat out float out_px; out vec4 ink;
vec2 at(vec2 p) { return (p - view.xy) * view.zw; }
void main() {
  float t = float(gl_VertexID >> 1) / ${PARTS.toFixed(1)};
  float side = float(gl_VertexID & 1) * 2.0 - 1.0;
  vec2 a = ends.xy, c = ends.zw;
  vec2 b = vec2((a.x + c.x) * .5 + (c.y - a.y) * bend, (a.y + c.y) * .5 - abs(c.x - a.x) * bend);
  vec2 p = at(mix(mix(a, b, t), mix(b, c, t), t));
  vec2 way = (mix(b, c, t) - mix(a, b, t)) * view.zw;
  float far = max(length(way), 1e-4);
  float half_px = wide * .5;
  out_px = half_px + .5;
  across = side * (half_px + .6);
  ink = vec4(color, 1.0) * (mix(thick, .62, smoothstep(.6, 3.5, wide)) * mix(.35, 1.0, t) * min(wide, 1.0));
  p += vec2(-way.y, way.x) / far * across;
  gl_Position = vec4(p.x / size.x * 2.0 - 1.0, 1.0 - p.y / size.y * 2.0, 0.0, 1.0);
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in float across; flat in float out_px; in vec4 ink;
out vec4 made;
void main() {
  made = ink * clamp(out_px - abs(across), 0.0, 1.0);
}`;

const program = (gl: WebGL2RenderingContext) => {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, VERTEX], [gl.FRAGMENT_SHADER, FRAGMENT]] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  return gl.getProgramParameter(made, gl.LINK_STATUS) ? made : null;
};

const rgb = (of: Element, name: string) => {
  const found = /^#(..)(..)(..)$/.exec(getComputedStyle(of).getPropertyValue(name).trim());
  return found ? found.slice(1).map((c) => parseInt(c, 16) / 255) : [0, 0.4, 0.45];
};

/** What draws flows on a canvas, some at a time. */
export const painter = (canvas: HTMLCanvasElement, held: Held) => {
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: false, premultipliedAlpha: true, preserveDrawingBuffer: true });
  const made = gl && program(gl);
  if (!gl || !made) return null;
  gl.useProgram(made);
  [[held.ends, 4], [held.wide, 1], [held.bend, 1]].forEach(([data, size], i) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, gl.createBuffer());
    gl.bufferData(gl.ARRAY_BUFFER, data as Float32Array, gl.STATIC_DRAW);
    gl.enableVertexAttribArray(i);
    gl.vertexAttribPointer(i, size as number, gl.FLOAT, false, 0, 0);
    gl.vertexAttribDivisor(i, 1);
  });
  gl.enable(gl.BLEND);
  gl.blendFunc(gl.ONE_MINUS_DST_ALPHA, gl.ONE); // below what is there
  const place = Object.fromEntries(["view", "size", "color", "thick"].map((n) => [n, gl.getUniformLocation(made, n)]));
  // The more there are, the fainter each of the thin ones, or all would be one blot.
  const thick = Math.max(FAINTEST, Math.min(0.5, 6 / Math.sqrt(held.count)));
  const from = (first: number) => {
    buffers.forEach((buffer, i) => {
      const size = i ? 1 : 4; // the two ends of a flow; one number of each of the others
      gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
      gl.vertexAttribPointer(i, size, gl.FLOAT, false, 0, first * size * 4);
    });
  };
  const buffers = [0, 1, 2].map((i) => gl.getVertexAttrib(i, gl.VERTEX_ATTRIB_ARRAY_BUFFER_BINDING) as WebGLBuffer);
  const set = (view: number[], color: string) => {
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.uniform4fv(place["view"] ?? null, view);
    gl.uniform2f(place["size"] ?? null, canvas.clientWidth, canvas.clientHeight);
    gl.uniform3fv(place["color"] ?? null, rgb(canvas, color));
    gl.uniform1f(place["thick"] ?? null, thick);
  };
  const strips = (first: number, many: number) => {
    from(first);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, (PARTS + 1) * 2, many);
  };
  return {
    clear: () => {
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT);
    },
    /** Draws flows below those that are there: the largest come first and stay on top. */
    part: (view: number[], first: number, many: number) => {
      set(view, "--accent");
      strips(first, many);
      const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
      gl.flush();
      return () => !fence || gl.getSyncParameter(fence, gl.SYNC_STATUS) === gl.SIGNALED;
    },
  };
};

// Flows by the thousand, drawn by WebGL over the map of the page: its land and its largest flows are there already, and stay
// where this script cannot draw. Each flow is an instance of one strip along a curve; where it begins, ends and bends was
// worked out by the server. Nothing is computed here but where a place lies on the screen.
import { live } from "./words";

const PARTS = 14; // straight parts of a curve: a bend of a sixth of the way is no corner then
const NEAR = 7; // px: how far from an arc a hand still means it
const SLOW = 60; // ms of a picture while the map moves: above, fewer flows are drawn until it rests
const QUICK = 28; // ms: below, more are
const LEAST = 1500; // flows that are drawn while it moves, however slow the machine is
const REST = 140; // ms without a movement: then all are drawn
const CLOSEST = 40; // times the whole map
const STEP = 1.5; // of one press on a key or a button

const VERTEX = `#version 300 es
layout(location=0) in vec4 ends; layout(location=1) in float wide; layout(location=2) in float bend;
uniform vec4 view; uniform vec2 size; uniform float chosen;
out float across; out float along; out float half_px; out float lit;
vec2 at(vec2 p) { return (p - view.xy) * view.zw; }
void main() {
  float t = float(gl_VertexID >> 1) / ${PARTS.toFixed(1)};
  float side = float(gl_VertexID & 1) * 2.0 - 1.0;
  vec2 a = ends.xy, c = ends.zw;
  vec2 b = vec2((a.x + c.x) * .5 + (c.y - a.y) * bend, (a.y + c.y) * .5 - abs(c.x - a.x) * bend);
  vec2 p = at(mix(mix(a, b, t), mix(b, c, t), t));
  vec2 way = (mix(b, c, t) - mix(a, b, t)) * view.zw;
  float far = max(length(way), 1e-4);
  half_px = wide * .5 + chosen;
  across = side * (half_px + .6);
  along = t; lit = chosen;
  p += vec2(-way.y, way.x) / far * across;
  gl_Position = vec4(p.x / size.x * 2.0 - 1.0, 1.0 - p.y / size.y * 2.0, 0.0, 1.0);
}`;
const FRAGMENT = `#version 300 es
precision mediump float;
in float across; in float along; in float half_px; in float lit;
uniform vec3 color; uniform float thick;
out vec4 made;
void main() {
  float edge = clamp(half_px + .5 - abs(across), 0.0, 1.0) * min(half_px * 2.0, 1.0);
  float strong = lit > 0.0 ? 1.0 : mix(thick, .62, smoothstep(.6, 3.5, half_px * 2.0)) * mix(.35, 1.0, along);
  float a = edge * strong;
  made = vec4(color * a, a);
}`;

interface Held {
  count: number;
  words: Record<string, string[]>;
  places: Record<string, string>;
  ends: Float32Array;
  wide: Float32Array;
  bend: Float32Array;
  value: Float32Array;
  numbers: Record<string, Uint32Array>;
}

const read = (bytes: ArrayBuffer): Held => {
  const long = new DataView(bytes).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 4, long))) as Pick<Held, "count" | "words" | "places">;
  let at = 4 + long;
  const floats = (many: number) => new Float32Array(bytes, (at += many * 4) - many * 4, many);
  const whole = (many: number) => new Uint32Array(bytes, (at += many * 4) - many * 4, many);
  const n = head.count;
  const [ends, wide, bend, value] = [floats(n * 4), floats(n), floats(n), floats(n)];
  const numbers = Object.fromEntries(["exporter", "importer", "product", "period"].map((name) => [name, whole(n)]));
  return { ...head, ends, wide, bend, value, numbers };
};

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

/** What draws flows on a canvas: so many of the largest in a view, one of them marked. */
const painter = (canvas: HTMLCanvasElement, held: Held) => {
  const gl = canvas.getContext("webgl2", { alpha: true, antialias: false, depth: false, premultipliedAlpha: true });
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
  gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  const place = Object.fromEntries(["view", "size", "color", "thick", "chosen"].map((n) => [n, gl.getUniformLocation(made, n)]));
  // The more there are, the fainter each of the thin ones, or all would be one blot.
  const thick = Math.max(0.05, Math.min(0.5, 40 / Math.sqrt(held.count)));
  const from = (first: number) => {
    [4, 1, 1].forEach((size, i) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, buffers[i] ?? null);
      gl.vertexAttribPointer(i, size, gl.FLOAT, false, 0, first * size * 4);
    });
  };
  const buffers = [0, 1, 2].map((i) => gl.getVertexAttrib(i, gl.VERTEX_ATTRIB_ARRAY_BUFFER_BINDING) as WebGLBuffer);
  return (view: number[], many: number, one: number) => {
    gl.viewport(0, 0, canvas.width, canvas.height);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    gl.uniform4fv(place["view"] ?? null, view);
    gl.uniform2f(place["size"] ?? null, canvas.clientWidth, canvas.clientHeight);
    gl.uniform3fv(place["color"] ?? null, rgb(canvas, "--accent"));
    gl.uniform1f(place["thick"] ?? null, thick);
    gl.uniform1f(place["chosen"] ?? null, 0);
    from(0);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, (PARTS + 1) * 2, many);
    if (one < 0) return;
    gl.uniform3fv(place["color"] ?? null, rgb(canvas, "--second"));
    gl.uniform1f(place["chosen"] ?? null, 1);
    from(one);
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, (PARTS + 1) * 2, 1);
  };
};

const button = (said: string, act: () => void) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = said;
  made.addEventListener("click", act);
  return made;
};

const opened = (figure: HTMLElement, box: HTMLElement, svg: SVGSVGElement, held: Held) => {
  const canvas = document.createElement("canvas");
  box.append(canvas);
  const paint = painter(canvas, held);
  if (!paint) {
    canvas.remove();
    return false;
  }
  const whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const view = { x: 0, y: 0, zoom: 1 }; // the left upper corner in px of the map, and px of the screen for one of them
  let [shown, one, budget, waiting, last] = [held.count, -1, held.count, false, 0];
  let rest = 0;
  const line = figure.querySelector<HTMLElement>(".drawn-now");
  const hint = document.createElement("p");
  hint.className = "muted flow-said";
  hint.textContent = figure.dataset["empty"] ?? "";
  box.after(hint);

  const now = () => {
    waiting = false;
    const began = performance.now();
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${canvas.clientWidth / view.zoom} ${canvas.clientHeight / view.zoom}`);
    paint([view.x, view.y, view.zoom, view.zoom], shown, one);
    if (shown < held.count || rest) {
      const took = began - last;
      if (last && took > SLOW) budget = Math.max(Math.min(LEAST, held.count), Math.floor(budget * 0.6));
      if (last && took < QUICK) budget = Math.min(held.count, Math.ceil(budget * 1.25));
    }
    last = began;
    if (line) line.textContent = shown < held.count ? (figure.dataset["moving"] ?? "").replace("{count}", shown.toLocaleString()) : (figure.dataset["all"] ?? "");
    figure.dataset["drawn"] = String(shown);
  };
  const soon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(now);
  };
  const still = () => {
    rest = 0;
    last = 0;
    shown = held.count;
    soon();
  };
  const moved = () => {
    clearTimeout(rest);
    rest = window.setTimeout(still, REST);
    shown = budget;
    soon();
  };
  const least = () => Math.min(canvas.clientWidth / whole.width, canvas.clientHeight / whole.height);
  const bounded = () => {
    view.zoom = Math.min(Math.max(view.zoom, least()), least() * CLOSEST);
    const [wide, high] = [canvas.clientWidth / view.zoom, canvas.clientHeight / view.zoom];
    view.x = wide >= whole.width ? (whole.width - wide) / 2 : Math.min(Math.max(view.x, 0), whole.width - wide);
    view.y = high >= whole.height ? (whole.height - high) / 2 : Math.min(Math.max(view.y, 0), whole.height - high);
  };
  const zoomed = (by: number, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const [px, py] = [view.x + x / view.zoom, view.y + y / view.zoom];
    view.zoom = Math.min(Math.max(view.zoom * by, least()), least() * CLOSEST);
    [view.x, view.y] = [px - x / view.zoom, py - y / view.zoom];
    bounded();
    moved();
  };
  const panned = (x: number, y: number) => {
    view.x -= x / view.zoom;
    view.y -= y / view.zoom;
    bounded();
    moved();
  };
  const fitted = () => {
    view.zoom = least();
    bounded();
    still();
  };
  const sized = () => {
    const sharp = Math.min(devicePixelRatio, 2);
    [canvas.width, canvas.height] = [Math.round(canvas.clientWidth * sharp), Math.round(canvas.clientHeight * sharp)];
    bounded();
    still();
  };

  const word = (name: string, i: number) => held.words[name]?.[held.numbers[name]?.[i] ?? 0] ?? "";
  const said = (i: number) => {
    const ends = ["exporter", "importer"].map((n) => held.places[word(n, i)] ?? word(n, i)).join(" → ");
    const value = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: "USD", notation: "compact", maximumSignificantDigits: 3 }).format(held.value[i] ?? 0);
    return [ends, word("product", i), word("period", i), value].filter(Boolean).join(", ");
  };
  const marked = (i: number, aloud = false) => {
    if (i === one) return;
    one = i;
    hint.textContent = i < 0 ? (figure.dataset["empty"] ?? "") : said(i);
    canvas.style.cursor = i < 0 ? "" : "pointer";
    if (aloud) live(hint.textContent);
    soon();
  };
  const open = (i: number) => {
    const address = new URL(figure.dataset["open"] ?? "", location.href);
    address.searchParams.set("exporters", word("exporter", i));
    address.searchParams.set("importers", word("importer", i));
    for (const name of ["product", "period"]) if (word(name, i)) address.searchParams.set(name, word(name, i));
    address.hash = "reports";
    location.assign(address);
  };
  /** The largest flow near a point of the screen. */
  const near = (x: number, y: number) => {
    const [mx, my, reach] = [view.x + x / view.zoom, view.y + y / view.zoom, NEAR / view.zoom];
    for (let i = 0; i < held.count; i++) {
      const [a, b, c, d] = [held.ends[i * 4] ?? 0, held.ends[i * 4 + 1] ?? 0, held.ends[i * 4 + 2] ?? 0, held.ends[i * 4 + 3] ?? 0];
      const k = held.bend[i] ?? 0;
      const [p, q] = [(a + c) / 2 + (d - b) * k, (b + d) / 2 - Math.abs(c - a) * k];
      const out = reach + (held.wide[i] ?? 0) / 2 / view.zoom;
      if (mx < Math.min(a, c, p) - out || mx > Math.max(a, c, p) + out || my < Math.min(b, d, q) - out || my > Math.max(b, d, q) + out) continue;
      let [ox, oy] = [a, b];
      for (let s = 1; s <= PARTS; s++) {
        const t = s / PARTS;
        const nx = a * (1 - t) * (1 - t) + 2 * p * t * (1 - t) + c * t * t;
        const ny = b * (1 - t) * (1 - t) + 2 * q * t * (1 - t) + d * t * t;
        const [vx, vy] = [nx - ox, ny - oy];
        const u = Math.min(1, Math.max(0, ((mx - ox) * vx + (my - oy) * vy) / (vx * vx + vy * vy || 1)));
        if (Math.hypot(mx - ox - u * vx, my - oy - u * vy) <= out) return i;
        [ox, oy] = [nx, ny];
      }
    }
    return -1;
  };

  let held_by: { x: number; y: number; far: number } | null = null;
  canvas.addEventListener("pointerdown", (event) => {
    held_by = { x: event.offsetX, y: event.offsetY, far: 0 };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!held_by) return marked(near(event.offsetX, event.offsetY));
    const [x, y] = [event.offsetX - held_by.x, event.offsetY - held_by.y];
    held_by = { x: event.offsetX, y: event.offsetY, far: held_by.far + Math.hypot(x, y) };
    panned(x, y);
  });
  canvas.addEventListener("pointerup", (event) => {
    const is_click = held_by !== null && held_by.far < NEAR;
    held_by = null;
    const i = is_click ? near(event.offsetX, event.offsetY) : -1;
    if (i >= 0) open(i);
  });
  canvas.addEventListener("pointercancel", () => (held_by = null));
  canvas.addEventListener("pointerleave", () => marked(-1));
  // A wheel moves the page, as everywhere; with Ctrl, or pinched, it changes the size of the map.
  canvas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomed(Math.exp(-event.deltaY / 300), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", figure.dataset["label"] ?? "");
  const acts: Record<string, () => void> = {
    "+": () => zoomed(STEP), "=": () => zoomed(STEP), "-": () => zoomed(1 / STEP), "0": fitted,
    ArrowLeft: () => panned(60, 0), ArrowRight: () => panned(-60, 0), ArrowUp: () => panned(0, 60), ArrowDown: () => panned(0, -60),
    ".": () => marked(Math.min(one + 1, held.count - 1), true), ",": () => marked(Math.max(one - 1, 0), true),
    Enter: () => one >= 0 && open(one), Escape: () => marked(-1),
  };
  canvas.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const tools = document.createElement("p");
  tools.className = "tools zoom";
  tools.append(button(figure.dataset["zoomIn"] ?? "+", () => zoomed(STEP)), button(figure.dataset["zoomOut"] ?? "-", () => zoomed(1 / STEP)), button(figure.dataset["whole"] ?? "0", fitted));
  box.before(tools);
  // What is saved as a picture is drawn at that moment: a canvas forgets what was shown.
  canvas.addEventListener("paint", () => (shown = held.count, now()));
  canvas.addEventListener("webglcontextlost", () => {
    canvas.remove();
    box.classList.remove("drawn");
    svg.setAttribute("viewBox", `0 0 ${whole.width} ${whole.height}`);
    if (line) line.textContent = figure.dataset["failed"] ?? "";
  });
  box.classList.add("drawn");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", soon);
  new ResizeObserver(sized).observe(canvas);
  return true;
};

const begun = async () => {
  const figure = document.querySelector<HTMLElement>("#flow-map");
  const box = figure?.querySelector<HTMLElement>(".flow-map");
  const svg = box?.querySelector<SVGSVGElement>("svg");
  if (!figure || !box || !svg) return;
  const failed = () => {
    const line = figure.querySelector(".drawn-now");
    if (line) line.textContent = figure.dataset["failed"] ?? "";
  };
  if (!document.createElement("canvas").getContext("webgl2")) return failed();
  const answer = await fetch(figure.dataset["lines"] ?? "");
  if (answer.ok && !opened(figure, box, svg, read(await answer.arrayBuffer()))) failed();
};
void begun();

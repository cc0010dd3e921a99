// Flows by the thousand, drawn over the map of the page: its land and its largest flows are there already, and stay where
// this script cannot draw. Where each begins, ends and bends was worked out by the server.
import { NEAR, curve, near, points, read, type Held, type View } from "./flow_curves";
import { painter } from "./flow_paint";
import { live } from "./words";

const SLOW = 400; // ms in which a part of the flows is drawn: above, the next part is smaller, so that a movement is seen soon
const QUICK = 150; // ms: below, larger
const FIRST = 2400; // flows of the first part: those that a reader sees at once
const LEAST = 2400; // flows of a part, however slow the machine is: each has to wait its turn once more
const AROUND = 30; // px of the map around the flows that are shown at first
const REST = 140; // ms without a movement: then the picture is drawn anew
const CLOSEST = 40; // times the whole map
const STEP = 1.5; // of one press on a key or a button

const button = (said: string, act: () => void) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet";
  made.textContent = said;
  made.addEventListener("click", act);
  return made;
};

const SVG = "http://www.w3.org/2000/svg";

const opened = (figure: HTMLElement, box: HTMLElement, svg: SVGSVGElement, held: Held) => {
  const [layer, canvas, mark] = [document.createElement("div"), document.createElement("canvas"), document.createElementNS(SVG, "path")];
  layer.className = "layer";
  layer.append(svg, canvas);
  box.append(layer);
  const paint = painter(canvas, held);
  if (!paint) {
    box.replaceChildren(svg);
    return false;
  }
  // The flow that is meant lies on the drawing, above all others.
  const over = svg.cloneNode() as SVGSVGElement;
  over.removeAttribute("aria-label");
  over.setAttribute("aria-hidden", "true");
  over.append(mark);
  layer.append(over);
  mark.setAttribute("class", "meant-flow");
  const whole = { width: svg.viewBox.baseVal.width, height: svg.viewBox.baseVal.height };
  const view: View = { x: 0, y: 0, zoom: 1 };
  const seen = { ...view }; // as it was drawn last
  let [one, part, done, rest, turn] = [-1, FIRST, 0, 0, 0];
  const line = figure.querySelector<HTMLElement>(".drawn-now");
  const hint = document.createElement("p");
  hint.className = "muted flow-said";
  hint.textContent = figure.dataset["empty"] ?? "";
  box.after(hint);

  const told = (many: number) => {
    done = many;
    figure.dataset["drawn"] = String(many);
    const key = many < held.count ? "some" : "all";
    if (line) line.textContent = (figure.dataset[key] ?? "").replace("{drawn}", many.toLocaleString(document.documentElement.lang));
  };
  /** Draws all flows in parts, each as large as the machine is quick; what comes later ends it. */
  const drawn = () => {
    const mine = ++turn;
    Object.assign(seen, view);
    layer.style.transform = "";
    for (const of of [svg, over]) of.setAttribute("viewBox", `${view.x} ${view.y} ${box.clientWidth / view.zoom} ${box.clientHeight / view.zoom}`);
    const looked = [view.x, view.y, view.zoom, view.zoom];
    paint.clear();
    told(0);
    const next = (first: number) => {
      const many = Math.min(part, held.count - first);
      const began = performance.now();
      const is_done = paint.part(looked, first, many);
      const wait = () => {
        if (mine !== turn) return;
        if (!is_done()) return void setTimeout(wait, 4);
        const took = performance.now() - began;
        if (took > SLOW) part = Math.max(LEAST, Math.floor(part * 0.7));
        if (took < QUICK) part = Math.ceil(part * 1.5);
        told(first + many);
        if (first + many < held.count) requestAnimationFrame(() => mine === turn && next(first + many));
      };
      setTimeout(wait, 0);
    };
    next(0);
  };
  // While it moves the picture that is there is moved, by the browser; none of it is left out.
  const moved = () => {
    const by = view.zoom / seen.zoom;
    layer.style.transform = `translate(${(seen.x - view.x) * view.zoom}px,${(seen.y - view.y) * view.zoom}px) scale(${by})`;
    const mine = ++turn; // what is being drawn is of no more use
    clearTimeout(rest);
    // Where pictures take long a hand has not stopped because it has not been seen for a moment: two of them must have passed.
    const still = () => mine === turn && drawn();
    rest = window.setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(still)), REST);
  };
  const least = () => Math.min(box.clientWidth / whole.width, box.clientHeight / whole.height);
  const bounded = () => {
    view.zoom = Math.min(Math.max(view.zoom, least()), least() * CLOSEST);
    const [wide, high] = [box.clientWidth / view.zoom, box.clientHeight / view.zoom];
    view.x = wide >= whole.width ? (whole.width - wide) / 2 : Math.min(Math.max(view.x, 0), whole.width - wide);
    view.y = high >= whole.height ? (whole.height - high) / 2 : Math.min(Math.max(view.y, 0), whole.height - high);
  };
  const zoomed = (by: number, x = box.clientWidth / 2, y = box.clientHeight / 2) => {
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
    moved();
  };
  /** The part of the map in which the flows lie. */
  const framed = () => {
    let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < held.count; i++) {
      const [a, b, , q, c, d] = points(held, i);
      [west, north] = [Math.min(west, a, c), Math.min(north, b, d, (b + 2 * q + d) / 4)];
      [east, south] = [Math.max(east, a, c), Math.max(south, b, d)];
    }
    view.zoom = Math.min(box.clientWidth / (east - west + 2 * AROUND), box.clientHeight / (south - north + 2 * AROUND));
    view.zoom = Math.max(view.zoom, least());
    view.x = (west + east - box.clientWidth / view.zoom) / 2;
    view.y = (north + south - box.clientHeight / view.zoom) / 2;
  };
  let size = "";
  const sized = () => {
    if (!box.clientWidth || size === `${box.clientWidth} ${box.clientHeight}`) return;
    const is_first = !size;
    size = `${box.clientWidth} ${box.clientHeight}`;
    const sharp = Math.min(devicePixelRatio, 2);
    [canvas.width, canvas.height] = [Math.round(box.clientWidth * sharp), Math.round(box.clientHeight * sharp)];
    if (is_first) framed();
    bounded();
    drawn();
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
    box.style.cursor = i < 0 ? "" : "pointer";
    mark.setAttribute("d", i < 0 ? "" : curve(held, i));
    mark.setAttribute("stroke-width", String(((held.wide[i] ?? 0) + 2) / view.zoom));
    if (aloud) {
      live(hint.textContent);
      inSight(i);
    }
  };
  const open = (i: number) => {
    const address = new URL(figure.dataset["open"] ?? "", location.href);
    address.searchParams.set("exporters", word("exporter", i));
    address.searchParams.set("importers", word("importer", i));
    for (const name of ["product", "period"]) if (word(name, i)) address.searchParams.set(name, word(name, i));
    address.hash = "reports";
    location.assign(address);
  };
  /** Moves the map to a flow that lies outside of what is shown. */
  const inSight = (i: number) => {
    const [a, b, p, q, c, d] = points(held, i);
    const [wide, high] = [box.clientWidth / view.zoom, box.clientHeight / view.zoom];
    const shows = (x: number, y: number) => x >= view.x && x <= view.x + wide && y >= view.y && y <= view.y + high;
    if (shows(a, b) && shows(c, d)) return;
    [view.x, view.y] = [(a + 2 * p + c) / 4 - wide / 2, (b + 2 * q + d) / 4 - high / 2];
    bounded();
    moved();
  };
  const at = (event: MouseEvent) => {
    const edge = box.getBoundingClientRect();
    return [event.clientX - edge.left - box.clientLeft, event.clientY - edge.top - box.clientTop] as const;
  };
  let hand: { x: number; y: number; far: number } | null = null;
  box.addEventListener("pointerdown", (event) => {
    const [x, y] = at(event);
    hand = { x, y, far: 0 };
    box.setPointerCapture(event.pointerId);
  });
  box.addEventListener("pointermove", (event) => {
    const [x, y] = at(event);
    if (!hand) return marked(near(held, view, x, y));
    const [dx, dy] = [x - hand.x, y - hand.y];
    hand = { x, y, far: hand.far + Math.hypot(dx, dy) };
    panned(dx, dy);
  });
  box.addEventListener("pointerup", (event) => {
    const is_click = hand !== null && hand.far < NEAR;
    hand = null;
    const i = is_click ? near(held, view, ...at(event)) : -1;
    if (i >= 0) open(i);
  });
  box.addEventListener("pointercancel", () => (hand = null));
  box.addEventListener("pointerleave", () => marked(-1));
  // A wheel moves the page, as everywhere; with Ctrl, or pinched, it changes the size of the map.
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoomed(Math.exp(-event.deltaY / 300), ...at(event));
  }, { passive: false });
  box.tabIndex = 0;
  box.setAttribute("role", "application");
  box.setAttribute("aria-label", figure.dataset["label"] ?? "");
  const acts: Record<string, () => void> = {
    "+": () => zoomed(STEP), "=": () => zoomed(STEP), "-": () => zoomed(1 / STEP), "0": fitted,
    ArrowLeft: () => panned(60, 0), ArrowRight: () => panned(-60, 0), ArrowUp: () => panned(0, 60), ArrowDown: () => panned(0, -60),
    ".": () => marked(Math.min(one + 1, held.count - 1), true), ",": () => marked(Math.max(one - 1, 0), true),
    Enter: () => one >= 0 && open(one), Escape: () => marked(-1),
  };
  box.addEventListener("keydown", (event) => {
    const act = event.ctrlKey || event.metaKey || event.altKey ? undefined : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  const tools = document.createElement("p");
  tools.className = "tools zoom";
  tools.append(button(figure.dataset["zoomIn"] ?? "+", () => zoomed(STEP)), button(figure.dataset["zoomOut"] ?? "-", () => zoomed(1 / STEP)), button(figure.dataset["whole"] ?? "0", fitted));
  box.before(tools);
  canvas.addEventListener("webglcontextlost", () => {
    turn++;
    box.replaceChildren(svg);
    box.classList.remove("drawn");
    svg.setAttribute("viewBox", `0 0 ${whole.width} ${whole.height}`);
    if (line) line.textContent = figure.dataset["failed"] ?? "";
  });
  box.classList.add("drawn");
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawn);
  new ResizeObserver(sized).observe(box);
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

// A stretch of years drawn on the line of events: what lies outside fades there and on the map, places of the events that are
// left are ringed, the rows below are those of the stretch. The address keeps it.

type Marked = SVGElement | HTMLElement;
const SVG = "http://www.w3.org/2000/svg";
const MARKS = "#map a[data-from], #events a[data-from], #events tr[data-from]";
const CLICK = 4; // px: who moves less has clicked on a mark

const monthOf = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
const written = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
const said = (month: number) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { month: "long", year: "numeric", timeZone: "UTC" }).format(Date.UTC(Math.floor(month / 12), month % 12));
const places = (mark: Marked) => (mark.dataset["at"] ?? "").split(" ").filter(Boolean);

/** Months as px of a drawing, from two of its marks; none of a drawing that is not shown. */
const scale = (svg: SVGSVGElement) => {
  const circles = [...svg.querySelectorAll<SVGCircleElement>("a[data-from] circle")];
  const known = circles
    .map((c) => [monthOf((c.parentNode as Marked).dataset["from"] ?? ""), c.cx.baseVal.value] as const)
    .sort((a, b) => a[0] - b[0]);
  const first = known[0];
  const last = known[known.length - 1];
  if (!first || !last || first[0] === last[0]) return null;
  const wide = (last[1] - first[1]) / (last[0] - first[0]);
  return { x: (month: number) => first[1] + (month - first[0]) * wide, month: (x: number) => Math.round(first[0] + (x - first[1]) / wide) };
};

const band = (svg: SVGSVGElement) => {
  const made = document.createElementNS(SVG, "rect");
  made.setAttribute("class", "span");
  made.setAttribute("y", "0");
  made.setAttribute("height", String(svg.viewBox.baseVal.height));
  svg.prepend(made);
  return made;
};

export const brushes = () => {
  const box = document.querySelector<HTMLElement>(".brush");
  const marks = [...document.querySelectorAll<Marked>(MARKS)];
  const events = marks.filter((m) => m.localName === "tr");
  const [from, to] = box?.querySelectorAll<HTMLInputElement>("input") ?? [];
  const line = box?.querySelector("p");
  if (!box || !from || !to || !line || events.length < 2) return;
  const months = events.map((e) => monthOf(e.dataset["from"] ?? ""));
  const first = Math.min(...months);
  const last = Math.max(...months);
  for (const end of [from, to]) [end.min, end.max] = [String(first), String(last)];
  const svgs = [...document.querySelectorAll<SVGSVGElement>("#events svg")].map((svg) => ({ svg, by: scale(svg), band: band(svg) }));

  const show = (a: number, b: number) => {
    const [low, high] = [Math.max(Math.min(a, b), first), Math.min(Math.max(a, b), last)];
    [from.value, to.value] = [String(low), String(high)];
    const whole = low === first && high === last;
    const within = (m: Marked) => whole || (monthOf(m.dataset["to"] ?? "") >= low && monthOf(m.dataset["from"] ?? "") <= high);
    const met = new Set(whole ? [] : events.filter(within).flatMap(places));
    for (const mark of marks) {
      const is = within(mark);
      if (mark instanceof HTMLElement) mark.hidden = !is;
      else mark.classList.toggle("out", !is);
      mark.classList.toggle("met", !!mark.closest("#map") && places(mark).some((p) => met.has(p)));
    }
    for (const { by, band: rect } of svgs) {
      if (!by) continue;
      rect.setAttribute("x", String(by.x(low)));
      rect.setAttribute("width", String(whole ? 0 : Math.max(by.x(high + 1) - by.x(low), 2)));
    }
    const told: Record<string, string> = { from: said(low), to: said(high), count: String(events.filter(within).length), all: String(events.length) };
    const sentence = (whole ? box.dataset["every"] : box.dataset["said"]) ?? "";
    line.textContent = sentence.replace(/\{(\w+)\}/g, (_, key: string) => told[key] ?? "");
    from.setAttribute("aria-valuetext", told["from"] ?? "");
    to.setAttribute("aria-valuetext", told["to"] ?? "");
    const address = new URL(location.href);
    address.searchParams.delete("span");
    if (!whole) address.searchParams.set("span", `${written(low)}..${written(high)}`);
    history.replaceState(history.state, "", address);
    const permanent = document.querySelector<HTMLAnchorElement>("a.permanent");
    if (!permanent) return;
    const kept = new URL(permanent.href);
    kept.searchParams.delete("span");
    if (!whole) kept.searchParams.set("span", `${written(low)}..${written(high)}`);
    permanent.href = kept.href;
  };

  from.addEventListener("input", () => show(Number(from.value), Math.max(Number(to.value), Number(from.value))));
  to.addEventListener("input", () => show(Math.min(Number(from.value), Number(to.value)), Number(to.value)));
  box.querySelector("button")?.addEventListener("click", () => show(first, last));
  for (const { svg, by } of svgs) {
    if (!by) continue;
    const at = (event: PointerEvent) => by.month(((event.clientX - svg.getBoundingClientRect().left) * svg.viewBox.baseVal.width) / svg.getBoundingClientRect().width);
    svg.addEventListener("pointerdown", (down) => {
      if (down.button) return;
      const begun = at(down);
      let moved = false;
      const move = (event: PointerEvent) => {
        moved ||= Math.abs(event.clientX - down.clientX) > CLICK;
        if (moved) show(begun, at(event));
      };
      const end = () => {
        removeEventListener("pointermove", move);
        // A mark under the hand is not opened by the end of a stroke.
        if (moved) addEventListener("click", (event) => (event.stopPropagation(), event.preventDefault()), { capture: true, once: true });
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", end, { once: true });
      addEventListener("pointercancel", end, { once: true });
    });
  }
  // A circle of the map under the hand marks the events of its place, and an event its place.
  const beside = (mark: Marked | null) => {
    const mine = new Set(mark ? places(mark) : []);
    for (const other of marks) other.classList.toggle("near", other !== mark && places(other).some((p) => mine.has(p)));
  };
  for (const mark of marks) {
    for (const name of ["pointerenter", "focusin"]) mark.addEventListener(name, () => beside(mark));
    for (const name of ["pointerleave", "focusout"]) mark.addEventListener(name, () => beside(null));
  }
  const [a, b] = (box.dataset["span"] ?? "").split("..");
  box.hidden = false;
  show(a && b ? monthOf(a) : first, a && b ? monthOf(b) : last);
};

// Flows as the server sends them, and where each lies: a curve from one place to another, as broad as what flowed.
export const PARTS = 10; // straight parts of a curve: a bend of a sixth of the way is no corner then
export const NEAR = 7; // px: how far from an arc a hand still means it

export interface Held {
  count: number;
  words: Record<string, string[]>;
  places: Record<string, string>;
  ends: Float32Array;
  wide: Float32Array;
  bend: Float32Array;
  value: Float32Array;
  numbers: Record<string, Uint32Array>;
}

/** What an answer of `/flows/lines` holds. */
export const read = (bytes: ArrayBuffer): Held => {
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

/** What of the map is seen: its left upper corner in px of the map, and px of the screen for one of them. */
export interface View {
  x: number;
  y: number;
  zoom: number;
}

/** The two ends of a flow, and between them the point that its curve bends to. */
export const points = (held: Held, i: number) => {
  const [a, b, c, d] = held.ends.subarray(i * 4, i * 4 + 4) as unknown as [number, number, number, number];
  const k = held.bend[i] ?? 0;
  return [a, b, (a + c) / 2 + (d - b) * k, (b + d) / 2 - Math.abs(c - a) * k, c, d] as const;
};

/** A flow as the path of a drawing. */
export const curve = (held: Held, i: number) => {
  const [a, b, p, q, c, d] = points(held, i);
  return `M${a},${b}Q${p},${q} ${c},${d}`;
};

/** The largest flow near a point of the screen; -1 where there is none. */
export const near = (held: Held, view: View, x: number, y: number) => {
  const [mx, my, reach] = [view.x + x / view.zoom, view.y + y / view.zoom, NEAR / view.zoom];
  for (let i = 0; i < held.count; i++) {
    const [a, b, p, q, c, d] = points(held, i);
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

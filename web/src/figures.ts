// Under a chart: its rows with their source to be pasted elsewhere, the rows as CSV, the picture as PNG; all made here. Marks
// of a chart are left out of the way of the Tab key: the rows below hold the same links.
import { live, word } from "./words";

const save = (name: string, url: string) => {
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};

const cell = (text: string) => {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? `'${text}` : text; // no formula in a spreadsheet
  return /[",\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
};

/** What a cell holds, to be counted with: its value where the page shows it otherwise, nothing where it shows a dash. */
const held = (c: HTMLTableCellElement) => {
  if (c.dataset["value"] !== undefined) return c.dataset["value"];
  const copy = c.cloneNode(true) as HTMLElement;
  copy.querySelectorAll("summary").forEach((closed) => closed.remove());
  const text = (copy.textContent ?? "").trim();
  return text === word("none") ? "" : text;
};

/** The rows of a table, and behind the cells that it shows those that its rows have beside them: a unit, a source. */
const matrix = (table: HTMLTableElement) =>
  [...table.rows].map((row, at) => {
    const also = at ? row.dataset["also"] : table.dataset["also"];
    return [...[...row.cells].map((c) => (at ? held(c) : (c.textContent ?? "").trim())), ...(also?.split("\t") ?? [])];
  });

const titleOf = (figure: HTMLElement) => figure.dataset["title"] ?? figure.querySelector("figcaption")?.textContent?.trim() ?? "";

const addressOf = (figure: HTMLElement) => {
  const address = new URL(document.querySelector<HTMLAnchorElement>("a.permanent")?.href ?? location.href);
  address.hash = figure.id;
  return address.href;
};

/** The rows with what a file that stands alone must say of them: what they are of, and where they were taken. */
export const csv = (figure: HTMLElement, table: HTMLTableElement) => {
  const [heads, ...rows] = matrix(table);
  const all = [[...(heads ?? []), word("of"), word("taken")], ...rows.map((row) => [...row, titleOf(figure), addressOf(figure)])];
  return all.map((row) => row.map(cell).join(",")).join("\n") + "\n";
};

const SHARP = 2; // dots of a picture to one of the page
const SIDE = 12; // px around what is drawn
const PATCH = 22; // px that a patch of colour is wide, as on the page
const LINE = 18; // px from one line of words to the next

type Looks = { font: string; fill: string };
const BOLD: Looks = { font: "bold 15px sans-serif", fill: "#18222d" };
const QUIET: Looks = { font: "12px sans-serif", fill: "#56636f" };
type Part = { said: string; looks: Looks; color: string };

const words = (text: string | null | undefined, looks: Looks): Part[] =>
  (text ?? "").split(/\s+/).filter(Boolean).map((said) => ({ said, looks, color: "" }));

/** What stands around a drawing on its page, as words and patches of colour; a line of words each. */
const above = (figure: HTMLElement) => [words(figure.dataset["above"] ?? titleOf(figure), BOLD), words(figure.dataset["under"], QUIET)];

const below = (figure: HTMLElement, drawn: Element) => {
  const lines = [...figure.querySelectorAll<HTMLElement>(":scope > p:not(.tools)")].map((line) =>
    [...line.childNodes].flatMap((node) =>
      node instanceof HTMLElement && node.matches(".swatch")
        ? [{ said: "", looks: QUIET, color: getComputedStyle(node).backgroundColor }]
        : words(node.textContent, QUIET),
    ),
  );
  const source = figure.dataset["source"];
  const told = `${word("source")}: `;
  return source && !drawn.textContent?.includes(told) ? [...lines, words(told + source, QUIET)] : lines;
};

/** Lines that fit a width, each part with its place. */
const fitted = (pen: CanvasRenderingContext2D, lines: Part[][], width: number) => {
  const out: { part: Part; x: number; line: number }[] = [];
  let line = 0;
  for (const parts of lines) {
    let x = 0;
    for (const [at, part] of parts.entries()) {
      pen.font = part.looks.font;
      const wide = part.color ? PATCH : pen.measureText(part.said).width;
      const behind = parts[at + 1]?.color ? PATCH + pen.measureText(" ").width : 0; // a patch stays with its word
      if (x && !part.color && x + wide + behind > width) [x, line] = [0, line + 1];
      out.push({ part, x, line });
      x += wide + pen.measureText(" ").width;
    }
    if (parts.length) line += 1;
  }
  return { out, height: line * LINE };
};

const write = (pen: CanvasRenderingContext2D, placed: ReturnType<typeof fitted>, top: number) => {
  for (const { part, x, line } of placed.out) {
    const foot = top + (line + 1) * LINE - 5;
    pen.font = part.looks.font;
    pen.fillStyle = part.color || part.looks.fill;
    if (part.color) pen.fillRect(SIDE + x, foot - 8, PATCH, 7);
    else pen.fillText(part.said, SIDE + x, foot);
  }
};

const png = (figure: HTMLElement, name: string) => {
  const drawn = [...figure.querySelectorAll("svg")].find((s) => s.getBoundingClientRect().width);
  if (!drawn) return;
  const { width, height } = drawn.viewBox.baseVal;
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    if (!pen) return;
    const [head, foot] = [fitted(pen, above(figure), width), fitted(pen, below(figure, drawn), width)];
    const top = SIDE + head.height + 6;
    canvas.width = (width + 2 * SIDE) * SHARP;
    canvas.height = (top + height + 6 + foot.height + SIDE) * SHARP;
    pen.scale(SHARP, SHARP);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, SIDE, top, width, height);
    // What a script has drawn over the drawing shows the same part of it.
    const over = figure.querySelector("canvas");
    if (over) pen.drawImage(over, SIDE, top, width, height);
    write(pen, head, SIDE);
    write(pen, foot, top + height + 6);
    canvas.toBlob((blob) => blob && save(`${name}.png`, URL.createObjectURL(blob)));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
};

/** What a figure says, its rows, who published them, and the address under which it stands. */
const withSource = (figure: HTMLElement, table: HTMLTableElement) => {
  const source = figure.dataset["source"];
  const said = [titleOf(figure), figure.dataset["under"], matrix(table).map((row) => row.join("\t")).join("\n")];
  return [...said, source && `${word("source")}: ${source}`, addressOf(figure)].filter(Boolean).join("\n\n");
};

export const figures = () => {
  for (const figure of document.querySelectorAll<HTMLElement>("figure")) {
    figure.querySelectorAll("svg a").forEach((mark) => mark.setAttribute("tabindex", "-1"));
    const table = figure.querySelector<HTMLTableElement>(".data table") ?? document.querySelector<HTMLTableElement>(`#${figure.dataset["rows"] || "none"}`);
    const name = figure.dataset["file"] || figure.id || document.body.dataset["here"] || "figure";
    const line = document.createElement("p");
    line.className = "tools";
    const button = (key: string, act: () => void) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = word(key);
      made.addEventListener("click", act);
      line.append(made);
    };
    if (table) {
      button("copy", () => void navigator.clipboard?.writeText(withSource(figure, table)).then(() => live(word("copied"))));
      button("csv", () => save(`${name}.csv`, URL.createObjectURL(new Blob([csv(figure, table)], { type: "text/csv" }))));
    }
    if (figure.querySelector("svg")) button("png", () => png(figure, name));
    const data = figure.querySelector(".data");
    if (data) data.before(line);
    else figure.append(line);
  }
};

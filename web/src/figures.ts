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

export const csv = (table: HTMLTableElement) =>
  [...table.rows].map((row) => [...row.cells].map((c) => cell((c.textContent ?? "").trim())).join(",")).join("\n") + "\n";

const png = (figure: Element, name: string) => {
  const drawn = [...figure.querySelectorAll("svg")].find((s) => s.getBoundingClientRect().width);
  if (!drawn) return;
  const { width, height } = drawn.viewBox.baseVal;
  const sharp = 2;
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = width * sharp;
    canvas.height = height * sharp;
    const pen = canvas.getContext("2d");
    if (!pen) return;
    pen.scale(sharp, sharp);
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, width, height);
    pen.drawImage(picture, 0, 0, width, height);
    // What a script has drawn over the drawing shows the same part of it.
    const over = figure.querySelector("canvas");
    if (over) pen.drawImage(over, 0, 0, width, height);
    canvas.toBlob((blob) => blob && save(`${name}.png`, URL.createObjectURL(blob)));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
};

const rows = (table: HTMLTableElement) =>
  [...table.rows].map((row) => [...row.cells].map((c) => (c.textContent ?? "").trim()).join("\t")).join("\n");

/** What a figure says, its rows, who published them, and the address under which it stands. */
const withSource = (figure: HTMLElement, table: HTMLTableElement) => {
  const permanent = document.querySelector<HTMLAnchorElement>("a.permanent");
  const address = new URL(permanent?.href ?? location.href);
  address.hash = figure.id;
  const said = figure.querySelector("figcaption")?.textContent?.trim() ?? "";
  const source = figure.dataset["source"];
  return [said, rows(table), ...(source ? [`${word("source")}: ${source}`] : []), address.href].join("\n\n");
};

export const figures = () => {
  for (const figure of document.querySelectorAll<HTMLElement>("figure")) {
    figure.querySelectorAll("svg a").forEach((mark) => mark.setAttribute("tabindex", "-1"));
    const table = figure.querySelector<HTMLTableElement>(".data table") ?? document.querySelector<HTMLTableElement>(`#${figure.dataset["rows"] || "none"}`);
    const name = figure.id || document.body.dataset["here"] || "figure";
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
      button("csv", () => save(`${name}.csv`, URL.createObjectURL(new Blob([csv(table)], { type: "text/csv" }))));
    }
    if (figure.querySelector("svg")) button("png", () => png(figure, name));
    const data = figure.querySelector(".data");
    if (data) data.before(line);
    else figure.append(line);
  }
};

// The drawer under a chart gets its rows as CSV and its picture as PNG; both are made here. Marks of a chart are left out of
// the way of the Tab key: the rows below hold the same links.
import { word } from "./words";

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
    canvas.toBlob((blob) => blob && save(`${name}.png`, URL.createObjectURL(blob)));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(drawn))}`;
};

export const figures = () => {
  for (const figure of document.querySelectorAll("figure")) {
    figure.querySelectorAll("svg a").forEach((mark) => mark.setAttribute("tabindex", "-1"));
    const data = figure.querySelector(".data");
    const table = data?.querySelector("table");
    const name = figure.id || document.body.dataset["here"] || "figure";
    const button = (text: string, act: () => void) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };
    data?.querySelector("summary")?.after(
      ...(table ? [button(word("csv"), () => save(`${name}.csv`, URL.createObjectURL(new Blob([csv(table)], { type: "text/csv" }))))] : []),
      button(word("png"), () => png(figure, name)),
    );
  }
};

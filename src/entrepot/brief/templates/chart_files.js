// The drawer under a chart gets two buttons: its rows as CSV, its picture as PNG. Both are made here, and nothing is asked
// of a network. Marks of a chart are left out of the way of the Tab key: the drawer holds the same links.
(() => {
  const save = (name, url) => {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
    if (url.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(url), 1000);
  };
  const cell = (text) => {
    const safe = /^[=+\-@]/.test(text) && !/^-\d+(\.\d+)?$/.test(text) ? "'" + text : text;  // no formula in a spreadsheet
    return /[",\n]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  };
  const heads = [...document.querySelectorAll("table.findings th")].map((th) => th.textContent);
  const csv = (figure) => {
    const table = figure.querySelector(".data table");
    const first = [...table.querySelectorAll("th")].map((th) => th.textContent);
    const lines = [[...first, ...heads]];
    for (const row of table.tBodies[0].rows) {
      const whole = document.getElementById(row.querySelector("a").hash.slice(1));
      lines.push([...[...row.cells], ...(whole ? [...whole.cells] : [])].map((c) => c.textContent.trim()));
    }
    return lines.map((line) => line.map(cell).join(",")).join("\n") + "\n";
  };
  const heading = (figure, wide) => {
    const said = figure.matches(".lead") ? figure.querySelector("figcaption").textContent : "";
    const lines = [];
    for (const word of said.split(/\s+/).filter(Boolean)) {
      const last = lines.length - 1;
      if (last >= 0 && (lines[last] + " " + word).length * 7 < wide) lines[last] += " " + word; else lines.push(word);
    }
    return lines;
  };
  const png = (figure, name) => {
    const drawn = [...figure.querySelectorAll("svg")].find((s) => s.viewBox.baseVal.width && s.getBoundingClientRect().width);
    const { width, height } = drawn.viewBox.baseVal;
    const lines = heading(figure, width), margin = 12, above = lines.length * 17 + (lines.length ? 6 : 0), sharp = 2;
    const picture = new Image();
    picture.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = (width + 2 * margin) * sharp;
      canvas.height = (height + above + 2 * margin) * sharp;
      const pen = canvas.getContext("2d");
      pen.scale(sharp, sharp);
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = "#1d2733";
      pen.font = "600 13px sans-serif";
      lines.forEach((line, i) => pen.fillText(line, margin, margin + 13 + 17 * i));
      pen.drawImage(picture, margin, margin + above, width, height);
      save(name + ".png", canvas.toDataURL("image/png"));
    };
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(new XMLSerializer().serializeToString(drawn));
  };
  for (const drawer of document.querySelectorAll("figure details.data")) {
    const figure = drawer.closest("figure"), name = figure.id.replace(/^chart-/, "");
    const button = (text, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.textContent = text;
      made.addEventListener("click", act);
      return made;
    };
    drawer.querySelector("summary").textContent = tr("Data, CSV, PNG");
    drawer.querySelector("p").prepend(
      button("CSV", () => save(name + ".csv", URL.createObjectURL(new Blob([csv(figure)], { type: "text/csv" })))),
      button("PNG", () => png(figure, name)),
    );
    figure.querySelectorAll("svg a").forEach((mark) => mark.setAttribute("tabindex", "-1"));
  }
})();


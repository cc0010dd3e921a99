
// A search box above a table: words that all stand in a row keep it. Without this script the box stays hidden and the
// table is whole. Arrow keys move from row to row, so that the table is one stop of the Tab key and not hundreds.
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  for (const line of document.querySelectorAll("p.search")) {
    const box = line.querySelector("input"), count = line.querySelector("output");
    const rows = [...line.nextElementSibling.querySelectorAll("tbody tr")];
    const said = rows.map((row) => plain(row.textContent));
    const shown = () => rows.filter((row) => !row.hidden);
    const links = (row) => [...row.querySelectorAll("a")];
    const only = (link) => {
      rows.flatMap(links).forEach((a) => { a.tabIndex = -1; });
      if (link) link.tabIndex = 0;
    };
    const go = (link) => { if (link) { only(link); link.focus(); } };
    const first = () => shown().flatMap(links)[0];
    const find = () => {
      const words = plain(box.value).split(/\s+/).filter(Boolean);
      rows.forEach((row, i) => { row.hidden = !words.every((word) => said[i].includes(word)); });
      const left = shown().length;
      count.textContent = words.length ? (left ? tr("{left} of {count}").replace("{left}", left).replace("{count}", rows.length) : tr("none: never “not listed”")) : "";
      only(first());
    };
    box.addEventListener("input", find);
    box.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") { event.preventDefault(); go(first()); }
      if (event.key === "Escape" && box.value) { box.value = ""; find(); }
    });
    line.nextElementSibling.addEventListener("keydown", (event) => {
      const link = event.target.closest("a"), row = link && link.closest("tr");
      if (!row) return;
      const all = shown(), at = all.indexOf(row), column = links(row).indexOf(link);
      const next = {
        ArrowDown: () => all[at + 1] && links(all[at + 1])[column],
        ArrowUp: () => all[at - 1] ? links(all[at - 1])[column] : box,
        ArrowRight: () => links(row)[column + 1],
        ArrowLeft: () => links(row)[column - 1],
        Home: () => first(),
        End: () => links(all[all.length - 1])[column],
      }[event.key];
      if (!next) return;
      event.preventDefault();
      const to = next();
      if (to === box) box.focus(); else go(to);
    });
    addEventListener("beforeprint", () => { rows.forEach((row) => { row.hidden = false; }); });
    addEventListener("afterprint", find);
    line.hidden = false;
    find();
  }
})();

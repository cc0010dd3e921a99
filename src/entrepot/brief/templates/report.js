// A click on a figure opens a card with its row of "All findings"; without this script the link goes to the row itself.
(() => {
  const card = document.getElementById("card");
  const FEW = 3;  // rows that are each a link; the sources of more stand beside them
  const names = ["", "as printed", "low and high", "how", "rests on", "sources", "id"];
  let opener = null;
  const close = () => {
    if (card.hidden) return;
    const inside = card.contains(document.activeElement);
    card.hidden = true;
    if (inside && opener) opener.focus();  // from the keyboard one goes on where one was
  };
  // Rows of one source are written without its address, which stands once, beside them: here they lead there too.
  const linked = (rows, sources) => {
    if (sources.length !== 1 || rows.querySelector("a") || rows.textContent.split(", ").length > FEW) return;
    const link = document.createElement("a");
    link.href = sources[0].href;
    link.append(...rows.childNodes);
    rows.append(link);
  };
  const target = (link) => (link.getAttribute("href") || link.getAttribute("xlink:href") || "").slice(1);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f-"]');
    if (link && link.closest("#card")) { close(); return; }
    if (!link) { if (!event.target.closest("#card")) close(); return; }
    const row = document.getElementById(target(link));
    if (!row) return;
    event.preventDefault();
    const said = document.createElement("p");
    said.textContent = row.cells[0].textContent;
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, i) => {
      if (!i || !cell.textContent) return;
      const term = document.createElement("dt");
      term.textContent = tr(names[i]);
      const text = document.createElement("dd");
      text.append(...[...cell.childNodes].map((n) => n.cloneNode(true)));
      if (names[i] === "rests on") linked(text, row.cells[i + 1].querySelectorAll("a"));
      list.append(term, text);
    });
    const whole = document.createElement("a");
    whole.href = "#" + row.id;
    whole.className = "row";
    whole.textContent = tr("its row in all findings");
    card.replaceChildren(said, list, whole);
    card.hidden = false;
    opener = link;
    const at = link.getBoundingClientRect();
    const left = Math.min(at.left + scrollX, scrollX + document.documentElement.clientWidth - card.offsetWidth - 12);
    card.style.left = Math.max(scrollX + 12, left) + "px";
    card.style.top = at.bottom + scrollY + 6 + "px";
    card.focus({ preventScroll: true });
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // A link straight to a row opens the table around it.
  const reveal = () => {
    const row = location.hash && document.getElementById(location.hash.slice(1));
    const around = row && row.closest("details");
    const other = row && row.closest("figure.usd, figure.own");
    if (other) document.getElementById(other.matches(".own") ? "as-printed" : "in-usd").checked = true;
    if (other) other.scrollIntoView();
    if (around) { around.open = true; row.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
// A table that is wider than its place says so above it.
(() => {
  const told = (box) => {
    const wide = box.scrollWidth > box.clientWidth + 4, line = box.previousElementSibling;
    if (!wide || (line && line.matches(".more"))) return;
    const more = document.createElement("p");
    more.className = "more";
    more.textContent = tr("{count} columns: scroll sideways →").replace("{count}", box.querySelectorAll("thead th").length);
    box.before(more);
  };
  const every = () => document.querySelectorAll("section .scroll:not(.searched)").forEach(told);
  every();
  document.addEventListener("toggle", every, true);
})();

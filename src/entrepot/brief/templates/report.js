// A click on a figure opens a card with its row of "All findings"; without this script the link goes to the row itself.
(() => {
  const card = document.getElementById("card");
  const names = ["finding", "about", "what", "value", "period", "status", "basis", "rests on", "sources"];
  const close = () => { card.hidden = true; };
  const target = (link) => (link.getAttribute("href") || link.getAttribute("xlink:href") || "").slice(1);
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#f-"]');
    if (!link) { if (!event.target.closest("#card")) close(); return; }
    const row = document.getElementById(target(link));
    if (!row) return;
    event.preventDefault();
    const list = document.createElement("dl");
    [...row.cells].forEach((cell, i) => {
      const term = document.createElement("dt");
      term.textContent = names[i];
      const text = document.createElement("dd");
      text.append(...[...cell.childNodes].map((n) => n.cloneNode(true)));
      list.append(term, text);
    });
    card.replaceChildren(list);
    card.hidden = false;
    const at = link.getBoundingClientRect();
    const left = Math.min(at.left + scrollX, scrollX + document.documentElement.clientWidth - card.offsetWidth - 12);
    card.style.left = Math.max(scrollX + 12, left) + "px";
    card.style.top = at.bottom + scrollY + 6 + "px";
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") close(); });
  // A link straight to a row opens the table around it.
  const reveal = () => {
    const row = location.hash && document.getElementById(location.hash.slice(1));
    const around = row && row.closest("details");
    if (around) { around.open = true; row.scrollIntoView({ block: "center" }); }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();

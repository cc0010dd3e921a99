// A figure opens what stands behind it in the one drawer; without this script its link opens a page that says the same.
import { live, word } from "./words";

const drawer = () => document.getElementById("drawer") as HTMLDialogElement;
let opener: HTMLElement | SVGElement | null = null;

export const close = () => {
  const box = drawer();
  if (!box.open) return;
  box.close();
  opener?.focus();
};

const filled = (html: string) => {
  const box = drawer();
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "close quiet";
  shut.textContent = word("close");
  shut.addEventListener("click", close);
  const part = new DOMParser().parseFromString(html, "text/html").querySelector("article, .refused, .working");
  box.replaceChildren(shut, ...(part ? [document.importNode(part, true)] : []));
  prepared(box);
  if (!box.open) box.show();
  shut.focus();
  box.scrollTop = 0;
};

/** Shows the button that copies a sentence with its sources; there is none without a script. */
export const prepared = (within: ParentNode) => {
  for (const button of within.querySelectorAll<HTMLButtonElement>("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      void navigator.clipboard?.writeText(button.dataset["copy"] ?? "").then(() => live(word("copied")));
    });
  }
};

// This script lies beside what it opens, also where a server shares its name with others.
const within = new URL("../evidence/", import.meta.url).pathname;
const address = (link: Element) => link.getAttribute("href") ?? link.getAttribute("xlink:href") ?? "";

export const opensEvidence = () => {
  prepared(document);
  document.addEventListener("click", (event) => {
    const at = event.target as Element | null;
    const link = at?.closest(`a[href^="${within}"]`);
    if (!link) {
      if (!at?.closest("#drawer")) close();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.shiftKey || link.closest(".tools")) return;
    event.preventDefault();
    if (!link.closest("#drawer")) opener = link as HTMLElement;
    const late = setTimeout(() => {
      live(word("working"));
      filled(`<p class="working">${word("working")}</p>`);
    }, 200);
    fetch(`${address(link)}?part=1`)
      .then(async (r) => filled(await r.text()))
      .catch(() => location.assign(address(link)))
      .finally(() => clearTimeout(late));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
};

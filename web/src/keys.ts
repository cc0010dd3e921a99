// The keyboard of the desk: J and K go from case to case, T, F and U choose a verdict and go to its reason. And of every
// page: a slash goes to its search.
const typing = (at: EventTarget | null) => at instanceof Element && at.matches("input:not([type=radio]), textarea, select");

export const keys = () => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    const key = event.key.toLowerCase();
    const search = key === "/" && document.querySelector<HTMLElement>("input[type=search]");
    const link = document.querySelector<HTMLAnchorElement>(`a[data-key="${CSS.escape(key)}"]`);
    const choice = document.querySelector<HTMLInputElement>(`input[data-key="${CSS.escape(key)}"]`);
    if (search) search.focus();
    else if (link) link.click();
    else if (choice) {
      choice.checked = true;
      document.querySelector<HTMLElement>("#why")?.focus();
    } else return;
    event.preventDefault();
  });
};

// A number of a scenario has a slider below it; the number is what is sent, so that a page without this script says the same.
export const sizes = () => {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[data-slide]")) {
    const slider = document.createElement("input");
    slider.type = "range";
    slider.min = "0";
    slider.max = field.dataset["slide"] ?? "100";
    // Where an end is left open, what is likeliest holds.
    const likeliest = field.form?.querySelector<HTMLInputElement>("input[name=passes]");
    const follow = () => (slider.value = field.value || (likeliest?.value ?? "0"));
    follow();
    slider.setAttribute("aria-label", field.labels?.[0]?.textContent?.trim() ?? "");
    slider.addEventListener("input", () => (field.value = slider.value));
    for (const by of new Set([field, ...(likeliest ? [likeliest] : [])])) by.addEventListener("input", follow);
    field.after(slider);
  }
};

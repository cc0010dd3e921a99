// A day chosen on a line of days: the field beside it follows, a step of the list is one press of Page Up or Page Down.
const EPOCH = 719163; // 1 January 1970, in days since the first of January of the year 1
const DAY = 86_400_000; // ms

const iso = (day: number) => new Date((day - EPOCH) * DAY).toISOString().slice(0, 10);

export const slides = () => {
  const line = document.querySelector<HTMLElement>(".slide");
  const range = line?.querySelector<HTMLInputElement>("input[type=range]");
  const field = range?.form?.querySelector<HTMLInputElement>("input[name=as_of]");
  if (!line || !range || !field) return;
  const steps = [...(range.list?.options ?? [])].map((o) => Number(o.value)).sort((a, b) => a - b);
  if (field.value) range.value = String(Date.parse(field.value) / DAY + EPOCH);
  line.hidden = false;
  const follow = () => {
    field.value = iso(Number(range.value));
    range.setAttribute("aria-valuetext", field.value);
  };
  range.setAttribute("aria-valuetext", iso(Number(range.value)));
  range.addEventListener("input", follow);
  range.addEventListener("pointerup", () => range.form?.requestSubmit());
  range.addEventListener("keydown", (event) => {
    const at = Number(range.value);
    const later = steps.find((s) => s > at);
    const earlier = steps.filter((s) => s < at).pop();
    const to = event.key === "PageUp" ? later : event.key === "PageDown" ? earlier : undefined;
    if (event.key === "Enter") range.form?.requestSubmit();
    else if (to !== undefined) {
      range.value = String(to);
      follow();
    } else if (!event.key.startsWith("Page")) return;
    event.preventDefault();
  });
};

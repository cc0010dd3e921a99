// The words of a script stand in the page, from the one file of words; what happens is said to who listens.
export const word = (key: string): string => document.body.dataset[key] ?? "";

export const live = (said: string) => {
  const line = document.getElementById("live");
  if (line) line.textContent = said;
};

// What takes longer than a moment says so in words, and is not sent twice; a file may be dropped on its form.
import { live, word } from "./words";

export const forms = () => {
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", () => {
      setTimeout(() => form.querySelectorAll("button").forEach((b) => (b.disabled = true)), 0);
      setTimeout(() => {
        live(word("working"));
        const line = document.createElement("p");
        line.className = "working";
        line.textContent = word("working");
        form.append(line);
      }, 250);
    });
    const file = form.querySelector<HTMLInputElement>("input[type=file]");
    if (!file) continue;
    form.addEventListener("dragover", (event) => {
      event.preventDefault();
      form.classList.add("over");
    });
    form.addEventListener("dragleave", () => form.classList.remove("over"));
    form.addEventListener("drop", (event) => {
      event.preventDefault();
      form.classList.remove("over");
      if (event.dataTransfer?.files.length) {
        file.files = event.dataTransfer.files;
        form.requestSubmit();
      }
    });
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("button").forEach((b) => (b.disabled = false));
  });
};

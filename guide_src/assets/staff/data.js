/* What the page was built with: names and sentences of the catalogue. */
export const page = JSON.parse(document.getElementById("data").textContent);

/* say("late", { days: 2 }) is a sentence of the catalogue, filled in. */
export function say(name, values = {}) {
  return page.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
}

/* One click copies the text in data-copy and says so. */
import { say } from "./data.js";
import { announce } from "./shell.js";

export async function copy(button) {
  const done = (await modern(button.dataset.copy)) || old(button.dataset.copy);
  const text = say(done ? "copied" : "not_copied", { label: button.dataset.label });
  document.querySelectorAll("[data-copied]").forEach((node) => (node.textContent = ""));
  button.parentElement.querySelector("[data-copied]").textContent = done ? say("copied_short") : text;
  announce(text);
}

async function modern(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/* Where the browser has no clipboard to write to. */
function old(text) {
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  const back = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  back?.focus();
  return done;
}

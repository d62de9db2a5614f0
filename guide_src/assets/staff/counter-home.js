/* Where a family begins: with the code on its printed form, with an empty form, or with its case number. */
import { desk, forget } from "./counter-desk.js";
import { say } from "./data.js";
import { send } from "./form.js";
import { go, show } from "./shell.js";

export function home() {
  const { said } = desk;
  forget();
  show("home", { said }, { scan, find, form: () => go("#/form") });
}

async function scan(form) {
  const code = tidy(form.elements.form_code.value);
  const answer = await send(form, `counter/forms/${encodeURIComponent(code)}`, undefined);
  if (answer?.status !== 200) return;
  const { matters, current } = answer.value;
  desk.preset = { matters, old: !current, said: say("preset", { count: matters.length }) };
  go("#/form");
}

async function find(form) {
  const number = tidy(form.elements.number.value);
  const answer = await send(form, `counter/cases/${encodeURIComponent(number)}`, undefined);
  if (answer?.status !== 200) return;
  desk.number = number;
  go("#/case");
}

function tidy(text) {
  return text.normalize("NFKC").replace(/[\s\-—]/g, "");
}

/* A scanner types wherever the focus is: what it types on this page goes where codes go. */
addEventListener("keydown", (event) => {
  const field = document.querySelector("[data-scan]");
  const typing = event.target.matches?.("input, textarea, select");
  if (!field || typing || event.key.length !== 1 || event.key === " " || event.ctrlKey || event.altKey || event.metaKey) return;
  field.focus();
});

/* The paper form in its own order: sent once, told everything that is wrong at once, and gone when it is left. */
import { read } from "./counter-body.js";
import { clean, desk } from "./counter-desk.js";
import { listSeen } from "./counter-materials.js";
import { sendPaper } from "./counter-problems.js";
import { receipt } from "./counter-receipt.js";
import { idOf } from "./form.js";
import { show } from "./shell.js";

export function paper() {
  const preset = desk.preset || { matters: [], said: "", old: false };
  show("form", { counter: desk.counter, preset: preset.said, old: preset.old }, { clean, send: submit });
  desk.preset = null;
  const form = document.querySelector("[data-form]");
  preset.matters.forEach((slug) => tick(form, slug));
  listSeen(form);
  form.addEventListener("change", (event) => event.target.name !== "seen" && listSeen(form));
}

function tick(form, slug) {
  const box = form.querySelector(`[name=matters][value="${CSS.escape(slug)}"]`);
  if (box) box.checked = true;
}

async function submit(form) {
  const body = { ...read(form), paper: true, submission_key: idOf(form) };
  desk.counter = body.counter || "";
  const answer = await sendPaper(form, "counter/applications", body);
  if (answer) receipt(answer);
}

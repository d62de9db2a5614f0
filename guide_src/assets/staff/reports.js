/* What an agency may report in the state a task is in: one form each, opened by its button, sent once. */
import { page, say } from "./data.js";
import { idOf, send } from "./form.js";

const ALLOWED = {
  waiting: ["open"],
  open: ["accept", "ask", "decline"],
  accepted: ["complete", "ask", "fail"],
  correcting: ["open"],
};
/* Nobody declines to call a family back. */
const CALLING_BACK = { open: ["accept", "complete"], accepted: ["complete"] };
const OTHER = "other";

/* The values and handlers for a view. `again(said)` shows the task as it is after a report. */
export function reports(task, again) {
  const calling = task.kind === "call-back";
  const allowed = (calling ? CALLING_BACK : ALLOWED)[task.state] || [];
  const item = page.items[task.item] || {};
  const forms = Object.fromEntries(allowed.map((action) => [action, true]));
  const buttons = allowed.map((action) => ({ action, label: label(task, action), panel: `form-${action}` }));
  return {
    values: {
      forms,
      buttons,
      issues: page.materials[item.issues],
      no_record: item.no_record,
      result_label: say(calling ? "result_call_back" : "result_label"),
      result_needed: calling ? say("result_needed") : "",
      ...materials(task),
    },
    on: {
      choose: reveal,
      "no-record": (button) => fillIn(button, item.no_record),
      ...Object.fromEntries(allowed.map((action) => [action, (form) => report(form, action, task, again)])),
    },
  };
}

/* A task that was stopped goes on; one that waits is begun by hand. */
function label(task, action) {
  return say(action === "open" && task.state === "correcting" ? "do_resume" : `do_${action}`);
}

/* What its items may ask for first, with what is known to be missing ticked; then everything else. */
function materials(task) {
  const items = task.item ? [task.item] : task.candidates;
  const own = new Set([...task.missing, ...items.flatMap((slug) => page.items[slug]?.materials || [])]);
  const one = ([slug, name]) => ({ slug, name, ticked: task.missing.includes(slug) });
  const all = Object.entries(page.materials);
  return {
    own: all.filter(([slug]) => own.has(slug) || !own.size).map(one),
    rest: own.size ? all.filter(([slug]) => !own.has(slug)).map(one) : [],
  };
}

/* One form at a time; its heading is where to go on from. */
function reveal(button) {
  const wanted = document.getElementById(button.getAttribute("aria-controls"));
  const opening = wanted.hidden;
  document.querySelectorAll("[data-report]").forEach((form) => (form.hidden = true));
  document.querySelectorAll('[data-do="choose"]').forEach((one) => one.setAttribute("aria-expanded", "false"));
  wanted.hidden = !opening;
  button.setAttribute("aria-expanded", String(opening));
  if (opening) wanted.querySelector("h3").focus();
}

function fillIn(button, text) {
  const field = button.closest("form").elements.result;
  field.value = text;
  field.focus();
}

async function report(form, action, task, again) {
  needNote(form);
  const body = { report_id: idOf(form), action, ...content(form) };
  const answer = await send(form, `tasks/${task.task_id}/report`, body);
  if (answer?.status === 200) return again({ said: say(`done_${action}`) });
  if (answer?.status !== 409) return undefined;
  delete form.dataset.id;
  return again({ conflict: say("somebody_first", { message: answer.value.problems[0].message }), keep: form });
}

/* Where no reason of the list fits, one has to be written. */
function needNote(form) {
  const note = form.elements.note;
  if (!note) return;
  if (chosen(form, "reason") === OTHER) note.dataset.needed = say("note_needed");
  else delete note.dataset.needed;
}

function content(form) {
  const fields = form.elements;
  const body = {};
  if (fields.item) body.item = chosen(form, "item");
  if (fields.reason) body.reason = reason(chosen(form, "reason"), fields.note.value.trim());
  if (fields.result) body.result = fields.result.value.trim();
  if (fields.certificate_number) body.certificate_number = fields.certificate_number.value.trim();
  if (fields.materials) body.materials = [...form.querySelectorAll("[name=materials]:checked")].map((one) => one.value);
  return body;
}

function reason(slug, note) {
  if (slug === OTHER) return note;
  return note ? `${page.reasons[slug]}；${note}` : slug;
}

function chosen(form, name) {
  return form.querySelector(`[name=${name}]:checked`)?.value || "";
}

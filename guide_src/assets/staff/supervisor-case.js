/* One case without anything personal: where it stands, what was said, a chase, and its end where nothing moves. */
import { page, say } from "./data.js";
import { day, due, group, moment } from "./dates.js";
import { send, tell } from "./form.js";
import { panel } from "./panels.js";
import { announce, load, show } from "./shell.js";
import { back } from "./supervisor-list.js";

const RUNNING = ["open", "accepted"];
const OTHER = "other";
let asked = { number: "", task: "" };

/* `task`: the one to chase, where one comes from a list of tasks. */
export async function oneCase(parts) {
  asked = parts;
  await again("");
}

async function again(said) {
  draw(await load(`supervision/cases/${encodeURIComponent(asked.number)}`), said);
  if (said) announce(said);
}

function draw(file, said) {
  const running = file.tasks.filter((task) => RUNNING.includes(task.state));
  const chosen = !said && running.some((task) => task.task_id === asked.task);
  const values = {
    back: back(),
    number: group(file.case_number),
    state_name: page.case_states[file.state],
    received: moment(file.received_at),
    moved: moment(file.moved_at),
    dormant: file.dormant_since && day(file.dormant_since),
    closed_reason: file.closed_reason,
    tasks: file.tasks.map(task),
    running: running.map((one) => ({ ...one, chosen: chosen && one.task_id === asked.task })),
    folded: !chosen,
    buttons: buttons(file, running, chosen),
    said,
  };
  show("case", values, { panel, chase, close: closeCase });
}

function buttons(file, running, chosen) {
  const all = [...(running.length ? ["chase"] : []), ...(file.dormant_since ? ["close"] : [])];
  return all.map((name) => ({
    panel: `panel-${name}`,
    label: say(`do_${name}`),
    expanded: String(name === "chase" && chosen),
  }));
}

function task(one) {
  const active = RUNNING.includes(one.state);
  const when = active ? due(one.due) : { text: one.due ? day(one.due) : "", level: "" };
  return {
    ...one,
    state_name: page.states[one.state],
    when: when.text,
    level: when.level,
    why: why(one),
    chases: one.chases.map((chase) => ({ at: day(chase.at), note: chase.note })),
  };
}

function why(one) {
  if (one.blocked_by) return say("held_up_by", { agency: page.agencies[one.blocked_by] });
  if (one.state === "waiting" && one.waits_for.length) return say("waits_for", { names: one.waits_for.join(say("any_of")) });
  return one.reason;
}

async function chase(form) {
  const id = form.querySelector("[name=task_id]:checked")?.value || "";
  await report(form, `tasks/${encodeURIComponent(id)}/chase`, { note: form.elements.note.value }, "done_chase");
}

async function closeCase(form) {
  const slug = form.querySelector("[name=reason]:checked")?.value;
  const note = form.elements.note;
  if (slug === OTHER) note.dataset.needed = say("note_needed");
  else delete note.dataset.needed;
  const reason = slug === OTHER ? note.value : [page.reasons[slug], note.value.trim()].filter(Boolean).join("；");
  await report(form, `supervision/cases/${encodeURIComponent(asked.number)}/close`, { reason }, "done_close");
}

async function report(form, path, body, done) {
  const answer = await send(form, path, body);
  if (answer?.status === 409) tell(form, answer.value.problems);
  if (answer?.status === 200) await again(say(done));
}

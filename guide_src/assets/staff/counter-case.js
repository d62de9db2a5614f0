/* One case by its number: what may be said on the telephone, and what a family comes back for. */
import { clean, desk } from "./counter-desk.js";
import { choices } from "./counter-materials.js";
import { inFull, lacking } from "./counter-receipt.js";
import { reports } from "./counter-reports.js";
import { say } from "./data.js";
import { due, moment, today } from "./dates.js";
import { panel } from "./panels.js";
import { printSheet } from "./print.js";
import { announce, go, load, show } from "./shell.js";

const RUNNING = ["open", "accepted"];
const RESULTS = ["completed", "failed", "declined"];

/* Nothing is asked for where no number is known, as after a reload. */
export async function applicationCase() {
  if (!desk.number) return go("#/home");
  return again({});
}

/* `said`: what has just happened; `handed`: the result just handed over. */
async function again(said) {
  draw(await load(`counter/cases/${encodeURIComponent(desk.number)}`), said);
}

function draw(file, { said = "", handed = null }) {
  const results = file.tasks.filter((task) => RESULTS.includes(task.state) && !task.handed_over_at);
  const values = {
    number: file.case_number,
    state_name: file.state_name,
    received: moment(file.received_at),
    counter: file.counter || desk.counter,
    date: inFull(today()),
    tasks: file.tasks.map(task),
    asking: file.tasks.filter((one) => one.state === "correcting"),
    results,
    buttons: buttons(results),
    missing: lacking(file.missing),
    ...choices(new Map(file.missing.map((one) => [one.material, one.for_names])), new Set()),
    said,
    handed,
  };
  show("case", values, { ...reports(file, again), clean, panel, print: printSheet });
  if (said) announce(said);
}

function buttons(results) {
  const all = ["corrections", ...(results.length ? ["handover"] : []), "code"];
  return all.map((name) => ({ panel: `panel-${name}`, label: say(`counter_${name}`) }));
}

function task(one) {
  const when = RUNNING.includes(one.state) ? due(one.due) : { text: "", level: "" };
  const over = RESULTS.includes(one.state);
  const handed = one.handed_over_at ? say("handed_on", { when: moment(one.handed_over_at) }) : over && say("not_handed");
  return { ...one, when: when.text, level: when.level, handed_over: handed || "" };
}

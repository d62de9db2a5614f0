/* What a family takes home: the receipt with its two numbers, and everything that is missing, said once. */
import { clean, desk } from "./counter-desk.js";
import { page, say } from "./data.js";
import { day, moment, today } from "./dates.js";
import { printSheet } from "./print.js";
import { show } from "./shell.js";

export function receipt(answer) {
  const missing = lacking(answer.missing);
  const values = {
    title: say("received"),
    print_all: say(missing.length ? "print_both" : "print_receipt"),
    ...numbers(answer),
    received: moment(answer.received_at),
    counter: desk.counter,
    date: inFull(today()),
    tasks: answer.tasks.map(task),
    left_out: [...answer.left_out, ...answer.counter_only],
    done: answer.done_already_names.join("、"),
    linked: answer.linked.map((one) => one.name).join("、"),
    notices: answer.notices.map((text) => ({ text })),
    missing,
  };
  show("receipt", values, { clean, print: printSheet });
}

export function numbers({ case_number: number, lookup_code: code }) {
  return { number, code, site: `${location.host}/${page.place}/lookup/` };
}

/* On paper a date has its year. */
export function inFull(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return say("day_of_year", { year, text: say("day", { month, day: date }) });
}

/* The rows of the notice. */
export function lacking(missing) {
  return missing.map((one) => ({
    name: page.materials[one.material]?.name || one.name,
    purpose: one.for_names.join("、"),
    where: page.materials[one.material]?.where || say("own"),
  }));
}

function task(one) {
  return {
    ...one,
    waits: one.waits_for_names.length ? say("waits_for", { names: one.waits_for_names.join(say("any_of")) }) : "",
    when: one.due ? day(one.due) : "",
    money: [one.payee_name && say("paid_to", { account: one.payee_name }), one.payee_note].filter(Boolean).join("；"),
  };
}

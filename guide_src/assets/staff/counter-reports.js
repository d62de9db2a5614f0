/* What a family comes back for: papers and corrections, a result, a new look-up code. */
import { read } from "./counter-body.js";
import { clean } from "./counter-desk.js";
import { sendPaper } from "./counter-problems.js";
import { numbers, inFull } from "./counter-receipt.js";
import { say } from "./data.js";
import { today } from "./dates.js";
import { printSheet } from "./print.js";
import { show } from "./shell.js";

/* The handlers of a case's forms. `again(said)` shows the case as it is afterwards. */
export function reports(file, again) {
  const path = `counter/cases/${encodeURIComponent(file.case_number.replace(/\D/g, ""))}`;
  return {
    correct: (form) => correct(form, path, file, again),
    handover: (form) => handOver(form, path, again),
    renew: (form) => renew(form, path, again),
  };
}

async function correct(form, path, file, again) {
  const body = read(form);
  const asking = file.tasks.some((task) => task.state === "correcting");
  if (asking) body.tasks ||= [];
  if (await sendPaper(form, `${path}/corrections`, body)) again({ said: say("corrected") });
}

async function handOver(form, path, again) {
  const answer = await sendPaper(form, `${path}/handover`, read(form));
  if (!answer) return;
  const number = answer.certificate_number;
  const handed = { ...answer, certificate: number && say("certificate_number", { number }) };
  again({ said: say("handed_over", { name: answer.name }), handed });
}

async function renew(form, path, again) {
  const answer = await sendPaper(form, `${path}/code`, read(form));
  if (!answer) return;
  show("code", { ...numbers(answer), date: inFull(today()) }, { clean, print: printSheet, back: () => again({}) });
}

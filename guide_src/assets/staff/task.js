/* One task: first what is not personal; what the family disclosed only when asked for, since that is recorded. */
import { copy } from "./copy.js";
import { page, say } from "./data.js";
import { day, due, group, moment } from "./dates.js";
import { reports } from "./reports.js";
import { announce, load, show } from "./shell.js";
import { back } from "./worklist.js";

const ENDED = ["completed", "failed", "declined", "withdrawn"];

export async function task({ id }) {
  draw(await load(`tasks/${id}/outline`), null);
}

/* `opened`: the answer to opening, kept while one stays on the task. `said`: what has just happened. */
function draw(outline, opened, said = {}) {
  const again = (more) => redraw(outline.task_id, opened, more);
  const forms = reports(outline, again);
  show("task", { ...known(outline), ...said, ...disclosed(opened), ...forms.values }, {
    ...forms.on,
    copy,
    disclose: () => disclose(outline),
  });
  if (said.said) announce(said.said);
}

/* What changed is read again; what was disclosed stays as it is. */
async function redraw(id, opened, { keep, ...said }) {
  draw(await load(`tasks/${id}/outline`), opened, said);
  const place = keep && document.querySelector(`[data-do="${keep.dataset.do}"]`);
  if (!place) return;
  place.replaceWith(keep);
  document.querySelector(`[aria-controls="${keep.id}"]`).setAttribute("aria-expanded", "true");
}

async function disclose(outline) {
  const opened = await load(`tasks/${outline.task_id}`);
  draw({ ...outline, ...opened }, opened, { said: say("opened") });
}

function known(outline) {
  const names = (slugs) => slugs.map((slug) => page.materials[slug] || slug);
  const when = running(outline) ? due(outline.due) : { text: "", level: "" };
  return {
    back: back(outline.task_id),
    name: outline.name,
    number: group(outline.case_number),
    state: page.states[outline.state],
    received: moment(outline.received_at),
    since: outline.opened_at && moment(outline.opened_at),
    when: when.text || (outline.due && !running(outline) ? day(outline.due) : ""),
    level: when.level,
    explained: outline.due_explained,
    paused: outline.state === "correcting",
    waits: outline.waits_for.length ? say("waits_for", { names: names(outline.waits_for).join(say("any_of")) }) : "",
    blocked: page.agencies[outline.blocked_by],
    silent: outline.silent,
    candidates: outline.candidates.map((slug) => ({ slug, name: page.items[slug]?.name || slug })),
    undetermined: outline.candidates.length > 0,
    missing: names(outline.missing).join("、"),
    others: outline.other_cases.map(group).join("、"),
    chases: outline.chases.map((chase) => ({ at: moment(chase.at), note: chase.note })),
    reason: outline.reason,
    result: outline.result,
    certificate: outline.certificate_number,
  };
}

function running(outline) {
  return !ENDED.includes(outline.state) && outline.state !== "waiting" && outline.state !== "correcting";
}

/* The disclosed fields in the catalogue's order, by whom or what they are about. */
function disclosed(opened) {
  if (!opened) return { closed: true };
  const groups = new Map();
  for (const [path, value] of Object.entries(opened.fields).sort(asOnTheForm)) {
    const title = titleOf(path);
    if (!groups.has(title)) groups.set(title, []);
    groups.get(title).push(field(opened, path, title, value));
  }
  const mark = (one) => ({ ...one, at: moment(one.at), score: one.stuck ? say("stuck") : page.scores[one.score] });
  return {
    groups: [...groups].map(([title, fields]) => ({ title, fields })),
    payee: page.accounts[opened.payee],
    about: opened.about?.name,
    marks: (opened.marks || []).map(mark),
  };
}

/* Whatever the catalogue does not know any more comes last. */
function asOnTheForm([one], [other]) {
  const order = Object.keys(page.labels);
  const place = (path) => (order.includes(path) ? order.indexOf(path) : order.length);
  return place(one) - place(other);
}

function titleOf(path) {
  const [first, second] = path.split(".");
  return first === "accounts" ? page.accounts[second] : page.groups[first] || first;
}

function field(opened, path, title, value) {
  const text = page.values[path]?.[String(value)] || String(value);
  const label = page.labels[path] || opened.labels[path];
  return { label, full: `${title} ${label}`, text };
}

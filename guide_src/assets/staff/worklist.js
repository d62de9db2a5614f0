/* An agency's own tasks of one state, oldest due first, fifty at a time, with the keyboard or without. */
import { page, say } from "./data.js";
import { day, due, group } from "./dates.js";
import { go, load, show } from "./shell.js";

const FIRST = "open";
const ENDED = ["completed", "failed", "declined", "withdrawn"];

/* State by state, the cursor of each page as far as one has been there: what the service gave is not an address. */
const trails = {};
let place = { state: FIRST, page: 1 };
let last = "";

/* Where the list was left, and the task that was looked at. */
export function back(task) {
  last = task;
  return address(place.state, place.page);
}

export async function list(parts) {
  const state = parts.state || FIRST;
  const number = Number(parts.page) || 1;
  const trail = (trails[state] ||= [""]);
  if (number > trail.length) return go(address(state, 1));
  const query = new URLSearchParams({ state, ...(trail[number - 1] && { cursor: trail[number - 1] }) });
  const { tasks, cursor } = await load(`tasks?${query}`);
  trails[state] = [...trail.slice(0, number), ...(cursor ? [cursor] : [])];
  place = { state, page: number };
  draw(tasks, cursor);
}

function draw(tasks, cursor) {
  const rows = tasks.map(row);
  show("list", { ...place, ...around(cursor), ...counted(rows), rows, tabs: tabs(), choices: choices(tasks) }, { filter: narrow });
  document.querySelector("[data-list]").addEventListener("keydown", move);
  document.querySelector(`[data-task="${last}"]`)?.focus();
  last = "";
}

function tabs() {
  const current = (state) => place.state === state && "page";
  return Object.entries(page.states).map(([state, name]) => ({
    name,
    href: address(state, 1),
    current: current(state),
    gap: state === ENDED[0] && "gap",
  }));
}

function around(cursor) {
  const { state, page: number } = place;
  return { before: number > 1 && address(state, number - 1), after: cursor && address(state, number + 1) };
}

function counted(rows) {
  const count = (level) => rows.filter((one) => one[level]).length;
  const values = { page: place.page, count: rows.length, late: count("late"), soon: count("soon") };
  return { summary: rows.length ? say("page_summary", values) : "" };
}

function row(task) {
  const when = dueOf(task);
  const known = page.items[task.item];
  return {
    href: `#/task/${task.task_id}`,
    id: task.task_id,
    name: task.name,
    undetermined: task.candidates?.length && !task.item ? say("undetermined") : "",
    number: group(task.case_number),
    since: task.opened_at ? day(task.opened_at) : waits(known),
    when: when.text,
    level: when.level,
    late: when.level === "late",
    soon: when.level === "soon",
  };
}

/* Late is only what somebody has to do something about. */
function dueOf(task) {
  if (task.state === "waiting") return { text: say("not_begun"), level: "" };
  if (task.state === "correcting") return { text: say("paused"), level: "" };
  if (ENDED.includes(task.state)) return { text: task.due ? day(task.due) : "", level: "" };
  return due(task.due);
}

function waits(item) {
  const names = (item?.opens_on || []).map((slug) => page.materials[slug]);
  return names.length ? say("waits_for", { names: names.join(say("any_of")) }) : "";
}

function choices(tasks) {
  const names = [...new Set(tasks.map((task) => task.name))];
  if (names.length < 2) return [];
  const count = (name) => tasks.filter((task) => task.name === name).length;
  const each = names.map((name) => ({ item: name, label: say("one_item", { name, count: count(name) }) }));
  return [{ item: "", label: say("all_items", { count: tasks.length }) }, ...each];
}

/* Only what is on this page: the next page has its own. */
function narrow(select) {
  const rows = [...document.querySelectorAll("[data-item]")];
  rows.forEach((one) => (one.hidden = Boolean(select.value) && one.dataset.item !== select.value));
  const count = rows.filter((one) => !one.hidden).length;
  const summary = document.querySelector("[data-summary]");
  summary.dataset.all ||= summary.textContent;
  summary.textContent = select.value ? say("page_filtered", { page: place.page, count }) : summary.dataset.all;
}

/* Within the list, j and k or the arrows move from task to task; Enter follows the link. */
function move(event) {
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.altKey || event.metaKey || event.target.matches("select, input")) return;
  const links = [...event.currentTarget.querySelectorAll("tr:not([hidden]) a")];
  const at = links.indexOf(document.activeElement);
  const next = links[at < 0 ? 0 : at + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function address(state, number) {
  return number > 1 ? `#/list/${state}/${number}` : `#/list/${state}`;
}

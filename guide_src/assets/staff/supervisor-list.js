/* One list, of all agencies or of one, page by page where the service gives pages. */
import { page, say } from "./data.js";
import { send, tell } from "./form.js";
import { download } from "./sheet.js";
import { announce, go, load, show } from "./shell.js";
import { LISTS, row, tabs } from "./supervisor-rows.js";

/* List by list, the cursor of each page as far as one has been there. */
const trails = {};
let place = {};

/* Where the list was left. */
export function back() {
  return place.sort ? address(place) : "#/summary";
}

export async function list(parts) {
  place = { ...parts, sort: LISTS[parts.sort] ? parts.sort : "overdue", page: Number(parts.page) || 1 };
  await again({});
}

async function again({ said = "" }) {
  const known = address({ ...place, page: 1 });
  const trail = (trails[known] ||= [""]);
  if (place.page > trail.length) return go(known);
  const answer = await load(path(trail[place.page - 1]));
  trails[known] = [...trail.slice(0, place.page), ...(answer.cursor ? [answer.cursor] : [])];
  draw(answer, said);
  if (said) announce(said);
  return undefined;
}

function draw(answer, said) {
  const { key, subject, columns, settles } = LISTS[place.sort];
  const heads = [subject, ...columns].map((name) => ({ head: page.columns[name] }));
  const values = {
    title: title(),
    path: path(""),
    tabs: tabs(place.sort),
    choices: choices(),
    rows: answer[key].map((one) => row(place.sort, one)),
    none: say(place.agency ? "none_of_agency" : "none"),
    before: place.page > 1 && address({ ...place, page: place.page - 1 }),
    after: answer.cursor && address({ ...place, page: place.page + 1 }),
    heads,
    settles: Boolean(settles),
    said,
  };
  show("list", values, { narrow, download, settling, settle });
}

function title() {
  const name = page.lists[place.sort];
  return place.sort === "tasks" ? say("tab", { name, count: page.states[place.state] }) : name;
}

/* Tasks of a state are listed agency by agency. */
function choices() {
  const all = place.sort === "tasks" ? [] : [{ slug: "", name: say("all_agencies") }];
  const each = Object.entries(page.agencies).map(([slug, name]) => ({ slug, name }));
  return [...all, ...each].map((one) => ({ ...one, chosen: one.slug === place.agency }));
}

function narrow(select) {
  go(address({ ...place, agency: select.value, page: 1 }));
}

function path(cursor) {
  const asked = { agency: place.agency, state: place.sort === "tasks" ? place.state : "", cursor };
  const query = new URLSearchParams(Object.entries(asked).filter(([, value]) => value));
  return `supervision/${place.sort}?${query}`;
}

function address({ sort, agency, state, page: number }) {
  return `#/list/${[sort, agency, state, number > 1 ? number : ""].join("/")}`.replace(/\/+$/, "");
}

/* Opens the form below the table for one row. */
function settling(button) {
  const form = document.getElementById("settle");
  form.dataset.note = button.dataset.note;
  form.querySelector("[data-settled]").textContent = say("settle", { about: button.dataset.about });
  form.hidden = false;
  form.querySelector("h2").focus();
}

async function settle(form) {
  const note = encodeURIComponent(form.dataset.note);
  const body = { note: form.elements.note.value };
  const answer = await send(form, `supervision/notes/${LISTS[place.sort].settles}/${note}/settle`, body);
  if (answer?.status === 409) tell(form, answer.value.problems);
  if (answer?.status === 200) again({ said: say("settled") });
}

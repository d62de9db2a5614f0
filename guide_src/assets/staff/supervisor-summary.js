/* How every agency stands: the table first, a small chart of the same numbers beside it. */
import { bars } from "./chart.js";
import { page, say } from "./data.js";
import { day, moment } from "./dates.js";
import { download } from "./sheet.js";
import { load, show } from "./shell.js";
import { tabs } from "./supervisor-rows.js";

const STATES = ["waiting", "open", "accepted", "correcting"];
const LISTS = { late: "overdue", soon: "soon", blocked: "blocked", undelivered: "undelivered" };
const COLUMNS = [...STATES, ...Object.keys(LISTS)];
const PARTS = ["late", "soon", "running", "correcting", "waiting"];

export async function summary() {
  const answer = await load("supervision/summary");
  const described = describe(answer);
  show("summary", { ...words(answer), described, ...rows(answer) }, { download });
  document.querySelector("[data-chart]").append(bars(answer.agencies.map(bar), described));
}

function words(answer) {
  return {
    title: page.lists.summary,
    path: "supervision/summary",
    tabs: tabs("summary", answer),
    at: say("as_of", { at: moment(answer.at) }),
    explained: say("summary_explained", { day: day(answer.soon_until) }),
    legend: PARTS.map((part) => ({ part, name: say(`part_${part}`) })),
  };
}

function describe({ totals }) {
  return say("summary_described", { ...totals, all: STATES.reduce((sum, state) => sum + totals[state], 0) });
}

function rows({ agencies, totals }) {
  const heads = COLUMNS.map((name) => ({ head: page.columns[name] }));
  return {
    heads,
    rows: agencies.map((one) => ({ agency_name: one.agency_name, cells: COLUMNS.map((name) => cell(one, name)) })),
    totals: COLUMNS.map((name) => ({ head: page.columns[name], count: String(totals[name]), level: level(name, totals[name]) })),
  };
}

function cell({ agency, agency_name: who, counts }, name) {
  const count = counts[name];
  const head = page.columns[name];
  const list = LISTS[name] ? `#/list/${LISTS[name]}/${agency}` : `#/list/tasks/${agency}/${name}`;
  return { head, count: String(count), href: count && list, level: level(name, count), spoken: say("counted", { who, head, count }) };
}

function level(name, count) {
  if (!count) return "no";
  return name === "late" || name === "soon" ? name : "";
}

/* What is late or soon due is open or accepted too. */
function bar({ agency_name: name, counts }) {
  const running = counts.open + counts.accepted - counts.late - counts.soon;
  const values = { ...counts, running: Math.max(0, running) };
  const parts = PARTS.map((part) => ({ part, count: values[part] }));
  return { name, parts, total: parts.reduce((sum, part) => sum + part.count, 0) };
}

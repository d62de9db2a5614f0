/* What each list shows of its rows: a subject that leads to its case, and cells in the order of the columns. */
import { page, say } from "./data.js";
import { day, due, group, moment } from "./dates.js";

/* List by list, the key of its rows in an answer, and the columns beside the subject. */
export const LISTS = {
  overdue: { key: "tasks", subject: "name", columns: ["agency_name", "days_late", "due", "case_number", "chases"] },
  soon: { key: "tasks", subject: "name", columns: ["agency_name", "due", "case_number", "chases"] },
  tasks: { key: "tasks", subject: "name", columns: ["agency_name", "state", "due", "case_number", "chased_at"] },
  blocked: { key: "tasks", subject: "name", columns: ["agency_name", "waits_for", "blocked_by_name", "cause_name", "reason", "case_number"] },
  undelivered: { key: "messages", subject: "message", columns: ["kind", "channel", "why", "since", "case_number"], settles: "undelivered" },
  dormant: { key: "cases", subject: "case_number", columns: ["since", "days", "tasks"] },
  unsure: { key: "cases", subject: "case_number", columns: ["asked", "at"], settles: "unsure" },
  certificates: { key: "certificates", subject: "case_number", columns: ["certificate_name", "change_name", "tasks", "at"], settles: "certificate" },
};
const TABS = ["overdue", "soon", "blocked", "undelivered", "dormant", "unsure", "certificates"];

export function tabs(current, summary) {
  const counts = summary && { ...summary.totals, ...summary.board, overdue: summary.totals.late, certificates: summary.board.certificate };
  const one = (name) => ({
    name: counts ? say("tab", { name: say(`tab_${name}`), count: counts[name] }) : say(`tab_${name}`),
    href: `#/list/${name}`,
    current: current === name && "page",
  });
  return [
    { name: say("tab_summary"), href: "#/summary", current: current === "summary" && "page" },
    ...TABS.map(one),
    { name: say("tab_trend"), href: "#/trend/30", current: current === "trend" && "page" },
  ];
}

export function row(sort, one) {
  const { subject, columns, settles } = LISTS[sort];
  const title = text(subject, one);
  return {
    id: one.id,
    subject: title,
    href: one.case_number && `#/case/${[one.case_number, one.task_id].filter(Boolean).join("/")}`,
    cells: columns.map((name) => ({ head: page.columns[name], text: text(name, one), level: level(name, one) })),
    settles: Boolean(settles),
    about: title,
    settle_label: say("settle", { about: title }),
  };
}

const AS = {
  case_number: (value) => group(value),
  days_late: (value) => (value ? say("working_days", { days: value }) : say("less_than_a_day")),
  channel: (value) => page.channels[value] || value,
  days: (value) => say("days", { days: value }),
  state: (value) => page.states[value] || value,
  since: (value) => moment(value),
  at: (value) => moment(value),
  chased_at: (value) => moment(value),
  waits_for: (value) => value.join(say("any_of")),
  chases: (value) => (value.length ? say("chased", { count: value.length, at: day(value.at(-1).at) }) : ""),
  tasks: (value) => value.map((task) => `${task.name}（${task.agency_name}，${page.states[task.state]}）`).join("；"),
  message: (value) => page.messages[value] || value,
  asked: (value) => value.join("；"),
};

function text(name, one) {
  if (name === "kind") return [page.kinds[one.kind] || one.kind, page.agencies[one.agency]].filter(Boolean).join(" ");
  if (name === "due") return running(one) ? due(one.due).text : one.due ? day(one.due) : "";
  const value = one[name];
  if (name === "agency_name") return value || page.agencies[one.agency] || "";
  if (value === undefined || value === null || value === "") return "";
  return AS[name] ? AS[name](value) : String(value);
}

function level(name, one) {
  if (name === "days_late") return "late";
  return name === "due" && running(one) && one.days_late === undefined ? due(one.due).level : "";
}

function running(one) {
  return one.state === "open" || one.state === "accepted";
}

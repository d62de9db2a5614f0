/* What each day came to: lines, and the same numbers as a table, newest first. */
import { lines } from "./chart.js";
import { page, say } from "./data.js";
import { day } from "./dates.js";
import { download } from "./sheet.js";
import { go, load, show } from "./shell.js";
import { tabs } from "./supervisor-rows.js";

const SPANS = ["30", "90"];
const SERIES = ["opened", "closed", "late"];

export async function trend(parts) {
  const span = SPANS.includes(parts.days) ? parts.days : SPANS[0];
  const path = `supervision/trend?days=${span}`;
  const { days } = await load(path);
  const described = describe(days);
  const values = {
    title: page.lists.trend,
    path,
    tabs: tabs("trend"),
    spans: SPANS.map((one) => ({ days: one, name: say("last_days", { days: one }), chosen: one === span })),
    days: [...days].reverse().map((one) => ({ ...one, name: day(one.day) })),
    legend: SERIES.map((part) => ({ part, name: say(`trend_${part}`) })),
    described,
  };
  show("trend", values, { download, span: (select) => go(`#/trend/${select.value}`) });
  const series = SERIES.map((part) => ({ part, values: days.map((one) => one[part]) }));
  document.querySelector("[data-chart]")?.append(lines(days.map((one) => day(one.day)), series, described));
}

function describe(days) {
  if (!days.length) return "";
  const sum = (name) => days.reduce((total, one) => total + one[name], 0);
  const last = days.at(-1);
  return say("trend_described", { from: day(days[0].day), to: day(last.day), opened: sum("opened"), closed: sum("closed"), late: last.late });
}

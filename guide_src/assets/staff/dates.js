/* Days and moments as people say them, in Beijing's time. */
import { now } from "./api.js";
import { say } from "./data.js";

const DAY = 86_400_000;
const BEIJING = 8 * 3_600_000;

export function today() {
  return new Date(now() + BEIJING).toISOString().slice(0, 10);
}

/* "2026-11-26" is 11月26日; with its year where that is not this year. */
export function day(iso) {
  const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
  const text = say("day", { month, day: date });
  return year === Number(today().slice(0, 4)) ? text : say("day_of_year", { year, text });
}

export function moment(iso) {
  const at = new Date(Date.parse(iso) + BEIJING).toISOString();
  return `${day(at)} ${at.slice(11, 16)}`;
}

/* What there is to say of a due day: `level` is "late", "soon" or "". */
export function due(iso) {
  if (!iso) return { text: say("no_due"), level: "" };
  const days = Math.round((Date.parse(iso) - Date.parse(today())) / DAY);
  if (days < 0) return { text: say("late", { days: -days }), level: "late" };
  if (days < 2) return { text: say(days ? "due_tomorrow" : "due_today"), level: "soon" };
  return { text: say("due_on", { day: day(iso) }), level: "" };
}

/* 123456789012 in groups of four. */
export function group(number) {
  return number.replace(/\D/g, "").replace(/(\d{4})(?=\d)/g, "$1 ");
}

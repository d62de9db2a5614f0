/* Who is signed in, for how long. The token is held here and nowhere else: it is gone with the page. */

const MINUTE = 60_000;
const IDLE = 15 * MINUTE;
const LONGEST = 8 * 60 * MINUTE;
const WARNING = { idle: MINUTE, expired: 5 * MINUTE };
const WHY = "staff-ended";
const SIGNS_OF_LIFE = ["keydown", "pointerdown", "wheel", "scroll", "input"];

let token = "";
let ends = 0;
let touched = 0;
let warn = () => {};
let watching = 0;

export const bearer = () => token;

/* For the first request with a new token, before its limits count. */
export function hold(given) {
  token = given;
}

/* `warned(reason)` is called with "idle" or "expired" shortly before the end, and with "" when it is no longer near. */
export function begin(seconds, warned) {
  touched = Date.now();
  ends = touched + Math.min(LONGEST, seconds ? seconds * 1000 : LONGEST);
  warn = warned;
  SIGNS_OF_LIFE.forEach((name) => addEventListener(name, touch, { capture: true, passive: true }));
  document.addEventListener("visibilitychange", watch);
  watching = setInterval(watch, 1000);
}

/* Nothing stays: not on the screen, not in memory. What is kept is why, and where to come back to unless she left. */
export function end(reason) {
  forget();
  sessionStorage.setItem(WHY, reason);
  if (reason === "left") history.replaceState(null, "", location.pathname);
  location.reload();
}

/* The token is no good any more, but what was typed stays on the screen until she has copied it. */
export function lose() {
  token = "";
  clearInterval(watching);
}

/* Why the last session ended; asked once. */
export function ended() {
  const reason = sessionStorage.getItem(WHY) || "";
  sessionStorage.removeItem(WHY);
  return reason;
}

function touch() {
  watch();
  touched = Date.now();
}

function watch() {
  if (!token) return;
  const left = { idle: touched + IDLE - Date.now(), expired: ends - Date.now() };
  const near = Object.keys(left).find((reason) => left[reason] <= WARNING[reason]);
  if (near && left[near] <= 0) end(near);
  else warn(near || "");
}

function forget() {
  token = "";
  document.querySelector("main").replaceChildren();
}

/* Neither the browser's copy of a page one has left, nor the way back to it, shows anything. */
addEventListener("pagehide", forget);
addEventListener("pageshow", (event) => event.persisted && location.reload());

/* What all staff pages share: signing in and out, one view at a time by hash route, problems, announcements. */
import { call } from "./api.js";
import { page, say } from "./data.js";
import { fill } from "./fill.js";
import { begin, bearer, end, ended, hold } from "./session.js";
import { arrive, leave } from "./sign-in.js";

const main = document.querySelector("main");
const base = document.title;
let routes = [];
let actions = {};
let turn = 0;

/* Who is signed in: role, agency, agency_name, unit. */
export let me = {};

/* start([["list/:state/:page", view], …]): the first route is home. A view is called with the route's parts. */
export async function start(given) {
  routes = given;
  wire();
  const why = ended();
  const answer = await arrive();
  if (answer?.status === 200) await enter(answer.value);
  else invite(answer ? say("sign_in_failed") : why && say(`ended_${why}`));
}

/* Put a view's template in place of the last one. `on`: what elements with data-do="name" do when used. */
export function show(name, values = {}, on = {}) {
  actions = on;
  main.replaceChildren(fill(document.getElementById(`view-${name}`), values));
  main.removeAttribute("aria-busy");
  const title = main.querySelector("h1");
  document.title = `${title.textContent} - ${base}`;
  title.tabIndex = -1;
  title.focus();
  scrollTo(0, 0);
}

/* The value of a call that a view cannot do without. It never comes where something else has to be shown instead. */
export async function load(path, options) {
  const mine = turn;
  main.setAttribute("aria-busy", "true");
  const { status, value } = await call(path, options);
  if (mine === turn && status >= 200 && status < 300) return value;
  if (mine === turn) refuse(status, value);
  return new Promise(() => {});
}

/* go("#/list/open") */
export function go(hash) {
  if (location.hash === hash) route();
  else location.hash = hash;
}

/* Said to those who do not see it. */
export function announce(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => (live.textContent = text), 50);
}

/* To the provider's page and back to this route. */
export async function signIn() {
  const problem = await leave();
  if (problem) invite(problem);
}

function wire() {
  addEventListener("hashchange", () => bearer() && /^(#\/|$)/.test(location.hash) && route());
  document.querySelector("[data-sign-out]").addEventListener("click", () => end("left"));
  main.addEventListener("click", (event) => run(event, "click"));
  main.addEventListener("submit", (event) => run(event, "submit"));
  main.addEventListener("change", (event) => run(event, "change"));
  document.addEventListener("click", stay);
}

/* data-do="name" on a button acts on clicks, on a form when it is sent, on a <select> when it changes. */
function run(event, kind) {
  const node = event.target.closest("[data-do]");
  const wanted = { FORM: "submit", SELECT: "change" }[node?.tagName] || "click";
  if (!node || wanted !== kind) return;
  event.preventDefault();
  actions[node.dataset.do]?.(node, event);
}

/* A link within the page moves the focus; the address keeps the route. */
function stay(event) {
  const link = event.target.closest('a[href^="#"]:not([href^="#/"])');
  if (!link) return;
  event.preventDefault();
  const target = document.getElementById(link.getAttribute("href").slice(1));
  target?.scrollIntoView({ block: "nearest" });
  target?.focus();
}

function invite(why) {
  show("sign-in", { why }, { "sign-in": signIn });
}

async function enter(given) {
  hold(given.access_token);
  const { status, value } = await call("/api/me");
  if (status !== 200) return status === 401 ? invite(say("sign_in_failed")) : refuse(status, value);
  if (value.locality !== page.place || value.role !== page.role) return turnAway(value);
  me = value;
  begin(given.expires_in, warn);
  document.querySelector("[data-who]").textContent = [me.agency_name, me.unit].filter(Boolean).join(" ");
  document.querySelector("[data-signed-in]").hidden = false;
  route();
}

/* Signed in, but not with an account for this page. */
function turnAway(value) {
  hold("");
  show("turned-away", { place: value.locality === page.place }, { "sign-in": signIn });
}

function refuse(status, value) {
  if (status === 401) end("expired");
  else show("problem", { problems: value.problems }, { again: () => (bearer() ? route() : location.reload()) });
}

function route() {
  turn += 1;
  const parts = location.hash.replace(/^#\//, "").split("/");
  for (const [pattern, view] of routes) {
    const found = match(pattern.split("/"), parts);
    if (found) return view(found);
  }
  return routes[0][1]({});
}

/* ":name" takes any part; those at the end may be left out. */
function match(pattern, parts) {
  if (parts.length > pattern.length) return null;
  const found = {};
  for (const [place, name] of pattern.entries()) {
    if (name.startsWith(":")) found[name.slice(1)] = decodeURIComponent(parts[place] || "");
    else if (name !== parts[place]) return null;
  }
  return found;
}

function warn(reason) {
  const bar = document.getElementById("limit");
  if (bar.dataset.reason === reason) return;
  bar.dataset.reason = reason;
  bar.textContent = reason ? say(`soon_${reason}`) : "";
}

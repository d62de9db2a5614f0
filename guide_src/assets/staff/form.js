/* Forms of staff pages: checked when sent, told at the top and beside each field, sent once, never emptied. */
import { call } from "./api.js";
import { page, say } from "./data.js";
import { fill } from "./fill.js";
import { lose } from "./session.js";
import { signIn } from "./shell.js";

/* The id under which a form is sent: minted once, so a second click or a retry has no second effect. */
export function idOf(form) {
  form.dataset.id ||= crypto.randomUUID();
  return form.dataset.id;
}

/* Sends `body` unless something is missing. Answers {status, value}, or null where there is nothing left to do. */
export async function send(form, path, body, options = {}) {
  if (form.getAttribute("aria-busy") === "true") return null;
  const missing = unanswered(form);
  tell(form, missing);
  if (missing.length) return null;
  busy(form, true);
  const answer = await call(path, { ...options, body });
  busy(form, false);
  if (answer.status === 401) return expired(form);
  if (answer.status >= 200 && answer.status < 300) return answer;
  if (answer.status !== 409) tell(form, answer.value.problems);
  return answer;
}

/* `problems` at the top, with links, and beside their fields; none takes them away. */
export function tell(form, problems, extra = {}) {
  clear(form);
  if (!problems.length) return;
  const told = problems.map((problem) => ({ ...problem, target: beside(form, problem) }));
  form.prepend(fill(document.getElementById("part-problems"), { ...extra, problems: told }));
  document.title = `${page.error}${document.title}`;
  form.querySelector(".summary").focus();
}

/* Parts of a form that say data-needed and were left empty. */
function unanswered(form) {
  const needed = [...form.querySelectorAll("[data-needed]")].filter((node) => !node.closest("[hidden]"));
  return needed.filter(empty).map((node) => ({ field: node.dataset.field || node.name, message: node.dataset.needed }));
}

function empty(node) {
  if (node.matches("fieldset")) return !node.querySelector(":checked");
  return !node.value.trim();
}

function beside(form, problem) {
  const field = problem.field && form.querySelector(`[data-field="${CSS.escape(problem.field)}"], [name="${CSS.escape(problem.field)}"]`);
  const place = field && form.querySelector(`[data-problem="${CSS.escape(problem.field)}"]`);
  if (!place) return "";
  place.textContent = problem.message;
  place.id ||= `problem-${crypto.randomUUID()}`;
  const input = field.matches("fieldset") ? field.querySelector("input, textarea, select") : field;
  field.setAttribute("aria-describedby", place.id);
  field.setAttribute("aria-invalid", "true");
  input.id ||= `field-${crypto.randomUUID()}`;
  return `#${input.id}`;
}

function clear(form) {
  form.querySelector(".summary")?.remove();
  form.querySelectorAll("[data-problem]").forEach((place) => (place.textContent = ""));
  form.querySelectorAll("[aria-invalid]").forEach((field) => {
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  });
  document.title = document.title.replace(page.error, "");
}

function busy(form, on) {
  form.setAttribute("aria-busy", on);
  form.querySelectorAll("button").forEach((button) => (button.disabled = on));
}

/* What was typed may be copied before signing in again; what is personal leaves the screen at once. */
function expired(form) {
  lose();
  document.querySelectorAll("[data-personal]").forEach((node) => node.remove());
  tell(form, [{ field: "", message: say("expired_while_typing") }], { expired: true });
  form.querySelector(".summary button").addEventListener("click", signIn);
  return null;
}

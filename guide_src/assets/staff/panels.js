/* Forms that a button opens, one at a time; its heading is where to go on from. */
export function panel(button) {
  const wanted = document.getElementById(button.getAttribute("aria-controls"));
  const opening = wanted.hidden || button.getAttribute("aria-expanded") === "false";
  document.querySelectorAll("[data-panel]").forEach((one) => (one.hidden = true));
  document.querySelectorAll('[data-do="panel"]').forEach((one) => one.setAttribute("aria-expanded", "false"));
  wanted.hidden = !opening;
  button.setAttribute("aria-expanded", String(opening));
  if (opening) wanted.querySelector("h2").focus();
}

/* Which papers to look at: those of the items that the form may come to. The service decides; this is a reminder. */
import { page, say } from "./data.js";
import { fill } from "./fill.js";

/* Puts the list up again after a change; what was ticked stays ticked. */
export function listSeen(form) {
  const ticked = new Set([...form.querySelectorAll("[name=seen]:checked")].map((one) => one.value));
  const open = form.querySelector("[data-seen] details")?.open;
  const list = fill(document.getElementById("part-seen-list"), choices(wanted(form), ticked));
  form.querySelector("[data-seen]").replaceChildren(list);
  const details = form.querySelector("[data-seen] details");
  if (details) details.open = Boolean(open);
}

/* `wanted`: material -> what it is for. First what is asked for, then everything else. */
export function choices(wanted, ticked) {
  const one = ([slug, material]) => ({ slug, name: material.name, hint: hint(slug, wanted), ticked: ticked.has(slug) });
  const asked = ([slug, material]) => wanted.has(slug) && material.asked_for;
  const all = Object.entries(page.materials);
  return { first: all.filter(asked).map(one), rest: all.filter((entry) => !asked(entry)).map(one) };
}

function hint(slug, wanted) {
  const names = wanted.get(slug) || [];
  if (!names.length) return "";
  const held = page.materials[slug].asked_for === "held" ? say("if_held") : "";
  return held + say("needed_for", { names: names.join("、") });
}

function wanted(form) {
  const found = new Map();
  const add = (slug, name) => found.set(slug, [...new Set([...(found.get(slug) || []), name])]);
  const items = possible(form);
  items.forEach((item) => item.materials.forEach((need) => needed(form, need) && need[0].forEach((slug) => add(slug, item.name))));
  if (items.length) page.case_materials.forEach((slug) => add(slug, say("every_item")));
  return found;
}

/* Items of the matters that are ticked; all of them where answers tick and nothing was. */
function possible(form) {
  const ticked = [...form.querySelectorAll("[name=matters]:checked")].map((one) => one.value);
  const every = page.ticked_by === "answers" && !ticked.length ? Object.keys(page.matters) : [...page.required, ...ticked];
  const slugs = new Set(every.flatMap((matter) => page.matters[matter] || []));
  return [...slugs].map((slug) => page.items[slug]).filter((item) => mayBe(form, item));
}

function mayBe(form, item) {
  return Object.entries(item.when).every(([question, answers]) => {
    const given = chosen(form, `answers.${question}`);
    return !given || given === "unknown" || answers.includes(given);
  });
}

function needed(form, [, payee]) {
  const given = chosen(form, "payee");
  return !payee || payee === (given || page.payees[0]);
}

function chosen(form, name) {
  return form.querySelector(`[name="${name}"]:checked`)?.value || "";
}

/* Fills the page's own <template>s. Values only ever become text or attributes, never markup.

   data-if="name"       the element stays only where the value is there (an empty list is not)
   data-unless="name"   the other way round
   data-each="names"    on a <template>: once for every value of a list; its own names stand above the others
   data-text="name"     becomes the element's text
   data-set="href:name value:other"   become attributes; none where the value is empty */

export function fill(template, values) {
  const part = template.content.cloneNode(true);
  prune(part, values);
  part.querySelectorAll("template[data-each]").forEach((inner) => {
    const list = value(values, inner.dataset.each) || [];
    inner.replaceWith(...list.map((one) => fill(inner, { ...values, ...one })));
  });
  part.querySelectorAll("[data-text]").forEach((node) => {
    if (node.dataset.text) node.textContent = value(values, node.dataset.text) ?? "";
    node.removeAttribute("data-text");
  });
  part.querySelectorAll("[data-set]").forEach((node) => set(node, values));
  return part;
}

function prune(part, values) {
  part.querySelectorAll("[data-if]").forEach((node) => there(value(values, node.dataset.if)) || node.remove());
  part.querySelectorAll("[data-unless]").forEach((node) => there(value(values, node.dataset.unless)) && node.remove());
}

function set(node, values) {
  node.dataset.set.split(" ").forEach((pair) => {
    const [attribute, name] = pair.split(":");
    const given = value(values, name);
    if (there(given)) node.setAttribute(attribute, given === true ? "" : given);
  });
  node.removeAttribute("data-set");
}

function there(given) {
  return Array.isArray(given) ? given.length > 0 : Boolean(given);
}

function value(values, name) {
  return name.split(".").reduce((inner, key) => inner?.[key], values);
}

/* A form as the service takes it: "deceased.name" is `name` within `deceased`. */
const LISTS = ["matters", "seen", "tasks"];

/* Empty fields are left out, and lists that nothing was ticked in too. */
export function read(form) {
  const body = {};
  for (const [path, value] of new FormData(form)) {
    if (LISTS.includes(path)) (body[path] ||= []).push(value);
    else if (value.trim()) put(body, path.split("."), value);
  }
  return body;
}

function put(body, names, value) {
  const last = names.pop();
  const inner = names.reduce((outer, name) => (outer[name] ||= {}), body);
  inner[last] = value;
}

/* A list as a file for a spreadsheet program: fetched with the token, so no link can do it. */
import { call } from "./api.js";
import { page, say } from "./data.js";
import { today } from "./dates.js";
import { announce } from "./shell.js";

const MARK = "\ufeff";

export async function download(button) {
  button.disabled = true;
  const { status, value } = await call(button.dataset.path, { type: "text/csv" });
  button.disabled = false;
  if (status !== 200) return announce(value.problems[0].message);
  save(value, `${page.name}${button.dataset.name}${today()}.csv`);
  return announce(say("downloaded"));
}

/* Reading it as text took away the mark by which spreadsheet programs know Chinese. */
function save(text, name) {
  const address = URL.createObjectURL(new Blob([MARK, text], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

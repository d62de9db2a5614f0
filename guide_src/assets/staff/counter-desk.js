/* What the counter holds while a family is there. It is in memory only, and a case number is in no address. */
import { say } from "./data.js";
import { announce, go } from "./shell.js";

/* `counter` is the desk's own name; all the rest is the family's. */
export const desk = { counter: "", number: "", preset: null, said: "" };

/* For the next family. */
export function clean() {
  forget();
  desk.said = say("cleaned");
  go("#/home");
  announce(desk.said);
}

/* Whatever is left behind is gone. */
export function forget() {
  Object.assign(desk, { number: "", preset: null, said: "" });
}

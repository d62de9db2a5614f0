/* The counter's page: one family at a time, and nothing of it left for the next. */
import { applicationCase } from "./counter-case.js";
import { paper } from "./counter-form.js";
import { home } from "./counter-home.js";
import { start } from "./shell.js";

start([
  ["home", home],
  ["form", paper],
  ["case", applicationCase],
]);

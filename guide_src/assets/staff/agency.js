/* The agencies' page: a list of tasks, and one task. */
import { start } from "./shell.js";
import { task } from "./task.js";
import { list } from "./worklist.js";

start([
  ["list/:state/:page", list],
  ["task/:id", task],
]);

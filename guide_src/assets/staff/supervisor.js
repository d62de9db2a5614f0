/* The supervisor's page: how agencies stand, what needs somebody, one case, and the days before. */
import { start } from "./shell.js";
import { oneCase } from "./supervisor-case.js";
import { list } from "./supervisor-list.js";
import { summary } from "./supervisor-summary.js";
import { trend } from "./supervisor-trend.js";

start([
  ["summary", summary],
  ["list/:sort/:agency/:state/:page", list],
  ["case/:number/:task", oneCase],
  ["trend/:days", trend],
]);

/* What is wrong with a paper form, in the order and the words of the paper. */
import { page } from "./data.js";
import { send, tell } from "./form.js";

/* The answer's value, or null where it was told what is wrong. */
export async function sendPaper(form, path, body) {
  const answer = await send(form, path, body);
  if (!answer) return null;
  if (answer.status >= 200 && answer.status < 300) return answer.value;
  tell(form, ordered(form, answer.value.problems.map(reworded)));
  return null;
}

/* The service speaks to families: "您的姓名" is "家属/亲属姓名" on paper. */
function reworded(problem) {
  const [ask, label] = page.labels[problem.field] || ["", ""];
  return { ...problem, message: ask ? problem.message.replace(ask, label) : problem.message };
}

/* What is about no field comes first. */
function ordered(form, problems) {
  const places = [...form.querySelectorAll("[data-problem]")].map((node) => node.dataset.problem);
  return [...problems].sort((one, other) => places.indexOf(one.field) - places.indexOf(other.field));
}

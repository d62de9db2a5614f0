/* Calls to the service: bounded in time; the answer is always a status and a value, never an exception. */
import { page, say } from "./data.js";
import { bearer } from "./session.js";

const PATIENCE = 30_000;

let ahead = 0;

/* The service's time: an old computer's clock may be wrong. */
export const now = () => Date.now() + ahead;

/* `path` within the place, such as "tasks?state=open", or from the root. `type`: what to ask for instead of JSON. */
export async function call(path, { method, body, type = "application/json" } = {}) {
  const address = path.startsWith("/") ? path : `/api/${page.place}/${path}`;
  const headers = { Accept: type };
  if (bearer()) headers.Authorization = `Bearer ${bearer()}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const reply = await fetch(address, {
      method: method || (body ? "POST" : "GET"),
      headers,
      body: body && JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE),
    });
    setClock(reply.headers.get("Date"));
    return { status: reply.status, value: await read(reply, type) };
  } catch {
    return { status: 0, value: problem("offline") };
  }
}

async function read(reply, type) {
  const text = await reply.text();
  if (reply.ok && type !== "application/json") return text;
  try {
    return JSON.parse(text);
  } catch {
    return problem("unavailable");
  }
}

function problem(name) {
  return { problems: [{ field: "", code: name, message: say(name) }] };
}

function setClock(date) {
  if (date) ahead = Date.parse(date) - Date.now();
}

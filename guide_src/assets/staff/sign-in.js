/* OpenID Connect authorization code with PKCE: to the provider's page, and back with a code. */
import { call } from "./api.js";

const KEPT = "staff-sign-in";

/* Leaves the page. Answers only what went wrong: a sentence. */
export async function leave() {
  const { status, value } = await call("/api/sign-in");
  if (status !== 200) return value.problems[0].message;
  if (value.origin !== location.origin) {
    location.assign(value.origin + location.pathname + location.hash);
    return "";
  }
  const kept = { verifier: random(), state: random(), route: location.hash };
  sessionStorage.setItem(KEPT, JSON.stringify(kept));
  location.assign(await address(value, kept));
  return "";
}

/* Back from the provider: null where nobody comes from there; else the token's answer, or what went wrong. */
export async function arrive() {
  const query = new URLSearchParams(location.search);
  if (!query.has("state")) return null;
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "{}");
  sessionStorage.removeItem(KEPT);
  history.replaceState(null, "", location.pathname + (kept.route || ""));
  if (kept.state !== query.get("state") || !query.get("code")) return { status: 422 };
  return call("/api/token", {
    body: { code: query.get("code"), code_verifier: kept.verifier, redirect_uri: here() },
  });
}

/* These computers are shared, so the provider asks who it is every time. */
async function address(provider, kept) {
  const to = new URL(provider.authorize);
  const asked = {
    response_type: "code",
    client_id: provider.client_id,
    redirect_uri: here(),
    scope: provider.scope,
    state: kept.state,
    code_challenge: await challenge(kept.verifier),
    code_challenge_method: "S256",
    prompt: "login",
  };
  Object.entries(asked).forEach(([name, value]) => to.searchParams.set(name, value));
  return to.href;
}

function here() {
  return location.origin + location.pathname;
}

function random() {
  return text(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return text(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))));
}

function text(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

// One way to the API. Never reached → Unreachable; reached → the answer, whatever it says.
const PATIENCE = 15_000;

export class Unreachable extends Error {}

/** Ask the API. `key` is the idempotency key of a write, minted where the person tapped. */
export async function ask(method, path, { headers = {}, body, key } = {}) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(key ? { "Idempotency-Key": key } : {}),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      signal: stop.signal,
    });
    return { ok: answer.ok, status: answer.status, data: await answer.json().catch(() => null) };
  } catch {
    throw new Unreachable();
  } finally {
    clearTimeout(timer);
  }
}

/** A key nobody else has. Older browsers know no randomUUID, but all have good randomness. */
export function mint() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Is this the API's own refusal called ``name``? */
export const isProblem = (answer, name) => answer.data?.type === `/problems/${name}`;

/** The server could not, though it may later: worth sending again under the same key. */
export const worthRetrying = (answer) => answer.status >= 500 || (answer.status === 429 && !isProblem(answer, "enough-today"));

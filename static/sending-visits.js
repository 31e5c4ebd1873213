// Visits on their way: sent at once, kept in this tab while there is no network, sent again until the server has answered.
// They hold what somebody said about her health, so they live no longer than the tab and the session.
import { mint, worthRetrying } from "./ask.js";
import { shelf } from "./unsent.js";

const EVERY = 20_000;
const { clear, forget, keep, waiting } = shelf("nuanlin.unsent-visits", () => sessionStorage);

/** ``post(body, key)`` asks the API; ``owner()`` names whose records these are; ``changed(answer, item)`` after every answer, or with none. */
export function sendingVisits({ post, owner, changed }) {
  const mine = () => waiting().filter((item) => item.owner === owner());
  let busy = null;

  async function send(item) {
    const answer = await post(item.body, item.key).catch(() => undefined);
    if (answer && !worthRetrying(answer)) forget(item.key);
    return answer && worthRetrying(answer) ? undefined : answer;
  }

  async function flush() {
    for (const item of mine()) {
      const answer = await send(item);
      if (answer === null) return;
      if (answer) changed(answer, item);
    }
  }

  const again = () => (busy ??= flush().finally(() => (busy = null)));
  addEventListener("online", again);
  setInterval(() => !document.hidden && mine().length && again(), EVERY);

  return {
    waiting: mine,
    again,
    drop: clear,
    /** Send what a form says. Undefined: it waits. Null: the session is over, and it waits. */
    async record(body, about) {
      const item = { key: mint(), owner: owner(), body, about };
      keep(item);
      const answer = await send(item);
      if (answer === null) keep(item);
      return answer;
    },
  };
}

/** The list as it will be once what waits has arrived. */
export function withWaiting(visits, items) {
  const last = new Map(items.map((item) => [item.body.visit, item.body]));
  return visits.map((visit) => {
    const body = last.get(visit.id);
    return body ? { ...visit, ...body, id: visit.id, state: "unsent", was: body.outcome } : visit;
  });
}

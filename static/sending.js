// A form on a page that is opened by a link: sent once, under one key until it has been answered for good.
import { reason, say, tell } from "./words.js";
import { ask, mint, worthRetrying } from "./ask.js";

const keys = new WeakMap();

const why = (answer) => (answer ? reason(answer) : say("no_network"));

/** ``headers()`` say who asks. What was not taken is said at the form, in ``words(answer)``, and null is given. */
export const sender = (headers, words = why) =>
  async function send(form, path, body) {
    const said = JSON.stringify([path, body]);
    const kept = keys.get(form);
    const sent = kept?.said === said ? kept : { said, key: mint() };
    keys.set(form, sent);
    const buttons = form.querySelectorAll("button");
    buttons.forEach((one) => (one.disabled = true));
    const answer = await ask("POST", path, { headers: headers(), body, key: sent.key }).catch(() => null);
    buttons.forEach((one) => (one.disabled = false));
    if (answer && !worthRetrying(answer)) keys.delete(form);
    tell(form.querySelector(":scope > .error") ?? form.querySelector(".error"), answer?.ok ? "" : words(answer));
    return answer?.ok ? answer.data : null;
  };

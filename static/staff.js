// The session of whoever is on duty: kept for this tab only, gone when the tab closes or the server says so.
import { $, reason, say, tell } from "./words.js";
import { ask, isProblem, mint, worthRetrying } from "./ask.js";

const PLACE = "nuanlin.staff";
let here = null;
let ready = () => {};

function stored() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE));
  } catch {
    return here;
  }
}

function store(session) {
  here = session;
  try {
    if (session) sessionStorage.setItem(PLACE, JSON.stringify(session));
    else sessionStorage.removeItem(PLACE);
  } catch {
    // Storage is off: signed in until the page goes.
  }
}

/** Show the page to who is signed in, the sign-in form to who is not. ``then(session)`` may run again after a new sign-in. */
export function whenSignedIn(then) {
  document.documentElement.classList.add("awake");
  ready = then;
  $("sign-in").addEventListener("submit", (event) => {
    event.preventDefault();
    signIn(new FormData(event.target));
  });
  const session = stored();
  if (session) enter(session);
  else leave();
}

const LEADS = ["coordinator", "manager"];

/** Does this person lead a grid or the compound? Only for what to show: the API knows by itself. */
export const leads = (session) => (session.roles ?? []).some((role) => LEADS.includes(role));

function enter(session) {
  here = session;
  $("sign-in").hidden = true;
  showWays(session);
  $("compound").textContent = session.compound.name;
  $("dot").hidden = false;
  ready(session);
}

/** The ways to the other pages, as far as this person may go. */
function showWays(session) {
  if (!$("staff-nav")) return;
  $("staff-nav").hidden = !session;
  for (const way of $("staff-nav").querySelectorAll("[data-leads]")) way.hidden = !session || !leads(session);
}

/** Forget the session and ask again. ``why`` is said above the form. */
export function leave(why) {
  store(null);
  showWays(null);
  $("sign-in").hidden = false;
  tell($("sign-in-error"), why);
  document.dispatchEvent(new Event("signed-out"));
}

/** The first password came from somebody else: one's own is asked for beside it. */
function askForNewPassword() {
  $("new-password-field").hidden = false;
  $("new-password").required = true;
  $("new-password").focus();
}

async function signIn(given) {
  const button = $("sign-in").querySelector("button");
  button.disabled = true;
  const body = { username: given.get("username").trim(), password: given.get("password") };
  if (given.get("new_password")) body.new_password = given.get("new_password");
  const answer = await ask("POST", "/api/session", { body }).catch(() => null);
  button.disabled = false;
  if (answer && isProblem(answer, "new-password")) askForNewPassword();
  if (!answer?.ok) return tell($("sign-in-error"), answer ? reason(answer) : say("no_network"));
  $("sign-in").reset();
  $("new-password-field").hidden = true;
  $("new-password").required = false;
  tell($("sign-in-error"), "");
  store(answer.data);
  enter(answer.data);
}

/** Ask the API as who is signed in; writes carry ``key``. A session that is over leads back to the form, and answers null. */
export async function as(method, path, body, key) {
  const answer = await ask(method, path, { headers: { Authorization: here?.token ?? "" }, body, key });
  if (answer.status !== 401) return answer;
  leave(say("session_over"));
  return null;
}

/** What every desk shows to who is signed in, and takes back afterwards; ``then`` as in ``whenSignedIn``. */
export function desk(then, ended = () => {}) {
  document.addEventListener("signed-out", () => {
    for (const id of ["desk", "sign-out", "dot"]) $(id).hidden = true;
    for (const id of ["who", "moment", "compound"]) $(id).textContent = "";
    ended();
  });
  whenSignedIn((session) => {
    for (const id of ["desk", "sign-out"]) $(id).hidden = false;
    $("who").textContent = session.name;
    then(session);
  });
}

const unanswered = new WeakMap();

/**
 * Send what a form says once; the form's error place says what went wrong. Until the server has answered for good, the same form
 * saying the same goes again under the same key and with the very same body, since the first may have arrived. ``asked`` is what
 * the person said, where the body holds more than that, such as the hour. ``refused(answer)`` hears what the server said no to.
 */
export async function submit(form, path, body, asked = body, refused = () => {}) {
  const said = JSON.stringify([path, asked]);
  const kept = unanswered.get(form);
  const sent = kept?.said === said ? kept : { said, body, key: mint() };
  unanswered.set(form, sent);
  const buttons = form.querySelectorAll("button");
  const error = form.querySelector(".error");
  buttons.forEach((one) => (one.disabled = true));
  const answer = await as("POST", path, sent.body, sent.key).catch(() => ({ lost: true }));
  buttons.forEach((one) => (one.disabled = false));
  if (!answer) return null;
  if (!answer.lost && !worthRetrying(answer)) unanswered.delete(form);
  tell(error, answer.lost ? say("no_network") : answer.ok ? "" : reason(answer));
  if (!answer.lost && !answer.ok) refused(answer);
  return answer.ok ? answer.data : null;
}

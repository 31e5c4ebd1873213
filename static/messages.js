// The delivery ledger: who was told, whether it arrived, and why not. What did not arrive is loudest.
import { $, count, fill, knows, reason, say, tell } from "./words.js";
import { clock, dayLine, on } from "./when.js";
import { as, desk, leave } from "./staff.js";
import { syncFew } from "./few.js";

const TONES = { queued: "sun", sending: "sky", handed_over: "leaf", delivered: "leaf", failed: "fire", suppressed: "sun" };
const WAITING = ["queued", "sending"];
const NAMED = 4;
const WHYS = { "no channel": "why_no_channel", "quiet hours": "why_quiet", "the robot's minute is used up": "why_used_up", outdated: "why_outdated", withdrawn: "why_withdrawn", "notices leave together": "why_together" };
let seen = null;

async function look() {
  const answer = await as("GET", `/api/messages${$("day").value ? `?day=${$("day").value}` : ""}`).catch(() => undefined);
  if (answer === null) return;
  if (answer?.ok) show(answer.data);
  else tell($("stale"), answer ? reason(answer) : seen ? say("stale_messages", { time: clock(seen.now) }) : say("no_network"));
}

/** What should have arrived and did not; what there was no need to send any more is none of it. */
const isWrong = ({ state, why }) => state === "failed" || (state === "suppressed" && !["outdated", "withdrawn"].includes(why));
const nameOf = (message) => message.name || (message.person === "duty" ? say("nobody_named") : message.person);

function show(data) {
  seen = data;
  tell($("stale"), "");
  $("moment").textContent = `${dayLine(data.now)} ${clock(data.now)}`;
  $("day").value = data.day;
  const wrong = data.messages.filter(isWrong);
  showLoud(wrong, data.messages.filter((one) => WAITING.includes(one.state)).length);
  const shown = $("only-wrong").checked ? wrong : data.messages;
  $("list-count").textContent = shown.length ? count("message_count", shown.length) : "";
  $("messages-none").hidden = shown.length > 0;
  syncFew($("messages"), shown, messageRow, () => {});
}

function showLoud(wrong, waiting) {
  const named = [...new Set(wrong.map(nameOf))].slice(0, NAMED);
  $("loud").dataset.count = wrong.length;
  tell($("loud-count"), wrong.length ? String(wrong.length) : "");
  const calm = waiting ? say("failed_none_part", { n: waiting }) : say("failed_none");
  $("loud-text").textContent = wrong.length ? say("failed_loud", { list: named.join(say("name_and")) }) : calm;
}

function messageRow(message) {
  const waiting = WAITING.includes(message.state);
  const time = clock(message.due);
  const row = fill("message-row", {
    name: nameOf(message),
    state: say(`message_${message.state}`),
    when: on(message.at, seen.now),
    why: why(message, time),
    text: message.text ?? "",
    more: [
      knows(`channel_${message.channel}`) ? say(`channel_${message.channel}`) : message.channel,
      message.tries ? count("tries", message.tries) : "",
      say(waiting ? "next_try" : "settled", { time }),
      message.repeat ? say("maybe_twice") : "",
    ].filter(Boolean).join(say("more_join")),
  });
  row.querySelector('[data-slot="state"]').classList.add(TONES[message.state]);
  return row;
}

function why({ why: given }, time) {
  if (!given) return "";
  return WHYS[given] ? say(WHYS[given], { time }) : say("why_other", { why: given });
}

$("day").addEventListener("change", look);
$("only-wrong").addEventListener("change", () => seen && show(seen));
$("sign-out").addEventListener("click", () => leave());
document.addEventListener("visibilitychange", () => !document.hidden && !$("desk").hidden && look());
desk(look, () => {
  seen = null;
  $("messages").replaceChildren();
  $("loud-text").textContent = "";
});

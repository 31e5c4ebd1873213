// The form at a door: what came of a visit, in few taps. It checks what is certainly wrong and leaves the rest to the API.
import { $, goodsWords, say, tell } from "./words.js";

const COLDEST = 34;
const HOTTEST = 43;
const FEVER = 37.3;

/** "36,5" → 36.5; a sentence where it cannot be one; null where nothing was written. */
export function temperature(text) {
  const given = text.trim().replace(/[,\uff0c\u3002\uff0e]/g, ".");
  if (!given) return { value: null };
  if (!/^\d{1,4}(\.\d{1,2})?$/.test(given)) return { wrong: say("temperature_words") };
  const value = Math.round(Number(given) * 10) / 10;
  if (value >= COLDEST && value <= HOTTEST) return { value };
  const meant = Number(given) / 10;
  if (meant >= COLDEST && meant <= HOTTEST) return { wrong: say("temperature_point", { given, meant: meant.toFixed(1) }) };
  return { wrong: say("temperature_range") };
}

export const isFever = (body) => body.temperature !== undefined && body.temperature !== null && body.temperature >= FEVER;

/** A form for ``visit``. ``save(body, form)`` gets what the API takes; ``close()`` when somebody thinks better of it. */
export function visitForm(visit, { save, close, paper = false }) {
  const form = $("visit-form").content.firstElementChild.cloneNode(true);
  const more = form.querySelector("[data-more]");
  if (visit.goods?.length) form.querySelector("[name=outcome][value=done] + span").textContent = `${say("handed_over")} ${goodsWords(visit.goods)}`;
  if (form.elements.paper) form.elements.paper.checked = paper;
  form.addEventListener("change", () => (more.hidden = form.elements.outcome.value !== "done"));
  form.addEventListener("reset", close);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = read(form, visit);
    if (body) save(body, form);
  });
  return form;
}

/** What the form says, or null once it has said what is wrong. Fields that are not shown are not sent. */
function read(form, { id, home }) {
  const given = new FormData(form);
  const body = { visit: id, home, outcome: given.get("outcome"), note: given.get("note").trim(), paper: given.has("paper") };
  if (body.outcome !== "done") return body;
  const { value, wrong } = temperature(given.get("temperature"));
  tell(form.querySelector(".error"), wrong);
  form.elements.temperature.setAttribute("aria-invalid", String(Boolean(wrong)));
  if (wrong) {
    form.elements.temperature.focus();
    return null;
  }
  return { ...body, temperature: value, mood: given.get("mood"), needs: given.getAll("needs") };
}

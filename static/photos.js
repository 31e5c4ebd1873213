// Photos of a ticket: sent by a signed form, shown when somebody asks to see them.
import { count, reason, say, tell } from "./words.js";
import { mint } from "./ask.js";
import { plainPicture } from "./plain-picture.js";
import { on } from "./when.js";

export const MOST = 3;
const PATIENCE = 60_000;
const sentUnder = new WeakMap();
const opened = new Set();

/** Send one to the ticket at ``path`` with ``post(path, body, key)``; "" when it is there, else what to say. The same again is harmless. */
export async function sendPhoto(post, path, plain) {
  if (!sentUnder.has(plain)) sentUnder.set(plain, mint());
  try {
    const place = await post(path, {}, sentUnder.get(plain));
    if (!place?.ok) return place ? reason(place) : say("photo_lost");
    const form = new FormData();
    for (const [name, value] of Object.entries(place.data.fields)) form.append(name, value);
    form.append("file", plain, "photo.jpg");
    const sent = await fetch(place.data.to, { method: "POST", body: form, credentials: "omit", signal: within(PATIENCE) });
    if (!sent.ok) return say("photo_lost");
    const taken = await post(`${path}/${place.data.photo}`, {}, mint());
    return taken?.ok ? "" : taken ? reason(taken) : say("photo_lost");
  } catch {
    return say("photo_lost");
  }
}

function within(milliseconds) {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), milliseconds);
  return stop.signal;
}

/** The photos of a ticket in its row: seen and added where ``post`` and ``get`` say who is asking; ``changed()`` once one was added. */
export function wirePhotos(row, ticket, { base, get, post, now, changed }) {
  const fold = row.querySelector("[data-photos]");
  const [add, doing, error] = ["label", "[role=status]", ".error"].map((one) => fold.querySelector(one));
  const path = `${base}/${encodeURIComponent(ticket.id)}/photos`;
  const running = ticket.state === "open";
  if (!ticket.photos && !running) return fold.remove();
  fold.querySelector("summary").textContent = ticket.photos ? count("photo_count", ticket.photos) : say("photo_add");
  add.hidden = !running || ticket.photos >= MOST;
  const remove = async (photo) => {
    const answer = await post(`${path}/${photo}/removal`, {}, mint()).catch(() => null);
    tell(error, answer?.ok ? "" : answer ? reason(answer) : say("photo_kept"));
    if (answer?.ok) changed(say("photo_removed"));
  };
  const look = async () => {
    const answer = await get(path).catch(() => null);
    if (answer?.ok) showPictures(fold.querySelector(".pictures"), answer.data.photos, now, remove);
    else if (answer) tell(error, reason(answer));
  };
  fold.addEventListener("toggle", () => {
    opened[fold.open ? "add" : "delete"](ticket.id);
    if (fold.open && ticket.photos) look();
  });
  fold.open = opened.has(ticket.id);
  add.querySelector("input").addEventListener("change", async ({ target }) => {
    if (!target.files.length) return;
    tell(error, "");
    tell(doing, say("photo_sending"));
    target.disabled = true;
    const made = await plainPicture(target.files[0]).catch(() => null);
    const wrong = made ? await sendPhoto(post, path, made.plain) : say("photo_bad");
    target.disabled = false;
    target.value = "";
    tell(doing, "");
    tell(error, wrong);
    if (!wrong) changed(say("photo_added"));
  });
  return undefined;
}

function showPictures(list, photos, now, remove) {
  const rows = photos.map(({ id, at, who, url }, index) => {
    const [row, link, image, words, button] = ["li", "a", "img", "p", "button"].map((name) => document.createElement(name));
    link.href = image.src = url;
    link.target = "_blank";
    link.rel = "noopener";
    image.alt = say("photo_nth", { n: index + 1 });
    words.className = "soft";
    words.textContent = say("photo_by", { at: on(at, now), who: who || say("photo_family") });
    link.append(image);
    button.type = "button";
    button.textContent = say("photo_remove");
    button.addEventListener("click", () => {
      if (button.dataset.sure) return remove(id);
      button.dataset.sure = "yes";
      button.textContent = say("photo_sure");
      return undefined;
    });
    row.append(link, words, button);
    return row;
  });
  list.replaceChildren(...rows);
}

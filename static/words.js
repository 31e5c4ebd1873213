// Every word a script says stands in the page, in the page's language. No sentence lives in a script.
export const $ = (id) => document.getElementById(id);

const book = new Map(
  [...($("words")?.content.querySelectorAll("[data-w]") ?? [])].map((one) => [one.dataset.w, one.textContent]),
);

export const knows = (key) => book.has(key);

/** The words under `key`, {name} filled in. */
export const say = (key, values = {}) =>
  (book.get(key) ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

/** The same for a number: "1 home" where the language has such a form, else "n homes". */
export const count = (key, n, values = {}) => say(n === 1 && knows(`${key}_one`) ? `${key}_one` : key, { n, ...values });

const detail = ({ data }) => (document.documentElement.lang === "en" ? data?.detail_en : data?.detail) || data?.detail || say("our_fault");

/** The sentence of a refused request, in the page's language; with the name of whoever was first, if somebody was. */
export const reason = (answer) => {
  const name = answer.status === 409 && answer.data?.by_name;
  return name ? say("first_was", { name, detail: detail(answer) }) : detail(answer);
};

/** A home as people here say it. */
export const homeName = (id, label) => {
  const parts = /^([^-]+)-([^-]+)$/.exec(id ?? "");
  return parts ? say("home_label", { building: parts[1], door: parts[2] }) : label || id;
};

/** A path with a home behind it, as text: what is made from a template has no address yet whose hash could be set. */
export const withHome = (path, home) => `${path}#${encodeURIComponent(home)}`;

/** "medicine", "food" → the words for them, in one breath. */
export const needWords = (needs) =>
  needs.map((need) => (knows(`need_${need}`) ? say(`need_${need}`) : need)).join(say("comma"));

/** "rice", "春联" → the words for them; what the compound calls by a word of its own is shown so. */
export const goodsWords = (goods) => goods.map((one) => (knows(`goods_${one}`) ? say(`goods_${one}`) : one)).join(say("comma"));

/** "lives_alone", "age:82" → the words for them; a word we do not know yet is shown as it came. */
export const tagWords = (tags = []) =>
  tags
    .map((tag) => tag.split(":"))
    .map(([name, n]) => (knows(`tag_${name}`) ? say(`tag_${name}`, { n }) : name))
    .join(say("comma"));

/** A copy of template `id` with its slots filled as plain text; a slot with nothing to say goes. */
export function fill(id, slots) {
  const row = $(id).content.firstElementChild.cloneNode(true);
  for (const place of row.querySelectorAll("[data-slot]")) {
    const text = slots[place.dataset.slot];
    if (text === undefined) continue;
    if (text === "" || text === null) place.remove();
    else place.textContent = text;
  }
  return row;
}

/** Say `text` in `element`, or hide it when there is nothing to say. */
export function tell(element, text) {
  element.textContent = text ?? "";
  element.hidden = !text;
}

/** What a phone can dial. */
export const dial = (phone) => `tel:${phone.replace(/[^\d+]/g, "")}`;

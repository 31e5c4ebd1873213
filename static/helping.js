// What somebody can do and when she is free: read off a form, put into one, and said in words.
import { knows, say } from "./words.js";

/** A form's ``skills``, ``words`` and ``times`` as the API takes them. */
export function helpingOf(form) {
  const given = new FormData(form);
  return { skills: given.getAll("skills"), words: given.get("words").trim(), times: given.getAll("times") };
}

/** The other way round; a word of her own goes into its field. */
export function putHelping(form, { skills, times }) {
  const own = skills.filter((skill) => !knows(`skill_${skill}`));
  for (const box of form.querySelectorAll("[name=skills]")) box.checked = skills.includes(box.value);
  for (const box of form.querySelectorAll("[name=times]")) box.checked = times.includes(box.value);
  form.words.value = own.join(say("comma"));
}

export const skillWords = (skills) => skills.map((skill) => (knows(`skill_${skill}`) ? say(`skill_${skill}`) : skill)).join(say("comma"));

export const timeWords = (times) =>
  times.map((time) => say("free_at", { day: say(`weekday_${time[0]}`), half: say(`half_${time.slice(1)}`) })).join(say("comma"));

// Photos that are chosen before there is a ticket to send them with.
import { say, tell } from "./words.js";
import { MOST, sendPhoto } from "./photos.js";
import { plainPicture } from "./plain-picture.js";

/** A field to choose photos before anything is sent. ``send`` sends them with the ticket at ``path``: how many did not arrive. */
export function photoField(field) {
  const [list, input, doing, error] = [".pictures", "[type=file]", "[role=status]", ".error"].map((one) => field.querySelector(one));
  let chosen = [];
  const show = () => {
    list.replaceChildren(...chosen.map(({ small, plain }, at) => chosenRow(small, at + 1, () => drop(plain))));
    input.closest("label").hidden = chosen.length >= MOST;
  };
  const drop = (plain) => {
    chosen = chosen.filter((one) => one.plain !== plain);
    show();
    input.focus();
  };
  input.addEventListener("change", async () => {
    tell(error, "");
    for (const file of [...input.files].slice(0, MOST - chosen.length)) {
      await plainPicture(file).then((made) => chosen.push(made), () => tell(error, say("photo_bad")));
    }
    input.value = "";
    show();
  });
  return async function send(post, path) {
    let left = 0;
    tell(error, "");
    tell(doing, chosen.length ? say("photo_sending") : "");
    for (const { plain } of chosen) left += (await sendPhoto(post, path, plain)) ? 1 : 0;
    tell(doing, "");
    chosen = [];
    show();
    return left;
  };
}

function chosenRow(small, n, drop) {
  const [row, button] = ["li", "button"].map((name) => document.createElement(name));
  small.setAttribute("role", "img");
  small.setAttribute("aria-label", say("photo_nth", { n }));
  button.type = "button";
  button.textContent = say("photo_drop");
  button.addEventListener("click", drop);
  row.append(small, button);
  return row;
}

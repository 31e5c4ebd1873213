// Somebody would like to be a volunteer. The compound may stand behind the #, as the poster's QR has it.
import { $ } from "./words.js";
import { settle, toggleSize } from "./resident-page.js";
import { sender } from "./sending.js";
import { helpingOf } from "./helping.js";

const send = sender(() => ({}));

function start() {
  settle();
  toggleSize();
  const choice = $("join-compound");
  const asked = location.hash.slice(1).split(".")[0];
  if (choice && [...choice.options].some((one) => one.value === asked)) choice.value = asked;
  const form = $("join");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = Object.fromEntries(["compound", "name", "phone", "where", "why"].map((name) => [name, form[name].value.trim()]));
    if (!(await send(form, "/api/applications", { ...said, ...helpingOf(form) }))) return;
    form.hidden = true;
    form.reset();
    $("joined").hidden = false;
    $("joined-title").focus();
  });
}

start();

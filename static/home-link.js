// The way from a row to the file of the home it names.
import { withHome } from "./words.js";

/** Point a row's home at its file, or leave it as text where there is none. */
export function linkHome(row, home) {
  const link = row.querySelector("[data-home]");
  if (!home) link.replaceWith(...link.childNodes);
  else if (link.hasAttribute("href")) link.setAttribute("href", withHome(link.getAttribute("href"), home));
}

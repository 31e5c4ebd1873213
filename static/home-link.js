// The way from a row to the file of the home it names.

/** Point a row's home at its file, or leave it as text where there is none. */
export function linkHome(row, home) {
  const link = row.querySelector("[data-home]");
  if (!home) link.replaceWith(...link.childNodes);
  else if (link.href) link.hash = home;
}

// A text cut where sentences end, into as few parts as fit a screen.
const sentences = (text) => text.match(/[^\u3002\uff01\uff1f\uff1b.!?;\n]*[\u3002\uff01\uff1f\uff1b.!?;\n]*/g).filter(Boolean);

/** The parts of ``text`` in order; ``fits(part)`` says whether one may stand alone. Nothing is lost, and a part is never empty but alone. */
export function chunks(text, fits) {
  const parts = [];
  let current = "";
  for (const sentence of sentences(text)) {
    if (fits(current + sentence)) current += sentence;
    else {
      if (current.trim()) parts.push(current.trim());
      current = torn(sentence, fits, parts);
    }
  }
  return current.trim() || !parts.length ? [...parts, current.trim()] : parts;
}

/** A sentence too long for a screen is cut between letters; what is left of it stays current. */
function torn(sentence, fits, parts) {
  let rest = [...sentence];
  while (rest.length > 1 && !fits(rest.join(""))) {
    let most = rest.length - 1;
    while (most > 1 && !fits(rest.slice(0, most).join(""))) most = Math.floor(most * 0.8);
    parts.push(rest.slice(0, most).join("").trim());
    rest = rest.slice(most);
  }
  return rest.join("");
}

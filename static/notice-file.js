// The file of a compound's public notices, and what this browser read last of it.
const PATIENCE = 15_000;
const place = (compound) => `nuanlin.notices.${compound}`;

/** What everybody may read; nothing published yet is an empty board, null is no network. */
export async function readBoard(compound) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(`/feeds/${encodeURIComponent(compound)}.json`, { credentials: "omit", signal: stop.signal });
    if (!answer.ok) return answer.status < 500 ? { notices: [], made: new Date().toISOString() } : null;
    const board = await answer.json();
    keep(compound, board);
    return board;
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function keep(compound, board) {
  try {
    localStorage.setItem(place(compound), JSON.stringify(board));
  } catch {
    // Storage is off: without a network there is nothing to show.
  }
}

/** What was read last, or null. */
export function kept(compound) {
  try {
    return JSON.parse(localStorage.getItem(place(compound)));
  } catch {
    return null;
  }
}

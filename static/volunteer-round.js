// The visits of a volunteer's round: recorded at the door, kept in the tab while there is no network.
import { $, count, homeName, reason, say, tell } from "./words.js";
import { span } from "./when.js";
import { ask } from "./ask.js";
import { isKept, isOwed, kindWord } from "./visit-rows.js";
import { sendingVisits } from "./sending-visits.js";
import { roundList } from "./round-list.js";

/** ``headers()`` prove who asks; ``link`` is whose records wait. Returns ``show(round)``. */
export function volunteerRound({ headers, link, reload }) {
  const post = async (body, key) => {
    const answer = await ask("POST", "/api/round/visits", { headers: headers(), body, key });
    if (answer.status === 401 || answer.status === 403) reload();
    return answer;
  };
  const way = sendingVisits({ post, owner: () => link, changed: arrived });
  const list = roundList({ list: $("visits"), way, groups, heard });

  function heard(text, bad = false) {
    tell($("done"), text);
    $("done").classList.toggle("fire", bad);
    tellWaiting();
  }

  function tellWaiting() {
    const waiting = way.waiting().length;
    tell($("unsent"), waiting ? count("unsent_count", waiting) : "");
  }

  function arrived(answer, item) {
    const home = homeName(item.about.home, item.about.label);
    heard(answer.ok ? (way.waiting().length ? "" : say("nothing_lost")) : `${home} ${reason(answer)}`, !answer.ok);
    reload();
  }

  return ({ homes, volunteer, now }) => {
    const visits = homes.filter((home) => home.assigned && !home.own).flatMap((home) => (home.visits ?? []).map((visit) => whole(visit, home, volunteer)));
    visits.sort((one, two) => one.opens.localeCompare(two.opens));
    $("round").hidden = !visits.length;
    if (visits.length) list.show(visits, now);
    tellWaiting();
  };
}

/** A visit with what the list needs of its home. */
function whole({ from, until, ...visit }, { home, label, tier, tags, contact }, volunteer) {
  return { needs: [], note: "", ...visit, by_name: visit.by, home, label, tier, tags, contact, opens: from, closes: until, owners: [volunteer] };
}

function groups(visits) {
  const found = new Map();
  for (const visit of visits) {
    const id = `group ${visit.opens} ${visit.closes} ${visit.kind}`;
    if (!found.has(id)) found.set(id, { id, title: say("group_time", { span: span(visit.opens, visit.closes), kind: kindWord(visit.kind) }), visits: [] });
    found.get(id).visits.push({ ...visit, owners: visit.owners, withKind: false });
  }
  const tally = (own) => ({ kept: own.filter(isKept).length, n: own.filter(isOwed).length });
  return [...found.values()].map((group) => ({ ...group, count: say("group_kept", tally(group.visits)) }));
}

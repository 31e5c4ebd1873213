"""What happens to a home's links and cards: issued, used for the first time, revoked, read out."""

import hmac
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime

from chalicelib.residents import records
from chalicelib.residents.rules import (
    CODE_FAILURES,
    LIVE_LINKS,
    Card,
    HomeLink,
    LinkState,
    code_from,
    hash_code,
    read_code,
)
from chalicelib.shared.ids import CompoundId, HomeId, TenancyId
from chalicelib.shared.problems import Problem, busy, dead_link
from chalicelib.shared.tokens import compound_of, digest_of
from chalicelib.store.contract import Add, Change, Conflict, Store

ROUNDS = 8


def mint_code(randomness: bytes | None = None) -> str:
    """A new code for a card."""
    return code_from((randomness or secrets.token_bytes(8))[:8])


def issue_home_link(
    store: Store,
    now: datetime,
    compound: str,
    home: str,
    tenancy: str,
    token: str,
    code: str,
    key: str = "",
    also: Callable[[], Sequence[Change]] = tuple,
) -> int:
    """Make a new card valid beside the ones it will replace at its first use; returns its edition. Repeatable with the same token.

    ``also`` is what has to be written with it, asked again in each round.

    Problem 409 if a card was printed under this key already: what was shown once cannot be shown again.
    """
    digest = digest_of(token)
    card = Card(digest, hash_code(compound, home, code), key)
    for _ in range(ROUNDS):
        known = records.cards(store, compound, home)
        if digest in {each.digest for each in known.cards}:
            return known.edition
        if key and key in {each.key for each in known.cards}:
            raise _shown_already()
        dropped = _giving_way(store, compound, known.cards)
        kept = tuple(each for each in known.cards if each not in dropped)
        link = HomeLink(digest, home, tenancy, LinkState.ISSUED, tuple(each.digest for each in known.cards), 1)
        changed = known._replace(cards=(*kept, card), edition=known.edition + 1)
        changes: list[Change] = [Add(records.link_item(compound, link)), records.cards_changed(compound, home, changed)]
        try:
            store.write(*changes, *also(), *_revoking(store, compound, [each.digest for each in dropped]))
            return changed.edition
        except Conflict:
            continue
    raise busy()


def _giving_way(store: Store, compound: str, cards: tuple[Card, ...]) -> list[Card]:
    """Which cards end so that a new one finds room: the oldest that nobody has used, since the one on the door must go on working."""
    too_many = len(cards) - LIVE_LINKS + 1
    if too_many <= 0:
        return []
    links = [records.link(store, compound, card.digest) for card in cards]
    unused = [card for card, link in zip(cards, links, strict=True) if link and link.state is LinkState.ISSUED]
    return (unused or list(cards))[:too_many]


def open_home(store: Store, token: str) -> tuple[CompoundId, HomeId, TenancyId]:
    """Whose door a link opens: one consistent read, and one transaction the first time it is used. Problem 401 if it opens none."""
    compound = compound_of(token)
    for _ in range(ROUNDS):
        link = records.link(store, compound, digest_of(token)) if compound else None
        if compound is None or link is None or link.state is LinkState.REVOKED:
            raise dead_link()
        if link.state is LinkState.ACTIVE or _activate(store, compound, link):
            return compound, HomeId(link.home), TenancyId(link.tenancy)
    raise busy()


def _activate(store: Store, compound: str, link: HomeLink) -> bool:
    """First use of a card: it becomes the active one and the cards it replaces die. False if somebody was faster at anything."""
    known = records.cards(store, compound, link.home)
    left = tuple(card for card in known.cards if card.digest not in link.replaces)
    try:
        store.write(
            records.moved(compound, link, LinkState.ACTIVE),
            records.cards_changed(compound, link.home, known._replace(cards=left)),
            *_revoking(store, compound, link.replaces),
        )
    except Conflict:
        return False
    return True


def revoke_home_links(store: Store, now: datetime, compound: str, home: str, key: str = "") -> int:
    """Every card of a home stops working at once; returns how many did. A repeat with the same key gets the first answer."""
    for _ in range(ROUNDS):
        known = records.cards(store, compound, home)
        if key and known.revoked[0] == key:
            return known.revoked[1]
        if not known.cards:
            return 0
        try:
            revoking = _revoking(store, compound, [card.digest for card in known.cards])
            ended = known._replace(cards=(), revoked=(key, len(known.cards)))
            store.write(records.cards_changed(compound, home, ended), *revoking)
            return len(known.cards)
        except Conflict:
            continue
    raise busy()


def open_by_code(store: Store, now: datetime, compound: str, home: str, code: str) -> TenancyId:
    """The tenancy whose card carries this code. Problem 401 for a wrong code, 429 after five wrong ones in an hour.

    The code is the card: using it counts as the card's first use. A try is counted before the code is looked at, so that many at once get no more than five.
    """
    known = records.cards(store, compound, home)
    if not known.cards:
        raise wrong_code()
    count, version = _count_try(store, now, compound, home)
    given = read_code(code)
    digest = next((card.digest for card in known.cards if given and _same(card.code_hash, hash_code(compound, home, given))), "")
    link = records.link(store, compound, digest) if digest else None
    if link is None or link.state is LinkState.REVOKED:
        raise wrong_code()
    _forgive(store, now, compound, home, count, version)
    if link.state is LinkState.ISSUED:
        _activate(store, compound, link)
    return TenancyId(link.tenancy)


def _count_try(store: Store, now: datetime, compound: str, home: str) -> tuple[int, int]:
    for _ in range(ROUNDS):
        count, version = records.failures(store, compound, home, now)
        if count >= CODE_FAILURES:
            raise Problem(
                429,
                "too-many-codes",
                "试错太多次了，请一小时后再试，或打值班电话。",
                "Too many wrong codes. Try in an hour, or call.",
                retry_after=3600,
            )
        try:
            store.write(records.failures_changed(compound, home, now, count + 1, version))
            return count + 1, version + 1
        except Conflict:
            continue
    raise busy()


def _forgive(store: Store, now: datetime, compound: str, home: str, count: int, version: int) -> None:
    """The try was no failure after all. If another try came between, its count stands: too strict by one, never too lax."""
    try:
        store.write(records.failures_changed(compound, home, now, count - 1, version))
    except Conflict:
        return


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one, other)


def _revoking(store: Store, compound: str, digests: list[str] | tuple[str, ...]) -> list[Change]:
    links = [records.link(store, compound, digest) for digest in digests]
    return [records.moved(compound, link, LinkState.REVOKED) for link in links if link and link.state is not LinkState.REVOKED]


def _shown_already() -> Problem:
    return Problem(
        409,
        "shown-already",
        "这张卡已经显示过一次，请重新点「印卡」。",
        "These cards were shown once already. Please print again, under a new key.",
    )


def wrong_code() -> Problem:
    return Problem(
        401,
        "wrong-code",
        "门牌号或卡上的编码不对，请再看一眼卡片。",
        "The home or the card's code is not right. Please look at the card again.",
    )

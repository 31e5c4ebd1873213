"""Messages merged and split: never over the limit, nothing lost, nothing reordered."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.post.channels import CHANNELS
from chalicelib.post.limits import Limits, json_bytes, ucs2_units, utf8_bytes
from chalicelib.post.packing import packs, pieces
from chalicelib.post.rules import QUIET, Message, MessageState
from tests.builders import moment

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MEASURES = st.sampled_from([utf8_bytes, json_bytes, ucs2_units])
LIMITS = st.tuples(st.integers(8, 80), MEASURES).map(lambda given: Limits(*given))
CUT = st.tuples(st.integers(8, 40), st.just(ucs2_units), st.integers(1, 3)).map(lambda given: Limits(*given))
LONG = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


def messages(texts: list[str]) -> list[Message]:
    now = moment("09:00")
    to = ("wecombot://k",)
    return [Message("anheli", str(number), now, "duty", to, text, MessageState.QUEUED, now, now) for number, text in enumerate(texts)]


@given(TEXTS, LIMITS)
def test_pieces_fit_and_make_the_text_again(text: str, limit: Limits):
    split = pieces(text, limit)

    assert "".join(split) == text
    assert all(limit.measure(piece) <= limit.size for piece in split)
    assert all(split) or split == [""]


@given(st.lists(TEXTS, max_size=12), LIMITS)
def test_packs_keep_order_and_content_and_never_exceed_the_limit(texts: list[str], limit: Limits):
    found = packs(messages(texts), limit)

    assert [message.text for pack in found for message in pack.messages] == texts
    assert all(limit.measure(text) <= limit.size for pack in found for text in pack.texts)
    for pack in found:
        assert "".join(pack.texts) == "\n\n".join(message.text for message in pack.messages)
        assert len(pack.messages) == 1 or len(pack.texts) == 1


@given(st.lists(TEXTS, max_size=12), LIMITS)
def test_two_neighbours_that_would_fit_into_one_text_are_never_apart(texts: list[str], limit: Limits):
    found = packs(messages(texts), limit)

    for one, other in pairwise(found):
        apart = len(one.texts) > 1 or limit.measure(f"{one.texts[0]}\n\n{other.messages[0].text}") > limit.size
        assert apart


@given(st.lists(st.tuples(TEXTS, st.booleans()), max_size=12), LIMITS)
def test_a_digest_loses_nothing_reorders_nothing_and_fits(given_: list[tuple[str, bool]], limit: Limits):
    waiting = [
        message._replace(why=QUIET * held) for message, (_, held) in zip(messages([text for text, _ in given_]), given_, strict=True)
    ]
    found = packs(waiting, limit)

    assert [message for pack in found for message in pack.messages] == waiting
    assert all(limit.measure(text) <= limit.size for pack in found for text in pack.texts)
    assert not [pack for pack in found if len({message.held for message in pack.messages}) > 1]


@given(LONG, st.sampled_from([channel.limits for channel in CHANNELS]))
def test_what_a_text_takes_is_the_sum_over_its_characters(text: str, limits: Limits):
    assert limits.measure(text) == sum(limits.measure(letter) for letter in text)


@given(LONG, CUT)
def test_where_texts_are_counted_the_rest_is_cut_and_the_cut_is_seen(text: str, limits: Limits):
    split = pieces(text, limits)

    assert len(split) <= limits.most and all(ucs2_units(piece) <= limits.size for piece in split)
    whole = "".join(split)
    assert whole == text or (whole.endswith("…") and text.startswith(whole[:-1]))

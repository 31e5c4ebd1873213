"""Messages merged and split: never over the limit, nothing lost, nothing reordered."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.post.rules import Message, MessageState, packs, pieces
from tests.builders import moment

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
LIMITS = st.integers(4, 80)


def messages(texts: list[str]) -> list[Message]:
    now = moment("09:00")
    return [Message("anheli", str(number), "wecombot://k", text, MessageState.QUEUED, now, now) for number, text in enumerate(texts)]


@given(TEXTS, LIMITS)
def test_pieces_fit_and_make_the_text_again(text: str, limit: int):
    split = pieces(text, limit)

    assert "".join(split) == text
    assert all(len(piece.encode()) <= limit for piece in split)
    assert all(split) or split == [""]


@given(st.lists(TEXTS, max_size=12), LIMITS)
def test_packs_keep_order_and_content_and_never_exceed_the_limit(texts: list[str], limit: int):
    found = packs(messages(texts), limit)

    assert [message.text for pack in found for message in pack.messages] == texts
    assert all(len(text.encode()) <= limit for pack in found for text in pack.texts)
    for pack in found:
        assert "".join(pack.texts) == "\n\n".join(message.text for message in pack.messages)
        assert len(pack.messages) == 1 or len(pack.texts) == 1


@given(st.lists(TEXTS, max_size=12), LIMITS)
def test_two_neighbours_that_would_fit_into_one_text_are_never_apart(texts: list[str], limit: int):
    found = packs(messages(texts), limit)

    for one, other in pairwise(found):
        apart = len(one.texts) > 1 or len(f"{one.texts[0]}\n\n{other.messages[0].text}".encode()) > limit
        assert apart

"""Text that nobody can see is no text."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.shared.text import FILLERS, clean, is_seen, paragraphs

UNSEEN = st.text(
    st.one_of(
        st.characters(categories=["Cc", "Cf", "Cn", "Co", "Zs", "Zl", "Zp", "Mn"]),
        st.sampled_from([*FILLERS, "\u200b", "\u200d", "\u200e", "\u202e", "\u2066", "\ufeff", "\ufe0f", "\u034f", "\u3000"]),
    ),
    max_size=20,
)
TEXT = st.text(st.characters(), max_size=40)


@given(UNSEEN)
def test_what_cannot_be_seen_is_nothing(text: str):
    assert clean(text) == paragraphs(text) == ""


@given(UNSEEN, st.characters(categories=["L", "N", "S", "P"], exclude_characters="".join(FILLERS)), UNSEEN)
def test_one_letter_that_is_seen_is_said_whatever_stands_around_it(before: str, letter: str, after: str):
    assert letter in clean(before + letter + after)


@given(TEXT)
def test_what_is_kept_can_be_seen_and_is_not_changed_again(text: str):
    kept = clean(text)

    assert kept == "" or any(is_seen(letter) for letter in kept)
    assert clean(kept) == kept == kept.strip()
    assert not [letter for letter in kept if unicodedata.category(letter) in {"Cc", "Cs", "Co", "Cn"}]

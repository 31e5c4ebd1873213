"""Half-days, words that make somebody look, receipts that see a slip of the pen."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.mailbox.receipts import TRIES, Bucket, read_receipt, read_secret, receipt_from, secret_from, slot_of, taken
from chalicelib.mailbox.rules import due
from chalicelib.mailbox.urgency import ORDER, Urgency, worry, worse
from chalicelib.shared.half_days import half_day, read_half_day
from tests.builders import moment

NOW = moment("09:00")


@pytest.mark.parametrize(
    ("clock", "half"), [("00:00", "2026-11-22-am"), ("11:59", "2026-11-22-am"), ("12:00", "2026-11-22-pm"), ("23:59", "2026-11-22-pm")]
)
def test_the_only_time_there_is(clock: str, half: str):
    found = half_day(moment(clock))

    assert str(found) == half and read_half_day(half) == found
    assert found.begins <= moment(clock) < found.begins + timedelta(hours=12) and due(found) - found.begins == timedelta(hours=24)
    assert found.ends - found.begins == timedelta(hours=12)


@pytest.mark.parametrize("text", ["", "2026-11-22", "2026-11-22-night", "2026-11-31-am", "am"])
def test_what_is_no_half_day(text: str):
    with pytest.raises(ValueError):
        read_half_day(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我不想活了", Urgency.DANGER),
        ("我 不 想 活 了", Urgency.DANGER),
        ("他又打我了", Urgency.DANGER),
        ("家里没米了，药也快吃完了", Urgency.URGENT),
        ("I want to die", Urgency.DANGER),
        ("路灯坏了", None),
        ("谢谢王管家", None),
    ],
)
def test_words_make_somebody_look(text: str, found: Urgency | None):
    assert worry(text) is found


@given(st.text(max_size=60), st.text(max_size=60))
def test_more_words_never_lower_what_was_found(first: str, second: str):
    both, alone = worry(f"{first}\n不想活\n{second}"), worry(first)
    assert both is Urgency.DANGER
    assert alone is None or worse(alone, worry(second)) is max((alone, worry(second) or alone), key=ORDER.index)


@given(st.integers(0, 10**8 - 1), st.integers(0, 8), st.integers(1, 9))
def test_a_receipt_sees_one_wrong_digit(number: int, place: int, by: int):
    receipt = receipt_from(number)
    wrong = f"{receipt[:place]}{(int(receipt[place]) + by) % 10}{receipt[place + 1 :]}"

    assert read_receipt(receipt) == receipt and read_receipt(wrong) == ""


@given(st.integers(0, 10**8 - 1), st.integers(0, 7))
def test_a_receipt_sees_two_digits_swapped(number: int, place: int):
    receipt = receipt_from(number)
    swapped = receipt[:place] + receipt[place + 1] + receipt[place] + receipt[place + 2 :]

    assert read_receipt(swapped) == ("" if swapped != receipt else receipt)


@pytest.mark.parametrize("text", ["4829 1735 6", "４８２９-１７３５-６", "单号 4829–1735–6"])
def test_a_receipt_is_read_as_people_write_it(text: str):
    digits = receipt_from(48291735)
    assert read_receipt(text.replace("6", digits[8]).replace("６", digits[8])) == digits


@given(st.binary(min_size=13, max_size=13))
def test_a_secret_is_read_as_people_write_it(random: bytes):
    secret = secret_from(random)
    shown = "-".join(secret[at : at + 5] for at in range(0, 20, 5)).lower().replace("0", "o").replace("1", "l")

    assert len(secret) == 20 and read_secret(shown) == secret


def test_the_bucket_fills_up_again_slowly_and_never_beyond_its_rim():
    bucket = Bucket(TRIES, slot_of(NOW))
    for _ in range(TRIES):
        bucket = taken(bucket, NOW) or pytest.fail("empty too soon")

    assert taken(bucket, NOW) is None
    later = taken(bucket, NOW + timedelta(minutes=10))
    assert later is not None and later.left == 4
    assert (taken(bucket, NOW + timedelta(days=9)) or bucket).left == TRIES - 1
    assert taken(bucket, NOW - timedelta(days=1)) is None, "a clock that goes back gives nothing"

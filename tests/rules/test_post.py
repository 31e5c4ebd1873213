"""Outgoing messages: merged, split, and tried again."""

from datetime import timedelta

import pytest

from chalicelib.post.channels import CHANNELS, Channel
from chalicelib.post.limits import Limits
from chalicelib.post.packing import packs, pieces
from chalicelib.post.rules import QUIET, TEXT_LIMIT, Message, MessageState, next_minute, next_try
from chalicelib.post.wording import text
from tests.builders import moment


def message(said: str, identity: str = "m") -> Message:
    now = moment("09:00")
    return Message("anheli", identity, now, "duty", ("wecombot://k",), said, MessageState.QUEUED, now, now)


@pytest.mark.parametrize(
    ("said", "limit", "split"),
    [
        ("", 6, [""]),
        ("abcdef", 6, ["abcdef"]),
        ("abcdefg", 6, ["abcdef", "g"]),
        ("安和里", 6, ["安和", "里"]),
        ("a安和", 6, ["a安", "和"]),
        ("🚪🚪", 6, ["🚪", "🚪"]),
        ("ab\n\ncd", 3, ["ab\n", "\ncd"]),
    ],
)
def test_a_long_text_is_split_between_characters(said: str, limit: int, split: list[str]):
    assert pieces(said, Limits(limit)) == split


@pytest.mark.parametrize(
    ("said", "limit", "texts"),
    [
        ([], 10, []),
        (["ab", "cd"], 6, [["ab\n\ncd"]]),
        (["ab", "cde"], 6, [["ab"], ["cde"]]),
        (["a", "b", "c"], 4, [["a\n\nb"], ["c"]]),
        (["abcdefgh", "x"], 6, [["abcdef", "gh"], ["x"]]),
        (["x", "abcdefgh"], 6, [["x"], ["abcdef", "gh"]]),
        (["安", "和"], 8, [["安\n\n和"]]),
        (["安", "和"], 7, [["安"], ["和"]]),
    ],
)
def test_messages_are_merged_in_order_while_they_fit(said: list[str], limit: int, texts: list[list[str]]):
    assert [list(pack.texts) for pack in packs([message(each) for each in said], Limits(limit))] == texts


WAY = "去处理：https://x/today/"


@pytest.mark.parametrize(
    ("said", "size", "texts"),
    [
        (["a\n" + WAY], 400, ["a\n" + WAY]),
        (["a\nb\n" + WAY, "c\n" + WAY], 400, ["【免打扰时段里的 2 件事】\n· a b\n· c\n" + WAY]),
        (["a\nhere", "b\nthere"], 400, ["【免打扰时段里的 2 件事】\n· a\nhere\n· b\nthere"]),
        (["a\n" + WAY, "b\n" + WAY, "c\nhers"], 400, ["【免打扰时段里的 3 件事】\n· a\n· b\n" + WAY + "\n· c\nhers"]),
        (["a", "b"], 400, ["【免打扰时段里的 2 件事】\n· a\n· b"]),
        (["", "b"], 400, ["【免打扰时段里的 2 件事】\n· \n· b"]),
        (["a" * 20, "b" * 20, "c"], 88, ["【免打扰时段里的 2 件事】\n· " + "a" * 20 + "\n· " + "b" * 20, "c"]),
        (["a" * 50, "b" * 50], 60, ["a" * 50, "b" * 50]),
    ],
)
def test_what_was_held_back_goes_out_as_one_digest_a_line_each(said: list[str], size: int, texts: list[str]):
    held = [message(each, str(number))._replace(why=QUIET) for number, each in enumerate(said)]

    assert [text for pack in packs(held, Limits(size)) for text in pack.texts] == texts


def test_a_digest_is_not_mixed_with_what_is_told_now_and_not_made_again_of_what_was_refused():
    held = [message(each, each)._replace(why=QUIET) for each in "ab"]
    found = packs([*held, message("c"), message("d")._replace(why="http 500")], Limits(400))

    assert [pack.texts[0].splitlines()[-1] for pack in found] == ["· b", "d"] and found[1].texts == ("c\n\nd",)


@pytest.mark.parametrize("letter", ["x", "安", "🚪", "\x01", '"'])
@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
def test_the_longest_message_never_takes_more_texts_than_may_go_at_once(channel: Channel, letter: str):
    texts = len(pieces(letter * TEXT_LIMIT, channel.limits))

    assert all(texts <= rate.most for rate in channel.limits.rates)
    assert texts <= (channel.limits.most or 8)


@pytest.mark.parametrize("refusals", range(13))
def test_the_next_try_comes_after_five_seconds_and_within_the_hour(refusals: int):
    waits = [next_try(moment("09:00"), refusals, jitter) - moment("09:00") for jitter in (0.0, 0.5, 1.0)]

    assert waits == sorted(set(waits)) and waits[0] == timedelta(seconds=5)
    assert waits[-1] == timedelta(seconds=min(3600, 10 * 2**refusals))


@pytest.mark.parametrize(("now", "then"), [("09:00", "09:01"), ("09:00:00.001", "09:01"), ("09:00:59.999", "09:01"), ("09:59:30", "10:00")])
def test_a_used_up_minute_waits_for_the_next_one(now: str, then: str):
    assert next_minute(moment(now)) == moment(then)


def test_a_message_says_where_when_and_what_to_do():
    said = text("door_unexplained", label="2 栋 801", time="09:12", days=3, site="https://x.example")

    assert "2 栋 801" in said and "09:12" in said and "https://x.example/duty/" in said and "{" not in said


def test_a_message_with_an_unfilled_place_is_never_sent():
    with pytest.raises(KeyError):
        text("door_unexplained", label="2 栋 801")
    with pytest.raises(FileNotFoundError):
        text("no_such_message")

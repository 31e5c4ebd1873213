"""How a person is reached, and who cannot be."""

import pytest

from chalicelib.reach import addresses, who_has_no_channel
from chalicelib.register.rules import Role, Staff, Volunteer
from tests.builders import policy, register


def with_phone(phone: str, **robots: str):
    staff = (Staff("anheli.wang", "王管家", phone, (Role.STEWARD,)),)
    return register(staff=staff, volunteers=(), policy=policy(robots={"duty": "wecombot://anheli", **robots}))


@pytest.mark.parametrize(
    ("phone", "found"),
    [
        ("13800000010", ("sms:+8613800000010",)),
        ("+86 138-0000-0010", ("sms:+8613800000010",)),
        ("8613800000010", ("sms:+8613800000010",)),
        ("0571-8800 1234", ()),
        ("12345", ()),
        ("12800000010", ()),
        ("138000000100", ()),
        ("", ()),
    ],
)
def test_a_mobile_phone_takes_text_messages_and_a_landline_does_not(phone: str, found: tuple[str, ...]):
    assert addresses(with_phone(phone), "anheli.wang") == found
    assert who_has_no_channel(with_phone(phone)) == ([] if found else ["anheli.wang"])


def test_a_robot_of_ones_own_comes_first():
    one = with_phone("13800000010", **{"anheli.wang": "feishu://s@t"})

    assert addresses(one, "anheli.wang") == ("feishu://s@t", "sms:+8613800000010")
    assert addresses(one, "duty") == ("wecombot://anheli",)


def test_nobody_who_is_on_no_list_is_reached():
    assert addresses(register(), "anheli.nobody") == ()
    assert addresses(register(), "") == ()


def test_everybody_without_an_address_that_works_is_named():
    one = register(
        volunteers=(Volunteer("v1", "老周", "13800000009", "g1"), Volunteer("v2", "老郑", "0571-1234567", "g1")),
        policy=policy(robots={"duty": "https://example.org"}),
    )

    assert who_has_no_channel(one) == ["duty", "v2"]
    assert who_has_no_channel(one, broken={"sms:+8613800000009"}) == ["duty", "v1", "v2"]

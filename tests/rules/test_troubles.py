"""What ails a sensor, from when until when: decision tables."""

from datetime import timedelta

import pytest

from chalicelib.sensors.troubles import LINK_HOLD, Episode, Health, Limits, Signs, Trouble, excused, fell_silent, heard, quiet, running

LIMITS = Limits(battery=15, link=30)
HOUR = int(timedelta(hours=1).total_seconds() * 1000)


def after(*said: tuple[int, Signs], health: Health | None = None) -> Health:
    known: Health = health or {}
    for hour, signs in said:
        known = heard(known, signs, LIMITS, hour * HOUR)
    return known


@pytest.mark.parametrize(
    ("said", "ailing"),
    [
        ([Signs()], []),
        ([Signs(battery=16)], []),
        ([Signs(battery=15)], [Trouble.BATTERY]),
        ([Signs(battery_low=True)], [Trouble.BATTERY]),
        ([Signs(battery=90, battery_low=True)], [Trouble.BATTERY]),
        pytest.param([Signs(battery=12), Signs(battery=16)], [Trouble.BATTERY], id="warmed up is not recovered"),
        pytest.param([Signs(battery=12), Signs(battery=35)], [], id="a new battery"),
        pytest.param([Signs(battery=12), Signs(link=80)], [Trouble.BATTERY], id="a message that does not speak of it"),
        pytest.param([Signs(battery_low=True), Signs(battery_low=False)], [], id="by its own word"),
        pytest.param([Signs(battery=12), Signs(battery=16, battery_low=False)], [Trouble.BATTERY], id="a figure counts more than a word"),
        ([Signs(tamper=True)], [Trouble.TAMPERED]),
        ([Signs(tamper=True), Signs(battery=80)], [Trouble.TAMPERED]),
        ([Signs(tamper=True), Signs(tamper=False)], []),
        pytest.param([Signs(tamper=True, battery=3)], [Trouble.TAMPERED, Trouble.BATTERY], id="the most urgent first"),
    ],
)
def test_what_ails_a_sensor_after_its_messages(said: list[Signs], ailing: list[Trouble]):
    assert running(after(*enumerate(said, 1))) == ailing


@pytest.mark.parametrize(
    ("links", "weak"),
    [
        pytest.param([(1, 10)], False, id="once proves nothing"),
        pytest.param([(1, 10), (6, 10)], False, id="five hours"),
        pytest.param([(1, 10), (7, 10)], True, id="six hours"),
        pytest.param([(1, 10), (4, 60), (8, 10)], False, id="well in between"),
        pytest.param([(1, 10), (4, 40), (8, 10)], True, id="within the margin is not well"),
        pytest.param([(1, 10), (8, 40)], False, id="within the margin is not weak either"),
        pytest.param([(1, 10), (7, 10), (8, 60)], True, id="one good message is no recovery"),
        pytest.param([(1, 10), (7, 10), (8, 60), (14, 60)], False, id="well for six hours"),
        pytest.param([(1, 10), (7, 10), (8, 60), (10, 20), (14, 60)], True, id="weak in between"),
    ],
)
def test_a_link_is_weak_once_it_was_weak_for_hours(links: list[tuple[int, int]], weak: bool):
    assert (Trouble.LINK in running(after(*((hour, Signs(link=link)) for hour, link in links)))) is weak


def test_silence_ends_with_the_first_word():
    silent = fell_silent({}, 30 * HOUR)

    assert (running(silent), running(after((31, Signs()), health=silent))) == ([Trouble.SILENT], [])
    assert running(excused(silent, 31 * HOUR)) == []


def test_an_episode_keeps_its_beginning_and_the_next_one_has_another():
    one = after((1, Signs(battery=10)), (2, Signs(battery=9)))
    two = after((3, Signs(battery=100)), (4, Signs(battery=10)), health=one)
    at_once = heard(heard({}, Signs(tamper=False), LIMITS, HOUR), Signs(tamper=True), LIMITS, HOUR)
    again = heard(heard(at_once, Signs(tamper=False), LIMITS, HOUR), Signs(tamper=True), LIMITS, HOUR)

    assert one[Trouble.BATTERY] == Episode(HOUR)
    assert two[Trouble.BATTERY] == Episode(4 * HOUR, 3 * HOUR)
    assert at_once[Trouble.TAMPERED].since != again[Trouble.TAMPERED].since and running(again) == [Trouble.TAMPERED]


@pytest.mark.parametrize(
    ("health", "signs", "far"),
    [
        ({}, Signs(battery=100, link=180), True),
        ({}, Signs(battery=40), False),
        ({}, Signs(link=90), False),
        ({}, Signs(tamper=True), False),
        ({}, Signs(battery_low=True), False),
        ({Trouble.BATTERY: Episode(1)}, Signs(battery=100), False),
        ({Trouble.LINK: Episode(0, 0, 5)}, Signs(link=180), False),
        ({Trouble.BATTERY: Episode(1, 2)}, Signs(battery=100), True),
    ],
)
def test_the_policy_is_asked_only_near_a_limit_or_while_something_lasts(health: Health, signs: Signs, far: bool):
    assert quiet(health, signs) is far


def test_six_hours_are_what_a_weak_link_takes():
    assert LINK_HOLD == 6 * HOUR

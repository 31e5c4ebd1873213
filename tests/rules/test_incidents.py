"""One cause, one incident."""

from chalicelib.sensors.incidents import Incident, IncidentKind, Member, joined, left

RISER = Incident(IncidentKind.COLD, "3-02", {})


def test_it_lasts_from_its_first_member_to_its_last_and_the_next_one_is_another():
    one = joined(joined(RISER, "gw/a", Member("3-502", 100)), "gw/b", Member("3-302", 90))
    ended = left(left(one, "gw/a"), "gw/b")
    again = joined(ended, "gw/a", Member("3-502", 100))

    assert (one.id, one.homes) == ("cold:3-02:100", ["3-302", "3-502"])
    assert (ended.members, again.id) == ({}, "cold:3-02:101")


def test_who_joins_twice_keeps_her_beginning_and_who_is_not_there_may_leave():
    one = joined(RISER, "gw/a", Member("3-502", 100))

    assert joined(one, "gw/a", Member("3-502", 200)) == one
    assert left(one, "gw/b") == one


def test_a_home_with_two_thermometers_is_one_home_and_cold_until_both_are_warm():
    both = joined(joined(RISER, "gw/a", Member("3-502", 100)), "gw/b", Member("3-502", 200))

    assert both.homes == left(both, "gw/a").homes == ["3-502"]


def test_gateways_are_of_the_whole_compound():
    assert joined(Incident(IncidentKind.OUTAGE, "", {}), "anheli-gw1", Member("", 7)).id == "gateways-silent:7"

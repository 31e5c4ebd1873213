"""Many at once, through the whole stack: gateway, API, function, table."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.local.conftest import alerts_of, close, device_of, open_door
from tests.stack import Answer, LocalStack, link_token, until


def insist(stack: LocalStack, path: str, body: Any, key: str, **headers: str) -> Answer:
    """As a page does: what the server could not do is asked again under the same key. Sixteen functions that start at once may take too long."""
    answers = (stack.write(path, body, key, **headers) for _ in range(5))
    return next((answer for answer in answers if answer.status < 500), None) or stack.write(path, body, key, **headers)


def test_sixteen_threads_with_one_key_make_one_record(stack: LocalStack) -> None:
    home, manager = stack.greens()[5], stack.token()

    def report(_: int) -> tuple[int, str]:
        answer = insist(stack, "/api/check-ins", {"needs": ["repair"]}, "one-key-for-all", X_Home_Link=link_token(home))
        return answer.status, answer.json["at"]

    with ThreadPoolExecutor(16) as at_once:
        answers = list(at_once.map(report, range(16)))
    assert {status for status, _ in answers} == {201}
    assert len({at for _, at in answers}) == 1
    assert [row["home"] for row in stack.duty(manager)["reported"]].count(home["id"]) == 1


def test_of_those_who_acknowledge_one_alert_one_wins(stack: LocalStack) -> None:
    door, manager = device_of(stack, "5-902"), stack.token()
    seen = {alert["id"] for alert in alerts_of(stack, "5-902", manager)}
    close(stack, door)
    open_door(stack, door)
    new = until(lambda: [alert for alert in alerts_of(stack, "5-902", manager) if alert["id"] not in seen])

    def take(number: int) -> int:
        path = f"/api/alerts/{new[0]['id']}/acknowledgement"
        return insist(stack, path, {"note": "我去看"}, f"one-of-eight-{number}", Authorization=manager).status

    with ThreadPoolExecutor(8) as at_once:
        answers = list(at_once.map(take, range(8)))
    assert sorted(answers) == [200] + [409] * 7


def test_a_revoked_link_is_refused_by_the_very_next_request(stack: LocalStack) -> None:
    home, manager = stack.greens()[6], stack.token()
    assert stack.ask("GET", "/api/home", X_Home_Link=link_token(home)).status == 200
    stack.write(f"/api/homes/{home['id']}/link-revocation", {}, Authorization=manager)
    assert stack.ask("GET", "/api/home", X_Home_Link=link_token(home)).status == 401
    assert stack.write("/api/check-ins", {}, X_Home_Link=link_token(home)).status == 401

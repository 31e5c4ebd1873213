"""Somebody of the staff rewrites a line of what is printed; from then on it is what everybody reads."""

from datetime import datetime

from msgspec.structs import replace

from chalicelib.register.changes import Changes
from chalicelib.register.contents import Line, Rewritten, check_line, text_of
from chalicelib.register.saving import Past, Step, save
from chalicelib.register.standing import Standing
from chalicelib.shared.problems import key_reused
from chalicelib.store.contract import Store

CONTENTS = "CONTENTS"
"""The subject of the contents' history."""


def rewrite(store: Store, now: datetime, standing: Standing, line: Line, text: str, identity: str, by: str) -> Rewritten:
    """Under the id of the request: the same again changes nothing. Problem 400 for what cannot be printed, 422 for another text."""
    check_line(line, text)
    was = text_of(standing.imported.policy, line)

    def decide(changes: Changes) -> tuple[Rewritten, Step | None]:
        same = next((each for each in changes.contents if each.id == identity), None)
        if same is not None:
            if (same.line, same.now, same.by) != (line, text, by):
                raise key_reused()
            return same, None
        wanted = Rewritten(identity, line, was, text, by, now)
        past = Past(CONTENTS, identity, "contents.rewritten", by, {"line": line, "before": was, "text": text})
        return wanted, Step(replace(changes, contents=(*changes.contents, wanted)), past)

    return save(store, now, standing.register.compound, decide)

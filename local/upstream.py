"""AWS's stand-in as the gateway asks it: one kept connection a thread."""

import http.client
import threading

from local.place import HERE, Place


class Upstream:
    def __init__(self, place: Place) -> None:
        self.place, self._kept = place, threading.local()

    def ask(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Status, headers with their names in lower case, body."""
        connection = getattr(self._kept, "connection", None)
        if connection is None:
            connection = self._kept.connection = http.client.HTTPConnection(HERE, self.place.ports["aws"], timeout=30)
        try:
            connection.request(method, target, body, headers)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except BaseException:
            # Not asked again here: the request may have done its work. That is what idempotency keys are for.
            connection.close()
            self._kept.connection = None
            raise

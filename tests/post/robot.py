"""Group robots on this machine: a real HTTP server in a thread that answers as it is told and remembers what came."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Got(NamedTuple):
    path: str
    content_type: str
    body: bytes


RESET, SILENT = "reset", "silent"


class Robot:
    """``status``, ``answer`` and ``headers`` are what it says next; ``silent`` makes it say nothing until it is let go.

    ``manners`` are for single robots, by a part of their path: another answer, or ``RESET`` or ``SILENT``.
    """

    def __init__(self) -> None:
        self.status, self.answer, self.headers = 200, b'{"errcode":0,"errmsg":"ok"}', {}
        self.got: list[Got] = []
        self.silent = False
        self.manners: dict[str, bytes | str] = {}
        self.let_go = threading.Event()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True)
        self.thread.start()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}"

    def stop(self) -> None:
        """From now on nobody listens here."""
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join(5)

    def answer_to(self, request: BaseHTTPRequestHandler) -> None:
        manner = next((manner for part, manner in self.manners.items() if part in request.path), self.answer)
        if self.silent or isinstance(manner, str):
            request.close_connection = True
        if manner == RESET:
            # Closing with nothing to linger for sends a reset instead of a goodbye.
            request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        elif self.silent or isinstance(manner, str):
            self.let_go.wait(10)
        else:
            request.send_response(self.status)
            for name, value in {"Content-Length": str(len(manner)), **self.headers}.items():
                request.send_header(name, value)
            request.end_headers()
            request.wfile.write(manner)

    def _handler(robot) -> type[BaseHTTPRequestHandler]:  # noqa: N805 the handler's own self is another
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize, disable_nagle_algorithm = -1, True  # an answer in one packet, at once

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                robot.got.append(Got(self.path, self.headers["Content-Type"], body))
                robot.answer_to(self)

            def do_GET(self) -> None:
                robot.got.append(Got(self.path, "", b""))
                self.send_error(404)

            def log_message(self, *args: object) -> None:
                pass

            def handle_one_request(self) -> None:
                try:
                    super().handle_one_request()
                except ConnectionError:
                    self.close_connection = True

        return Handler


@contextmanager
def running() -> Iterator[Robot]:
    robot = Robot()
    try:
        yield robot
    finally:
        robot.stop()

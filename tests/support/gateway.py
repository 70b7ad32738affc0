"""A real HTTP gateway on loopback that keeps what it was asked, or answers as a test wants."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson

from notifications.gateway import signature

SECRET = "a secret of both sides"


@dataclass
class Gateway:
    """What was asked, in order: the checked body and the identity. `answer` is the status it gives."""

    answer: int = 202
    asked: list[dict[str, str]] = field(default_factory=list)
    identities: list[str] = field(default_factory=list)
    unsigned: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/messages"

    def take(self, headers: Message, body: bytes) -> int:
        seconds = int(headers["Ventanilla-Signature"].split(",")[0].removeprefix("t="))
        if headers["Ventanilla-Signature"] != signature(SECRET, body, seconds):
            self.unsigned += 1
            return 401
        self.identities.append(headers["Idempotency-Key"])
        self.asked.append(orjson.loads(body))
        return self.answer


@contextmanager
def a_gateway() -> Iterator[Gateway]:
    """A gateway that listens until the test ends."""
    gateway = Gateway()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            status = gateway.take(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.send_header("Content-Length", "0")
            if status in {301, 302, 307}:
                self.send_header("Location", gateway.url)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        gateway.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        try:
            yield gateway
        finally:
            server.shutdown()
            thread.join()

"""A real SMTP server on loopback, on a free port, that keeps what arrives or misbehaves on order."""

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session

from notifications.send import SmtpSettings

PATIENCE_SECONDS = 60
"""Long enough for a machine that everybody uses: only what fails waits so long."""


@dataclass
class Mailbox:
    """Keeps what arrives, or answers as a test wants at the recipient, the data or the goodbye.

    `cut_at` drops the connection and `silent_at` never answers, at "recipient", "data" or "quit".
    It takes `slow_seconds` to answer each of these. `open` counts the connections that are open now,
    `opened` all that ever were.
    """

    at_recipient: str = "250 OK"
    at_data: str = "250 OK"
    cut_at: str = ""
    silent_at: str = ""
    arrived: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    slow_seconds: float = 0.0
    open: int = 0
    opened: int = 0
    most_at_once: int = 0

    async def handle_RCPT(  # noqa: N802 - the name is the library's
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        await self._misbehave("recipient", server)
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(  # noqa: N802 - the name is the library's
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        await self._misbehave("data", server)
        if self.at_data.startswith("250") and isinstance(envelope.content, bytes):
            self.keep(envelope.content, envelope.rcpt_tos)
        return self.at_data

    async def handle_QUIT(  # noqa: N802 - the name is the library's
        self, server: SMTP, _session: Session, _envelope: Envelope
    ) -> str:
        await self._misbehave("quit", server)
        return "221 Bye"

    def keep(self, content: bytes, recipients: list[str]) -> None:
        self.arrived.append(content)
        self.recipients += recipients

    def count_opened(self) -> None:
        self.open += 1
        self.opened += 1
        self.most_at_once = max(self.most_at_once, self.open)

    def count_closed(self) -> None:
        self.open -= 1

    def only(self) -> EmailMessage:
        """The one mail that arrived."""
        (content,) = self.arrived
        mail = message_from_bytes(content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        return mail

    async def _misbehave(self, step: str, server: SMTP) -> None:
        await asyncio.sleep(self.slow_seconds)
        if self.cut_at == step:
            assert server.transport is not None
            server.transport.close()
        if step in (self.cut_at, self.silent_at):
            await asyncio.Event().wait()


class _CountedSmtp(SMTP):
    """The library's server, which tells its mailbox when a connection comes and goes."""

    def __init__(self, mailbox: Mailbox, **options: Any) -> None:  # noqa: ANN401 - the library's own options
        super().__init__(mailbox, **options)
        self._counted = False
        self._told = mailbox

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # STARTTLS makes the same connection a second time.
        if not self._counted:
            self._counted = True
            self._told.count_opened()
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self._counted:
            self._counted = False
            self._told.count_closed()
        super().connection_lost(error)


class LoopbackSmtp:
    """The server, in a thread of its own; `options` are those of aiosmtpd's `SMTP`."""

    def __init__(self, mailbox: Mailbox, *, tls: ssl.SSLContext | None = None, **options: object) -> None:
        self._mailbox, self._tls = mailbox, tls
        self._options: dict[str, Any] = options
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self.port = 0

    def start(self) -> None:
        """Listen; `port` is known when this returns."""
        self._thread.start()
        assert self._ready.wait(PATIENCE_SECONDS), "the SMTP server did not start"

    def stop(self) -> None:
        """Stop listening and drop every connection."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the SMTP server did not stop"

    def _serve(self) -> None:
        server = self._loop.run_until_complete(
            self._loop.create_server(self._protocol, "127.0.0.1", 0, ssl=self._tls)
        )
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        server.close()
        self._loop.run_until_complete(self._drop_connections())
        self._loop.close()

    def _protocol(self) -> SMTP:
        return _CountedSmtp(self._mailbox, hostname="correo.example", loop=self._loop, **self._options)

    async def _drop_connections(self) -> None:
        conversations = asyncio.all_tasks() - {asyncio.current_task()}
        for conversation in conversations:
            conversation.cancel()
        await asyncio.gather(*conversations, return_exceptions=True)


class Serve(Protocol):
    """Start a server for one mailbox; `trusted` is the authority that the sender is to believe."""

    def __call__(
        self, *, trusted: Path | None = None, tls: ssl.SSLContext | None = None, **options: object
    ) -> SmtpSettings: ...


@contextmanager
def serving(mailbox: Mailbox) -> Iterator[Serve]:
    """Give what starts servers for `mailbox`, and stop them at the end."""
    started: list[LoopbackSmtp] = []

    def start(
        *, trusted: Path | None = None, tls: ssl.SSLContext | None = None, **options: object
    ) -> SmtpSettings:
        server = LoopbackSmtp(mailbox, tls=tls, **options)
        server.start()
        started.append(server)
        return SmtpSettings(
            host="127.0.0.1",
            port=server.port,
            sender="Alcaldía de Villa del Río <pqrsd@villa.example>",
            security="none",
            timeout_seconds=PATIENCE_SECONDS,
            ca_file=trusted,
        )

    try:
        yield start
    finally:
        for server in started:
            server.stop()

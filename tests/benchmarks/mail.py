"""Ten thousand letters to a mail server of this machine: by few connections, each letter once."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

import sqlalchemy as sa

from processes.common.database import upgrade
from processes.common.delivery import DeliveryReport
from processes.common.mail import deliver_outbox
from processes.common.outbox import MESSAGES
from processes.petitions.office import Office
from tests.benchmarks.figures import Figure
from tests.builders.office import an_office
from tests.builders.petitions import file_one
from tests.support.smtp import Mailbox, serving

LETTERS = 10_000
CONNECTIONS = 4
LETTERS_A_CPU_SECOND = 80.0


@dataclass(frozen=True, slots=True)
class _Server:
    """What the server saw: how often each letter came, and how many connections were open at once."""

    arrivals: Counter[str]
    opened: int
    most_at_once: int


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """Letters a second of this process's CPU; letters that came twice, and connections at once."""
    upgrade(url)
    with an_office(url, home) as office:
        _write(office, LETTERS)
        with _mail_server() as (port, told):
            settings = office.settings.model_copy(
                update={
                    "mail": "smtp",
                    "smtp_host": "127.0.0.1",
                    "smtp_port": port,
                    "smtp_security": "none",
                    "smtp_connections": CONNECTIONS,
                }
            )
            wall, cpu = time.perf_counter(), time.process_time()
            report = deliver_outbox(office.engine, settings, now=office.now())
            wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
            told.send(None)
            seen = told.recv()
            assert isinstance(seen, _Server)
    return _figures(database, report, seen, wall, cpu)


def _figures(database: str, report: DeliveryReport, seen: _Server, wall: float, cpu: float) -> list[Figure]:
    doubled = sum(count - 1 for count in seen.arrivals.values())
    lost = LETTERS - len(seen.arrivals) + LETTERS - report.sent
    detail = f"{LETTERS} letters, {wall:.1f} s, {seen.opened} connections"
    return [
        Figure(
            f"letters a CPU-second by SMTP, {database}",
            LETTERS / cpu,
            LETTERS_A_CPU_SECOND,
            "/s",
            at_least=True,
            detail=detail,
        ),
        Figure(f"letters lost or doubled by SMTP, {database}", doubled + lost, 0, ""),
        Figure(f"SMTP connections at once, {database}", seen.most_at_once, CONNECTIONS, ""),
    ]


def _write(office: Office, count: int) -> None:
    file_one(office)
    with office.write() as connection:
        first = dict(connection.execute(sa.select(MESSAGES)).mappings().one())
        del first["id"]
        rows = [{**first, "key": f"letter/{number}"} for number in range(count - 1)]
        connection.execute(sa.insert(MESSAGES), rows)


@contextmanager
def _mail_server() -> Iterator[tuple[int, "Connection[object, object]"]]:
    """A server in a process of its own, so that its work is not measured; it tells what it saw."""
    context = get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there,))
    process.start()
    try:
        yield int(str(here.recv())), here
    finally:
        process.terminate()
        process.join()


def _serve(told: "Connection[object, object]") -> None:
    mailbox = _Counting()
    with serving(mailbox) as start:
        told.send(start().port)
        told.recv()
        told.send(_Server(mailbox.arrivals, mailbox.opened, mailbox.most_at_once))


class _Counting(Mailbox):
    """Keeps the identity of each letter and forgets the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.arrivals: Counter[str] = Counter()

    def keep(self, content: bytes, recipients: list[str]) -> None:  # noqa: ARG002 - the signature is the mailbox's
        (line,) = (line for line in content.splitlines() if line.lower().startswith(b"message-id:"))
        self.arrivals[line.decode()] += 1

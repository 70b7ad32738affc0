"""What must hold after a fault, whatever it was."""

from collections.abc import Iterable

import sqlalchemy as sa

from processes.common.delivery import message_id
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.filing_tables import IDEMPOTENCY_KEYS
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from tests.faults.worker import MAIL_DOMAIN, Worker, deliver_everything


def kept_petitions(office: Office) -> dict[str, str]:
    """The tracking code of every petition, by its number."""
    with office.read() as connection:
        query = sa.select(PETITIONS.c.filing_number, PETITIONS.c.tracking_code)
        return dict(connection.execute(query).tuples().all())


def everything_shown_is_kept(office: Office, *workers: Worker) -> None:
    """Each receipt that a worker showed is there, once, and every key belongs to one petition."""
    lines = [line for worker in workers for line in worker.shown]
    shown = [tuple(line.split()) for line in lines]
    assert shown
    assert len({number for number, _, _ in shown}) == len(shown)
    assert len({key for _, _, key in shown}) == len(shown)
    kept = kept_petitions(office)
    assert {number: code for number, code, _ in shown}.items() <= kept.items()
    with office.read() as connection:
        keys = connection.scalar(sa.select(sa.func.count()).select_from(IDEMPOTENCY_KEYS))
    assert keys == len(kept)


def every_message_is_sent(office: Office, *workers: Worker) -> None:
    """What is left leaves now, and then each message was sent under its one Message-ID."""
    while deliver_everything(office, workers[0].mailbox, limit=100, minutes_later=30):
        pass
    sent = {line for worker in workers for line in worker.sent}
    assert _identities(office) == sent


def _identities(office: Office) -> set[str]:
    with office.read() as connection:
        rows: Iterable[tuple[str, str]] = connection.execute(
            sa.select(MESSAGES.c.key, MESSAGES.c.status)
        ).tuples()
        found = list(rows)
    assert {status for _, status in found} == {MessageStatus.SENT.value}
    return {message_id(key, MAIL_DOMAIN) for key, _ in found}

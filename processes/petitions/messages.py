"""What was sent and what waits to be sent, for those who watch over it."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from notifications.messages import compose
from notifications.storage import letter_from_json
from processes.common.errors import NotFound
from processes.common.outbox import MESSAGES, MessageStatus
from processes.directory.people import Person
from processes.petitions.access import WATCHERS, require_role
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor

_HIDDEN_CODE = "(solo lo tiene el ciudadano)"


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as it was, or will be, sent; of an acknowledgement the citizen's code is left out."""

    id: int
    filing_number: str
    recipient: str
    template: str
    status: MessageStatus
    attempts: int
    created_at: datetime
    sent_at: datetime | None
    last_error: str
    subject: str
    text: str


def list_messages(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50
) -> Page[MessageView]:
    """What was and will be sent, the newest first, without its text. Raises Forbidden, Invalid."""
    require_role(person, *WATCHERS)
    query = sa.select(MESSAGES)
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(MESSAGES.c.id < before)
    query = query.order_by(MESSAGES.c.id.desc()).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    return page_of(rows, limit, lambda row: _message(row, with_text=False), lambda row: (row["id"],))


def read_message(office: Office, person: Person, number: int) -> MessageView:
    """A message with its text. Raises NotFound, Forbidden."""
    require_role(person, *WATCHERS)
    with office.read() as connection:
        row = connection.execute(sa.select(MESSAGES).where(MESSAGES.c.id == number)).mappings().one_or_none()
    if row is None:
        raise NotFound("Ese mensaje no existe.")
    return _message(row, with_text=True)


def _message(row: sa.RowMapping, *, with_text: bool) -> MessageView:
    subject, text = row["subject"], row["text"]
    if with_text or not subject:
        letter = letter_from_json(row["template"], row["context"])
        rendered = compose(letter)
        subject, text = subject or rendered.subject, text or rendered.text
        code = getattr(letter, "tracking_code", "")
        if code:
            text = text.replace(code, _HIDDEN_CODE)
    return MessageView(
        id=row["id"],
        filing_number=row["stream"],
        recipient=row["recipient"],
        template=row["template"],
        status=MessageStatus(row["status"]),
        attempts=row["attempts"],
        created_at=row["created_at"],
        sent_at=row["sent_at"],
        last_error=row["last_error"],
        subject=subject,
        text=text if with_text else "",
    )

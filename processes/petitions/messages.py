"""What was sent, what waits to be sent and what could not be, as those see it who watch over it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from notifications.messages import Answer
from notifications.render import RenderError
from notifications.storage import letter_from_json
from processes.common.audit import OFFICE
from processes.common.delivery import compose_for
from processes.common.errors import NotFound
from processes.common.outbox import MESSAGES, MessageChannel, MessageStatus
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE
from processes.petitions.access import (
    WATCHERS,
    not_excluded,
    readable_by,
    require_role,
    sees_all,
)
from processes.petitions.legal_tables import LEGAL_EVENTS
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.tables import PETITIONS

_HIDDEN_CODE = "(solo lo tiene el ciudadano)"
_NOT_YOURS_TO_READ = "El texto lo lee quien puede abrir la petición."
_OF_THE_CUSTODIAN = "Lo lee solo el custodio de las identidades reservadas."
_KEY_BITS = 63
_VIEWS = sa.select(
    *MESSAGES.c,
    PEOPLE.c.full_name,
    PEOPLE.c.position,
    sa.exists()
    .where(
        PETITIONS.c.filing_number == MESSAGES.c.stream,
        LEGAL_EVENTS.c.petition_id == PETITIONS.c.id,
        LEGAL_EVENTS.c.notice_key == MESSAGES.c.key,
    )
    .label("carries_an_act"),
    sa.exists()
    .where(PETITIONS.c.filing_number == MESSAGES.c.stream, PETITIONS.c.reserved_identity)
    .label("reserved"),
).outerjoin(PEOPLE, PEOPLE.c.username == MESSAGES.c.person)


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as it was, or will be, sent; of an acknowledgement the citizen's code is left out.

    Of one that cannot be written, the subject names its template and the text says why. One that waits for
    office hours leaves at `not_before`; None is at once. `proof` shows that one on paper arrived; of a
    reserved identity its custodian alone reads that, and why one did not. `to_name` says whom of the entity
    it tells. One that may go `on_paper` was for a citizen whose mail did not work; of one that `may_bounce`
    somebody may note that it came back.
    """

    id: int
    filing_number: str
    recipient: str
    template: str
    status: MessageStatus
    attempts: int
    created_at: datetime
    not_before: datetime | None
    sent_at: datetime | None
    last_error: str
    subject: str
    text: str
    channel: MessageChannel = MessageChannel.EMAIL
    proof: str = ""
    to_name: str = ""
    on_paper: bool = False
    may_bounce: bool = False


def list_messages(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50
) -> Page[MessageView]:
    """What was and will be sent, the newest first, without its text. Raises Forbidden, Invalid."""
    require_role(person, *WATCHERS)
    query = _VIEWS.where(_not_hidden_from(person))
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(MESSAGES.c.id < before)
    query = query.order_by(MESSAGES.c.id.desc()).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    return page_of(
        rows, limit, lambda row: _message(_shown(row, person), with_text=False), lambda row: (row["id"],)
    )


def read_message(office: Office, person: Person, number: int) -> MessageView:
    """A message; its text for whoever may read the petition that it is about. Raises NotFound, Forbidden."""
    require_role(person, *WATCHERS)
    with office.read() as connection:
        row = found_message(connection, person, number)
        may_read = _may_read(connection, person, row["stream"])
    return _message(_shown(row, person), with_text=True, may_read=may_read)


def may_go_on_paper(row: Mapping[Any, Any]) -> bool:
    """Whether a message of `found_message` was for a citizen, could not be mailed, and may be handed over."""
    return row["status"] == MessageStatus.GIVEN_UP and _is_a_plain_notice(row)


def may_bounce(row: Mapping[Any, Any]) -> bool:
    """Whether a message of `found_message` left for a citizen, so that it may come back."""
    return row["status"] == MessageStatus.SENT and _is_a_plain_notice(row)


def _is_a_plain_notice(row: Mapping[Any, Any]) -> bool:
    """Whether it was mailed to a citizen, and nothing hangs on its arrival."""
    for_a_citizen = row["person"] is None and row["stream"] != OFFICE
    own_way = row["template"] == Answer.template or row["carries_an_act"]
    return for_a_citizen and row["channel"] == MessageChannel.EMAIL and not own_way


def _not_hidden_from(person: Person) -> sa.ColumnElement[bool]:
    """What is about no petition that `person` is kept apart from."""
    hidden = sa.select(PETITIONS.c.filing_number).where(~not_excluded(person, *WATCHERS))
    return MESSAGES.c.stream.not_in(hidden)


def found_message(connection: sa.Connection, person: Person, number: int) -> sa.RowMapping:
    """The row of a message that `person` may know of. Raises NotFound."""
    query = _VIEWS.where(MESSAGES.c.id == number, _not_hidden_from(person))
    row = connection.execute(query).mappings().one_or_none() if number.bit_length() <= _KEY_BITS else None
    if row is None:
        raise NotFound("Ese mensaje no existe.")
    return row


def _may_read(connection: sa.Connection, person: Person, stream: str) -> bool:
    """Whether `person` reads the petition of `stream`; what is of the office, whoever reads all of them."""
    if stream == OFFICE:
        return sees_all(person)
    this = sa.select(PETITIONS.c.id).where(PETITIONS.c.filing_number == stream, readable_by(person))
    return connection.execute(this).first() is not None


def _shown(row: sa.RowMapping, person: Person) -> Mapping[Any, Any]:
    """The row without what the custodian noted of a letter on paper: it may name who reported."""
    noted = row["reserved"] and row["channel"] == MessageChannel.PAPER
    if not noted or person.has(Role.IDENTITY_CUSTODIAN):
        return {**row}
    return {**row, **{name: _OF_THE_CUSTODIAN for name in ("proof", "last_error") if row[name]}}


def _message(row: Mapping[Any, Any], *, with_text: bool, may_read: bool = True) -> MessageView:
    subject, text = row["subject"], row["text"]
    if with_text or not subject:
        written = _written(row)
        subject, text = subject or written.subject, text or written.text
        if written.is_letter and not may_read:
            text = _NOT_YOURS_TO_READ
        elif written.code:
            text = text.replace(written.code, _HIDDEN_CODE)
    return MessageView(
        id=row["id"],
        filing_number=row["stream"],
        recipient=row["recipient"],
        template=row["template"],
        status=MessageStatus(row["status"]),
        attempts=row["attempts"],
        created_at=row["created_at"],
        not_before=row["not_before"],
        sent_at=row["sent_at"],
        last_error=row["last_error"],
        subject=subject,
        text=text if with_text else "",
        channel=MessageChannel(row["channel"]),
        proof=row["proof"],
        to_name=", ".join(part for part in (row["full_name"], row["position"]) if part),
        on_paper=may_go_on_paper(row),
        may_bounce=may_bounce(row),
    )


@dataclass(frozen=True, slots=True)
class _Written:
    subject: str
    text: str
    code: str = ""
    is_letter: bool = True


def _written(row: Mapping[Any, Any]) -> _Written:
    """The letter of a message, or what stands in its place when it cannot be written."""
    try:
        letter = letter_from_json(row["template"], row["context"])
        rendered = compose_for(MessageChannel(row["channel"]), letter)
    except RenderError as error:
        why = " ".join(part for part in (error.message, row["last_error"]) if part)
        return _Written(
            f"Mensaje que no se pudo escribir (plantilla «{row['template']}»)", why, is_letter=False
        )
    return _Written(rendered.subject, rendered.text, getattr(letter, "tracking_code", ""))

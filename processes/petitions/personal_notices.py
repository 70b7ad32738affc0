"""«Avisos»: what the office told one person, to be read in Ventanilla, besides the mail that carries it."""

from dataclasses import dataclass, replace
from datetime import datetime

import orjson
import sqlalchemy as sa

from notifications.render import RenderError
from notifications.storage import letter_from_json
from processes.common.audit import OFFICE
from processes.common.delivery import compose_for
from processes.common.errors import NotFound
from processes.common.outbox import MESSAGES, MessageChannel
from processes.directory.people import Person
from processes.petitions.access import hidden_from
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.tables import PETITIONS

_LARGEST_NUMBER = 2**31 - 1
_M = MESSAGES.c
_UNREADABLE = "Aviso que no se pudo escribir"
# In the words of its index, so that both databases see that it serves.
_UNREAD = sa.text("outbox_message.person IS NOT NULL AND outbox_message.read_at IS NULL")


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice: its subject, the page that it leads to (a path; empty for none), and since when it is read.

    `filing_number` is empty for what concerns no single petition.
    """

    id: int
    subject: str
    filing_number: str
    place: str
    told_at: datetime
    read_at: datetime | None


def list_notices(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50
) -> Page[NoticeView]:
    """What `person` was told, the newest first. Raises Invalid."""
    query = sa.select(MESSAGES).where(*_theirs(person))
    if cursor is not None:
        (before,) = read_cursor(cursor, int)
        query = query.where(_M.id < before)
    query = query.order_by(_M.id.desc()).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    public_url = office.settings.public_url
    return page_of(rows, limit, lambda row: _notice(row, public_url), lambda row: (row["id"],))


def count_unread(office: Office, person: Person) -> int:
    """How many of them `person` has not read."""
    query = sa.select(sa.func.count()).select_from(MESSAGES).where(*_theirs(person), _UNREAD)
    with office.read() as connection:
        return connection.scalar(query) or 0


def read_notice(office: Office, person: Person, number: int) -> NoticeView:
    """Note that `person` has read one of theirs, and give it. Raises NotFound."""
    this = (_M.id == number, *_theirs(person))
    with office.write() as connection:
        row = None
        if 0 < number <= _LARGEST_NUMBER:
            row = connection.execute(sa.select(MESSAGES).where(*this)).mappings().one_or_none()
        if row is None:
            raise NotFound("Ese aviso no existe, o no es para usted.")
        now = row["read_at"] or office.now()
        connection.execute(sa.update(MESSAGES).where(_M.id == number, _UNREAD).values(read_at=now))
    return replace(_notice(row, office.settings.public_url), read_at=now)


def read_all_notices(office: Office, person: Person) -> int:
    """Note that `person` has read all of theirs; how many were new."""
    with office.write() as connection:
        theirs = sa.update(MESSAGES).where(_M.person == person.username, _UNREAD)
        return connection.execute(theirs.values(read_at=office.now())).rowcount


def _theirs(person: Person) -> tuple[sa.ColumnElement[bool], ...]:
    """Theirs; not a word more of a petition that has been hidden from them since."""
    hidden = sa.select(PETITIONS.c.filing_number).where(hidden_from(person))
    return _M.person == person.username, _M.stream.not_in(hidden)


def _notice(row: sa.RowMapping, public_url: str) -> NoticeView:
    url = str(orjson.loads(row["context"]).get("url", ""))
    return NoticeView(
        id=row["id"],
        subject=row["subject"] or _subject(row),
        filing_number="" if row["stream"] == OFFICE else row["stream"],
        place=url.removeprefix(public_url) if url.startswith(f"{public_url}/") else "",
        told_at=row["created_at"],
        read_at=row["read_at"],
    )


def _subject(row: sa.RowMapping) -> str:
    try:
        letter = letter_from_json(row["template"], row["context"])
        return compose_for(MessageChannel(row["channel"]), letter).subject
    except RenderError:
        return _UNREADABLE

"""Letters on paper: what a citizen without mail is told, for the front desk to print and to hand over.

The letter of a reserved identity is the custodian's alone: the desk would learn from it who reported.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import orjson
import sqlalchemy as sa

from notifications.messages import Acknowledgement
from notifications.render import RenderError
from notifications.storage import letter_from_json
from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.delivery import compose_for
from processes.common.errors import Conflict, Invalid, NotFound
from processes.common.outbox import MESSAGES, MessageChannel, MessageStatus
from processes.common.text import clean_line
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.access import acting, not_excluded, require_role
from processes.petitions.case import Case, guard, in_one_transaction, read_case
from processes.petitions.citizen_mail import has_their_code
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.letter_waits import too_long_before
from processes.petitions.office import Office
from processes.petitions.paging import Page, checked_limit, page_of, read_cursor
from processes.petitions.paper_words import HandedHow
from processes.petitions.tables import PETITIONERS, PETITIONS, RESERVED_IDENTITIES, Channel

_CUSTODIANS = (Role.IDENTITY_CUSTODIAN,)
LETTER_KEEPERS = (*RECEPTIONISTS, *_CUSTODIANS)
"""Roles that print letters and hand them over."""

# In the words of its index, so that both databases see that it serves.
_AT_DESK = sa.text("outbox_message.status = 'at_desk'")
_LARGEST_NUMBER = 2**31 - 1
_LONGEST_PROOF = 300
_TO_DELIVER = "Entregar una carta en papel."
_NO_SUCH_LETTER = "Esa carta no existe, o no es para que usted la entregue."
_GONE = "Esa carta ya no espera: otra persona anotó qué pasó con ella. Actualice la página."
_SHOWN = ("full_name", "address", "neighbourhood", "municipality", "phone")
_THEIR_CODE = "el que usted tomó de su pantalla al radicar"
_IDENTITY = [
    sa.func.coalesce(PETITIONERS.c[name], RESERVED_IDENTITIES.c[name], "").label(name) for name in _SHOWN
]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A letter that waits. Of a reserved identity, who and where are empty: they are shown to be printed.

    One that is `late` has waited longer than the office allows.
    """

    id: int
    filing_number: str
    subject: str
    waits_since: datetime
    reserved: bool
    name: str
    address: str
    phone: str
    late: bool


@dataclass(frozen=True, slots=True)
class PaperLetter:
    """A letter whole, with whom it is for."""

    row: PaperRow
    text: str


def list_letters(
    office: Office, person: Person, *, cursor: str | None = None, limit: int = 50
) -> Page[PaperRow]:
    """The letters that wait to be handed over, the oldest first. Raises Forbidden, Invalid."""
    require_role(person, *LETTER_KEEPERS)
    query = _waiting(person)
    if cursor is not None:
        (after,) = read_cursor(cursor, int)
        query = query.where(MESSAGES.c.id > after)
    query = query.order_by(MESSAGES.c.id).limit(checked_limit(limit) + 1)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    late = too_long_before(office)
    return page_of(rows, limit, lambda row: _row(row, late, revealed=False), lambda row: (row["id"],))


def count_letters(office: Office, person: Person) -> int:
    """How many letters wait that `person` may hand over; none for one who hands over none."""
    if not person.has(*LETTER_KEEPERS):
        return 0
    waiting = _waiting(person).with_only_columns(MESSAGES.c.id).subquery()
    with office.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(waiting)) or 0


def read_letter(office: Office, person: Person, number: int) -> PaperRow:
    """One letter that waits, without its text. Raises NotFound, Forbidden."""
    require_role(person, *LETTER_KEEPERS)
    with office.read() as connection:
        return _row(_found(connection, person, number), too_long_before(office), revealed=False)


def print_letter(office: Office, person: Person, number: int) -> PaperLetter:
    """The letter with whom it is for; that it was opened is written down. Raises NotFound, Forbidden."""
    require_role(person, *LETTER_KEEPERS)

    def act(connection: sa.Connection) -> PaperLetter:
        row = _found(connection, person, number)
        case = read_case(connection, row["stream"], reader=person)
        by = acting(case, *_keepers(row)).actor
        acts = [Act("letter_printed", by, _detail(row))]
        if row["reserved_identity"]:
            acts.append(Act("reserved_identity_read", by, {"reason": _TO_DELIVER}))
        _record(office, connection, case, acts)
        return PaperLetter(_row(row, too_long_before(office), revealed=True), _text(row))

    return in_one_transaction(office, act)


def hand_over_letter(office: Office, person: Person, number: int, *, how: str, proof: str) -> None:
    """Note that the letter reached the citizen, and what shows it: who took it, or the number of the post.

    Raises Forbidden; Invalid without either; NotFound, also when somebody else has noted it.
    """
    shown = clean_line(proof, field="proof", max_length=_LONGEST_PROOF)
    problems = {}
    if how not in set(HandedHow):
        problems["how"] = "Elija cómo se entregó."
    if not shown:
        problems["proof"] = "Escriba quién la recibió, o el número de la guía."
    if problems:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)
    sent = {"status": MessageStatus.SENT.value, "sent_at": office.now()}
    values = {**sent, "proof": shown, "last_error": ""}
    _settle(office, person, number, _Outcome("letter_handed_over", {"how": how}, values))


def letter_came_back(office: Office, person: Person, number: int, *, reason: str) -> None:
    """Note that the letter cannot be handed over, and why: it goes to those who watch over the messages.

    Raises Forbidden, Invalid without a reason, NotFound.
    """
    why = clean_line(reason, field="reason", max_length=_LONGEST_PROOF)
    if not why:
        problem = "Escriba por qué no se pudo: no hay dirección, nadie recibe, la rechazaron."
        raise Invalid(problem, {"reason": problem})
    values = {"status": MessageStatus.GIVEN_UP.value, "last_error": why}
    _settle(office, person, number, _Outcome("letter_not_delivered", {}, values))


def settle_acknowledgement(
    connection: sa.Connection, filing_number: str, *, proof: str, at: datetime
) -> None:
    """The acknowledgement of a filing was handed over at the desk: its letter does not wait any more."""
    waiting = sa.and_(
        _AT_DESK, MESSAGES.c.stream == filing_number, MESSAGES.c.template == Acknowledgement.template
    )
    sent = {"status": MessageStatus.SENT.value, "sent_at": at, "proof": proof}
    connection.execute(sa.update(MESSAGES).where(waiting).values(sent))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of a letter: the act with its detail, and the columns that keep it."""

    act: str
    detail: Mapping[str, object]
    values: Mapping[str, object]


def _settle(office: Office, person: Person, number: int, outcome: _Outcome) -> None:
    require_role(person, *LETTER_KEEPERS)

    def act(connection: sa.Connection) -> None:
        row = _found(connection, person, number)
        case = read_case(connection, row["stream"], reader=person)
        by = acting(case, *_keepers(row)).actor
        acts = [Act(outcome.act, by, {**_detail(row), **outcome.detail})]
        _record(office, connection, case, acts)
        kept = {**outcome.values, "subject": _subject(row), "text": _text(row)}
        this = sa.and_(MESSAGES.c.id == number, _AT_DESK)
        if connection.execute(sa.update(MESSAGES).where(this).values(kept)).rowcount != 1:
            raise Conflict(_GONE)

    in_one_transaction(office, act)


def _record(office: Office, connection: sa.Connection, case: Case, acts: list[Act]) -> None:
    rows, head = chain(case.filing_number, case.head, acts, office.now())
    guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
    connection.execute(INSERT_EVENTS, rows)


def _waiting(person: Person) -> sa.Select[tuple[object, ...]]:
    """The letters at the desk that `person` may hand over."""
    theirs: list[sa.ColumnElement[bool]] = []
    if person.has(*_CUSTODIANS):
        theirs.append(sa.and_(PETITIONS.c.reserved_identity, not_excluded(person, *_CUSTODIANS)))
    if person.has(*RECEPTIONISTS):
        theirs.append(sa.and_(~PETITIONS.c.reserved_identity, not_excluded(person, *RECEPTIONISTS)))
    return (
        sa.select(
            *MESSAGES.c,
            PETITIONS.c.reserved_identity,
            PETITIONS.c.channel.label("filed_by"),
            *_IDENTITY,
        )
        .join(PETITIONS, PETITIONS.c.filing_number == MESSAGES.c.stream)
        .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
        .outerjoin(RESERVED_IDENTITIES, RESERVED_IDENTITIES.c.petition_id == PETITIONS.c.id)
        .where(_AT_DESK, sa.or_(*theirs))
    )


def _keepers(row: sa.RowMapping) -> tuple[Role, ...]:
    return _CUSTODIANS if row["reserved_identity"] else RECEPTIONISTS


def _found(connection: sa.Connection, person: Person, number: int) -> sa.RowMapping:
    row = None
    if 0 < number <= _LARGEST_NUMBER:
        row = connection.execute(_waiting(person).where(MESSAGES.c.id == number)).mappings().one_or_none()
    if row is None:
        raise NotFound(_NO_SUCH_LETTER)
    return row


def _row(row: sa.RowMapping, late_before: datetime, *, revealed: bool) -> PaperRow:
    shown = revealed or not row["reserved_identity"]
    place = [row[name] for name in ("address", "neighbourhood", "municipality")]
    return PaperRow(
        id=row["id"],
        filing_number=row["stream"],
        subject=_subject(row),
        waits_since=row["created_at"],
        reserved=row["reserved_identity"],
        name=row["full_name"] if shown else "",
        address=", ".join(part for part in place if part) if shown else "",
        phone=row["phone"] if shown else "",
        late=row["created_at"] < late_before,
    )


def _detail(row: sa.RowMapping) -> dict[str, object]:
    """What the journal keeps: which letter, and nothing of whom it is for."""
    context = orjson.loads(row["context"])
    return {"message": row["id"], "template": context.get("notice", row["template"])}


def _subject(row: sa.RowMapping) -> str:
    return _written(row)[0]


def _text(row: sa.RowMapping) -> str:
    return _written(row)[1]


def _written(row: sa.RowMapping) -> tuple[str, str]:
    try:
        letter = letter_from_json(row["template"], row["context"])
        written = compose_for(MessageChannel.PAPER, letter)
    except RenderError as error:
        return f"Carta que no se pudo escribir (plantilla «{row['template']}»)", error.message
    # What marks a signature in a mail is a stray line on paper.
    text = written.text.replace("\n--\n", "\n")
    code = getattr(letter, "tracking_code", "")
    if code and has_their_code(Channel(row["filed_by"])):
        text = text.replace(code, _THEIR_CODE)
    return written.subject, text

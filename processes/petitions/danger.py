"""Life or safety in danger (CPACA 20): who must know it at any hour, and who has taken it in hand."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.directory.on_call import OnCall, read_roster
from processes.directory.people import Person, full_names
from processes.petitions.access import reads_in, refused
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.office import Office
from processes.petitions.signals import News, Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.tables import PETITIONERS, PETITIONS
from processes.petitions.telling import tell_all, tell_case

DECLARED, ACKNOWLEDGED = "danger_declared", "danger_acknowledged"
_LONGEST_NOTE = 2000
_PREFIX = "person:"


@dataclass(frozen=True, slots=True)
class InHand:
    """Who said that they attend to the danger, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DangerView:
    """What whoever is on call needs at once. Names are empty when anonymous or reserved.

    `in_hand` is None while nobody has said that they attend to it.
    """

    filing_number: str
    urgent: bool
    subject: str
    body: str
    received_at: datetime
    petitioner_name: str
    phone: str
    address: str
    reserved: bool
    in_hand: InHand | None
    roster: tuple[OnCall, ...]


def read_danger(office: Office, person: Person, filing_number: str) -> DangerView:
    """For whoever reads the petition, and for everybody on call. Raises NotFound, Forbidden."""
    with office.read() as connection:
        case, _ = _case(connection, person, filing_number)
        query = (
            sa.select(
                PETITIONS.c.urgent,
                PETITIONS.c.body,
                PETITIONERS.c.full_name,
                PETITIONERS.c.phone,
                PETITIONERS.c.address,
                PETITIONERS.c.neighbourhood,
            )
            .outerjoin(PETITIONERS, PETITIONERS.c.petition_id == PETITIONS.c.id)
            .where(PETITIONS.c.id == case.id)
        )
        row = connection.execute(query).one()
        return DangerView(
            filing_number=case.filing_number,
            urgent=row.urgent,
            subject=case.subject,
            body=row.body,
            received_at=case.received_at,
            petitioner_name=row.full_name or "",
            phone=row.phone or "",
            address=", ".join(part for part in (row.address, row.neighbourhood) if part),
            reserved=case.reserved_identity,
            in_hand=_in_hand(connection, case),
            roster=read_roster(connection),
        )


def declare_danger(office: Office, person: Person, filing_number: str, *, reason: str) -> None:
    """Say of a petition that somebody's life or safety is in danger: those on call are told at once.

    Once more while it still rings: its alarms begin again, and what is to be attended to is two tasks.
    Raises NotFound, Forbidden, Invalid without a reason, and Conflict once the petition has ended.
    """
    why = clean_text(reason, field="reason", max_length=_LONGEST_NOTE)
    if not why:
        problem = "Escriba quién está en peligro y dónde."
        raise Invalid(problem, {"reason": problem})

    def act(connection: sa.Connection) -> None:
        step = _step(office, connection, person, filing_number)
        step.changes["urgent"] = True
        step.record(DECLARED)
        step.add_note("danger", "Peligro para la vida o la integridad", why)
        # What rings already falls silent: one row of alarms, whole and from the start, tells of both.
        tell_all(office, step, (News(Signal.DANGER_ACKNOWLEDGED), News(Signal.DANGER, {"urgent": True})))

    in_one_transaction(office, act)
    office.after_commit()


def acknowledge_danger(office: Office, person: Person, filing_number: str, *, note: str = "") -> None:
    """Say that somebody attends to the danger: it is not told again and again any more.

    Raises NotFound, Forbidden, and Conflict when somebody has it in hand or the petition has ended.
    """
    told = clean_text(note, field="note", max_length=_LONGEST_NOTE)

    def act(connection: sa.Connection) -> None:
        step = _step(office, connection, person, filing_number)
        in_hand = _in_hand(connection, step.case)
        if in_hand is not None:
            raise Conflict(f"Ya lo atiende {in_hand.by}. Llámele si necesita coordinarse.")
        step.record(ACKNOWLEDGED)
        step.add_note("danger", "Atención del peligro", told)
        tell_case(office, step, Signal.DANGER_ACKNOWLEDGED)

    in_one_transaction(office, act)
    office.after_commit()


def _step(office: Office, connection: sa.Connection, person: Person, filing_number: str) -> Step:
    case, by = _case(connection, person, filing_number)
    if case.status in ENDED:
        raise Conflict("Esta petición ya terminó. Si hay un peligro, llame a la línea de emergencias.")
    step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, office.now())
    step.signer = by
    return step


def _case(connection: sa.Connection, person: Person, filing_number: str) -> tuple[Case, Person]:
    """The case, and its reader in the post that reads it or is on call; being on call comes first."""
    case = read_case(connection, filing_number, reader=person)
    on_call = {each.username for each in read_roster(connection)}
    posts = [hand.post for hand in case.hands if hand.post.owner in on_call]
    posts += [hand.post for hand in case.hands if reads_in(hand, case.department)]
    if not posts:
        raise refused(case, "Esta petición es de otra dependencia, y usted no está de turno.")
    return case, posts[0]


def _in_hand(connection: sa.Connection, case: Case) -> InHand | None:
    """Whoever acknowledged the danger since it was last declared."""
    table = EVENTS.c
    query = (
        sa.select(table.act, table.actor, table.at)
        .where(table.stream == case.filing_number, table.act.in_((DECLARED, ACKNOWLEDGED)))
        .order_by(table.seq.desc())
        .limit(1)
    )
    last = connection.execute(query).one_or_none()
    if last is None or last.act != ACKNOWLEDGED:
        return None
    username = last.actor.removeprefix(_PREFIX)
    return InHand(full_names(connection, {username}).get(username, username), last.at)

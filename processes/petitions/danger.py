"""Life or safety in danger (CPACA 20): who must know it at any hour, and who has taken it in hand."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from processes.common.audit import EVENTS, SYSTEM
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_text
from processes.directory.on_call import OnCall, read_roster
from processes.directory.people import Person, full_names
from processes.petitions.access import reads_in, refused
from processes.petitions.case import Case, in_one_transaction, read_case
from processes.petitions.duties import duty_of, has_duty
from processes.petitions.duty_tables import DUTIES, DutyKind
from processes.petitions.office import Office
from processes.petitions.signals import News, Signal
from processes.petitions.status import ENDED
from processes.petitions.step import Step
from processes.petitions.step_writing import write_after_heads, write_heads
from processes.petitions.tables import PETITIONERS, PETITIONS, WORK_ITEMS, WorkItemStatus
from processes.petitions.telling import tell_all, tell_case

DECLARED, ACKNOWLEDGED = "danger_declared", "danger_acknowledged"
_LONGEST_NOTE = 2000
_PREFIX = "person:"
_HAS_ENDED = "Esta petición ya terminó. Si hay un peligro, llame a la línea de emergencias."


@dataclass(frozen=True, slots=True)
class InHand:
    """Who said that they attend to the danger, and when."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DangerView:
    """What whoever is on call needs at once. Names are empty when anonymous or reserved.

    `in_hand` is None while nobody has said that they attend to it; once the petition has `ended` that is
    said of the duty that it left.
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
    ended: bool
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
            ended=case.status in ENDED,
            in_hand=who_attends(office, connection, case),
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
        if step.case.status in ENDED:
            raise Conflict(_HAS_ENDED)
        step.changes["urgent"] = True
        step.record(DECLARED)
        step.add_note("danger", "Peligro para la vida o la integridad", why)
        # What rings already falls silent: one row of alarms, whole and from the start, tells of both.
        tell_all(office, step, (News(Signal.DANGER_ACKNOWLEDGED), News(Signal.DANGER, {"urgent": True})))

    in_one_transaction(office, act)
    office.after_commit()


def acknowledge_danger(office: Office, person: Person, filing_number: str, *, note: str = "") -> None:
    """Say that somebody attends to the danger: it is not told again and again any more.

    What an ended petition left stays a duty until it is said what was done. Raises NotFound, Forbidden, and
    Conflict when somebody has it in hand, or the petition has ended and left no danger.
    """
    told = clean_text(note, field="note", max_length=_LONGEST_NOTE)

    def act(connection: sa.Connection) -> None:
        step = _step(office, connection, person, filing_number)
        ended = step.case.status in ENDED
        if ended and not has_duty(step, DutyKind.DANGER):
            raise Conflict(_HAS_ENDED)
        in_hand = who_attends(office, connection, step.case)
        if in_hand is not None:
            raise Conflict(f"Ya lo atiende {in_hand.by}. Llámele si necesita coordinarse.")
        step.record(ACKNOWLEDGED)
        step.add_note("danger", "Atención del peligro", told)
        if ended:
            write_heads(step, None)
            write_after_heads(step)
        else:
            tell_case(office, step, Signal.DANGER_ACKNOWLEDGED)

    in_one_transaction(office, act)
    office.after_commit()


def _step(office: Office, connection: sa.Connection, person: Person, filing_number: str) -> Step:
    case, by = _case(connection, person, filing_number)
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


def who_attends(office: Office, connection: sa.Connection, case: Case) -> InHand | None:
    """Whoever said since the danger was last declared that they attend to it, or did the task that it is."""
    table = EVENTS.c
    query = (
        sa.select(table.act, table.actor, table.at)
        .where(table.stream == case.filing_number, table.act.in_((DECLARED, ACKNOWLEDGED)))
        .order_by(table.seq.desc())
        .limit(1)
    )
    last = connection.execute(query).one_or_none()
    if last is not None and last.act == ACKNOWLEDGED:
        return _by(connection, last.actor, last.at)
    done = _duty_done(connection, case) or _task_done(office, connection, case)
    if done is None or (last is not None and last.at >= done.closed_at):
        return None
    return _by(connection, done.closed_by, done.closed_at)


def _task_done(office: Office, connection: sa.Connection, case: Case) -> sa.Row[Any] | None:
    """The last task of attending to a danger that was done."""
    items = WORK_ITEMS.c
    query = (
        sa.select(items.form, items.closed_at, items.closed_by)
        .where(items.petition_id == case.id, items.status == WorkItemStatus.DONE.value)
        .order_by(items.closed_at.desc())
    )
    definition = office.definitions.get(case.bundle)
    done = (row for row in connection.execute(query) if duty_of(definition, row.form) is DutyKind.DANGER)
    return next(done, None)


def _duty_done(connection: sa.Connection, case: Case) -> sa.Row[Any] | None:
    """The last danger that outlived the petition and was attended to."""
    duty = DUTIES.c
    query = (
        sa.select(duty.done_at.label("closed_at"), duty.done_by.label("closed_by"))
        .where(
            duty.petition_id == case.id,
            duty.kind == DutyKind.DANGER.value,
            duty.done_at.is_not(None),
            duty.done_by != str(SYSTEM),
        )
        .order_by(duty.done_at.desc())
        .limit(1)
    )
    return connection.execute(query).one_or_none()


def _by(connection: sa.Connection, actor: str, at: datetime) -> InHand:
    username = actor.removeprefix(_PREFIX)
    return InHand(full_names(connection, {username}).get(username, username), at)

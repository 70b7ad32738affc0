"""Duties as people read them: whose they are, when they are due, and how one that no act ends is done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType

import sqlalchemy as sa

from processes.common.errors import Conflict
from processes.directory.people import Person, full_names
from processes.directory.roles import Role
from processes.petitions.access import acting, not_excluded, readable_by, require_role
from processes.petitions.answer_delivery import deliver_what_came_back
from processes.petitions.answer_tables import DeliveredHow
from processes.petitions.answer_words import HOW_LABELS
from processes.petitions.beside import write_beside
from processes.petitions.case import in_one_transaction, read_case
from processes.petitions.duties import end_duty, has_duty
from processes.petitions.duty_tables import DUTIES, DUTY_LABELS, DutyKind
from processes.petitions.form_reader import FormReader
from processes.petitions.lights import Light
from processes.petitions.numbers import checked_number
from processes.petitions.office import Office
from processes.petitions.own_clocks import light_by
from processes.petitions.status import STATUS_LABELS, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.tables import PETITIONS
from processes.terms.events import LegalEventKind
from processes.terms.kinds import KIND_LABELS, PetitionKind

SHORTEST_NOTE = 15
MAX_NOTE = 4000
_D = DUTIES.c
_LAWYERS = frozenset({Role.LEGAL_OFFICE})
_AT_THE_DESK = frozenset({Role.FRONT_DESK_CLERK, Role.CITIZEN_SERVICE_HEAD})
DOERS: Mapping[DutyKind, frozenset[Role]] = MappingProxyType(
    {
        DutyKind.APPEAL: _LAWYERS,
        DutyKind.JUDGE_REPORT: _LAWYERS,
        DutyKind.RULING: _LAWYERS,
        DutyKind.DANGER: _AT_THE_DESK,
        DutyKind.RETURNED_ANSWER: _AT_THE_DESK,
    }
)
"""Whose each duty is."""

ENDING_ACTS: Mapping[DutyKind, LegalEventKind] = MappingProxyType(
    {
        DutyKind.APPEAL: LegalEventKind.APPEAL_DECIDED,
        DutyKind.JUDGE_REPORT: LegalEventKind.ORDER_MET,
        DutyKind.RULING: LegalEventKind.ORDER_MET,
    }
)
"""The legal act that ends each duty of the law; the others end with a note of what was done."""

DUTY_DOERS = frozenset({role for roles in DOERS.values() for role in roles})
"""Roles whose some duty is."""

DUTY_READERS = DUTY_DOERS | {Role.DIRECTOR, Role.INTERNAL_CONTROL}
"""Roles that see duties: those whose they are see theirs, who watches the whole sees all."""

_WATCHERS = frozenset({Role.CITIZEN_SERVICE_HEAD, Role.DIRECTOR, Role.INTERNAL_CONTROL})


@dataclass(frozen=True, slots=True)
class DutyView:
    """A duty as a list shows it. `light` is None without a date: it presses at once.

    `ends_with` is the act that ends it; None where a note does. `done_by` is a name, empty while open.
    """

    filing_number: str
    seq: int
    kind: DutyKind
    label: str
    petition_label: str
    subject: str
    opened_at: datetime
    due_on: date | None
    due_at: datetime | None
    light: Light | None
    ends_with: LegalEventKind | None
    theirs: bool
    note: str
    done_at: datetime | None
    done_by: str


def list_duties(office: Office, person: Person) -> tuple[DutyView, ...]:
    """The open duties that `person` does or watches, those without a date first. Raises Forbidden."""
    require_role(person, *DUTY_READERS)
    roles = {kind: DOERS[kind] | _WATCHERS for kind in DutyKind}
    theirs = (
        sa.and_(_D.kind == kind.value, not_excluded(person, *roles[kind]))
        for kind in DutyKind
        if person.has(*roles[kind])
    )
    query = _VIEW.where(_D.done_at.is_(None), sa.or_(sa.false(), *theirs))
    query = query.order_by(_D.due_on.is_not(None), _D.due_on, _D.petition_id, _D.seq)
    with office.read() as connection:
        rows = connection.execute(query).mappings().all()
    return tuple(_view(office, person, row, {}) for row in rows)


def duties_of(office: Office, person: Person, filing_number: str) -> tuple[DutyView, ...]:
    """The duties of one petition, done or not, for one who reads it; none from which they are apart."""
    query = _VIEW.where(PETITIONS.c.filing_number == checked_number(filing_number), readable_by(person))
    with office.read() as connection:
        rows = connection.execute(query.order_by(_D.seq)).mappings().all()
        names = full_names(connection, {row["done_by"].partition(":")[2] for row in rows})
    return tuple(_view(office, person, row, names) for row in rows)


def finish_duty(
    office: Office, person: Person, filing_number: str, kind: DutyKind, *, note: str, delivered_how: str = ""
) -> None:
    """End the oldest duty of `kind` with what was done; an answer that came back is then delivered.

    `delivered_how` is a `DeliveredHow`, asked for an answer that came back alone. Raises NotFound, Forbidden;
    Conflict when there is none, or when an act of the law ends it; Invalid for a note of under 15 characters,
    or when it is not said how the answer was delivered.
    """
    require_role(person, *DOERS[kind])
    if kind in ENDING_ACTS:
        raise Conflict(f"«{DUTY_LABELS[kind]}» termina con un acto: anótelo en los actos de la petición.")
    told, how = _what_was_done(kind, {"note": note, "delivered_how": delivered_how})

    def act(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, *DOERS[kind])
        step = Step(connection, case, office.entity(), office.settings.public_url, by.actor, office.now())
        if not has_duty(step, kind):
            raise Conflict("Ese deber ya se cumplió.")
        if how is not None:
            deliver_what_came_back(office, step, how, note=told)
            return
        end_duty(step, kind, note=told)
        write_beside(step)

    in_one_transaction(office, act)


def _what_was_done(kind: DutyKind, sent: Mapping[str, str]) -> tuple[str, DeliveredHow | None]:
    """The note, and how the answer that came back was delivered; None of another duty. Raises Invalid."""
    form = FormReader(sent)
    how = None
    if kind is DutyKind.RETURNED_ANSWER:
        how = form.choice(
            "delivered_how", tuple(HOW_LABELS), otherwise="Escoja cómo se entregó la respuesta."
        )
    told = form.text("note", MAX_NOTE)
    if len(told) < SHORTEST_NOTE:
        form.wrong("note", f"Escriba qué se hizo y cuándo, en al menos {SHORTEST_NOTE} caracteres.")
    form.check()
    return told, how


_VIEW = sa.select(
    DUTIES,
    PETITIONS.c.filing_number,
    PETITIONS.c.subject,
    PETITIONS.c.kind.label("petition_kind"),
    PETITIONS.c.status.label("petition_status"),
).join(PETITIONS, PETITIONS.c.id == _D.petition_id)


def _view(office: Office, person: Person, row: sa.RowMapping, names: Mapping[str, str]) -> DutyView:
    kind = DutyKind(row["kind"])
    _, _, username = row["done_by"].partition(":")
    status = STATUS_LABELS[PetitionStatus(row["petition_status"])]
    return DutyView(
        filing_number=row["filing_number"],
        seq=row["seq"],
        kind=kind,
        label=DUTY_LABELS[kind],
        petition_label=f"{KIND_LABELS[PetitionKind(row['petition_kind'])]}, {status.lower()}",
        subject=row["subject"],
        opened_at=row["opened_at"],
        due_on=row["due_on"],
        due_at=row["due_at"],
        light=None if row["done_at"] else light_by(office, row["due_on"], row["due_at"]),
        ends_with=ENDING_ACTS.get(kind),
        theirs=person.has(*DOERS[kind]),
        note=row["note"],
        done_at=row["done_at"],
        done_by=names.get(username, username) if username else "Ventanilla" if row["done_by"] else "",
    )

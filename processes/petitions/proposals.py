"""A change of kind that lengthens a term waits here until the head of citizen service decides."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from processes.common.audit import INSERT_EVENTS, Act, chain
from processes.common.errors import Conflict, Invalid, NotFound
from processes.common.text import clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE
from processes.petitions.access import acting, not_excluded, readable_by, refused, require_role
from processes.petitions.case import Case, guard, in_one_transaction, read_case
from processes.petitions.legal_access import who_does
from processes.petitions.legal_act import SHORTEST_REASON, LegalAct, LegalOutcome, checked_act
from processes.petitions.legal_acts import do_legal_act
from processes.petitions.legal_doing import check_reclassification
from processes.petitions.numbers import checked_number
from processes.petitions.office import Office
from processes.petitions.proposal_tables import PROPOSALS
from processes.petitions.status import ANSWERED_OR_ENDED
from processes.petitions.tables import PETITIONS
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.moves import MOVES

_MOST = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change of kind that waits: what it would change, why, and who asks for it."""

    filing_number: str
    subject: str
    kind: PetitionKind
    new_kind: PetitionKind
    matters: frozenset[int]
    reason: str
    proposed_by: str
    proposed_at: datetime
    due_on: date

    @property
    def act(self) -> LegalAct:
        """The act that an approval carries out."""
        return LegalAct(
            kind=LegalEventKind.RECLASSIFIED,
            new_kind=self.new_kind,
            matters=self.matters,
            reason=self.reason,
        )


_QUERY = (
    sa.select(
        PETITIONS.c.filing_number,
        PETITIONS.c.subject,
        PETITIONS.c.kind,
        PETITIONS.c.due_on,
        PROPOSALS.c.new_kind,
        PROPOSALS.c.matters,
        PROPOSALS.c.reason,
        PROPOSALS.c.proposed_at,
        PEOPLE.c.full_name,
    )
    .join(PETITIONS, PETITIONS.c.id == PROPOSALS.c.petition_id)
    .join(PEOPLE, PEOPLE.c.username == PROPOSALS.c.proposed_by)
    .where(PETITIONS.c.status.not_in([status.value for status in ANSWERED_OR_ENDED]))
)


def propose_reclassification(office: Office, person: Person, filing_number: str, act: LegalAct) -> None:
    """Keep `act` until the head of citizen service decides; it takes the place of an earlier proposal.

    Raises NotFound, Forbidden, Conflict once the petition was answered or ended, and Invalid for what
    the change lacks, or what the law would refuse even if it were approved.
    """
    checked = checked_act(act)

    def do(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = who_does(case, MOVES[LegalEventKind.RECLASSIFIED])
        if by is None:
            raise refused(
                case, "Su cargo en Ventanilla no incluye pedir un cambio de clase de esta petición."
            )
        if checked.new_kind is None or case.status in ANSWERED_OR_ENDED:
            raise Conflict("Esta petición ya se respondió o terminó: su clase no cambia.")
        check_reclassification(office, connection, case, checked)
        row = {
            "petition_id": case.id,
            "new_kind": checked.new_kind.value,
            "matters": ",".join(str(number) for number in sorted(checked.matters)),
            "reason": checked.reason,
            "proposed_by": by.username,
            "proposed_at": office.now(),
        }
        kinds = {"before": case.kind.value, "after": checked.new_kind.value}
        _record(office, connection, case, Act("reclassification_proposed", by.actor, {"kind": kinds}))
        _forget(connection, case)
        connection.execute(sa.insert(PROPOSALS), row)

    in_one_transaction(office, do)


def pending_proposals(office: Office, person: Person) -> tuple[Proposal, ...]:
    """What waits for the head of citizen service, the earliest due first. Raises Forbidden."""
    require_role(person, Role.CITIZEN_SERVICE_HEAD)
    theirs = not_excluded(person, Role.CITIZEN_SERVICE_HEAD)
    query = _QUERY.where(theirs).order_by(PETITIONS.c.due_on, PETITIONS.c.id).limit(_MOST)
    with office.read() as connection:
        return tuple(_proposal(row) for row in connection.execute(query).mappings())


def proposal_of(office: Office, person: Person, filing_number: str) -> Proposal | None:
    """What waits on one petition; None when nothing does, or the petition is not for `person`."""
    query = _QUERY.where(PETITIONS.c.filing_number == checked_number(filing_number), readable_by(person))
    with office.read() as connection:
        row = connection.execute(query).mappings().one_or_none()
    return None if row is None else _proposal(row)


def approve_proposal(
    office: Office, person: Person, filing_number: str, *, seen: datetime | None = None
) -> LegalOutcome:
    """Carry out the change of kind that waits, by the head of citizen service.

    `seen` is when the change that they looked at was proposed. Raises Forbidden, NotFound when nothing
    waits, Conflict when something else waits than what was seen, and what `record_legal_act` raises.
    """
    require_role(person, Role.CITIZEN_SERVICE_HEAD)

    def do(connection: sa.Connection) -> LegalOutcome:
        case = read_case(connection, filing_number, reader=person)
        acting(case, Role.CITIZEN_SERVICE_HEAD)
        proposal = _take(connection, case, seen)
        return do_legal_act(office, connection, person, filing_number, proposal.act)

    outcome = in_one_transaction(office, do)
    office.after_commit()
    return outcome


def decline_proposal(
    office: Office, person: Person, filing_number: str, *, reason: str, seen: datetime | None = None
) -> None:
    """Leave the kind as it is, and say why.

    Raises Forbidden, NotFound, Invalid without a reason, and Conflict as `approve_proposal` does.
    """
    require_role(person, Role.CITIZEN_SERVICE_HEAD)
    why = clean_text(reason, field="reason", max_length=1000)
    if len(why) < SHORTEST_REASON:
        problem = f"Escriba por qué no se aprueba, en al menos {SHORTEST_REASON} caracteres."
        raise Invalid(problem, {"reason": problem})

    def do(connection: sa.Connection) -> None:
        case = read_case(connection, filing_number, reader=person)
        by = acting(case, Role.CITIZEN_SERVICE_HEAD)
        _take(connection, case, seen)
        _record(office, connection, case, Act("reclassification_declined", by.actor, {"reason": why}))

    in_one_transaction(office, do)


def _take(connection: sa.Connection, case: Case, seen: datetime | None) -> Proposal:
    """Take the proposal away, to decide on it. Raises NotFound, and Conflict for another than was seen."""
    row = connection.execute(_QUERY.where(PETITIONS.c.id == case.id)).mappings().one_or_none()
    if row is None:
        raise NotFound("En esta petición no hay un cambio de clase que espere aprobación.")
    proposal = _proposal(row)
    if seen is not None and proposal.proposed_at != seen:
        raise Conflict("Mientras usted decidía, pidieron otro cambio de clase. Revíselo y decida de nuevo.")
    if _forget(connection, case) == 0:
        raise Conflict("Otra persona ya decidió sobre este cambio de clase.")
    return proposal


def _forget(connection: sa.Connection, case: Case) -> int:
    return connection.execute(sa.delete(PROPOSALS).where(PROPOSALS.c.petition_id == case.id)).rowcount


def _record(office: Office, connection: sa.Connection, case: Case, act: Act) -> None:
    rows, head = chain(case.filing_number, case.head, [act], office.now())
    guard(connection, case, {"audit_seq": head.seq, "audit_hash": head.hash})
    connection.execute(INSERT_EVENTS, rows)


def _proposal(row: sa.RowMapping) -> Proposal:
    return Proposal(
        filing_number=row["filing_number"],
        subject=row["subject"],
        kind=PetitionKind(row["kind"]),
        new_kind=PetitionKind(row["new_kind"]),
        matters=frozenset(int(number) for number in row["matters"].split(",") if number),
        reason=row["reason"],
        proposed_by=row["full_name"],
        proposed_at=row["proposed_at"],
        due_on=row["due_on"],
    )

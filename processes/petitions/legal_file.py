"""Where a petition stands before the law: its dates, what happened, and what may be done today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

import orjson
import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.directory.people import Person, full_names
from processes.petitions.access import check_may_read
from processes.petitions.case import Case, read_case
from processes.petitions.legal_access import who_does
from processes.petitions.legal_citizen import CITIZEN_ACTS
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.legal_tables import LEGAL_EVENTS, MATTERS
from processes.petitions.legal_words import FOR_THE_CITIZEN
from processes.petitions.office import Office
from processes.petitions.status import ANSWERED_OR_ENDED, PetitionStatus, TermState
from processes.petitions.tracking import check_code
from processes.terms.acting import legal_moves
from processes.terms.clocks import clock, clocks, completion_target
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind
from processes.terms.moves import Move, Need
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct
from processes.terms.response import explain_response
from processes.terms.targets import Target

_ACTORS = {"citizen": "Ciudadano", "clock": "Reloj", "system": "Ventanilla"}


@dataclass(frozen=True, slots=True)
class ActChoice:
    """An act that is legal today. `until` is the last day on which the law wants it, where it says one.

    Some acts are legal after it too, because the duty does not end.
    """

    kind: LegalEventKind
    label: str
    needs: frozenset[Need]
    until: date | None
    citation: str
    notice: str


@dataclass(frozen=True, slots=True)
class LegalEventView:
    """A legal event that was recorded. `text` is empty for a reader whom it does not concern."""

    seq: int
    kind: LegalEventKind
    label: str
    at: datetime
    recorded_at: datetime
    text: str
    act_number: str
    authority: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class MatterView:
    """A numbered request with its own date."""

    number: int
    kind: PetitionKind
    text: str
    state: str
    due_on: date
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class LegalFile:
    """The legal side of a petition. `explanation` is how its due date was counted."""

    filing_number: str
    status: PetitionStatus
    term_state: TermState
    due_on: date
    due_at: datetime | None
    reckoning: Reckoning
    explanation: ExplainedDate
    clocks: Mapping[Target, ExplainedDate]
    matters: tuple[MatterView, ...]
    events: tuple[LegalEventView, ...]
    choices: tuple[ActChoice, ...]

    @property
    def waiting(self) -> bool:
        """Whether an answer is still owed."""
        return self.status not in ANSWERED_OR_ENDED


def read_legal_file(office: Office, person: Person, filing_number: str) -> LegalFile:
    """The legal file for one of the entity, with the acts that are theirs to do today.

    Raises NotFound, and Forbidden for another department's petition.
    """
    with office.read() as connection:
        case = read_case(connection, filing_number, reader=person)
        check_may_read(case)
        file = _file(office, connection, case, shown=frozenset(LegalEventKind))
    return _with_choices(office, file, lambda each: who_does(case, each) is not None)


def read_tracked_clock(office: Office, filing_number: str, tracking_code: str) -> LegalFile:
    """The legal file for whoever has number and code, with the acts that are the citizen's.

    The office's own business (reassignments, judges' orders) is left out. A wrong number and a wrong
    code raise the same NotFound.
    """
    with office.read() as connection:
        number = check_code(connection, filing_number, tracking_code)
        case = read_case(connection, number)
        file = _file(office, connection, case, shown=frozenset(FOR_THE_CITIZEN))
    return _with_choices(office, file, lambda each: each.kind in CITIZEN_ACTS)


def _file(
    office: Office, connection: sa.Connection, case: Case, *, shown: frozenset[LegalEventKind]
) -> LegalFile:
    entity = office.entity()
    reckoning = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
    return LegalFile(
        filing_number=case.filing_number,
        status=case.status,
        term_state=case.term_state,
        due_on=case.due_on,
        due_at=case.due_at,
        reckoning=reckoning,
        explanation=explain_response(reckoning),
        clocks=clocks(reckoning),
        matters=_matters(connection, case, reckoning),
        events=_events(connection, case, shown),
        choices=(),
    )


def _with_choices(office: Office, file: LegalFile, theirs: Callable[[Move], bool]) -> LegalFile:
    today = office.now().astimezone(BOGOTA).date()
    moves = [each for each in legal_moves(file.reckoning, today) if theirs(each)]
    return replace(file, choices=tuple(_choice(file.reckoning, each) for each in moves))


def _choice(reckoning: Reckoning, legal_move: Move) -> ActChoice:
    return ActChoice(
        kind=legal_move.kind,
        label=EVENT_LABELS[legal_move.kind],
        needs=legal_move.needs,
        until=_last_day(reckoning, legal_move.deadline or legal_move.due),
        citation=legal_move.citation,
        notice=legal_move.notice,
    )


def _last_day(reckoning: Reckoning, target: Target | None) -> date | None:
    if target is None:
        return None
    try:
        if target is Target.CITIZEN_COMPLETION:
            target = completion_target(reckoning)
        return clock(reckoning, target).due_on
    except RefusedAct:
        return None


def _matters(connection: sa.Connection, case: Case, reckoning: Reckoning) -> tuple[MatterView, ...]:
    query = sa.select(MATTERS.c.number, MATTERS.c.text).where(MATTERS.c.petition_id == case.id)
    texts = dict(connection.execute(query).tuples().all()) if case.matter_count else {}
    return tuple(
        MatterView(
            number=each.number,
            kind=each.kind,
            text=texts.get(each.number, ""),
            state=each.state.value,
            due_on=reckoning.due_on_of(each),
            due_at=reckoning.due_at_of(each),
        )
        for each in reckoning.matters
    )


def _events(
    connection: sa.Connection, case: Case, shown: frozenset[LegalEventKind]
) -> tuple[LegalEventView, ...]:
    if not case.legal_seq:
        return ()
    query = (
        sa.select(LEGAL_EVENTS)
        .where(LEGAL_EVENTS.c.petition_id == case.id, LEGAL_EVENTS.c.kind.in_([kind.value for kind in shown]))
        .order_by(LEGAL_EVENTS.c.seq)
    )
    rows = connection.execute(query).mappings().all()
    usernames = {row["recorded_by"].partition(":")[2] for row in rows}
    names = full_names(connection, usernames - {""})
    return tuple(_event(row, names) for row in rows)


def _event(row: sa.RowMapping, names: Mapping[str, str]) -> LegalEventView:
    actor, _, username = row["recorded_by"].partition(":")
    return LegalEventView(
        seq=row["seq"],
        kind=LegalEventKind(row["kind"]),
        label=EVENT_LABELS[LegalEventKind(row["kind"])],
        at=row["at"],
        recorded_at=row["recorded_at"],
        text=row["text"],
        act_number=row["act_number"],
        authority=str(orjson.loads(row["detail"]).get("authority", "")),
        recorded_by=names.get(username, username) if username else _ACTORS.get(actor, actor),
    )

"""A legal act as somebody enters it, what it led to, and what it must bring with it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from types import MappingProxyType

from processes.common.errors import Invalid
from processes.common.text import clean_line, clean_text
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.case import Case
from processes.petitions.form import StoredFile
from processes.petitions.status import PetitionStatus, TermState
from processes.terms.clocks import clocks
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length
from processes.terms.moves import MOVES, Need
from processes.terms.reckoning import Reckoning
from processes.terms.targets import TARGET_LABELS, Target

MAX_TEXT = 20_000
SHORTEST_REASON = 15
APPROVERS: Mapping[LegalEventKind, Role] = MappingProxyType(
    {
        LegalEventKind.RECLASSIFIED: Role.CITIZEN_SERVICE_HEAD,
        # Data of third parties or under reserve are for the legal office to look at first.
        LegalEventKind.POSITIVE_SILENCE: Role.LEGAL_OFFICE,
        LegalEventKind.NUMBER_CANCELLED: Role.CITIZEN_SERVICE_HEAD,
    }
)
"""Whose approval an act needs before it moves a clock."""
_WITH_AUTHORITY: Mapping[LegalEventKind, str] = MappingProxyType(
    {
        LegalEventKind.TRANSFERRED_OUT: "Escriba a qué entidad se traslada.",
        LegalEventKind.RECEIVED_BY_COMPETENT: "Escriba qué entidad la recibió.",
        LegalEventKind.JUDGE_ORDERED: "Escriba qué juez lo ordena y en qué proceso.",
        LegalEventKind.JUDGE_RULED: "Escriba qué juez falló y en qué proceso.",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalAct:
    """A legal act as somebody enters it.

    `happened_at` is when it was told, delivered or received; None means now, and then the notice to
    the citizen goes out by mail. `reason` is told to the citizen where there is a notice. `length`
    is the new total of an extension, a shorter time to complete, or what a judge fixed. `of` is the
    act that was notified or whose notice came back. `authority` is the body that it went to or came
    from. `department` is the new one of a reassignment.
    """

    kind: LegalEventKind
    happened_at: datetime | None = None
    reason: str = ""
    act_number: str = ""
    matters: frozenset[int] = frozenset()
    length: Length | None = None
    new_kind: PetitionKind | None = None
    of: LegalEventKind | None = None
    authority: str = ""
    department: str | None = None
    files: tuple[StoredFile, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedClock:
    """A date, besides that of the answer, that an act begins or moves."""

    target: Target
    label: str
    due_on: date
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class LegalOutcome:
    """What an act led to. `explanation` is None once nothing is left to answer.

    `citizen_told` says that a mail is on its way, `told_on_paper` that a letter waits at the front desk;
    otherwise the office tells it by another way.
    `answered` says that the act itself is the answer. `clocks` are those that it begins or moves.
    """

    filing_number: str
    status: PetitionStatus
    term_state: TermState
    due_on_before: date
    due_on: date
    due_at: datetime | None
    explanation: ExplainedDate | None
    citizen_told: bool
    told_on_paper: bool
    answered: bool
    clocks: tuple[MovedClock, ...]


def moved_clocks(before: Reckoning, after: Reckoning) -> tuple[MovedClock, ...]:
    """The clocks that run after an act and did not run before, or ran to another date."""
    stood = {target: (each.due_on, each.due_at) for target, each in clocks(before).items()}
    return tuple(
        MovedClock(target, TARGET_LABELS[target], each.due_on, each.due_at)
        for target, each in clocks(after).items()
        if target is not Target.RESPONSE and stood.get(target) != (each.due_on, each.due_at)
    )


def checked_act(act: LegalAct) -> LegalAct:
    """`act` with its texts cleaned, when it brings what its kind needs.

    Raises Invalid with a sentence for each field that is missing, all at once.
    """
    needs = MOVES[act.kind].needs
    reason = clean_text(act.reason, field="reason", max_length=MAX_TEXT)
    act_number = clean_line(act.act_number, field="act_number", max_length=60)
    authority = clean_line(act.authority, field="authority", max_length=200)
    problems = {
        "reason": Need.REASON in needs
        and len(reason) < SHORTEST_REASON
        and f"Escriba las razones, en al menos {SHORTEST_REASON} caracteres.",
        "act_number": Need.SIGNATURE in needs
        and not act_number
        and "Escriba el número y la fecha del acto firmado.",
        "length": Need.LENGTH in needs and act.length is None and "Escriba cuánto tiempo se fijó.",
        "new_kind": Need.NEW_KIND in needs and act.new_kind is None and "Elija la nueva clase.",
        "of": Need.ACT in needs and act.of is None and "Elija de qué acto se trata.",
        "authority": not authority and _WITH_AUTHORITY.get(act.kind, ""),
        "department": act.kind is LegalEventKind.REASSIGNED
        and not act.department
        and "Elija una dependencia de la lista.",
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", found)
    return replace(act, reason=reason, act_number=act_number, authority=authority)


def event_of_act(act: LegalAct, *, at: datetime, approver: Person | None) -> LegalEvent:
    """`act` as the law sees it. Who approves it by their role is whoever does it."""
    role = APPROVERS.get(act.kind)
    return LegalEvent(
        kind=act.kind,
        at=at,
        matters=act.matters,
        length=act.length,
        new_kind=act.new_kind,
        of=act.of,
        reason=act.reason,
        approved=role is not None and approver is not None and approver.has(role),
    )


def instant_of(act: LegalAct, case: Case, *, last: datetime, now: datetime) -> datetime:
    """When `act` happened. Raises Invalid when that is in the future, or before what happened last."""
    if act.happened_at is None:
        return now
    problem = ""
    if act.happened_at.tzinfo is None:
        problem = "La fecha y hora no dice su zona horaria."
    elif act.happened_at > now:
        problem = "La fecha no puede ser futura: registre el acto cuando haya ocurrido."
    elif act.happened_at < max(last, case.received_at):
        problem = (
            "La fecha no puede ser anterior a lo último que ocurrió en la petición. "
            "Revise el historial y escriba una fecha posterior."
        )
    if problem:
        raise Invalid(problem, {"happened_at": problem})
    return act.happened_at

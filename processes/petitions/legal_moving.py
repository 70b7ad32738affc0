"""A legal act put into a step: checked by the law, with its dates, journal and letter. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from notifications.messages import LegalNotice
from processes.common.errors import Conflict, Invalid
from processes.directory.entity import EntityProfile
from processes.petitions.case import Case
from processes.petitions.citizen_mail import has_mail, write_to_citizen
from processes.petitions.legal_act import LegalAct, checked_act, event_of_act, instant_of
from processes.petitions.legal_letters import has_notice, legal_notice
from processes.petitions.legal_reading import ANSWERS, BEFORE, read_reckoning, reckonable
from processes.petitions.legal_rows import event_row
from processes.petitions.legal_staff_mail import tell_the_office
from processes.petitions.status import ENDED, PetitionStatus, TermState
from processes.petitions.step import Step
from processes.terms.acting import move
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.kinds import KIND_LABELS, Pack, PetitionKind, offered_kinds
from processes.terms.moves import MOVES, Need, Phase
from processes.terms.reckoning import Reckoning

RETURNABLE = frozenset(
    {
        LegalEventKind.COMPLETION_REQUESTED,
        LegalEventKind.RETURNED_UNCLEAR,
        LegalEventKind.EXTENSION_TOLD,
    }
)
"""Acts that move no clock unless the citizen was told of them."""

ENDED_PHASES: Mapping[Phase, PetitionStatus] = MappingProxyType(
    {
        Phase.TRANSFERRED: PetitionStatus.TRANSFERRED,
        Phase.WITHDRAWN: PetitionStatus.WITHDRAWN,
        Phase.ARCHIVED: PetitionStatus.ARCHIVED,
        Phase.REJECTED: PetitionStatus.REJECTED,
    }
)
"""Where an act that ends the petition leaves it."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An act that is in a step: its event with the row, and the clock before and after.

    `answers` says that the act itself is the answer; nobody has been told of it then.
    """

    act: LegalAct
    event: LegalEvent
    row: dict[str, object]
    before: Reckoning
    after: Reckoning
    answers: bool


def put_act(step: Step, given: LegalAct) -> Moved:
    """Put `given` into the step, by the step's signer.

    Raises RefusedAct, Invalid, Conflict.
    """
    act = checked_act(given)
    case, entity = step.case, step.entity
    before = read_reckoning(step.connection, reckonable(case), entity.calendar, entity.after_hours)
    last = max((event.at for event in before.events), default=case.received_at)
    at = instant_of(act, case, last=last, now=step.now)
    event = event_of_act(act, at=at, approver=step.signer)
    after = move(before, event)
    check_new_kind(case, entity, act)
    take_over_dates(step, after)
    step.reckoning = after
    _record(step, event, act)
    answers = event.kind is LegalEventKind.REFUSED_BY_RESERVE and after.phase is Phase.ANSWERED
    row = event_row(step, event, act_number=act.act_number, extra=_extra(step, act, answers=answers))
    if not answers:
        row["notice_key"] = _tell(step, event, after, act)
        tell_the_office(step, event.kind)
    return Moved(act, event, row, before, after, answers)


def check_new_kind(case: Case, entity: EntityProfile, act: LegalAct) -> None:
    """Raises Conflict while nobody has classified the petition, and Invalid for a kind of no use here."""
    if act.kind is LegalEventKind.RECLASSIFIED and case.status is PetitionStatus.FILED:
        raise Conflict("La clasificación no se ha confirmado. Cambie la clase al completar esa tarea.")
    if act.new_kind is not None:
        check_offered(entity, "new_kind", act.new_kind)


def check_offered(entity: EntityProfile, field: str, kind: PetitionKind) -> None:
    """Raises Invalid for `field` when the entity does not attend petitions of `kind`."""
    if kind not in offered_kinds({Pack(each) for each in entity.packs}):
        problem = (
            f"La entidad no tiene activada la clase «{KIND_LABELS[kind]}». Elija otra, o pida al "
            "administrador que la active en las reglas del calendario."
        )
        raise Invalid(problem, {field: problem})


def take_over_dates(step: Step, after: Reckoning) -> None:
    """Put what `after` says into the step: due date, whether the term runs, the kind that rules, an end."""
    step.changes |= {
        "due_on": after.due_on,
        "due_at": after.due_at,
        "term_state": term_state(after).value,
        "kind": after.governing.kind.value,
    }
    ended = ENDED_PHASES.get(after.phase)
    if ended is not None and step.status not in ENDED:
        step.move_to(ended)


def term_state(reckoning: Reckoning) -> TermState:
    """How the term of a petition with this reckoning runs."""
    if reckoning.suspended:
        return TermState.SUSPENDED
    return TermState.EXTENDED if reckoning.governing.extended else TermState.RUNNING


def _extra(step: Step, act: LegalAct, *, answers: bool) -> Mapping[str, object]:
    """What the row keeps beside the law's own values."""
    extra: dict[str, object] = {"authority": act.authority} if act.authority else {}
    if act.kind is LegalEventKind.RECLASSIFIED:
        extra[BEFORE] = step.case.kind.value
    return extra | ({ANSWERS: True} if answers else {})


def _record(step: Step, event: LegalEvent, act: LegalAct) -> None:
    """The act in the journal, which holds no text: what the act says lies in its own row."""
    case = step.case
    detail: dict[str, object] = {
        "at": event.at.isoformat(),
        "due_on": {"before": case.due_on.isoformat(), "after": step.due_on.isoformat()},
        "term_state": {"before": case.term_state.value, "after": step.term_state.value},
        "status": {"before": case.status.value, "after": step.status.value},
        "citation": MOVES[event.kind].citation,
        "act_number": act.act_number,
        "authority": act.authority,
        "matters": sorted(event.matters),
        "of": event.of.value if event.of else None,
        "kind": {"before": case.kind.value, "after": step.kind.value},
        "department": act.department,
        "files": [file.sha256 for file in act.files],
    }
    step.record(event.kind.value, **{name: value for name, value in detail.items() if value})


def _tell(step: Step, event: LegalEvent, after: Reckoning, act: LegalAct) -> str | None:
    """Write to the citizen where the law asks for a notice; the message's key when the act hangs on it.

    Raises Invalid when nobody has told the citizen and there is no address to write to.
    """
    if not has_notice(event.kind):
        return None
    must_be_told = Need.NOTICE in MOVES[event.kind].needs
    if must_be_told and act.happened_at is not None and not has_mail(step):
        step.record_system("notice_handed_over", template=LegalNotice.template)
        return None
    cause = f"{step.case.filing_number}/{step.case.version}/legal"
    letter = legal_notice(step, event, after, act_number=act.act_number, authority=act.authority)
    written = write_to_citizen(step, letter, cause)
    if not written and act.happened_at is None and must_be_told:
        problem = (
            "No hay correo para avisar a quien presentó la petición. Entregue el aviso por otro medio y "
            "escriba la fecha y hora de la entrega: sin entrega el término no cambia."
        )
        raise Invalid(problem, {"happened_at": problem})
    hangs_on_it = written and act.happened_at is None and event.kind in RETURNABLE
    return f"{cause}/citizen" if hangs_on_it else None

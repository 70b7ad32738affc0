"""A legal act carried out in one transaction, whoever does it: checked by the law, then written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import sqlalchemy as sa

from processes.common.audit import Actor
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.petitions.attachments import attachment_rows
from processes.petitions.case import Case
from processes.petitions.citizen_mail import write_to_citizen
from processes.petitions.legal_act import (
    LegalAct,
    LegalOutcome,
    checked_act,
    event_of_act,
    instant_of,
    moved_clocks,
)
from processes.petitions.legal_letters import has_notice, legal_notice
from processes.petitions.legal_reading import ANSWERS, BEFORE, read_reckoning, reckonable
from processes.petitions.legal_refusal import refuse_all
from processes.petitions.legal_rows import event_row, insert_event
from processes.petitions.legal_staff_mail import tell_the_office
from processes.petitions.legal_writing import take_over_dates, write_event
from processes.petitions.office import Office
from processes.petitions.reassignment import choose_department, hand_over_tasks
from processes.petitions.status import ENDED, PetitionStatus
from processes.petitions.step import Step
from processes.petitions.tables import ATTACHMENTS
from processes.terms.acting import move
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.kinds import KIND_LABELS, Pack, PetitionKind, offered_kinds
from processes.terms.moves import MOVES, Need, Phase
from processes.terms.reckoning import Reckoning
from processes.terms.response import explain_response

INTERNAL, INCOMING = "internal", "incoming"
RETURNABLE = frozenset(
    {
        LegalEventKind.COMPLETION_REQUESTED,
        LegalEventKind.RETURNED_UNCLEAR,
        LegalEventKind.EXTENSION_TOLD,
    }
)
"""Acts that move no clock unless the citizen was told of them."""


@dataclass(frozen=True, slots=True)
class Doer:
    """Who acts, as the journal names them and as a person; `files` is the direction of theirs."""

    actor: Actor
    person: Person | None
    files: str = INTERNAL


def do_act(
    office: Office, connection: sa.Connection, case: Case, given: LegalAct, doer: Doer
) -> LegalOutcome:
    """`given` on `case`, in the caller's transaction, by somebody who may do it.

    Raises RefusedAct, Invalid, Conflict, and StaleCase when another act came first.
    """
    act = checked_act(given)
    now, entity = office.now(), office.entity()
    before = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
    last = max((event.at for event in before.events), default=case.received_at)
    event = event_of_act(act, at=instant_of(act, case, last=last, now=now), approver=doer.person)
    after = move(before, event)
    step = Step(connection, case, entity, office.settings.public_url, doer.actor, now)
    step.signer = doer.person
    _check_new_kind(office, case, act)
    take_over_dates(step, after)
    _record(step, event, act)
    answers = event.kind is LegalEventKind.REFUSED_BY_RESERVE and after.phase is Phase.ANSWERED
    row = event_row(step, event, act_number=act.act_number, extra=_extra(step, act, answers=answers))
    if answers:
        refuse_all(office, step, event, act_number=act.act_number)
        insert_event(step, row)
    else:
        row["notice_key"] = _tell(step, event, after, act)
        tell_the_office(step, event.kind)
        _write(office, step, act, after, row)
    _keep_files(step, act, doer)
    return LegalOutcome(
        filing_number=case.filing_number,
        status=step.status,
        term_state=step.term_state,
        due_on_before=case.due_on,
        due_on=step.due_on,
        due_at=after.due_at,
        explanation=None if step.status in ENDED else explain_response(after),
        citizen_told=any(envelope.key.endswith("/citizen") for envelope in step.envelopes),
        answered=answers,
        clocks=moved_clocks(before, after),
    )


def check_reclassification(office: Office, connection: sa.Connection, case: Case, act: LegalAct) -> None:
    """Whether a change of kind could be done today if it were approved. Raises what `do_act` raises."""
    entity = office.entity()
    before = read_reckoning(connection, reckonable(case), entity.calendar, entity.after_hours)
    move(before, replace(event_of_act(act, at=office.now(), approver=None), approved=True))
    _check_new_kind(office, case, act)


def _check_new_kind(office: Office, case: Case, act: LegalAct) -> None:
    if act.kind is LegalEventKind.RECLASSIFIED and case.status is PetitionStatus.FILED:
        raise Conflict("La clasificación no se ha confirmado. Cambie la clase al completar esa tarea.")
    if act.new_kind is not None:
        check_offered(office, "new_kind", act.new_kind)


def check_offered(office: Office, field: str, kind: PetitionKind) -> None:
    """Raises Invalid for `field` when the entity does not attend petitions of `kind`."""
    if kind not in offered_kinds({Pack(each) for each in office.entity().packs}):
        problem = (
            f"La entidad no tiene activada la clase «{KIND_LABELS[kind]}». Elija otra, o pida al "
            "administrador que la active en las reglas del calendario."
        )
        raise Invalid(problem, {field: problem})


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
    cause = f"{step.case.filing_number}/{step.case.version}/legal"
    letter = legal_notice(step, event, after, act_number=act.act_number, authority=act.authority)
    written = write_to_citizen(step, letter, cause)
    if not written and act.happened_at is None and Need.NOTICE in MOVES[event.kind].needs:
        problem = (
            "No hay correo para avisar a quien presentó la petición. Entregue el aviso por otro medio y "
            "escriba la fecha y hora de la entrega: sin entrega el término no cambia."
        )
        raise Invalid(problem, {"happened_at": problem})
    hangs_on_it = written and act.happened_at is None and event.kind in RETURNABLE
    return f"{cause}/citizen" if hangs_on_it else None


def _write(office: Office, step: Step, act: LegalAct, after: Reckoning, row: Mapping[str, object]) -> None:
    if act.kind is not LegalEventKind.REASSIGNED or act.department is None:
        write_event(office, step, after, row)
        return
    choose_department(step, act.department)
    write_event(office, step, after, row)
    hand_over_tasks(step)


def _keep_files(step: Step, act: LegalAct, doer: Doer) -> None:
    if act.files:
        rows = attachment_rows(
            act.files,
            petition_id=step.case.id,
            after=step.case.attachments,
            direction=doer.files,
            actor=doer.actor,
            now=step.now,
        )
        step.connection.execute(sa.insert(ATTACHMENTS), rows)

"""What each intent of a diagram does: one handler each, which fills the step that is being written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import sha256
from types import MappingProxyType

import sqlalchemy as sa

from notifications.messages import Acknowledgement, Answer, Assigned, Escalation, Letter
from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict, Invalid
from processes.common.outbox import Envelope
from processes.directory.people import Contact, contact, contacts_with_role
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, ROLE_LABELS, Role
from processes.engine.model import Advance, Intent
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.citizen_mail import letterhead, write_to_citizen
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.numbers import filing_year, format_number, take_number
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, Series, WorkItemStatus
from processes.petitions.waiting import AlertPlan, alert_instant
from processes.terms.clock import (
    end_of_term,
    governing_rule,
    internal_target,
    response_term,
    working_days_left,
)
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.response import explain_response
from processes.terms.rules import TermRule

Handler = Callable[[Step, Intent], None]
_DENIED = "denied"
_GRANTED_BY_SILENCE = frozenset({PetitionKind.INFORMATION_REQUEST, PetitionKind.DOCUMENT_REQUEST})
_LEVELS = frozenset({1, 2, 3})


def carry_out(step: Step, advance: Advance) -> None:
    """Carry out the intents of `advance` in their order, then take over the facts that are columns."""
    for intent in advance.intents:
        if intent.name == "send_answer":
            _check_may_refuse(step, advance)
        _HANDLERS[intent.name](step, intent)
    _take_over_facts(step, advance)


def _take_over_facts(step: Step, advance: Advance) -> None:
    level = advance.facts.get("level")
    known = level is None or level in _LEVELS
    if not known:
        step.trouble(f"El procedimiento dio el nivel de atención {level}, que no existe: va de 1 a 3.")
    step.changes["level"] = int(str(level)) if known and level is not None else None
    step.changes["priority"] = advance.facts.get("priority") is True


def _start_term(step: Step, intent: Intent) -> None:
    """Count the term of the confirmed kind from the day of filing; the days already gone stay gone."""
    case = step.case
    kind = PetitionKind(str(intent.arguments["kind"]))
    if case.matter_count and kind is not case.kind:
        reason = "Esta petición ya está separada en asuntos. Cambie la clase del que corresponda."
        raise Invalid(reason, {"kind": reason})
    term = _term_of(step, kind)
    if kind is not case.kind and term.due_on > case.due_on:
        _check_approval(step)
    step.changes |= {"kind": kind.value, "due_on": term.due_on, "due_at": term.due_at}
    step.move_to(PetitionStatus.IN_DISTRIBUTION)
    step.record(
        "term_started",
        kind={"before": step.case.kind.value, "after": kind.value},
        due_on={"before": step.case.due_on.isoformat(), "after": term.due_on.isoformat()},
        citation=term.rule.citation,
    )


def _term_of(step: Step, kind: PetitionKind) -> ExplainedDate:
    """The term of `kind`; what acts have already moved is counted with them."""
    case, entity = step.case, step.entity
    if not (case.legal_seq or case.matter_count or case.fixed):
        return response_term(kind, case.filed_on, entity.calendar, received_at=case.received_at)
    petition = replace(reckonable(case), kind=kind)
    return explain_response(read_reckoning(step.connection, petition, entity.calendar, entity.after_hours))


def _check_approval(step: Step) -> None:
    """A change of kind that lengthens the term is not the front desk's to make."""
    if step.signer is None or not step.signer.has(Role.CITIZEN_SERVICE_HEAD):
        reason = (
            "Con esa clase la respuesta vencería después. Un cambio que alarga el término lo aprueba la "
            "jefatura de relación con el ciudadano: deje la clase como está o pídale completar esta tarea."
        )
        raise Invalid(reason, {"kind": reason})


def _assign(step: Step, intent: Intent) -> None:
    code = str(intent.arguments["department"])
    if code not in step.department_names:
        reason = "Elija una dependencia de la lista."
        raise Invalid(reason, {"department": reason})
    name = step.department_names[code]
    step.record("assigned", department={"before": step.case.department, "after": code, "name": name})
    step.changes["department"] = code
    step.move_to(PetitionStatus.ASSIGNED)


def _plan_alert(step: Step, intent: Intent) -> None:
    """So many working days before the due date; held while the term is suspended."""
    name = str(intent.arguments["alert"])
    days = int(float(str(intent.arguments["working_days_before"])))
    suspended = step.term_state is TermState.SUSPENDED
    due_at = None if suspended else alert_instant(step.due_on, days, step.entity.calendar)
    step.plans[name] = AlertPlan(due_at, days)
    when = None if due_at is None else due_at.isoformat()
    step.record("alert_planned", alert=name, working_days_before=days, due_at=when)


def _check_may_refuse(step: Step, advance: Advance) -> None:
    """After its term an unanswered request of information or documents counts as granted (CPACA 14.1)."""
    late = step.now >= end_of_term(step.due_on) and step.term_state is not TermState.SUSPENDED
    if advance.facts.get("outcome") == _DENIED and step.kind in _GRANTED_BY_SILENCE and late:
        reason = (
            "El término pasó sin respuesta: la solicitud se entiende aceptada y ya no se puede negar; las "
            "copias se entregan en los tres días siguientes (Ley 1437 de 2011, artículo 14, numeral 1). Si "
            "tiene datos de terceros o reservados, consulte primero a la Oficina Jurídica."
        )
        raise Invalid(reason, {"outcome": reason})


def _send_answer(step: Step, _intent: Intent) -> None:
    """Give the answer its outgoing number. Its delivery is a message of its own (`notify`)."""
    if step.changes.get("outgoing_number", step.case.outgoing_number) is not None:
        raise Conflict("Esta petición ya tiene una respuesta enviada. Avise al administrador.")
    year = filing_year(step.now)
    number = format_number(Series.OUTGOING, year, take_number(step.connection, Series.OUTGOING, year))
    step.changes |= {"outgoing_number": number, "sent_at": step.now}
    step.move_to(PetitionStatus.SENT)
    text = str(step.changes.get("answer_text", step.case.answer_text))
    step.record(
        "answer_sent",
        outgoing_number=number,
        text_sha256=sha256(text.encode()).hexdigest(),
        files=[file.sha256 for file in step.files],
    )


def _close_case(step: Step, intent: Intent) -> None:
    outcome = str(intent.arguments["outcome"])
    step.changes |= {"outcome": outcome, "closed_at": step.now}
    step.move_to(PetitionStatus.CLOSED)
    step.record("case_closed", outcome=outcome)


def _notify(step: Step, intent: Intent) -> None:
    template, to = str(intent.arguments["template"]), str(intent.arguments["to"])
    letter = _LETTERS[template](step)
    cause = f"{step.case.filing_number}/{step.case.version}/{intent.key}"
    if to == "citizen":
        write_to_citizen(step, letter, cause)
        return
    people = recipients(step, to)
    if not people:
        step.record_system("notice_without_recipient", template=template, to=to)
        label = "Profesional responsable" if to == "official" else ROLE_LABELS[Role(to)]
        step.trouble(f"Nadie recibió el mensaje: nadie activo con correo tiene el cargo «{label}».")
        return
    for person in people:
        envelope = Envelope(f"{cause}/{person.username}", step.case.filing_number, person.email, letter)
        step.envelopes.append(envelope)
    names = [person.full_name for person in people]
    step.record_system("notice_posted", template=template, to=to, people=names)


def recipients(step: Step, to: str) -> list[Contact]:
    """Who is told; when a rung of the ladder has nobody, the head of citizen service is."""
    if to == "official":
        found = [person for person in [_official(step)] if person is not None]
    elif to == "department_head":
        found = contacts_with_role(step.connection, Role.DEPARTMENT_HEAD, department=step.department)
    else:
        found = contacts_with_role(step.connection, Role(to))
    return found or contacts_with_role(step.connection, Role.CITIZEN_SERVICE_HEAD)


def _official(step: Step) -> Contact | None:
    """Who has taken the department's open task."""
    query = sa.select(WORK_ITEMS.c.assignee).where(
        WORK_ITEMS.c.petition_id == step.case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.lane.in_(LANES_WITHIN_A_DEPARTMENT),
        WORK_ITEMS.c.assignee.is_not(None),
    )
    username = step.connection.scalars(query).first()
    return None if username is None else contact(step.connection, username)


def _rule(step: Step) -> TermRule:
    return governing_rule(step.kind, step.case.filed_on, step.entity.calendar)


def _acknowledgement(step: Step) -> Letter:
    case = step.case
    filed_late = case.received_at.astimezone(BOGOTA).date() != case.filed_on
    return Acknowledgement(
        letterhead=letterhead(step),
        petitioner_name=case.citizen_name or None,
        filing_number=case.filing_number,
        tracking_code=case.tracking_code,
        received_at=case.received_at,
        filed_on=case.filed_on,
        filing_reason=step.entity.after_hours.reason if filed_late else "",
        kind_label=KIND_LABELS[step.kind],
        due_on=step.due_on,
        term_label=_rule(step).label,
        citation=_rule(step).citation,
        attachments=tuple(file.kind for file in step.files),
        tracking_url=f"{step.public_url}/consultar",
    )


def _answer(step: Step) -> Letter:
    case = step.case
    signer = step.signer
    return Answer(
        letterhead=letterhead(step),
        petitioner_name=case.citizen_name or None,
        filing_number=case.filing_number,
        filed_on=case.filed_on,
        outgoing_number=str(step.changes.get("outgoing_number", case.outgoing_number)),
        text=str(step.changes.get("answer_text", case.answer_text)),
        attachments=tuple(file.name for file in step.files),
        is_consultation=step.kind is PetitionKind.CONSULTATION,
        signer_name=signer.full_name if signer else "",
        signer_title=signer.position if signer else "",
        department=step.department_name,
        tracking_url=f"{step.public_url}/consultar",
    )


def _assigned(step: Step) -> Letter:
    return Assigned(
        letterhead=letterhead(step),
        filing_number=step.case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        due_on=step.due_on,
        internal_target_on=internal_target(
            step.due_on, step.entity.calendar, working_days=step.entity.target_working_days(step.kind)
        ),
        term_label=_rule(step).label,
        citation=_rule(step).citation,
        priority_reason="",
        url=f"{step.public_url}/peticiones/{step.case.filing_number}",
    )


def _escalation(step: Step) -> Letter:
    official = _official(step)
    today = step.now.astimezone(BOGOTA).date()
    return Escalation(
        letterhead=letterhead(step),
        filing_number=step.case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        department=step.department_name,
        official_name=official.full_name if official else None,
        due_on=step.due_on,
        today=today,
        working_days_left=working_days_left(step.due_on, today, step.entity.calendar),
        url=f"{step.public_url}/peticiones/{step.case.filing_number}",
    )


_LETTERS: Mapping[str, Callable[[Step], Letter]] = MappingProxyType(
    {
        Acknowledgement.template: _acknowledgement,
        Answer.template: _answer,
        Assigned.template: _assigned,
        Escalation.template: _escalation,
    }
)
_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "notify": _notify,
        "start_term": _start_term,
        "assign": _assign,
        "plan_alert": _plan_alert,
        "send_answer": _send_answer,
        "close_case": _close_case,
    }
)

if _HANDLERS.keys() != CATALOGUE.intents.keys():
    message = "every intent of the catalogue has one handler, and none else"
    raise RuntimeError(message)

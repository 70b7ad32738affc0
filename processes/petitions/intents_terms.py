"""Intents about time: the term of the answer, and the alerts that a diagram plans."""

from dataclasses import replace

from processes.common.errors import Invalid
from processes.directory.roles import Role
from processes.engine.model import Intent
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.status import PetitionStatus, TermState
from processes.petitions.step import Step
from processes.petitions.waiting import AlertPlan, alert_instant
from processes.terms.clock import response_term
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import PetitionKind
from processes.terms.response import explain_response


def start_term(step: Step, intent: Intent) -> None:
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


def plan_alert(step: Step, intent: Intent) -> None:
    """So many working days before the due date; held while the term is suspended."""
    name = str(intent.arguments["alert"])
    days = int(float(str(intent.arguments["working_days_before"])))
    suspended = step.term_state is TermState.SUSPENDED
    due_at = None if suspended else alert_instant(step.due_on, days, step.entity.calendar)
    step.plans[name] = AlertPlan(due_at, days)
    when = None if due_at is None else due_at.isoformat()
    step.record("alert_planned", alert=name, working_days_before=days, due_at=when)

"""Intents about time: the term of the answer, and the alerts that a diagram plans."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from processes.common.calendar import day_in_bogota
from processes.common.errors import Invalid
from processes.directory.roles import Role
from processes.engine.model import Intent
from processes.petitions.access import has_role
from processes.petitions.legal_reading import read_reckoning, reckonable
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.waiting import AlertPlan
from processes.terms.clock import opening_instant, response_term
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.response import explain_response


def start_term(step: Step, intent: Intent) -> None:
    """Count the term of the confirmed kind from the day of filing; the days already gone stay gone."""
    case = step.case
    kind = PetitionKind(str(intent.arguments["kind"]))
    if case.matter_count and kind is not case.kind:
        reason = (
            f"Esta petición está separada en asuntos: su clase es «{KIND_LABELS[case.kind]}», la del que "
            "vence primero. Déjela así; después de clasificarla puede cambiar la clase de cada asunto."
        )
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
    if not has_role(step.case, Role.CITIZEN_SERVICE_HEAD):
        reason = (
            "Con esa clase la respuesta vencería después. Un cambio que alarga el término lo aprueba la "
            "jefatura de relación con el ciudadano: deje la clase como está o pídale completar esta tarea."
        )
        raise Invalid(reason, {"kind": reason})


def plan_alert(step: Step, intent: Intent) -> None:
    """So many working days before the due date; held while the term is suspended."""
    _plan(step, intent, "working_days_before", _number(intent, "working_days_before"))


def plan_alert_at(step: Step, intent: Intent) -> None:
    """So much time from now, or relative to the term; minutes run at any hour of any day."""
    _plan(step, intent, str(intent.arguments["unit"]), _number(intent, "amount"))


def _number(intent: Intent, name: str) -> int:
    return int(float(str(intent.arguments[name])))


def _plan(step: Step, intent: Intent, unit: str, amount: int) -> None:
    name = str(intent.arguments["alert"])
    plan = _PLANS[unit](step, amount).redated(step.term)
    step.plans[name] = plan
    when = None if plan.due_at is None else plan.due_at.isoformat()
    step.record_system("alert_planned", alert=name, unit=unit, amount=amount, due_at=when)


def _after_working_days(step: Step, days: int) -> AlertPlan:
    """At the opening of the day; none is today's, which has opened already."""
    calendar = step.entity.calendar
    day = calendar.add_working_days(day_in_bogota(step.now), max(days, 1))
    return AlertPlan(opening_instant(day, calendar))


_PLANS: Mapping[str, Callable[[Step, int], AlertPlan]] = MappingProxyType(
    {
        "minutes": lambda step, amount: AlertPlan(step.now + timedelta(minutes=amount)),
        "working_days": _after_working_days,
        "working_days_before": lambda _step, amount: AlertPlan(None, working_days_before=amount),
        "share_of_term": lambda _step, amount: AlertPlan(None, share=amount),
    }
)

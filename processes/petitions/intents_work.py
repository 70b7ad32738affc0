"""Intents about where a petition goes: to a department, and to its end."""

from processes.common.errors import Invalid
from processes.engine.model import Intent
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step


def assign(step: Step, intent: Intent) -> None:
    """Give the petition to a department. Raises Invalid for one that is not active."""
    code = str(intent.arguments["department"])
    if code not in step.department_names:
        reason = "Elija una dependencia de la lista."
        raise Invalid(reason, {"department": reason})
    name = step.department_names[code]
    step.record("assigned", department={"before": step.case.department, "after": code, "name": name})
    step.changes |= {"department": code, "assigned_at": step.now}
    step.move_to(PetitionStatus.ASSIGNED)


def close_case(step: Step, intent: Intent) -> None:
    """Close the case, with how the petition was answered."""
    outcome = str(intent.arguments["outcome"])
    step.changes |= {"outcome": outcome, "closed_at": step.now}
    step.move_to(PetitionStatus.CLOSED)
    step.record("case_closed", outcome=outcome)

"""Intents about where a petition goes: to a department, to a level, to review, and to its end."""

import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import Conflict, Invalid
from processes.engine.model import Intent
from processes.petitions.legal_act import SHORTEST_REASON
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.submitted import written
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus

HANDOVER = "handover"
"""The note that whoever takes over reads first."""

_SHORTEST_ANSWER = 20
_REOPENED = "petition_reopened"


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
    """Close the case, with how the petition was answered.

    Raises Conflict while another task is open: the report to a judge, what the citizen added, a danger.
    """
    _check_nothing_is_left(step)
    outcome = str(intent.arguments["outcome"])
    step.changes |= {"outcome": outcome, "closed_at": step.now}
    step.move_to(PetitionStatus.CLOSED)
    step.record("case_closed", outcome=outcome)


def _check_nothing_is_left(step: Step) -> None:
    if not step.task or len(step.case.open_tasks) == 1:
        return
    others = sa.select(WORK_ITEMS.c.name).where(
        WORK_ITEMS.c.petition_id == step.case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.task != step.task,
    )
    names = ", ".join(f"«{name}»" for name in step.connection.scalars(others.order_by(WORK_ITEMS.c.task)))
    raise Conflict(f"Antes de cerrar hay que terminar {names}: con el cierre ya nadie lo haría.")


def set_aside(step: Step, intent: Intent) -> None:
    """End what came in and is no petition; it keeps its number, and no answer is awaited."""
    step.add_note("reason", "Por qué no es una petición", written(step, "reason"))
    step.changes["closed_at"] = step.now
    step.move_to(PetitionStatus.NOT_A_PETITION)
    step.record("set_aside", nature=str(intent.arguments["nature"]))


def hand_over(step: Step, intent: Intent) -> None:
    """Give the petition to the next attention level. Raises Invalid without a handover to read."""
    level = int(float(str(intent.arguments["level"])))
    told = next((note.text for note in step.notes if note.topic == HANDOVER), "")
    if len(told) < SHORTEST_REASON:
        reason = (
            "Escriba qué pide el ciudadano, qué se le dijo y qué falta, en al menos "
            f"{SHORTEST_REASON} caracteres: quien sigue empieza por ahí."
        )
        raise Invalid(reason, {HANDOVER: reason})
    step.move_to(PetitionStatus.IN_DISTRIBUTION)
    step.record("handed_over", level=level)


def await_signature(step: Step, _intent: Intent) -> None:
    """Put the draft before whoever reviews and signs it. Raises Invalid while it is not an answer."""
    text = str(step.changes.get("answer_text", step.case.answer_text))
    problems = {
        "answer_text": len(text) < _SHORTEST_ANSWER
        and f"Escriba la respuesta, en al menos {_SHORTEST_ANSWER} caracteres.",
        "outcome": not step.facts.get("outcome") and "Elija el sentido de la respuesta.",
    }
    found = {field: problem for field, problem in problems.items() if problem}
    if found:
        raise Invalid("La respuesta todavía no está para revisar.", found)
    step.move_to(PetitionStatus.AWAITING_SIGNATURE)
    step.record("review_asked")


def reopen(step: Step, _intent: Intent) -> None:
    """Look again at what was not solved, once. Raises Invalid the second time."""
    query = sa.select(EVENTS.c.seq).where(
        EVENTS.c.stream == step.case.filing_number, EVENTS.c.act == _REOPENED
    )
    if step.connection.execute(query).first() is not None:
        reason = (
            "Esta petición ya volvió una vez a la dependencia. Ciérrela, o radique lo que falta como una "
            "petición nueva o como un recurso."
        )
        raise Invalid(reason, {"closing": reason})
    step.move_to(PetitionStatus.IN_PROGRESS)
    step.record(_REOPENED)

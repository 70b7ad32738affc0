"""A refusal by reserve of all that was asked: it is the answer, so it leaves as one."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from processes.common.errors import Conflict
from processes.engine import door
from processes.engine.forms import inputs
from processes.engine.model import Fact
from processes.petitions.office import Office
from processes.petitions.signals import Signal
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.step_writing import Completion
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus
from processes.petitions.telling import finish_step, tell_case
from processes.terms.events import LegalEvent

_ANSWER_COLUMN = "answer_text"
_DENIED: Mapping[str, Fact] = MappingProxyType({"outcome": "denied"})
_INSISTENCE = (
    "Si usted no está de acuerdo, puede insistir por escrito ante esta entidad dentro de los diez días "
    "hábiles siguientes a la notificación. En ese caso decide el juez o el tribunal administrativo "
    "(Ley 1437 de 2011, artículo 26)."
)


def refuse_all(office: Office, step: Step, event: LegalEvent, *, act_number: str) -> None:
    """Send the refusal as the answer, with its outgoing number, wherever the work on it stands.

    A procedure that does not listen for it (`refused`) answers when its task of answering is completed.
    Raises Conflict when nobody works on the petition yet, or its procedure does not send the answer.
    """
    case = step.case
    definition = office.definitions.get(case.bundle)
    step.changes |= {
        _ANSWER_COLUMN: f"{event.reason}\n\nActo: {act_number}.\n\n{_INSISTENCE}",
        "author": step.actor.id,
    }
    seen = door.inspect(definition, case.state, now=step.now)
    if Signal.REFUSED in seen.signals:
        tell_case(office, step, Signal.REFUSED, _DENIED)
    else:
        forms = [name for name, form in definition.forms.items() if _writes_answer(form)]
        task = _open_task(step, forms)
        advance = door.complete(
            definition, case.state, task=task, facts=_DENIED, now=step.now, calendar=step.entity.calendar
        )
        finish_step(office, step, advance, Completion(task, step.actor.id, step.actor.post))
    if step.status is not PetitionStatus.SENT:
        raise Conflict(
            "El procedimiento de esta petición no envía la respuesta al completar la tarea. "
            "Complete la tarea de responder con el texto de la negación."
        )


def _writes_answer(form: Mapping[str, Any]) -> bool:
    return any(field.get("key") == _ANSWER_COLUMN for field in inputs(form))


def _open_task(step: Step, forms: list[str]) -> int:
    table = WORK_ITEMS.c
    query = sa.select(table.task).where(
        table.petition_id == step.case.id,
        table.status == WorkItemStatus.OPEN.value,
        table.form.in_(forms),
    )
    task: int | None = step.connection.scalars(query.order_by(table.task)).first()
    if task is None:
        raise Conflict(
            "Esta petición todavía no tiene abierta la tarea de responder. Clasifíquela y asígnela "
            "primero; después podrá negarla por reserva."
        )
    return task

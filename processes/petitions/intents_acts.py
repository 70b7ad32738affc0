"""The intent that does a legal act: the fields of the form are what a person enters for it on its page."""

from datetime import datetime
from functools import partial

from processes.common.calendar import BOGOTA
from processes.common.errors import Conflict
from processes.engine.model import Intent
from processes.petitions.legal_access import check_role
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_moving import put_act
from processes.petitions.legal_rows import insert_event
from processes.petitions.step import Step
from processes.petitions.submitted import chosen, counted, written
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.lengths import Length, TermUnit


def record_act(step: Step, intent: Intent) -> None:
    """Do the act with the fields of the task that was completed, as its page would do it.

    A clock never does one: raises Conflict when nobody completed a task in this step, or when the step
    has done an act already. Raises Forbidden for a role that the law does not give it to, and what
    the act refuses, each with its field.
    """
    kind = LegalEventKind(str(intent.arguments["act"]))
    label = EVENT_LABELS[kind]
    if step.signer is None:
        raise Conflict(f"«{label}» es un acto de una persona: ponga antes una tarea que alguien complete.")
    if step.reckoning is not None:
        raise Conflict(f"«{label}» va en otro paso: el procedimiento ya hizo un acto legal en este.")
    check_role(step.signer, kind)
    moved = put_act(step, _act(step, kind))
    step.later.append(partial(insert_event, step, moved.row))


def _act(step: Step, kind: LegalEventKind) -> LegalAct:
    days = counted(step, "length_days")
    told_at = written(step, "happened_at")
    return LegalAct(
        kind=kind,
        happened_at=datetime.fromisoformat(told_at).replace(tzinfo=BOGOTA) if told_at else None,
        reason=written(step, "reason"),
        act_number=written(step, "act_number"),
        matters=frozenset(int(number) for number in chosen(step, "matters")),
        length=None if days is None else Length(days, TermUnit.WORKING_DAYS),
        authority=written(step, "authority"),
        # The task of a diagram is the report; a ruling that came meanwhile is met by itself.
        of=LegalEventKind.JUDGE_ORDERED if kind is LegalEventKind.ORDER_MET else None,
    )

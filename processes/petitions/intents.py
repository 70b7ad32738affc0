"""What each intent of a diagram does: one handler each, which fills the step that is being written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from processes.engine.model import Advance, Intent
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.intents_acts import record_act
from processes.petitions.intents_answer import check_may_refuse, send_answer
from processes.petitions.intents_delivery import note_delivery, publish_answer, redirect_answer
from processes.petitions.intents_earlier import refer_to_earlier
from processes.petitions.intents_links import link_new_petition
from processes.petitions.intents_notify import notify
from processes.petitions.intents_people import PEOPLE_HANDLERS
from processes.petitions.intents_survey import open_survey
from processes.petitions.intents_terms import plan_alert, plan_alert_at, start_term
from processes.petitions.intents_work import assign, await_signature, close_case, hand_over, reopen, set_aside
from processes.petitions.status import ENDED_BY_AN_ACT
from processes.petitions.step import Step

Handler = Callable[[Step, Intent], None]
CORRECTED_FACTS = ("nature", "topic", "territory", "urgent")
"""What filing said of a petition and the office may correct: facts that are columns under the same name."""

_LEVELS = frozenset({1, 2, 3})
_AFTER_THE_END = frozenset({"notify", "open_survey"})


def carry_out(step: Step, advance: Advance) -> None:
    """Carry out the intents of `advance` in their order, then take over the facts that are columns.

    After an act that ends the petition nothing is done any more but to tell people of it. A step may
    carry out several advances: their intents are numbered on.
    """
    step.facts = advance.facts
    step.opened_forms = frozenset(task.form for task in advance.open_tasks if task.form)
    for intent in advance.intents:
        if step.status in ENDED_BY_AN_ACT and intent.name not in _AFTER_THE_END:
            continue
        if intent.name == "send_answer":
            check_may_refuse(step, advance)
        _HANDLERS[intent.name](step, replace(intent, key=intent.key + step.carried))
    step.carried += len(advance.intents)
    _take_over_facts(step, advance)


def _take_over_facts(step: Step, advance: Advance) -> None:
    level = advance.facts.get("level")
    known = level is None or level in _LEVELS
    if not known:
        step.trouble(f"El procedimiento dio el nivel de atención {level}, que no existe: va de 1 a 3.")
    step.changes["level"] = int(str(level)) if known and level is not None else None
    step.changes["priority"] = advance.facts.get("priority") is True
    step.changes |= {
        name: advance.facts[name] for name in CORRECTED_FACTS if advance.facts.get(name) is not None
    }


_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "notify": notify,
        "start_term": start_term,
        "assign": assign,
        "plan_alert": plan_alert,
        "plan_alert_at": plan_alert_at,
        "record_act": record_act,
        "set_aside": set_aside,
        "refer_to_earlier": refer_to_earlier,
        "reopen": reopen,
        "redirect_answer": redirect_answer,
        "await_signature": await_signature,
        "hand_over": hand_over,
        "send_answer": send_answer,
        "note_delivery": note_delivery,
        "publish_answer": publish_answer,
        "open_survey": open_survey,
        "link_new_petition": link_new_petition,
        "close_case": close_case,
        **PEOPLE_HANDLERS,
    }
)

if _HANDLERS.keys() != CATALOGUE.intents.keys():
    message = "every intent of the catalogue has one handler, and none else"
    raise RuntimeError(message)

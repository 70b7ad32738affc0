"""What each intent of a diagram does: one handler each, which fills the step that is being written."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from processes.engine.model import Advance, Intent
from processes.petitions.catalogue import CATALOGUE
from processes.petitions.intents_answer import check_may_refuse, send_answer
from processes.petitions.intents_notify import notify
from processes.petitions.intents_terms import plan_alert, start_term
from processes.petitions.intents_work import assign, close_case
from processes.petitions.step import Step

Handler = Callable[[Step, Intent], None]
_LEVELS = frozenset({1, 2, 3})


def carry_out(step: Step, advance: Advance) -> None:
    """Carry out the intents of `advance` in their order, then take over the facts that are columns."""
    for intent in advance.intents:
        if intent.name == "send_answer":
            check_may_refuse(step, advance)
        _HANDLERS[intent.name](step, intent)
    _take_over_facts(step, advance)


def _take_over_facts(step: Step, advance: Advance) -> None:
    level = advance.facts.get("level")
    known = level is None or level in _LEVELS
    if not known:
        step.trouble(f"El procedimiento dio el nivel de atención {level}, que no existe: va de 1 a 3.")
    step.changes["level"] = int(str(level)) if known and level is not None else None
    step.changes["priority"] = advance.facts.get("priority") is True


def _not_yet(step: Step, intent: Intent) -> None:
    step.trouble(f"La oficina todavía no sabe hacer «{CATALOGUE.intents[intent.name].label}».")


_HANDLERS: Mapping[str, Handler] = MappingProxyType(
    {
        "notify": notify,
        "start_term": start_term,
        "assign": assign,
        "plan_alert": plan_alert,
        "plan_alert_at": _not_yet,
        "record_act": _not_yet,
        "set_aside": _not_yet,
        "refer_to_earlier": _not_yet,
        "exclude_people": _not_yet,
        "request_help": _not_yet,
        "record_contribution": _not_yet,
        "ask_payment": _not_yet,
        "record_payment": _not_yet,
        "request_signatures": _not_yet,
        "sign": _not_yet,
        "reopen": _not_yet,
        "redirect_answer": _not_yet,
        "await_signature": _not_yet,
        "hand_over": _not_yet,
        "send_answer": send_answer,
        "note_delivery": _not_yet,
        "redirect_answer": _not_yet,
        "publish_answer": _not_yet,
        "open_survey": _not_yet,
        "link_new_petition": _not_yet,
        "close_case": close_case,
    }
)

if _HANDLERS.keys() != CATALOGUE.intents.keys():
    message = "every intent of the catalogue has one handler, and none else"
    raise RuntimeError(message)

"""Intents about people: those of whom a form says that they are kept apart, and all who help."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from processes.engine.model import Intent
from processes.petitions.apart import Apart, check_people, keep_apart
from processes.petitions.intents_copies import ask_payment, record_payment
from processes.petitions.intents_help import record_contribution, request_help
from processes.petitions.intents_signing import request_signatures, sign
from processes.petitions.people_tables import ExclusionCause
from processes.petitions.step import Step
from processes.petitions.submitted import chosen

_CAUSES = {
    "complained_of": (ExclusionCause.COMPLAINED_OF, "La petición trata de su conducta."),
    "conflict_of": (ExclusionCause.CONFLICT, "Tiene un conflicto de intereses."),
}


def exclude_people(step: Step, _intent: Intent) -> None:
    """Keep apart whoever is complained of or has a conflict; nothing where the form names nobody.

    Raises Invalid for somebody who is not of the entity.
    """
    apart: dict[str, Apart] = {}
    for field, (cause, reason) in _CAUSES.items():
        usernames = chosen(step, field)
        if usernames:
            check_people(step.connection, usernames, field)
        apart.update({name: Apart(name, cause, reason) for name in usernames if name not in apart})
    if apart:
        keep_apart(step, tuple(apart.values()))


PEOPLE_HANDLERS: Mapping[str, Callable[[Step, Intent], None]] = MappingProxyType(
    {
        "ask_payment": ask_payment,
        "exclude_people": exclude_people,
        "record_contribution": record_contribution,
        "record_payment": record_payment,
        "request_help": request_help,
        "request_signatures": request_signatures,
        "sign": sign,
    }
)
"""A handler for each intent about people."""

"""The intent that keeps apart from a petition the people of whom a form says so."""

from processes.engine.model import Intent
from processes.petitions.excluding import Apart, check_people, keep_apart
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

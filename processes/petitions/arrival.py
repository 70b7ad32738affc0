"""What is known when a petition comes in: when it came, what its lists mean, what its case begins with."""

from collections.abc import Container, Mapping
from datetime import datetime, timedelta

from processes.common.errors import Invalid
from processes.directory.entity import EntityProfile
from processes.engine.model import Fact
from processes.petitions.form import NewPetition

_SUGGESTED = "suggested_department"
_OLDEST_RECEPTION = timedelta(days=90)


def check_reception(received_at: datetime, now: datetime) -> datetime:
    """`received_at`, when a person may enter it at `now`. Raises Invalid for the future or 90 days ago."""
    if received_at.tzinfo is None or not now - _OLDEST_RECEPTION <= received_at <= now:
        reason = "La fecha de recepción no puede ser futura ni anterior a 90 días."
        raise Invalid(reason, {"received_at": reason})
    return received_at


def check_lists(form: NewPetition, entity: EntityProfile) -> None:
    """Raises Invalid for a topic or a territory that the entity's lists do not have."""
    problems: dict[str, str] = {}
    if form.topic and entity.topic(form.topic) is None:
        problems["topic"] = "Elija el tema de la lista."
    if form.territory and form.territory not in {each.code for each in entity.territories}:
        problems["territory"] = "Elija la comuna, el corregimiento o la vereda de la lista."
    if problems:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)


def facts_at_filing(form: NewPetition, entity: EntityProfile) -> dict[str, Fact]:
    """The facts that a case begins with; a bundle keeps those that it declares.

    `suggested_department` is that of the topic, null without one.
    """
    topic = entity.topic(form.topic)
    return {
        "kind": form.kind.value,
        "channel": form.channel.value,
        "anonymous": form.identity is None,
        "nature": form.nature.value,
        "urgent": form.urgent,
        "special_care": bool(form.special_care) or form.minor,
        "minor": form.minor,
        "topic": form.topic,
        "territory": form.territory,
        _SUGGESTED: topic.department if topic else None,
        "reply_by": form.answered_by.value,
    }


def with_suggestion(
    facts: Mapping[str, Fact], entity: EntityProfile, declared: Container[str]
) -> Mapping[str, Fact]:
    """The `facts` of a form; whoever corrects the topic corrects the department that is suggested for it.

    Nothing is added where the diagram has not `declared` it.
    """
    if "topic" not in facts or _SUGGESTED not in declared:
        return facts
    topic = entity.topic(str(facts["topic"] or ""))
    return {**facts, _SUGGESTED: topic.department if topic else None}

"""The options that a form takes from the installation (`optionsFrom`), as they are today."""

from collections.abc import Callable, Collection, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

import sqlalchemy as sa

from processes.directory.entity import EntityProfile
from processes.directory.people import PersonView, departments, people
from processes.directory.roles import SIGNATORY_ROLES
from processes.engine.forms import inputs
from processes.petitions.access import besides_excluded
from processes.petitions.legal_tables import MATTERS
from processes.terms.kinds import KIND_LABELS, Pack, PetitionKind, offered_kinds

Choices: TypeAlias = tuple[tuple[str, str], ...]
"""Values with the label that people read, in the order of a list."""


_EMPTY: Mapping[str, Any] = MappingProxyType({"components": ()})


def may_sign(connection: sa.Connection, petition_id: int) -> list[PersonView]:
    """Those who may be named to sign: active, of a role that signs, and not kept apart."""
    return people(connection, roles=SIGNATORY_ROLES, besides=besides_excluded(petition_id))


def live_options(
    connection: sa.Connection, entity: EntityProfile, petition_id: int, sources: Collection[str]
) -> dict[str, Choices]:
    """The options of each of `sources` for one petition; a source costs a statement at most."""
    return {source: _READERS[source](connection, entity, petition_id) for source in sorted(sources)}


def option_sources(form: Mapping[str, Any] | None) -> set[str]:
    """The names of the lists from which the fields of `form` take their options."""
    return {field["optionsFrom"] for field in inputs(form or _EMPTY) if "optionsFrom" in field}


def _departments(connection: sa.Connection, _entity: EntityProfile, _petition_id: int) -> Choices:
    return tuple((each.code, each.name) for each in departments(connection))


def _kinds(_connection: sa.Connection, entity: EntityProfile, _petition_id: int) -> Choices:
    kinds = offered_kinds({Pack(each) for each in entity.packs})
    return tuple((kind.value, KIND_LABELS[kind]) for kind in kinds)


def _people(connection: sa.Connection, _entity: EntityProfile, _petition_id: int) -> Choices:
    return tuple((person.username, person.label) for person in people(connection))


def _signatories(connection: sa.Connection, _entity: EntityProfile, petition_id: int) -> Choices:
    return tuple((person.username, person.label) for person in may_sign(connection, petition_id))


def _matters(connection: sa.Connection, _entity: EntityProfile, petition_id: int) -> Choices:
    query = sa.select(MATTERS.c.number, MATTERS.c.kind, MATTERS.c.text).where(
        MATTERS.c.petition_id == petition_id
    )
    rows = connection.execute(query.order_by(MATTERS.c.number))
    return tuple(
        (str(number), f"{number}. {KIND_LABELS[PetitionKind(kind)]}: {text}") for number, kind, text in rows
    )


def _topics(_connection: sa.Connection, entity: EntityProfile, _petition_id: int) -> Choices:
    return tuple((topic.code, topic.name) for topic in entity.topics)


def _territories(_connection: sa.Connection, entity: EntityProfile, _petition_id: int) -> Choices:
    return tuple((territory.code, territory.name) for territory in entity.territories)


_READERS: Mapping[str, Callable[[sa.Connection, EntityProfile, int], Choices]] = MappingProxyType(
    {
        "departments": _departments,
        "kinds": _kinds,
        "matters": _matters,
        "people": _people,
        "signatories": _signatories,
        "territories": _territories,
        "topics": _topics,
    }
)

"""A person as the rest of the office sees one, and the questions asked of the directory."""

from collections.abc import Collection
from dataclasses import dataclass

import sqlalchemy as sa

from processes.common.audit import Actor
from processes.directory.roles import Lane, Role, lanes_of
from processes.directory.tables import DEPARTMENTS, PEOPLE, PERSON_ROLES


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the entity, with what they may do. `department` is a code."""

    username: str
    full_name: str
    roles: frozenset[Role]
    department: str | None = None
    position: str = ""

    @property
    def actor(self) -> Actor:
        """This person in the journal."""
        return Actor("person", self.username)

    @property
    def lanes(self) -> frozenset[Lane]:
        """The lanes whose tasks this person works on."""
        return lanes_of(self.roles)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of `roles`."""
        return not self.roles.isdisjoint(roles)


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write to somebody of the entity."""

    username: str
    full_name: str
    email: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody active of the entity, as a list of people shows them."""

    username: str
    full_name: str
    position: str
    department_name: str

    @property
    def label(self) -> str:
        """The name, with the position and department by which people of one name are told apart."""
        return ", ".join(part for part in (self.full_name, self.position, self.department_name) if part)


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """A department by code and name."""

    code: str
    name: str


def departments(connection: sa.Connection) -> list[DepartmentView]:
    """The active departments, by name."""
    query = (
        sa.select(DEPARTMENTS.c.code, DEPARTMENTS.c.name)
        .where(DEPARTMENTS.c.active)
        .order_by(DEPARTMENTS.c.name)
    )
    return [DepartmentView(code, name) for code, name in connection.execute(query)]


def people(
    connection: sa.Connection,
    *,
    roles: Collection[Role] | None = None,
    besides: sa.Select[tuple[str]] | None = None,
) -> list[PersonView]:
    """The active people by name, with one of `roles` when they are given, without those of `besides`."""
    query = (
        sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.position, DEPARTMENTS.c.name)
        .outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == PEOPLE.c.department)
        .where(PEOPLE.c.active)
        .order_by(PEOPLE.c.full_name, PEOPLE.c.username)
    )
    if roles is not None:
        holders = sa.select(PERSON_ROLES.c.person_id).where(PERSON_ROLES.c.role.in_(roles))
        query = query.where(PEOPLE.c.id.in_(holders))
    if besides is not None:
        query = query.where(PEOPLE.c.username.not_in(besides))
    return [
        PersonView(username, name, position, department or "")
        for username, name, position, department in connection.execute(query)
    ]


def contacts_with_role(
    connection: sa.Connection,
    role: Role,
    *,
    department: str | None = None,
    besides: sa.Select[tuple[str]] | None = None,
) -> list[Contact]:
    """Active people with `role`, in `department` when it is given, who have an address.

    Whoever is among the user names of `besides` is left out.
    """
    query = (
        sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.email)
        .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
        .where(PERSON_ROLES.c.role == role.value, PEOPLE.c.active, PEOPLE.c.email != "")
        .order_by(PEOPLE.c.username)
    )
    if department is not None:
        query = query.where(PEOPLE.c.department == department)
    if besides is not None:
        query = query.where(PEOPLE.c.username.not_in(besides))
    return [Contact(*row) for row in connection.execute(query)]


def contact(
    connection: sa.Connection, username: str, *, besides: sa.Select[tuple[str]] | None = None
) -> Contact | None:
    """The active person called `username`, when they have an address and are not among `besides`."""
    query = sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.email).where(
        PEOPLE.c.username == username, PEOPLE.c.active, PEOPLE.c.email != ""
    )
    if besides is not None:
        query = query.where(PEOPLE.c.username.not_in(besides))
    row = connection.execute(query).one_or_none()
    return None if row is None else Contact(*row)


def full_names(connection: sa.Connection, usernames: set[str]) -> dict[str, str]:
    """Full names by user name."""
    query = sa.select(PEOPLE.c.username, PEOPLE.c.full_name).where(PEOPLE.c.username.in_(usernames))
    return dict(connection.execute(query).tuples().all())

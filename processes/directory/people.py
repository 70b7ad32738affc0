"""A person as the rest of the office sees one, and the questions asked of the directory."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import sqlalchemy as sa

from processes.common.audit import Actor
from processes.directory.roles import Lane, Role, lanes_of
from processes.directory.tables import DEPARTMENTS, PEOPLE, PERSON_ROLES


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the entity in a post: their own, or that of one in whose place they are.

    `department` is a code. `stands_in_for` are the posts that they hold today besides their own; each is
    the same person with the roles and the department of whoever is away, `on_behalf_of` whom they work.
    `through` are the user names by which such a post came to them, its owner's among them.
    """

    username: str
    full_name: str
    roles: frozenset[Role]
    department: str | None = None
    position: str = ""
    on_behalf_of: str = ""
    through: frozenset[str] = frozenset()
    stands_in_for: "tuple[Person, ...]" = ()

    @property
    def actor(self) -> Actor:
        """This person, in this post, in the journal."""
        return Actor("person", self.username, self.on_behalf_of)

    @property
    def owner(self) -> str:
        """The user name of whose post this is: what is dealt to it stays with it."""
        return self.on_behalf_of or self.username

    @property
    def posts(self) -> "tuple[Person, ...]":
        """Their own post first, then those of the people in whose place they are."""
        return (self, *self.stands_in_for)

    @property
    def lanes(self) -> frozenset[Lane]:
        """The lanes whose tasks are worked on in this post."""
        return lanes_of(self.roles)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of `roles`, in whatever post."""
        return any(not post.roles.isdisjoint(roles) for post in self.posts)


@dataclass(frozen=True, slots=True)
class Contact:
    """Where to write to somebody of the entity.

    `instead_of` is the name of one in whose place they are told, and `through` the user names by which it
    came to them. `mail_off` are the groups of notices that they read in Ventanilla alone.
    """

    username: str
    full_name: str
    email: str
    instead_of: str = ""
    through: frozenset[str] = frozenset()
    mail_off: frozenset[str] = frozenset()

    @classmethod
    def of(cls, username: str, full_name: str, email: str, mail_off: str) -> "Contact":
        """The contact of a row of the directory."""
        return cls(username, full_name, email, mail_off=frozenset(mail_off.split()))


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


@dataclass(frozen=True, slots=True)
class Besides:
    """Whom a question leaves out: the user names that `names` finds with `values`.

    `names` is one statement for good, so that the question that holds it is built once.
    """

    names: sa.Select[tuple[str]]
    values: Mapping[str, object]


_DEPARTMENTS = (
    sa.select(DEPARTMENTS.c.code, DEPARTMENTS.c.name).where(DEPARTMENTS.c.active).order_by(DEPARTMENTS.c.name)
)


def departments(connection: sa.Connection) -> list[DepartmentView]:
    """The active departments, by name."""
    return [DepartmentView(code, name) for code, name in connection.execute(_DEPARTMENTS)]


def people(
    connection: sa.Connection,
    *,
    roles: Collection[Role] | None = None,
    besides: Besides | None = None,
) -> list[PersonView]:
    """The active people by name, with one of `roles` when they are given, without those of `besides`."""
    query = _people_query(among_roles=roles is not None, besides=None if besides is None else besides.names)
    values = {"roles": [role.value for role in roles or ()], **_values(besides)}
    return [
        PersonView(username, name, position, department or "")
        for username, name, position, department in connection.execute(query, values)
    ]


@lru_cache
def _people_query(
    *, among_roles: bool, besides: sa.Select[tuple[str]] | None
) -> sa.Select[tuple[str, str, str, str]]:
    query = (
        sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.position, DEPARTMENTS.c.name)
        .outerjoin(DEPARTMENTS, DEPARTMENTS.c.code == PEOPLE.c.department)
        .where(PEOPLE.c.active)
        .order_by(PEOPLE.c.full_name, PEOPLE.c.username)
    )
    if among_roles:
        one_of = PERSON_ROLES.c.role.in_(sa.bindparam("roles", expanding=True))
        query = query.where(PEOPLE.c.id.in_(sa.select(PERSON_ROLES.c.person_id).where(one_of)))
    return query if besides is None else query.where(PEOPLE.c.username.not_in(besides))


def contacts_with_role(
    connection: sa.Connection,
    role: Role,
    *,
    department: str | None = None,
    besides: Besides | None = None,
) -> list[Contact]:
    """Active people with `role`, in `department` when it is given, who have an address.

    Whoever is among the user names of `besides` is left out.
    """
    query = _contacts_query(
        at_department=department is not None, besides=None if besides is None else besides.names
    )
    values = {"role": role.value, "department": department, **_values(besides)}
    return [Contact.of(*row) for row in connection.execute(query, values).tuples()]


@lru_cache
def _contacts_query(
    *, at_department: bool, besides: sa.Select[tuple[str]] | None
) -> sa.Select[tuple[str, str, str, str]]:
    query = (
        sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.email, PEOPLE.c.mail_off)
        .join(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
        .where(PERSON_ROLES.c.role == sa.bindparam("role"), PEOPLE.c.active, PEOPLE.c.email != "")
        .order_by(PEOPLE.c.username)
    )
    if at_department:
        query = query.where(PEOPLE.c.department == sa.bindparam("department"))
    return query if besides is None else query.where(PEOPLE.c.username.not_in(besides))


def _values(besides: Besides | None) -> Mapping[str, object]:
    return {} if besides is None else besides.values


def contact(connection: sa.Connection, username: str, *, besides: Besides | None = None) -> Contact | None:
    """The active person called `username`, when they have an address and are not among `besides`."""
    query = _contact_query(besides=None if besides is None else besides.names)
    row = connection.execute(query, {"username": username, **_values(besides)}).tuples().one_or_none()
    return None if row is None else Contact.of(*row)


@lru_cache
def _contact_query(*, besides: sa.Select[tuple[str]] | None) -> sa.Select[tuple[str, str, str, str]]:
    query = sa.select(PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.email, PEOPLE.c.mail_off).where(
        PEOPLE.c.username == sa.bindparam("username"), PEOPLE.c.active, PEOPLE.c.email != ""
    )
    return query if besides is None else query.where(PEOPLE.c.username.not_in(besides))


def full_names(connection: sa.Connection, usernames: set[str]) -> dict[str, str]:
    """Full names by user name."""
    query = sa.select(PEOPLE.c.username, PEOPLE.c.full_name).where(PEOPLE.c.username.in_(usernames))
    return dict(connection.execute(query).tuples().all())

"""Who is in whose place while they are away: which posts somebody holds today, and whom else to tell.

A chain is followed: whoever stands in for a substitute who is away too has both posts. What somebody
may do in the place of another is asked post by post, so that nothing is left behind when it ends.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import sqlalchemy as sa

from processes.directory.people import Contact, Person
from processes.directory.roles import PASSING_ROLES, Role
from processes.directory.substitution_tables import SUBSTITUTIONS
from processes.directory.tables import PEOPLE, PERSON_ROLES

_INSTEAD = PEOPLE.alias("instead")
_LOOK_BACK = timedelta(days=31)
"""A clock that is set back finds what had just ended."""


@dataclass(frozen=True, slots=True)
class Absence:
    """From `first_on` to `last_on`, both included, `substitute` is in the place of `absent`."""

    absent: str
    substitute: str
    first_on: date
    last_on: date

    def overlaps(self, other: "Absence") -> bool:
        """Whether both hold on some day."""
        return self.first_on <= other.last_on and other.first_on <= self.last_on

    def shared_with(self, other: "Absence") -> "Absence":
        """The same on the days of both, which overlap."""
        return replace(
            self, first_on=max(self.first_on, other.first_on), last_on=min(self.last_on, other.last_on)
        )


@dataclass(frozen=True, slots=True)
class Substitution:
    """An absence with the post that passes, and how to reach whoever is in it; both are of the entity."""

    days: Absence
    post: Person
    substitute: Contact


@dataclass(frozen=True, slots=True)
class Substitutions:
    """The substitutions that were not ended, past ones and those to come among them."""

    known: tuple[Substitution, ...] = ()

    def posts_of(self, person: Person, on: date) -> tuple[Person, ...]:
        """The posts that `person` holds on a day besides their own, the nearest first."""
        return tuple(self._posts(person, on, ()))

    def standing_in_for(self, username: str, on: date) -> Substitution | None:
        """Who is in the place of `username` on a day."""
        return next((each for each in self._on(on) if each.days.absent == username), None)

    def instead_of(self, username: str, on: date, *, apart: Collection[str] = ()) -> tuple[Contact, ...]:
        """Who is told on a day what `username` is told; a chain ends at one who is among `apart`."""
        found: dict[str, Contact] = {}
        through = frozenset[str]()
        while username not in apart:
            each = self.standing_in_for(username, on)
            if each is None or each.substitute.username in found:
                break
            through |= {username}
            username = each.substitute.username
            if username not in apart:
                found[username] = replace(each.substitute, through=through)
        return tuple(contact for contact in found.values() if contact.email)

    def of_role(self, role: Role, on: date, *, department: str | None = None) -> tuple[Substitution, ...]:
        """Who is in the place of those with `role`, of `department` when it is given."""
        return tuple(
            each
            for each in self._on(on)
            if role in each.post.roles and department in {None, each.post.department}
        )

    def handed_on(self, by: Absence) -> Iterator[Person]:
        """The posts of others that pass on with `by`: those that whoever is away would hold on its days."""
        for each in self.known:
            if each.days.substitute == by.absent and each.days.overlaps(by):
                yield each.post
                yield from self.handed_on(each.days.shared_with(by))

    def _on(self, day: date) -> Iterator[Substitution]:
        return (each for each in self.known if each.days.first_on <= day <= each.days.last_on)

    def _posts(self, person: Person, on: date, way: tuple[str, ...]) -> Iterator[Person]:
        """The posts that come to `person` by the people of `way`, the nearest first."""
        last = way[-1] if way else person.username
        for each in self._on(on):
            absent = each.days.absent
            if each.days.substitute != last or absent in {person.username, *way}:
                continue
            reached = (*way, absent)
            yield replace(
                each.post,
                username=person.username,
                full_name=person.full_name,
                on_behalf_of=absent,
                through=frozenset(reached),
            )
            yield from self._posts(person, on, reached)


NOBODY_IS_AWAY = Substitutions()
_READ = (
    sa.select(
        *(SUBSTITUTIONS.c[name] for name in ("absent", "substitute", "first_on", "last_on")),
        PEOPLE.c.full_name,
        PEOPLE.c.department,
        PEOPLE.c.position,
        _INSTEAD.c.full_name.label("substitute_name"),
        _INSTEAD.c.email.label("substitute_email"),
        _INSTEAD.c.mail_off.label("substitute_mail_off"),
        PERSON_ROLES.c.role,
    )
    .join(PEOPLE, PEOPLE.c.username == SUBSTITUTIONS.c.absent)
    .join(_INSTEAD, _INSTEAD.c.username == SUBSTITUTIONS.c.substitute)
    .outerjoin(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
    .where(SUBSTITUTIONS.c.ended_at.is_(None), PEOPLE.c.active, _INSTEAD.c.active)
    .order_by(SUBSTITUTIONS.c.first_on, SUBSTITUTIONS.c.id)
)


def read_substitutions(connection: sa.Connection, *, today: date | None) -> Substitutions:
    """Those that hold `today` or will hold; all there ever were when it is None. One statement.

    They need both: a substitution of somebody who left the entity is none, and neither is one by them.
    """
    query = _READ if today is None else _READ.where(SUBSTITUTIONS.c.last_on >= today - _LOOK_BACK)
    found: dict[Absence, Substitution] = {}
    for row in connection.execute(query):
        days = Absence(row.absent, row.substitute, row.first_on, row.last_on)
        known = found.get(days) or Substitution(
            days,
            Person(row.absent, row.full_name, frozenset(), row.department, row.position),
            Contact.of(row.substitute, row.substitute_name, row.substitute_email, row.substitute_mail_off),
        )
        if row.role in PASSING_ROLES:
            known = replace(known, post=replace(known.post, roles=known.post.roles | {Role(row.role)}))
        found[days] = known
    return Substitutions(tuple(found.values()))


def refusal(new: Absence, others: Iterable[Absence]) -> str:
    """Why `new` cannot be added to `others`, in Spanish; empty when it can.

    Nobody has two substitutes on one day, and on no day does a chain come back to where it began.
    """
    known = [each for each in others if each.overlaps(new)]
    if new.absent == new.substitute:
        return "Nadie se reemplaza a sí mismo. Elija a otra persona."
    for each in known:
        if each.absent == new.absent:
            return (
                f"Ya tiene quien le reemplace del {each.first_on:%d/%m/%Y} al {each.last_on:%d/%m/%Y}. "
                "Termine ese reemplazo, o elija otros días."
            )
    if _comes_back(new, new, known):
        return (
            "Los reemplazos formarían un círculo: en alguno de esos días, quien reemplaza está ausente y le "
            "reemplaza, directamente o por medio de otros, la misma persona que se va."
        )
    return ""


def _comes_back(new: Absence, last: Absence, known: list[Absence]) -> bool:
    """Whether the chain from `last`, on the days that are left of it, reaches who is away by `new`."""
    return any(
        each.substitute == new.absent or _comes_back(new, each.shared_with(last), known)
        for each in known
        if each.absent == last.substitute and each.overlaps(last)
    )

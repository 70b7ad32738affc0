"""Whom the office writes to: whoever has a role or is called so, and who is in their place that day."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from processes.directory.people import Besides, Contact
from processes.directory.phonebook import Phonebook
from processes.directory.roles import Role
from processes.directory.substitutions import Substitution, Substitutions


@dataclass(frozen=True, slots=True)
class Addressees:
    """Asks the directory on one day. `besides` are left out, and nobody is told in the place of one of them.

    `apart` are the user names of whom the same holds and no question finds yet. A contact who is told in
    somebody's place says in whose (`instead_of`); a person comes once.
    """

    phonebook: Phonebook
    away: Substitutions
    on: date
    besides: Besides | None = None
    apart: frozenset[str] = frozenset()

    @property
    def connection(self) -> sa.Connection:
        """What the directory is read by."""
        return self.phonebook.connection

    def with_role(self, role: Role, *, department: str | None = None) -> list[Contact]:
        """Active people with `role`, in `department` when it is given, who have an address."""
        found = self.phonebook.with_role(role, department=department, besides=self.besides)
        return self._with_those_in_place(found, self.away.of_role(role, self.on, department=department))

    def called(self, username: str) -> list[Contact]:
        """The active person of that name, when they have an address, and who is in their place."""
        found = self.phonebook.called(username, besides=self.besides)
        away = self.away.standing_in_for(username, self.on)
        return self._with_those_in_place([found] if found else [], [away] if away else [])

    def in_place_of(self, people: Iterable[Contact]) -> list[Contact]:
        """`people`, and who is in the place of any of them."""
        told = list(people)
        found = (self.away.standing_in_for(each.username, self.on) for each in told)
        return self._with_those_in_place(told, [each for each in found if each])

    def _with_those_in_place(self, told: Iterable[Contact], away: Iterable[Substitution]) -> list[Contact]:
        found = {each.username: each for each in told if each.username not in self.apart}
        substitutions = list(away)
        apart = self._apart() if substitutions else frozenset()
        for each in substitutions:
            for instead in self.away.instead_of(each.post.owner, self.on, apart=apart):
                found.setdefault(instead.username, replace(instead, instead_of=each.post.full_name))
        return list(found.values())

    def _apart(self) -> frozenset[str]:
        if self.besides is None:
            return self.apart
        return self.apart.union(self.connection.scalars(self.besides.names, self.besides.values))

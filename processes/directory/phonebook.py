"""The directory as the acts of one transaction ask it: what was answered once is not asked again.

A sweep tells the same heads of very many petitions. Within one transaction, which lasts a quarter of a
second at most, they are the same people; the next one asks anew.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from processes.directory.people import Besides, Contact, contact, contacts_with_role
from processes.directory.roles import Role


class Phonebook:
    """Finds active people who have an address.

    Who is left out of a question (`besides`) differs with the petition: such a question is always asked.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection
        self._of_role: dict[tuple[Role, str | None], Sequence[Contact]] = {}
        self._called: dict[str, Contact | None] = {}

    def with_role(
        self, role: Role, *, department: str | None = None, besides: Besides | None = None
    ) -> Sequence[Contact]:
        """Those with `role`, in `department` when it is given."""
        if besides is not None:
            return contacts_with_role(self.connection, role, department=department, besides=besides)
        known = self._of_role.get((role, department))
        if known is None:
            known = contacts_with_role(self.connection, role, department=department)
            self._of_role[role, department] = known
        return known

    def called(self, username: str, *, besides: Besides | None = None) -> Contact | None:
        """The one of that name."""
        if besides is not None:
            return contact(self.connection, username, besides=besides)
        if username not in self._called:
            self._called[username] = contact(self.connection, username)
        return self._called[username]

"""Who may see and touch which petition: one rule, for lists as for one petition, post by post.

Whoever is kept apart from a petition (`exclusion`) finds it nowhere, as if it did not exist; each query
that shows petitions to people of the entity takes `not_excluded` or `readable_by`, and each act reads
its case with its `reader`. Whoever is in the place of another acts in that one's post, which each check
gives back, so that the journal says on whose behalf.
"""

from collections.abc import Collection

import sqlalchemy as sa

from processes.common.errors import Forbidden, NotFound, OfficeError
from processes.directory.people import Besides, Person
from processes.directory.roles import LANES_OF_ONE_DEPARTMENT, Lane, Role
from processes.petitions.case import Case
from processes.petitions.hands import Hand
from processes.petitions.numbers import NO_SUCH_PETITION
from processes.petitions.people_tables import EXCLUSIONS, HELP_REQUESTS, SIGNATURES, STAND_INS
from processes.petitions.tables import PETITIONS

SEE_ALL = frozenset(
    {
        Role.FRONT_DESK_CLERK,
        Role.CITIZEN_SERVICE_HEAD,
        Role.LEGAL_OFFICE,
        Role.INTERNAL_CONTROL,
        Role.IDENTITY_CUSTODIAN,
        Role.DIRECTOR,
    }
)
"""Roles that read every petition; the people of a department read those of their department."""

DEPARTMENT_ROLES = frozenset({Role.OFFICIAL, Role.DEPARTMENT_HEAD})
WATCHERS = frozenset({Role.CITIZEN_SERVICE_HEAD, Role.ADMINISTRATOR})
"""Roles that see what was sent and what failed."""


def excluded_from(petition_id: int | sa.ColumnElement[int]) -> sa.Select[tuple[str]]:
    """The user names of those who are kept apart from a petition."""
    return sa.select(EXCLUSIONS.c.username).where(EXCLUSIONS.c.petition_id == petition_id)


_NOT_YOURS = "Su cargo en Ventanilla no incluye esta acción. Si la necesita, hable con el administrador."
OTHER_DEPARTMENT = "Esta petición es de otra dependencia."

_EXCLUDED = excluded_from(sa.bindparam("apart_from", type_=sa.Integer))


def besides_excluded(petition_id: int) -> Besides:
    """For a question to the directory: all but those who are kept apart from a petition."""
    return Besides(_EXCLUDED, {"apart_from": petition_id})


def not_excluded(
    person: Person, *roles: Role, petition_id: sa.ColumnElement[int] = PETITIONS.c.id
) -> sa.ColumnElement[bool]:
    """For a query on petitions: those from which `person` is not kept apart.

    With `roles`, what they see by one of them: in the place of another, only what neither is kept apart
    from.
    """
    itself = _open_to({person.username}, petition_id)
    if not roles or not person.roles.isdisjoint(roles):
        return itself
    ways = [_open_to(post.through, petition_id) for post in person.stands_in_for if post.has(*roles)]
    return sa.and_(itself, sa.or_(sa.false(), *ways))


def readable_by(person: Person) -> sa.ColumnElement[bool]:
    """For a query on petitions: those that `person` may read, in whatever post.

    Of the whole entity or of their department, by role; those to which their department was asked to
    contribute; and those that they were named to sign, or to work on in the place of another.
    """
    ways = [_readable_in(post) for post in person.posts]
    return sa.and_(ways[0] if len(ways) == 1 else sa.or_(*ways), not_excluded(person))


def withheld_from(person: Person) -> sa.ColumnElement[bool]:
    """For a query on petitions: those from which somebody in whose place `person` is is kept apart."""
    people = frozenset[str]().union(*(post.through for post in person.stands_in_for))
    return ~_open_to(people, PETITIONS.c.id) if people else sa.false()


def hidden_from(person: Person) -> sa.ColumnElement[bool]:
    """For a query on petitions: those that must not even be named to `person`.

    They are kept apart from them, or would read them only in the place of one who is.
    """
    apart = ~not_excluded(person)
    if not person.stands_in_for:
        return apart
    return sa.or_(apart, sa.and_(withheld_from(person), ~readable_by(person)))


def open_post(person: Person, post: Person, petition_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    """For a query: those petitions in which `person` may use `post`."""
    return _open_to({person.username} | post.through, petition_id)


def _open_to(people: Collection[str], petition_id: sa.ColumnElement[int]) -> sa.ColumnElement[bool]:
    table = EXCLUSIONS.c
    one, *more = sorted(people)
    who = table.username.in_([one, *more]) if more else table.username == one
    return petition_id.not_in(sa.select(table.petition_id).where(who))


def _readable_in(post: Person) -> sa.ColumnElement[bool]:
    reading: sa.ColumnElement[bool] = sa.true()
    if not _sees_all(post):
        signs = sa.select(SIGNATURES.c.petition_id).where(SIGNATURES.c.signer == post.owner)
        stands_in = sa.select(STAND_INS.c.petition_id).where(STAND_INS.c.username == post.owner)
        reading = PETITIONS.c.id.in_(signs.union(stands_in))
        if _is_of_a_department(post):
            asked = sa.select(HELP_REQUESTS.c.petition_id).where(
                HELP_REQUESTS.c.department == post.department
            )
            at_home = PETITIONS.c.department == post.department
            reading = sa.or_(at_home, PETITIONS.c.id.in_(asked), reading)
    return sa.and_(reading, _open_to(post.through, PETITIONS.c.id)) if post.through else reading


def sees_all(person: Person) -> bool:
    """Whether `person` reads every petition, in whatever post."""
    return any(_sees_all(post) for post in person.posts)


def reads_petitions(person: Person) -> bool:
    """Whether there are petitions for `person` to read."""
    return sees_all(person) or any(_is_of_a_department(post) for post in person.posts)


def may_read(case: Case) -> bool:
    """Whether the reader of `case` may read it: by role, by department, or because they help with it."""
    return any(reads_in(hand, case.department) for hand in case.hands)


def reads_in(hand: Hand, department: str | None) -> bool:
    """The same of one post, of a petition that is with `department`."""
    return hand.helps or reads_by_role(hand.post, department)


def check_may_read(case: Case) -> None:
    """Raises Forbidden unless the reader of `case` may read it; NotFound when somebody is kept apart."""
    if not may_read(case):
        raise refused(case, OTHER_DEPARTMENT)


def refused(case: Case, message: str) -> OfficeError:
    """What the reader of `case` is told who may not do something.

    Whoever would have it from one who is kept apart is told what that one is told: it does not exist.
    """
    return NotFound(NO_SUCH_PETITION) if case.withheld else Forbidden(message)


def may_work_on(person: Person, lane: str, department: str | None, only_for: str | None = None) -> bool:
    """Whether a task of `lane` is for `person`, in whatever post.

    In a department's lanes it is for the people of `department`; a signature is for the one who was
    named.
    """
    return any(works_on(post, lane, department, only_for) for post in person.posts)


def works_on(post: Person, lane: str, department: str | None, only_for: str | None) -> bool:
    """The same of one post."""
    if lane not in set(Lane) or Lane(lane) not in post.lanes:
        return False
    if lane == Lane.SIGNATORY:
        return only_for == post.owner
    return lane not in LANES_OF_ONE_DEPARTMENT or (department is not None and post.department == department)


def may_take_away(person: Person, department: str | None) -> bool:
    """Whether `person` may give back a task that another holds, so that it can be worked on."""
    return any(takes_away(post, department) for post in person.posts)


def takes_away(post: Person, department: str | None) -> bool:
    """The same of one post."""
    heads = Role.DEPARTMENT_HEAD in post.roles and department is not None and post.department == department
    return heads or Role.CITIZEN_SERVICE_HEAD in post.roles


def require_role(person: Person, *roles: Role) -> Person:
    """`person` in the post that has one of `roles`: who acts. Raises Forbidden when none has."""
    for post in person.posts:
        if not post.roles.isdisjoint(roles):
            return post
    raise Forbidden(_NOT_YOURS)


def acting(case: Case, *roles: Role) -> Person:
    """The same of the reader of `case`, in a post that is open to them there.

    Raises Forbidden; NotFound when the only such post is of one who is kept apart from it.
    """
    for hand in case.hands:
        if not hand.post.roles.isdisjoint(roles):
            return hand.post
    raise refused(case, _NOT_YOURS)


def has_role(case: Case, *roles: Role) -> bool:
    """Whether the reader of `case` has one of `roles` there."""
    return any(not hand.post.roles.isdisjoint(roles) for hand in case.hands)


def reads_by_role(post: Person, department: str | None) -> bool:
    """Whether whoever is in `post` reads a petition that is with `department`, help apart."""
    return _sees_all(post) or is_at_home(post, department)


def is_at_home(post: Person, department: str | None) -> bool:
    """Whether `post` is one of those that answer for `department`."""
    return _is_of_a_department(post) and post.department == department


def _sees_all(post: Person) -> bool:
    return not post.roles.isdisjoint(SEE_ALL)


def _is_of_a_department(post: Person) -> bool:
    return post.department is not None and not post.roles.isdisjoint(DEPARTMENT_ROLES)

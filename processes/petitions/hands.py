"""What a person is to one petition, post by post: their own, and those of the people in whose place they are.

Nobody comes by a substitution to a petition from which somebody is kept apart by whom the post came.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from processes.directory.people import Person
from processes.directory.tables import PEOPLE
from processes.petitions.people_tables import (
    EXCLUSIONS,
    HELP_REQUESTS,
    SIGNATURES,
    STAND_INS,
    SignatureDecision,
)
from processes.petitions.tables import WORK_ITEMS


@dataclass(frozen=True, slots=True)
class Hand:
    """A post in one petition. `signed` says that whoever holds it, or it came by, signed the answer.

    `helps` that its department was asked, or its owner was named to sign or to stand in for one who is
    kept apart; `stands_in` that the task in question is theirs by the latter.
    """

    post: Person
    signed: bool
    helps: bool
    stands_in: bool


_CASE: sa.BindParameter[int] = sa.bindparam("case_id", type_=sa.Integer)
_WHO = PEOPLE.c.username
_IS_APART = sa.exists().where(EXCLUSIONS.c.petition_id == _CASE, EXCLUSIONS.c.username == _WHO)
_OF_THE_PETITION = SIGNATURES.c.petition_id == _CASE
_SIGNS = sa.exists().where(_OF_THE_PETITION, SIGNATURES.c.signer == _WHO)
_SIGNED = sa.exists().where(
    _OF_THE_PETITION,
    SIGNATURES.c.decision == SignatureDecision.SIGN.value,
    sa.or_(SIGNATURES.c.signer == _WHO, SIGNATURES.c.decided_by == _WHO),
)
_IS_ASKED = sa.exists().where(
    HELP_REQUESTS.c.petition_id == _CASE, HELP_REQUESTS.c.department == PEOPLE.c.department
)
_STANDS_IN = sa.exists().where(STAND_INS.c.petition_id == _CASE, STAND_INS.c.username == _WHO)
_FOR_THE_TASK = _STANDS_IN.where(
    WORK_ITEMS.c.petition_id == _CASE,
    WORK_ITEMS.c.task == sa.bindparam("task", type_=sa.Integer),
    STAND_INS.c.lane == WORK_ITEMS.c.lane,
    sa.or_(STAND_INS.c.department.is_(None), STAND_INS.c.department == WORK_ITEMS.c.department),
)
_READ = sa.select(
    _WHO,
    _IS_APART.label("is_apart"),
    _SIGNED.label("signed"),
    sa.or_(_SIGNS, _IS_ASKED, _STANDS_IN).label("helps"),
    _FOR_THE_TASK.label("stands_in"),
).where(_WHO.in_(sa.bindparam("people", expanding=True)))


def hands_in_place_of_others(
    connection: sa.Connection, reader: Person, petition_id: int, task: int | None
) -> tuple[Hand, ...]:
    """The posts that `reader` holds besides their own and that are open to them in this petition.

    One statement, and none for one who is in nobody's place.
    """
    if not reader.stands_in_for:
        return ()
    people = frozenset[str]().union(*(post.through for post in reader.stands_in_for))
    keys = {"case_id": petition_id, "task": task, "people": sorted(people)}
    rows = {row["username"]: row for row in connection.execute(_READ, keys).mappings()}
    hands = (_hand(post, rows) for post in reader.stands_in_for)
    return tuple(hand for hand in hands if hand is not None)


def _hand(post: Person, rows: Mapping[str, Mapping[Any, Any]]) -> Hand | None:
    way = [rows[username] for username in post.through]
    if any(row["is_apart"] for row in way):
        return None
    owner = rows[post.owner]
    return Hand(post, any(row["signed"] for row in way), bool(owner["helps"]), bool(owner["stands_in"]))

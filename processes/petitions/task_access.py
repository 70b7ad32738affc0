"""Whose a task is: of a lane, of a department, of one person; and not of whoever has a hand in the answer."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import sqlalchemy as sa

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.petitions.access import may_work_on
from processes.petitions.case import Case, Item
from processes.petitions.people_tables import SIGNATURES, SignatureDecision

Form: TypeAlias = Mapping[str, Any]
"""A task's form as the bundle keeps it (form-js JSON, checked when it was published)."""

_AUTHOR, _SIGNER = "author", "signer"
BARRED = frozenset({_AUTHOR, _SIGNER})
"""The relations to the answer that a form may name."""

_SIGNERS = sa.select(SIGNATURES.c.signer).where(
    SIGNATURES.c.petition_id == sa.bindparam("petition_id"),
    SIGNATURES.c.decision == SignatureDecision.SIGN.value,
)


def check_item(person: Person, item: Item) -> None:
    """Raises Forbidden unless the task is for `person`, by their role or in the place of another."""
    if not item.for_stand_in and not may_work_on(person, item.lane, item.department, item.only_for):
        raise Forbidden("Esta tarea es de otra dependencia u otro cargo.")


def why_not(person: Person, case: Case, form: Form | None) -> str:
    """Why `person` may not do a task with `form`, though it is of their lane; empty when they may.

    The form says it (`"ventanilla": {"notBy": ["author", "signer"]}`): nobody verifies an answer that
    they wrote or signed. `case` was read by `person`.
    """
    barred = barred_by(form)
    if _AUTHOR in barred and case.author == person.username:
        return "Usted escribió esta respuesta: la verifica otra persona, para que alguien más la mire."
    if _SIGNER in barred and case.reader_signed:
        return "Usted firmó esta respuesta: la verifica otra persona, para que alguien más la mire."
    return ""


def barred_by(form: Form | None) -> frozenset[str]:
    """The relations to the answer that keep somebody from a task with `form`."""
    return frozenset((form or {}).get("ventanilla", {}).get("notBy", ()))


def hands_in_the_answer(
    connection: sa.Connection, petition_id: int, author: str | None, barred: frozenset[str]
) -> frozenset[str]:
    """The user names of those who stand in one of the relations `barred` to the answer."""
    found = {author} if author is not None and _AUTHOR in barred else set()
    if _SIGNER in barred:
        found |= set(connection.scalars(_SIGNERS, {"petition_id": petition_id}))
    return frozenset(found)


def check_hand(person: Person, case: Case, form: Form | None) -> None:
    """Raises Forbidden for one who may not do a task with `form` (see `why_not`)."""
    reason = why_not(person, case, form)
    if reason:
        raise Forbidden(reason)

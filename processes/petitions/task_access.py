"""Whose a task is: of a lane, of a department, of one person; and not of whoever has a hand in the answer."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from processes.common.errors import Forbidden
from processes.directory.people import Person
from processes.petitions.access import refused, works_on
from processes.petitions.case import Case
from processes.petitions.hands import Hand
from processes.petitions.people_tables import SIGNATURES, SignatureDecision

Form: TypeAlias = Mapping[str, Any]
"""A task's form as the bundle keeps it (form-js JSON, checked when it was published)."""

_AUTHOR, _SIGNER = "author", "signer"
BARRED = frozenset({_AUTHOR, _SIGNER})
"""The relations to the answer that a form may name."""

_SIGNERS = sa.select(SIGNATURES.c.signer, SIGNATURES.c.decided_by).where(
    SIGNATURES.c.petition_id == sa.bindparam("petition_id"),
    SIGNATURES.c.decision == SignatureDecision.SIGN.value,
)


def check_item(case: Case) -> None:
    """Raises Forbidden unless the task of `case` is for its reader, by role or in the place of another."""
    if not openings(case):
        raise refused(case, "Esta tarea es de otra dependencia u otro cargo.")


def openings(case: Case) -> Sequence[Hand]:
    """The posts of the reader that the task of `case` is for; once somebody has taken it, theirs first."""
    item = case.item
    if item is None:
        return ()
    found = [
        hand
        for hand in case.hands
        if hand.stands_in or works_on(hand.post, item.lane, item.department, item.only_for)
    ]
    return sorted(found, key=lambda hand: hand.post.owner != item.holder)


def why_not(case: Case, form: Form | None) -> str:
    """Why the reader of `case` may not do its task with `form`, though it is for them; empty when they may.

    The form says it (`"ventanilla": {"notBy": ["author", "signer"]}`): nobody verifies an answer that
    they wrote or signed, and nobody does it in the place of one who did.
    """
    reasons = [_why_not(case, hand, barred_by(form)) for hand in openings(case)]
    return reasons[0] if reasons and all(reasons) else ""


def _why_not(case: Case, hand: Hand, barred: frozenset[str]) -> str:
    post = hand.post
    # What somebody signs in the place of another bears both names.
    if _AUTHOR in barred and case.author == post.username:
        done = "Usted escribió"
    elif _AUTHOR in barred and case.author in post.through:
        done = "Usted reemplaza a quien escribió"
    elif _SIGNER in barred and case.hands[0].signed:
        done = "Usted firmó"
    elif _SIGNER in barred and hand.signed:
        done = "Usted reemplaza a quien firmó"
    else:
        return ""
    return f"{done} esta respuesta: la verifica otra persona, para que alguien más la mire."


def barred_by(form: Form | None) -> frozenset[str]:
    """The relations to the answer that keep somebody from a task with `form`."""
    return frozenset((form or {}).get("ventanilla", {}).get("notBy", ()))


def hands_in_the_answer(
    connection: sa.Connection, petition_id: int, author: str | None, barred: frozenset[str]
) -> frozenset[str]:
    """The user names of those who stand in one of the relations `barred` to the answer."""
    found = {author} if author is not None and _AUTHOR in barred else set()
    if _SIGNER in barred:
        for signer, hand in connection.execute(_SIGNERS, {"petition_id": petition_id}):
            found |= {signer, hand}
    return frozenset(found)


def check_hand(case: Case, form: Form | None) -> Person:
    """Who does the task of `case`, in the post that it is for; their own before that of another.

    Raises Forbidden for one who may not do a task with `form` (see `why_not`).
    """
    check_item(case)
    barred = barred_by(form)
    for hand in openings(case):
        if not _why_not(case, hand, barred):
            return hand.post
    raise Forbidden(why_not(case, form))

"""The notice that the law owes the citizen of an act that moves the clock."""

from collections.abc import Collection, Mapping
from textwrap import shorten
from types import MappingProxyType

import sqlalchemy as sa

from notifications.messages import LegalNotice, NoticeOf
from processes.petitions.citizen_mail import letterhead
from processes.petitions.legal_tables import MATTERS
from processes.petitions.step import Step
from processes.terms.clocks import clock
from processes.terms.events import LegalEvent, LegalEventKind
from processes.terms.explained import ExplainedDate
from processes.terms.kinds import KIND_LABELS
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct
from processes.terms.response import explain_response
from processes.terms.targets import Target

_MOST_OF_A_MATTER = 150
_UNTIL: Mapping[LegalEventKind, Target] = MappingProxyType(
    {
        LegalEventKind.COMPLETION_REQUESTED: Target.CITIZEN_COMPLETION,
        LegalEventKind.COMPLETION_EXTENSION_ASKED: Target.CITIZEN_COMPLETION_EXTENDED,
        LegalEventKind.RETURNED_UNCLEAR: Target.CITIZEN_CLARIFICATION,
        LegalEventKind.RECEIVED_BY_COMPETENT: Target.COMPETENT_RESPONSE,
        LegalEventKind.APPEALED: Target.APPEAL_SILENCE,
        LegalEventKind.POSITIVE_SILENCE: Target.COPIES_BY_POSITIVE_SILENCE,
    }
)
"""The clock that a notice tells its reader of."""


def has_notice(kind: LegalEventKind) -> bool:
    """Whether the citizen is written to when this happens."""
    return kind.value in frozenset(NoticeOf)


def legal_notice(
    step: Step, event: LegalEvent, after: Reckoning, *, act_number: str, authority: str
) -> LegalNotice:
    """The letter about `event`, with the dates that rule after it."""
    until = _until(event.kind, after)
    answer = explain_response(after)
    return LegalNotice(
        letterhead=letterhead(step),
        event=NoticeOf(event.kind.value),
        petitioner_name=step.case.citizen_name or None,
        filing_number=step.case.filing_number,
        kind_label=KIND_LABELS[step.kind],
        text=event.reason,
        act_number=act_number,
        authority=authority,
        matters=_named(step, event.matters) if event.matters else (),
        still_open=bool(after.open_matters),
        until=until.due_on if until else None,
        until_citation=until.rule.citation if until else "",
        due_on=after.due_on,
        due_at=after.due_at,
        total_label=answer.rule.label,
        citation=answer.rule.citation,
        tracking_url=f"{step.public_url}/consultar",
    )


def _named(step: Step, matters: Collection[int]) -> tuple[str, ...]:
    """Each matter by its number and what it asks: the citizen did not number them."""
    query = sa.select(MATTERS.c.number, MATTERS.c.text).where(
        MATTERS.c.petition_id == step.case.id, MATTERS.c.number.in_(sorted(matters))
    )
    rows = step.connection.execute(query.order_by(MATTERS.c.number))
    return tuple(f"{number} («{shorten(text, _MOST_OF_A_MATTER, placeholder='…')}»)" for number, text in rows)


def _until(kind: LegalEventKind, after: Reckoning) -> ExplainedDate | None:
    target = _UNTIL.get(kind)
    if target is None:
        return None
    try:
        return clock(after, target)
    except RefusedAct:
        return None

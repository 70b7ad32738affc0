"""An answer that comes back: it was given in time or late, but it was not made known."""

from datetime import datetime

import pytest

from processes.common.calendar import BOGOTA
from processes.terms.acting import move, reckon
from processes.terms.events import LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.filing import Matter, filing_of
from processes.terms.holidays import build_calendar
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length
from processes.terms.moves import Phase
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct

CALENDAR = build_calendar()


def _at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=BOGOTA)


def _answered() -> Reckoning:
    """Filed, extended, answered."""
    petition = reckon(filing_of(_at("2026-02-02"), [Matter(1, PetitionKind.REQUEST)], CALENDAR), (), CALENDAR)
    extended = LegalEvent(kind=Kind.EXTENSION_TOLD, at=_at("2026-02-04"), length=Length(18), reason="Prueba")
    return move(move(petition, extended), LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-20")))


def test_an_answer_that_came_back_was_given_and_can_be_notified_again() -> None:
    answered = _answered()
    notified = move(answered, LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-23"), of=Kind.ANSWERED))

    back = move(notified, LegalEvent(kind=Kind.NOTICE_RETURNED, at=_at("2026-02-24"), of=Kind.ANSWERED))
    again = move(back, LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-25"), of=Kind.ANSWERED))

    assert (notified.phase, back.phase, again.phase) == (Phase.NOTIFIED, Phase.ANSWERED, Phase.NOTIFIED)
    assert back.due_on == answered.due_on


def test_once_answered_no_other_notice_can_come_back() -> None:
    returned = LegalEvent(kind=Kind.NOTICE_RETURNED, at=_at("2026-02-23"), of=Kind.EXTENSION_TOLD)

    with pytest.raises(RefusedAct, match="no hay un aviso"):
        move(_answered(), returned)

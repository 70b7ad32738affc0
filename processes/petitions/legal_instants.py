"""When a timer of a legal term fires: its date comes from the reckoning, never from the diagram."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from processes.engine.timers import TERM
from processes.terms.clock import opening_instant
from processes.terms.clocks import clocks
from processes.terms.explained import ExplainedDate
from processes.terms.reckoning import Reckoning
from processes.terms.targets import Target


def legal_instant(reckoning: Reckoning, name: str) -> datetime | None:
    """When the timer `term:name` fires; None while its clock does not run for this petition."""
    targets, instant = _TERMS[name.removeprefix(TERM)]
    running = clocks(reckoning)
    found = next((running[target] for target in targets if target in running), None)
    return None if found is None else instant(found, reckoning)


def _once_gone(date: ExplainedDate, reckoning: Reckoning) -> datetime:
    """The opening after the last day: until its midnight the citizen is in time."""
    calendar = reckoning.calendar
    return opening_instant(calendar.on_or_after(date.due_on + timedelta(days=1)), calendar)


def _while_there_is_time(date: ExplainedDate, reckoning: Reckoning) -> datetime:
    """The opening of the last day; of a term in hours, when half of it is gone."""
    if date.due_at is None:
        return opening_instant(reckoning.calendar.on_or_after(date.due_on), reckoning.calendar)
    begun = max(event.at for event in reckoning.events)
    return begun + (date.due_at - begun) / 2


_Instant = Callable[[ExplainedDate, Reckoning], datetime]
_TERMS: Mapping[str, tuple[tuple[Target, ...], _Instant]] = MappingProxyType(
    {
        "citizen": (
            (Target.CITIZEN_COMPLETION, Target.CITIZEN_COMPLETION_EXTENDED, Target.CITIZEN_CLARIFICATION),
            _once_gone,
        ),
        "judge_report": ((Target.JUDGE_REPORT,), _while_there_is_time),
    }
)
"""The clocks that each timer waits for, and when it fires: what the citizen must do is over by then, what
the entity must do is not."""

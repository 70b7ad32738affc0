"""A petition of a sample, and what people did about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import time

from processes.samples.acts import Moment, StoryAct
from processes.samples.hands import Hands
from processes.samples.wording import Wording


@dataclass(frozen=True, slots=True)
class Story:
    """A petition as it was filed, and what was done about it, in order.

    `form` is the single form; `at_desk` says that the front desk filled it in for somebody.
    """

    name: str
    filed: Moment
    form: Mapping[str, str]
    acts: tuple[StoryAct, ...] = ()
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How a story goes: filed so many working days back, and what its form says besides its wording."""

    days: int
    at: time
    acts: tuple[StoryAct, ...] = ()
    form: Mapping[str, str] = field(default_factory=dict)
    at_desk: bool = False


Telling = Callable[[Hands, Wording], Told]
"""Tells the story of a wording with the people of an entity."""

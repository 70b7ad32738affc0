"""What goes through the engine's door: frozen values, without a type of SpiffWorkflow in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

Fact: TypeAlias = str | int | float | bool | None
"""A stored fact: a flat scalar. Dates and times are ISO strings, texts 200 characters at most."""

MAX_FACT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class OpenTask:
    """Work that waits for a person. `key` is its number within the case, for ever the same."""

    key: int
    element: str
    name: str
    lane: str
    form: str | None
    facts: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class Intent:
    """What the diagram asks the office to do; `key` is its place among those of one advance, from 1."""

    key: int
    element: str
    name: str
    arguments: Mapping[str, Fact]


@dataclass(frozen=True, slots=True)
class WaitingAlert:
    """A timer that waits for an instant that is handed in by `key` at each tick.

    `alert` is the name in `alert("name")`, or `term:name` for `term("name")`.
    """

    key: int
    element: str
    alert: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a decision answered what it did; `decision` is empty where a gateway's condition gave no answer."""

    element: str
    decision: str
    text: str


@dataclass(frozen=True, slots=True)
class Incident:
    """A task that failed. Its token stays where it was; `message` tells an administrator why, in Spanish."""

    key: int
    element: str
    name: str
    message: str


@dataclass(frozen=True, slots=True)
class Advance:
    """A case after one act of the door.

    `open_tasks`, `alerts`, `incidents` and `signals` (names that the case listens for) are all that
    are open now; `intents`, `reasons` and `passed` (element ids, in the order of their completion)
    belong to this act alone. `facts` are the facts of the case.
    """

    state: bytes
    open_tasks: tuple[OpenTask, ...]
    intents: tuple[Intent, ...]
    alerts: tuple[WaitingAlert, ...]
    reasons: tuple[Reason, ...]
    incidents: tuple[Incident, ...]
    signals: frozenset[str]
    passed: tuple[str, ...]
    facts: Mapping[str, Fact]
    finished: bool

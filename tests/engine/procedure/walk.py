"""Walks a case of the whole procedure as people, the clock and the office's acts would.

It walks twice at once. Plain: one live workflow that is never stored. Restored: each act reads the
stored bytes, and two definitions that were compiled apart take turns. After each act both must show
the same, and what holds of every case at rest is checked.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from processes.engine import door
from processes.engine.bundle import Catalogue, Definition, compile_bundle
from processes.engine.form_check import OPTION_SOURCES
from processes.engine.forms import validate_submission
from processes.engine.model import Advance, Fact, Intent, OpenTask
from processes.petitions.catalogue import CATALOGUE
from tests.engine.cases import Case, LiveCodec
from tests.engine.procedure.drawn import Drawing, read_drawing
from tests.engine.procedure.taken import Taken
from tests.support.forms import proposed

MAX_STATE_BYTES = 2_000


class _Anything(Collection[str]):
    """Options that the installation would give: the form is tried, not the directory."""

    def __contains__(self, option: object) -> bool:
        return isinstance(option, str)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


_OPTIONS: Mapping[str, Collection[str]] = {source: _Anything() for source in OPTION_SOURCES}


@dataclass(frozen=True)
class Procedure:
    """A bundle's files, compiled twice."""

    files: Mapping[str, bytes]
    catalogue: Catalogue = CATALOGUE

    @cached_property
    def definitions(self) -> tuple[Definition, Definition]:
        return compile_bundle(self.files, self.catalogue), compile_bundle(self.files, self.catalogue)

    @cached_property
    def drawing(self) -> Drawing:
        return read_drawing(self.files)


class Walk:
    """One case; its methods name elements and signals, and return the walk so that acts can be chained."""

    def __init__(self, procedure: Procedure, **facts: Fact) -> None:
        self.taken = Taken()
        self.largest_state = 0
        self._procedure = procedure
        self._definition = procedure.definitions[0]
        self._live = LiveCodec()
        alive = replace(self._definition, codec=self._live)  # type: ignore[arg-type]  # its double
        self._plain = Case([alive], facts)
        self._restored = Case(procedure.definitions, facts)
        self._check()

    @property
    def now(self) -> Advance:
        """The case after the last act."""
        return self._restored.advance

    @property
    def intents(self) -> list[Intent]:
        """Everything that the diagrams have asked of the office."""
        return self._restored.intents

    def asked(self, name: str) -> list[dict[str, Fact]]:
        """With which arguments the diagrams have asked for one intent, in their order."""
        return [dict(intent.arguments) for intent in self.intents if intent.name == name]

    def does(self, element: str, **values: object) -> "Walk":
        """A person completes the task, and changes to these values what its form proposes."""
        facts = self._facts_of(element, values)
        return self._act("complete", element, **facts)

    def hears(self, signal: str, **facts: Fact) -> "Walk":
        """The office tells the case what was done outside of it; the case must be listening."""
        assert signal in self.now.signals, f"{signal}: se oyen {sorted(self.now.signals)}"
        return self._act("signal", signal, **facts)

    def rings(self, *elements: str) -> "Walk":
        """The instants of these timers have come, in this order."""
        return self._act("fire", *elements)

    def waits_for(self, *elements: str) -> "Walk":
        """These tasks are open, and no other."""
        assert self._restored.open == sorted(elements)
        return self

    def has_planned(self, *elements: str) -> "Walk":
        """These timers run, and no other."""
        assert self._restored.alerts == sorted(elements)
        return self

    def has_ended(self) -> "Walk":
        """The case is over."""
        assert self.now.finished, f"sigue en {self._restored.open}, {self._restored.alerts}"
        return self

    def _facts_of(self, element: str, values: Mapping[str, object]) -> Mapping[str, Fact]:
        task = next((task for task in self.now.open_tasks if task.element == element), None)
        assert task is not None, f"{element}: están abiertas {self._restored.open}"
        assert task.form is not None
        form = self._definition.forms[task.form]
        filled_in = {**proposed(form, self.now.facts), **values}
        return validate_submission(form, filled_in, options=_OPTIONS).facts

    def _act(self, what: str, *names: str, **facts: Fact) -> "Walk":
        for case in (self._plain, self._restored):
            getattr(case, what)(*names, **facts)
        self._check()
        return self

    def _check(self) -> None:
        self.taken.note(self._live.decode(self._plain.advance.state, ""), self._procedure.drawing)
        self.largest_state = max(self.largest_state, len(self.now.state))
        assert _seen(self.now) == _seen(self._plain.advance)
        for definition in self._procedure.definitions:
            assert _at_rest(door.inspect(definition, self.now.state, now=self._restored.now)) == _at_rest(
                self.now
            )
        assert list(violations(self.now, self._definition, self._procedure.catalogue)) == []


def violations(case: Advance, definition: Definition, catalogue: Catalogue) -> Iterator[str]:
    """What does not hold of a case at rest, in words."""
    yield from (f"{each.element}: {each.message}" for each in case.incidents)
    if len(case.state) > MAX_STATE_BYTES:
        yield f"the state has {len(case.state)} bytes"
    if case.finished and (case.open_tasks or case.alerts or case.signals):
        yield "it has ended and something is still open"
    if not (case.finished or case.open_tasks or case.alerts):
        yield "it goes on, and neither a person nor the clock has anything to do"
    for task in case.open_tasks:
        yield from _wrong_of(task, definition, catalogue)
    repeated = [key for key, times in Counter(_keys(case)).items() if times > 1]
    if repeated:
        yield f"the keys {repeated} are of several things"


def _wrong_of(task: OpenTask, definition: Definition, catalogue: Catalogue) -> Iterator[str]:
    if task.lane not in catalogue.lanes:
        yield f"{task.element} is in no lane of ours: {task.lane!r}"
    if task.form not in definition.forms:
        yield f"{task.element} has no form"
    if not task.name or task.name == task.element:
        yield f"{task.element} has no name"


def _keys(case: Advance) -> list[int]:
    return [*(task.key for task in case.open_tasks), *(alert.key for alert in case.alerts)]


def _seen(case: Advance) -> object:
    """What people, the clock and the office see of an act: keys and bytes may differ, nothing else."""
    return (
        *_at_rest(case),
        [(intent.element, intent.name, dict(intent.arguments)) for intent in case.intents],
        [(reason.element, reason.decision, reason.text) for reason in case.reasons],
        case.passed,
    )


def _at_rest(case: Advance) -> tuple[object, ...]:
    return (
        sorted((task.element, task.name, task.lane, task.form) for task in case.open_tasks),
        sorted((alert.element, alert.alert) for alert in case.alerts),
        sorted((incident.element, incident.message) for incident in case.incidents),
        case.signals,
        dict(case.facts),
        case.finished,
    )

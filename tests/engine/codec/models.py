"""Makes many different diagrams from a seed, and the few that tests name."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from tests.engine.codec.diagrams import Diagram, Process
from tests.engine.codec.named_models import instances, repetition

SIGNALS = ("term_changed", "answered")
_SETTLE = "<bpmn:script>n = 0; choice = 0; again = 0</bpmn:script>"
_REPEATED_WHILE_ODD = (
    '<bpmn:standardLoopCharacteristics loopMaximum="4" testBefore="true">'
    "<bpmn:loopCondition>choice % 2 == 1</bpmn:loopCondition>"
    "</bpmn:standardLoopCharacteristics>"
)
Ends = tuple[str, str]
"""The first and the last element of a block: flows go into the one and out of the other."""


@dataclass
class Model:
    """A diagram, and whether it is free of what the unmended engine runs wrongly."""

    xml: str
    engine_is_right: bool


class ModelMaker:
    """One random diagram; the same seed always gives the same."""

    def __init__(self, seed: int, depth: int) -> None:
        self._depth = depth
        self._random = random.Random(seed)
        self._diagram = Diagram()
        self._in_loop = 0
        self._engine_is_right = True

    def make(self) -> Model:
        process = self._diagram.process("main")
        start = process.add("startEvent")
        settle = process.add("scriptTask", _SETTLE)
        first, last = self._sequence(process, self._depth)
        end = process.add("endEvent")
        process.chain(start, settle, first)
        process.flow(last, end)
        if self._random.random() < 0.2:
            self._event_subprocess(process)
        return Model(self._diagram.xml(), self._engine_is_right)

    # -- blocks

    def _sequence(self, process: Process, depth: int) -> Ends:
        blocks = [self._block(process, depth) for _ in range(self._random.randint(1, 3))]
        for (_, last), (first, _) in pairwise(blocks):
            process.flow(last, first)
        return blocks[0][0], blocks[-1][1]

    def _block(self, process: Process, depth: int) -> Ends:
        simple = [self._user, self._user, self._script, self._catch, self._throw]
        nested: list[Callable[[Process, int], Ends]] = [
            self._exclusive,
            self._parallel,
            self._parallel,
            self._inclusive,
            self._loop,
            self._loop,
            self._guarded,
            self._guarded,
            self._guarded,
            self._choice_of_events,
            self._watched,
            self._subprocess,
            self._called,
            self._repeated,
            self._repeated,
        ]
        if depth == 0 or self._random.random() < 0.35:
            return self._random.choice(simple)(process)
        return self._random.choice(nested)(process, depth - 1)

    def _user(self, process: Process) -> Ends:
        task = process.add("userTask")
        return task, task

    def _script(self, process: Process) -> Ends:
        task = process.add("scriptTask")
        process.nodes[task] = f"<bpmn:script>n = n + 1; by_{task} = n</bpmn:script>"
        return task, task

    def _catch(self, process: Process) -> Ends:
        event = process.add("intermediateCatchEvent", self._outer_event())
        return event, event

    def _throw(self, process: Process) -> Ends:
        event = process.add("intermediateThrowEvent", self._diagram.signal(self._random.choice(SIGNALS)))
        return event, event

    def _exclusive(self, process: Process, depth: int) -> Ends:
        return self._split(process, depth, "exclusiveGateway", "exclusiveGateway")

    def _inclusive(self, process: Process, depth: int) -> Ends:
        self._engine_is_right = False
        return self._split(process, depth, "inclusiveGateway", "inclusiveGateway")

    def _parallel(self, process: Process, depth: int) -> Ends:
        self._engine_is_right &= not self._in_loop
        return self._split(process, depth, "parallelGateway", "parallelGateway")

    def _split(self, process: Process, depth: int, fork_tag: str, join_tag: str) -> Ends:
        fork, join = process.add(fork_tag), process.add(join_tag)
        conditional = fork_tag != "parallelGateway"
        for way in range(self._random.randint(2, 3)):
            first, last = self._sequence(process, depth)
            if conditional and way:
                process.flow(fork, first, f"choice % {way + 2} == 1")
            else:
                process.flow(fork, first, default=conditional)
            process.flow(last, join)
        return fork, join

    def _loop(self, process: Process, depth: int) -> Ends:
        """Body and question, again while the answer says so; a person acts in every turn."""
        merge = process.add("exclusiveGateway")
        self._in_loop += 1
        first, last = self._sequence(process, depth)
        self._in_loop -= 1
        ask, split = process.add("userTask"), process.add("exclusiveGateway")
        after = process.add("task")
        process.chain(merge, first)
        process.chain(last, ask, split)
        process.flow(split, merge, "again % 3 != 0")
        process.flow(split, after, default=True)
        return merge, after

    def _guarded(self, process: Process, depth: int) -> Ends:
        """An activity with boundary events; their ways end on their own or come back."""
        make = self._random.choice(
            [self._plain_user, self._subprocess, self._called, self._failing, self._repeated]
        )
        activity, _ = make(process, depth)
        after = process.add("exclusiveGateway")
        process.flow(activity, after)
        events = self._random.randint(1, 2)
        self._engine_is_right &= events == 1 and make != self._repeated
        for _ in range(events):
            interrupting = self._random.random() < 0.5
            event = process.boundary(activity, self._outer_event(), interrupting=interrupting)
            self._handle(process, event, after if interrupting else None)
        return activity, after

    def _handle(self, process: Process, event: str, after: str | None) -> None:
        first, last = self._random.choice([self._user, self._script])(process)
        process.flow(event, first)
        process.flow(last, after or process.add("endEvent"))

    def _plain_user(self, process: Process, _depth: int) -> Ends:
        return self._user(process)

    def _failing(self, process: Process, depth: int) -> Ends:
        """A subprocess that throws an error or escalates, with the boundary that catches it."""
        kind = self._random.choice(["error", "escalation"])
        activity, inner = self._open_subprocess(process)
        start = inner.add("startEvent")
        first, last = self._sequence(inner, depth)
        split, good = inner.add("exclusiveGateway"), inner.add("endEvent")
        event = self._diagram.error("E") if kind == "error" else self._diagram.escalation("E")
        bad = inner.add("endEvent", event)
        inner.chain(start, first)
        inner.flow(last, split)
        inner.flow(split, bad, "choice % 2 == 1")
        inner.flow(split, good, default=True)
        process.nodes[activity] = inner.body()
        self._engine_is_right = False
        interrupting = kind == "error" or self._random.random() < 0.5
        caught = process.boundary(activity, event, interrupting=interrupting)
        self._handle(process, caught, None)
        return activity, activity

    def _choice_of_events(self, process: Process, depth: int) -> Ends:
        gateway, merge = process.add("eventBasedGateway"), process.add("exclusiveGateway")
        for event in (self._diagram.timer(), self._diagram.signal(self._random.choice(SIGNALS))):
            caught = process.add("intermediateCatchEvent", event)
            first, last = self._block(process, min(depth, 1))
            process.chain(gateway, caught, first)
            process.flow(last, merge)
        return gateway, merge

    def _watched(self, process: Process, depth: int) -> Ends:
        """Work beside a watch that arms itself again until the work is done."""
        self._engine_is_right &= not self._in_loop
        fork, join = process.add("parallelGateway"), process.add("parallelGateway")
        first, last = self._sequence(process, depth)
        done = process.add("intermediateThrowEvent", self._diagram.signal("done"))
        process.flow(fork, first)
        process.chain(last, done, join)
        arm, gateway = process.add("scriptTask"), process.add("eventBasedGateway")
        process.nodes[arm] = "<bpmn:script>n = n + 1</bpmn:script>"
        again = process.add("exclusiveGateway")
        due = process.add("intermediateCatchEvent", self._diagram.timer())
        moved = process.add("intermediateCatchEvent", self._diagram.signal("term_changed"))
        over = process.add("intermediateCatchEvent", self._diagram.signal("done"))
        escalate, _ = self._script(process)
        process.chain(fork, arm, gateway, due, escalate, again, arm)
        process.chain(gateway, moved, again)
        process.chain(gateway, over, join)
        return fork, join

    def _subprocess(self, process: Process, depth: int) -> Ends:
        activity, inner = self._open_subprocess(process)
        self._fill(inner, depth)
        process.nodes[activity] = inner.body()
        return activity, activity

    def _open_subprocess(self, process: Process) -> tuple[str, Process]:
        activity = process.add("subProcess")
        return activity, Process(activity, self._diagram)

    def _called(self, process: Process, depth: int) -> Ends:
        called = self._diagram.process(self._diagram.fresh("called"))
        in_loop, self._in_loop = self._in_loop, 0
        self._fill(called, depth)
        self._in_loop = in_loop
        activity = process.add("callActivity", calledElement=called.name)
        return activity, activity

    def _fill(self, inner: Process, depth: int) -> None:
        start, end = inner.add("startEvent"), inner.add("endEvent")
        first, last = self._sequence(inner, depth)
        inner.flow(start, first)
        inner.flow(last, end)
        if self._random.random() < 0.2:
            self._stop_early(inner, first)

    def _stop_early(self, inner: Process, first: str) -> None:
        """A signal on the way of which the whole subprocess terminates."""
        if inner.tags[first][0] == "userTask":
            event = inner.boundary(first, self._diagram.signal("answered"), interrupting=False)
            inner.flow(event, inner.add("endEvent", "<bpmn:terminateEventDefinition/>"))

    def _repeated(self, process: Process, depth: int) -> Ends:
        """A repeated activity: in parallel, one after another, or a loop with a limit."""
        activity, _ = self._random.choice([self._plain_user, self._subprocess, self._called])(
            process, min(depth, 1)
        )
        times = self._random.randint(2, 3)
        process.nodes[activity] += self._random.choice(
            [
                instances(times, sequential=False),
                instances(times, sequential=True),
                repetition(times),
                _REPEATED_WHILE_ODD,
            ]
        )
        return activity, activity

    def _event_subprocess(self, process: Process) -> None:
        activity, inner = self._open_subprocess(process)
        process.tags[activity][1]["triggeredByEvent"] = "true"
        start = inner.add("startEvent", self._diagram.signal("hurry"), isInterrupting="false")
        settle = inner.add("scriptTask", _SETTLE)
        first, last = self._block(inner, 1)
        inner.chain(start, settle, first)
        inner.flow(last, inner.add("endEvent"))
        process.nodes[activity] = inner.body()

    def _outer_event(self) -> str:
        return self._random.choice(
            [
                self._diagram.timer(),
                self._diagram.timer(),
                self._diagram.signal(self._random.choice(SIGNALS)),
                self._diagram.message("letter"),
            ]
        )


def random_model(seed: int, *, depth: int = 3) -> Model:
    """`depth` is how many blocks stand inside one another at most."""
    return ModelMaker(seed, depth).make()

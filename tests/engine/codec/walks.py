"""Random walks through a case: the same acts on a case that is saved at each and on one never."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.codec import Codec

_LONG_AGO = "2000-01-01T00:00:00+00:00"
_OPEN = TaskState.READY | TaskState.WAITING | TaskState.STARTED
_MOST_TURNS = 60

Definition = tuple[Any, dict[str, Any]]


def parse(xml: str, process: str = "main") -> Definition:
    """A definition straight from the engine's parser, not mended."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(xml.encode())
    return parser.get_spec(process), parser.get_subprocess_specs(process)


def start(definition: Definition) -> BpmnWorkflow:
    workflow = BpmnWorkflow(*definition)
    workflow.do_engine_steps()
    return workflow


@dataclass(frozen=True)
class Act:
    """Something done to a case from outside: to the nth open task, or an event sent to it."""

    kind: str
    place: int = 0
    name: str = ""
    data: dict[str, int] = field(default_factory=dict)

    def do(self, workflow: BpmnWorkflow) -> None:
        if self.kind == "complete":
            task = manual_tasks(workflow)[self.place]
            task.data.update(self.data)
            task.run()
        elif self.kind == "fire":
            fire(timers(workflow)[self.place])
            workflow.refresh_timers()
        else:
            send(workflow, self.name, message=self.kind == "message")
        workflow.do_engine_steps()


def manual_tasks(workflow: BpmnWorkflow) -> list[Task]:
    found: list[Task] = workflow.get_tasks(state=TaskState.READY, manual=True)
    return found


def timers(workflow: BpmnWorkflow) -> list[Task]:
    def counts_time(definition: Any) -> bool:
        return isinstance(definition, TimerEventDefinition) or (
            isinstance(definition, MultipleEventDefinition)
            and any(map(counts_time, definition.event_definitions))
        )

    return [
        task
        for task in workflow.get_tasks(state=TaskState.WAITING)
        if counts_time(getattr(task.task_spec, "event_definition", None))
    ]


def fire(timer: Task) -> None:
    timer.internal_data["event_value"] = _LONG_AGO


def send(workflow: BpmnWorkflow, name: str, *, message: bool = False) -> None:
    event = (
        BpmnEvent(MessageEventDefinition(name), payload={})
        if message
        else BpmnEvent(SignalEventDefinition(name))
    )
    workflow.catch(event)


def possible_acts(workflow: BpmnWorkflow, chance: random.Random) -> list[Act]:
    data = {"choice": chance.randint(0, 5), "again": chance.randint(0, 5)}
    acts = [Act("complete", place, data=data) for place in range(len(manual_tasks(workflow)))]
    acts += [Act("fire", place) for place in range(len(timers(workflow)))]
    if workflow.event_manager.tasks:
        acts += [Act("signal", name=name) for name in ("term_changed", "answered")]
        acts.append(Act("message", name="letter"))
    return acts


def observed(workflow: BpmnWorkflow) -> dict[str, Any]:
    """All that the office can see of a case."""
    return {
        "open": [
            (task.task_spec.name, TaskState.get_name(task.state), task.data)
            for task in workflow.get_tasks(state=_OPEN)
        ],
        "events": sorted((str(event.name), event.event_type) for event in workflow.waiting_events()),
        "completed": workflow.is_completed(),
        "success": workflow.success,
        "data": workflow.data,
        "subprocesses": [subprocess.spec.name for subprocess in workflow.get_active_subprocesses()],
    }


def outcome(act: Callable[[], None]) -> str:
    """How an act ended: what the engine refuses, it must refuse in both cases."""
    try:
        act()
    except Exception as refusal:  # noqa: BLE001  # whatever the engine raises is what is compared
        return type(refusal).__name__
    return ""


class SavedCase:
    """A case that is written and read again after every act, now by one definition, now by another."""

    def __init__(self, codecs: tuple[Codec, Codec], workflow: BpmnWorkflow) -> None:
        self._codecs = codecs
        self.workflow = workflow
        self.sizes: list[int] = []
        self.save()

    def save(self) -> None:
        state = self._codecs[0].encode(self.workflow)
        self._codecs = self._codecs[::-1]
        self.workflow = self._codecs[0].decode(state)
        self.sizes.append(len(state))


class Mismatch(AssertionError):
    pass


def walk(xml: str, seed: int, *, against_unmended: bool, most_acts: int = 25) -> int:
    """Walk at random; the number of acts. Raises Mismatch, which tells the seed and the way."""
    chance = random.Random(seed)
    codecs = (Codec(*parse(xml)), Codec(*parse(xml)))
    definition = (codecs[0]._spec, codecs[0]._subprocess_specs)
    plain = start(definition)
    saved = SavedCase(codecs, start(definition))
    cases = {"plain": plain}
    if against_unmended:
        cases["unmended"] = start(parse(xml))
    done: list[Act] = []
    _compare(cases, saved, seed, done)
    while len(done) < most_acts and (acts := possible_acts(plain, chance)):
        act = chance.choice(acts)
        done.append(act)
        refusals = {name: outcome(lambda case=case: act.do(case)) for name, case in cases.items()}
        refusals["saved"] = outcome(lambda: act.do(saved.workflow))
        if len(set(refusals.values())) > 1:
            raise Mismatch(f"seed {seed}: {done}: refused differently: {refusals}")
        if refusals["saved"]:
            break
        saved.save()
        _compare(cases, saved, seed, done)
    return len(done)


def _compare(cases: dict[str, BpmnWorkflow], saved: SavedCase, seed: int, done: list[Act]) -> None:
    expected = {name: observed(case) for name, case in cases.items()}
    found = observed(saved.workflow)
    for name, one in expected.items():
        if one != found:
            raise Mismatch(f"seed {seed}: after {done}\n{name}: {one}\nsaved: {found}")

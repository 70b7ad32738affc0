"""Random walks through a case: the same acts on a case that is saved at each and on one never."""

import random
from dataclasses import dataclass, field
from typing import Any

from SpiffWorkflow.bpmn import BpmnEvent, BpmnWorkflow
from SpiffWorkflow.bpmn.specs.event_definitions.multiple import MultipleEventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.timer import TimerEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.unstructured_join import UnstructuredJoin
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.specs.event_definitions import (
    MessageEventDefinition,
    SignalEventDefinition,
)
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.codec import Codec

SIGNALS = ("term_changed", "answered", "hurry")
_LONG_AGO = "2000-01-01T00:00:00+00:00"
_OPEN = TaskState.READY | TaskState.WAITING | TaskState.STARTED

Definition = tuple[Any, dict[str, Any]]


def parse(xml: str, process: str = "main") -> Definition:
    """A definition straight from the engine's parser, not mended."""
    parser = SpiffBpmnParser()
    parser.add_bpmn_str(xml.encode())
    return parser.get_spec(process), parser.get_subprocess_specs(process)


@dataclass(frozen=True)
class Act:
    """Something done to a case from outside: to the nth open task, or an event sent to it."""

    kind: str
    place: int = 0
    name: str = ""
    data: dict[str, int] = field(default_factory=dict)

    def do(self, case: "Case") -> None:
        workflow = case.workflow
        if self.kind == "complete":
            task = manual_tasks(workflow)[self.place]
            task.data.update(self.data)
            task.run()
        elif self.kind == "fire":
            fire(timers(workflow)[self.place])
            workflow.refresh_timers()
        else:
            send(workflow, self.name, message=self.kind == "message")
        case.run_to_rest()


class Case:
    """A case that is never saved. `task_by_task` runs one automatic task at a time."""

    def __init__(self, definition: Definition, *, task_by_task: bool = False) -> None:
        self.workflow = BpmnWorkflow(*definition)
        self.task_by_task = task_by_task
        self.run_to_rest()

    def run_to_rest(self) -> None:
        if not self.task_by_task:
            self.workflow.do_engine_steps()
        self.save()
        while ready := self._automatic():
            ready[0].run()
            self.save()

    def _automatic(self) -> list[Task]:
        return [task for task in self.workflow.get_tasks(state=TaskState.READY) if not task.task_spec.manual]

    def save(self) -> None:
        pass


class SavedCase(Case):
    """A case that is written and read again at every rest, or after every task if it is run so.

    It is read by a definition parsed apart from the one that it was written by.
    """

    def __init__(self, codecs: tuple[Codec, Codec], *, task_by_task: bool = False) -> None:
        self.codecs = codecs
        self.sizes: list[int] = []
        super().__init__(definition_of(codecs[0]), task_by_task=task_by_task)

    @classmethod
    def read(cls, codecs: tuple[Codec, Codec], state: bytes) -> "SavedCase":
        """A case of which only the state is left."""
        case = cls.__new__(cls)
        case.codecs = codecs
        case.sizes = []
        case.task_by_task = False
        case.workflow = codecs[0].decode(state)
        return case

    def save(self) -> None:
        state = self.codecs[0].encode(self.workflow)
        self.codecs = self.codecs[::-1]
        self.workflow = self.codecs[0].decode(state)
        self.sizes.append(len(state))


def definition_of(codec: Codec) -> Definition:
    return codec._spec, dict(codec._subprocess_specs)


def manual_tasks(workflow: BpmnWorkflow) -> list[Task]:
    found: list[Task] = workflow.get_tasks(state=TaskState.READY, manual=True)
    return found


def timers(workflow: BpmnWorkflow) -> list[Task]:
    def counts_time(definition: object) -> bool:
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
    answers = {name: chance.randint(0, 5) for name in ("choice", "again", "mark")}
    data = {name: value for name, value in answers.items() if chance.random() < 0.7}
    acts = [Act("complete", place, data=data) for place in range(len(manual_tasks(workflow)))]
    acts += [Act("fire", place) for place in range(len(timers(workflow)))]
    if workflow.event_manager.tasks:
        acts += [Act("signal", name=name) for name in SIGNALS]
        acts.append(Act("message", name="letter"))
    return acts


def observed(workflow: BpmnWorkflow) -> dict[str, Any]:
    """All that the office can see of a case; a join that waits is one, however many tokens wait there."""
    live = workflow.get_tasks(state=_OPEN)
    joins = {task.task_spec.name for task in live if _waits_at_a_join(task)}
    return {
        "open": [
            (task.task_spec.name, TaskState.get_name(task.state), task.data)
            for task in live
            if not _waits_at_a_join(task)
        ],
        "joins": sorted(joins),
        "events": sorted((str(event.name), event.event_type) for event in workflow.waiting_events()),
        "completed": workflow.is_completed(),
        "success": workflow.success,
        "data": workflow.data,
        "subprocesses": [subprocess.spec.name for subprocess in workflow.get_active_subprocesses()],
    }


def _waits_at_a_join(task: Task) -> bool:
    return isinstance(task.task_spec, UnstructuredJoin) and task.state == TaskState.WAITING


class Mismatch(AssertionError):
    pass


def walk(xml: str, seed: int, *, against_unmended: bool, most_acts: int = 25) -> int:
    """Walk at random; the number of acts. Raises Mismatch, which tells the seed and the way."""
    chance = random.Random(seed)
    each = bool(seed % 2)
    codecs = (Codec(*parse(xml)), Codec(*parse(xml)))
    saved = SavedCase(codecs, task_by_task=each)
    others = {"plain": Case(definition_of(codecs[0]), task_by_task=each)}
    if against_unmended:
        others["unmended"] = Case(parse(xml), task_by_task=each)
    done: list[Act] = []
    _compare(others, saved, seed, done)
    while len(done) < most_acts and (acts := possible_acts(saved.workflow, chance)):
        done.append(chance.choice(acts))
        for case in (saved, *others.values()):
            done[-1].do(case)
        _compare(others, saved, seed, done)
    return len(done)


def _compare(others: dict[str, Case], saved: Case, seed: int, done: list[Act]) -> None:
    found = observed(saved.workflow)
    for name, case in others.items():
        if (expected := observed(case.workflow)) != found:
            raise Mismatch(f"seed {seed}: after {done}\n{name}: {expected}\nsaved: {found}")

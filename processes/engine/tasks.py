"""Task specifications of ours, where SpiffWorkflow's own evaluate Python, call services or lose a failure."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import EventBasedGateway
from SpiffWorkflow.spiff.specs.defaults import ParallelMultiInstanceTask, StandardLoopTask
from SpiffWorkflow.spiff.specs.spiff_task import SpiffBpmnTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.deep_merge import DeepMerge
from SpiffWorkflow.util.task import TaskState

from processes.decisions import DecisionError, FeelError, to_stored
from processes.engine import incidents
from processes.engine.environment import CaseScriptEngine
from processes.engine.facts import checked_fact
from processes.engine.incidents import StepFailure
from processes.engine.model import Fact, Reason


def _engine(task: Task) -> CaseScriptEngine:
    engine: CaseScriptEngine = task.workflow.script_engine
    return engine


class DecisionTask(SpiffBpmnTask):  # type: ignore[misc]  # published without types
    """A business rule task: its decision's outputs become facts, and its reason is kept."""

    def __init__(self, wf_spec: Any, name: str, *, decision: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.decision = decision

    def _run_hook(self, my_task: Task) -> bool:
        engine = _engine(my_task)
        act = engine.act
        try:
            answer = engine.programs.decision(self.decision).decide(
                self.decision, act.facts.values, now=act.now, calendar=act.calendar, budget=act.budget
            )
        except (DecisionError, FeelError) as error:
            raise act.failure(f"La decisión «{self.decision}» falló: {error}") from error
        act.facts.assign(answer.result)
        told = "; ".join((answer.reason, *answer.warnings))
        act.reasons.append(Reason(self.bpmn_id, self.decision, told))
        return True


class IntentTask(SpiffBpmnTask):  # type: ignore[misc]  # published without types
    """A service task: it records an intent of the catalogue, with arguments in FEEL."""

    def __init__(
        self, wf_spec: Any, name: str, *, intent: str, arguments: Mapping[str, str], **kwargs: Any
    ) -> None:
        super().__init__(wf_spec, name, **kwargs)
        self.intent = intent
        self.arguments = arguments

    def _run_hook(self, my_task: Task) -> bool:
        engine = _engine(my_task)
        schema = engine.programs.schemas[self.intent]
        arguments: dict[str, Fact] = {}
        for name, text in self.arguments.items():
            parameter = schema.parameters[name]
            try:
                weighed, warnings = engine.environment.weigh(text)
                value = checked_fact(to_stored(weighed), parameter.type)
            except FeelError as error:
                raise StepFailure(f"El parámetro «{name}» no sirve: {error.message}.") from error
            if value is None and warnings:
                raise StepFailure(f"El parámetro «{name}» de «{schema.label}» quedó vacío: {warnings[0]}.")
            if refusal := parameter.refusal(value):
                raise StepFailure(f"El parámetro «{name}» de «{schema.label}» {refusal}.")
            arguments[name] = value
        engine.act.intend(self.bpmn_id, self.intent, MappingProxyType(arguments))
        return True


class WatchGateway(EventBasedGateway):  # type: ignore[misc]  # published without types
    """An event-based gateway that keeps no event objects once it has chosen: they could not be stored."""

    def _run_hook(self, my_task: Task) -> bool:
        super()._run_hook(my_task)
        my_task.internal_data.clear()
        return True


class CountedTask(ParallelMultiInstanceTask):  # type: ignore[misc]  # published without types
    """Several instances side by side. A bad count is an incident of this task, not of the one before."""

    def _update_hook(self, my_task: Task) -> bool | None:
        if incidents.message_of(my_task):
            return None
        try:
            ready: bool | None = super()._update_hook(my_task)
        except StepFailure as failure:
            incidents.mark(my_task, failure.message)
            my_task._set_state(TaskState.WAITING)
            return None
        return ready


class RepeatedTask(StandardLoopTask):  # type: ignore[misc]  # published without types
    """A task that is repeated. A condition that gives no answer is an incident of this task."""

    def _update_hook(self, my_task: Task) -> bool | None:
        if incidents.message_of(my_task):
            return None
        ready: bool | None
        try:
            ready = super()._update_hook(my_task)
        except StepFailure as failure:
            incidents.mark(my_task, failure.message)
            my_task._set_state(TaskState.WAITING)
            return None
        return ready

    def merge_child(self, workflow: Any, child: Task) -> None:  # noqa: ARG002  # the engine's signature
        """Count a finished turn, and go on."""
        my_task = child.parent
        DeepMerge.merge(my_task.data, child.data)
        my_task.internal_data["merged"].append(str(child.id))
        self.go_on(my_task)

    def go_on(self, my_task: Task) -> None:
        """Start another turn or leave the loop; an incident when the condition gives no answer."""
        try:
            complete = self.loop_complete(my_task)
        except StepFailure as failure:
            incidents.mark(my_task, failure.message)
            return
        if complete:
            my_task._set_state(TaskState.READY)
        else:
            self.create_child(my_task)

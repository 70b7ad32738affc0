"""Mends the engine's shared definitions once, and names the shapes that it cannot run right."""

from collections.abc import Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway, ParallelGateway
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.bpmn.specs.mixins.subworkflow_task import SubWorkflowTask

from processes.engine.flow_graph import FlowGraph, build_graph
from processes.engine.gateways import mend_gateway
from processes.engine.interruptions import mend_interruptions


def prepare_specs(spec: Any, subprocess_specs: Mapping[str, Any]) -> None:
    """Mend the definitions in place before they are shared; a second call changes nothing.

    The engine completes two things in a definition only while a case runs. With one definition
    for all cases, in many threads and processes, that is a fault:

    - a repeated activity is tied to its instance only by the case that starts it, so a case
      restored in another process never leaves it;
    - the first event that starts an event subprocess makes it a part of the normal start, so
      every later case starts it and never ends.

    And it runs two things wrongly, see `gateways` and `interruptions`.
    """
    for definition in (spec, *subprocess_specs.values()):
        if not hasattr(definition, "office_mended"):
            _tie_instances(definition)
            _settle_triggers(definition)
            graph = build_graph(definition)
            for task_spec in definition.task_specs.values():
                mend_gateway(task_spec, graph)
                mend_interruptions(task_spec)
            definition.office_mended = True


def _tie_instances(spec: Any) -> None:
    for task_spec in spec.task_specs.values():
        if isinstance(task_spec, LoopTask):
            finished = spec.task_specs[task_spec.task_spec].completed_event
            if not finished.is_connected(task_spec.merge_child):
                finished.connect(task_spec.merge_child)


def _settle_triggers(spec: Any) -> None:
    """Give the event subprocess its way in and out, without making it an output of the start."""
    for name in spec.start.trigger_specs:
        event_subprocess = spec.task_specs[name]
        if spec.start.name not in event_subprocess._inputs:
            event_subprocess._inputs.append(spec.start.name)
            event_subprocess.connect(spec.end)


def unsupported_shapes(spec: Any, subprocess_specs: Mapping[str, Any] | None = None) -> list[tuple[str, str]]:
    """The shapes that would publish and then fail in front of a citizen.

    Each as (element id, reason in Spanish), for the check at publish; give the subprocess
    definitions too, so that what they hold is looked at. Empty when all is well.
    """
    nested = list((subprocess_specs or {}).values())
    found = [shape for definition in (spec, *nested) for shape in _wrong_joins(definition)]
    found += _hasty_event_subprocesses(spec)
    found += [shape for definition in nested for shape in _deaf_event_subprocesses(definition)]
    return found


def _wrong_joins(spec: Any) -> Iterator[tuple[str, str]]:
    graph = build_graph(spec)
    for name, task_spec in spec.task_specs.items():
        if not isinstance(task_spec, ParallelGateway | InclusiveGateway):
            continue
        if len(task_spec._inputs) != len(set(task_spec._inputs)):
            yield name, "Dos flujos llegan a esta compuerta desde el mismo elemento."
        if isinstance(task_spec, ParallelGateway) and _never_filled(spec, graph, task_spec):
            yield (
                name,
                "Esta compuerta paralela espera un flujo que solo sale de ella misma.",
            )


def _never_filled(spec: Any, graph: FlowGraph, gateway: Any) -> bool:
    before = graph.reachable(spec.start.name, avoiding=gateway.name)
    return not before.issuperset(gateway._inputs)


def _hasty_event_subprocesses(spec: Any) -> Iterator[tuple[str, str]]:
    """The engine starts these with the case, which then cannot end without them."""
    for name in _started_at_once(spec):
        yield name, "Un subproceso de evento solo puede iniciar con una señal o un mensaje."


def _deaf_event_subprocesses(spec: Any) -> Iterator[tuple[str, str]]:
    """The engine offers events only to the event subprocesses of the main process."""
    for name in (*spec.start.trigger_specs, *_started_at_once(spec)):
        yield name, "Un subproceso de evento dentro de otro subproceso nunca se inicia."


def _started_at_once(spec: Any) -> list[str]:
    """Subprocesses right behind the start, where the diagram can only have start events."""
    return [name for name in spec.start._outputs if isinstance(spec.task_specs[name], SubWorkflowTask)]

"""Runs a case until it needs a person, an instant or a signal; a task that fails keeps its token."""

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine import incidents
from processes.engine.compaction import compact
from processes.engine.environment import Act
from processes.engine.incidents import EndlessAct, StepFailure

MAX_STEPS = 2_000
"""Automatic steps in one act: a hundred turns or fifty instances of twenty elements, and some more."""

MAX_TASKS = 2_000
"""Tasks that a case may have at once: forty times the most instances of one activity."""

_STEPS_BETWEEN_COMPACTIONS = 100
_STEPS_BETWEEN_COUNTS = 10

_ENDLESS = "El diagrama da vueltas sin esperar a nadie, cerca de «{}»: revise las condiciones de salida."
_TOO_MANY = "El caso abre demasiadas tareas a la vez, cerca de «{}»: revise las repeticiones del diagrama."
_NO_WAY_OUT = "Ninguna de las salidas de la compuerta se cumple, y no tiene una salida por defecto."


def run_to_rest(workflow: BpmnWorkflow, act: Act) -> None:
    """Run every automatic task that is ready, and those that become so, until none is left.

    Raises EndlessAct past MAX_STEPS or MAX_TASKS.
    """
    while ready := _ready_tasks(workflow):
        for task in ready:
            if task.has_state(TaskState.READY):  # an earlier one of this round may have interrupted it
                run_task(task, act)
                _stay_within_bounds(workflow, act, task)


def _stay_within_bounds(workflow: BpmnWorkflow, act: Act, task: Task) -> None:
    act.steps += 1
    if act.steps > MAX_STEPS:
        raise EndlessAct(_ENDLESS.format(_name(task)))
    many = act.steps % _STEPS_BETWEEN_COUNTS == 0 and _size(workflow) > MAX_TASKS
    if many or act.steps % _STEPS_BETWEEN_COMPACTIONS == 0:
        compact(workflow)
    if many and _size(workflow) > MAX_TASKS:
        raise EndlessAct(_TOO_MANY.format(_name(task)))


def _size(workflow: BpmnWorkflow) -> int:
    return len(workflow.tasks) + sum(len(place.tasks) for place in workflow.subprocesses.values())


def _name(task: Task) -> str:
    return str(task.task_spec.bpmn_name or task.task_spec.bpmn_id or task.task_spec.name)


def run_task(task: Task, act: Act) -> None:
    """Run one ready task; when it fails, mark it and leave it ready."""
    try:
        task.run()
    except (StepFailure, SpiffWorkflowException) as error:
        if not task.has_state(TaskState.ERROR):
            raise
        task._set_state(TaskState.READY)
        incidents.mark(task, _told(task, error))
        return
    if task.task_spec.bpmn_id is not None:
        act.passed.append(task.task_spec.bpmn_id)


def _told(task: Task, error: StepFailure | SpiffWorkflowException) -> str:
    if isinstance(error, StepFailure):
        return error.message
    if isinstance(task.task_spec, MultiChoice):
        return _NO_WAY_OUT
    return f"El motor no pudo ejecutar este elemento: {error}"


def is_open(task: Task) -> bool:
    """Whether `task` waits for a person: not one whose completion failed and waits for a retry."""
    ready = task.has_state(TaskState.READY) and task.task_spec.manual
    return bool(ready) and incidents.message_of(task) is None


def tasks_in(workflow: BpmnWorkflow, state: int) -> list[Task]:
    """The tasks of the case and its subprocesses in any of the states, in the order of their making.

    The engine's own search walks the tree, which takes most of a step's time; this one looks at some
    hundred tasks some ten times a step, so that it asks none of them through a call.
    """
    places = (workflow, *workflow.subprocesses.values())
    return [task for place in places for task in place.tasks.values() if task._state & state]


def _ready_tasks(workflow: BpmnWorkflow) -> list[Task]:
    return [
        task
        for task in tasks_in(workflow, TaskState.READY)
        if not task.task_spec.manual and incidents.message_of(task) is None
    ]

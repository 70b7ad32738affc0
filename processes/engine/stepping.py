"""Runs a case until it needs a person, an instant or a signal; a task that fails keeps its token."""

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine import incidents
from processes.engine.environment import Act
from processes.engine.incidents import StepFailure

MAX_STEPS = 500
"""Automatic steps in one act. The longest honest run is a few dozen; a loop without a wait has none."""

_ENDLESS = "El diagrama da vueltas sin esperar a nadie: revise las condiciones de salida del ciclo."
_NO_WAY_OUT = "Ninguna de las salidas de la compuerta se cumple, y no tiene una salida por defecto."


def run_to_rest(workflow: BpmnWorkflow, act: Act) -> None:
    """Run every automatic task that is ready, and those that become so, until none is left."""
    steps = 0
    while ready := _ready_tasks(workflow):
        for task in ready:
            if not task.has_state(TaskState.READY):
                continue  # an earlier one of this round interrupted it
            steps += 1
            if steps > MAX_STEPS:
                incidents.mark(task, _ENDLESS)
            else:
                run_task(task, act)


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
    """Whether `task` waits for a person."""
    return bool(task.has_state(TaskState.READY) and task.task_spec.manual)


def tasks_in(workflow: BpmnWorkflow, state: int) -> list[Task]:
    """The tasks of the case and its subprocesses in any of the states, in the order of their making.

    The engine's own search walks the tree, which takes most of a step's time.
    """
    places = (workflow, *workflow.subprocesses.values())
    return [task for place in places for task in place.tasks.values() if task.has_state(state)]


def _ready_tasks(workflow: BpmnWorkflow) -> list[Task]:
    return [
        task
        for task in tasks_in(workflow, TaskState.READY)
        if not task.task_spec.manual and incidents.message_of(task) is None
    ]

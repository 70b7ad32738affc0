"""Removes from a live case the finished history that nothing will look at again.

It is needed for correctness, not only for size: the engine searches its tree to a depth of 1000
and walks ancestors by recursion, so that a loop that has turned 250 times stops for good.

What stays, in each workflow that is not over:

1. the root; every unfinished or failed task; the parent of each, whose data the engine merges
   into it again at every update;
2. every token that has reached the end of its process before the others, with its parent, whose
   data it brings; of several from one input the older goes when the newer has all its keys. (A
   token at a gateway is unfinished; see `gateways.is_arrival`.)

Of one that is over the root stays: its result is already in its data, and in its activity's. The
rest is spliced out and the order of children kept. A subprocess stays while its activity is
unfinished.

Two things need no rule. The split above a boundary event is the parent of the activity, which is
unfinished while the join below still has to compare the two. And a repeated activity has the data
of its completed instances, and their number in its notes.

What is given up: resetting a case to an earlier task. Audit rows and the diagrams' own flows
serve that.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.gateways import is_arrival
from processes.engine.interruptions import close_orphans

_LIVE = TaskState.NOT_FINISHED_MASK | TaskState.ERROR


def compact(workflow: BpmnWorkflow) -> int:
    """Compact the case and its subprocesses in place; returns how many tasks went.

    Nothing that the engine does next, and nothing that can be asked of it about open tasks, data
    or completion, changes. It may be called between any two acts.
    """
    removed = close_orphans(workflow)
    for place in (workflow, *workflow.subprocesses.values()):
        removed += _splice(place)
    return removed


def _splice(workflow: Any) -> int:
    """Take out of one workflow every task that need not stay."""
    kept = _kept(workflow)
    gone = [task_id for task_id in workflow.tasks if task_id not in kept]
    if not gone:
        return 0
    for task_id in kept:
        task = workflow.tasks[task_id]
        if kept.issuperset(task._children):
            continue
        task._children = list(_kept_below(workflow, task, kept))
        for child_id in task._children:
            workflow.tasks[child_id]._parent = task_id
    for task_id in gone:
        del workflow.tasks[task_id]
    if workflow.last_task is not None and workflow.last_task.id not in kept:
        workflow.last_task = None
    return len(gone)


def _kept_below(workflow: Any, task: Task, kept: set[int]) -> Iterator[int]:
    """The nearest kept descendants on each way down, in the order of the tree."""
    pending = list(reversed(task._children))
    while pending:
        child_id = pending.pop()
        if child_id in kept:
            yield child_id
        else:
            pending.extend(reversed(workflow.tasks[child_id]._children))


def _kept(workflow: Any) -> set[int]:
    live = [task for task in workflow.tasks.values() if task._state & _LIVE]
    kept = {workflow.task_tree.id}
    if live:
        _keep_with_parents(kept, live)
        _keep_with_parents(kept, _arrivals_that_count(workflow))
    return kept


def _keep_with_parents(kept: set[int], tasks: Iterable[Task]) -> None:
    for task in tasks:
        kept.add(task.id)
        if task._parent is not None:
            kept.add(task._parent)


def _arrivals_that_count(workflow: Any) -> list[Task]:
    """Rule 2: the finished arrivals, the newest first, without those that a newer one covers."""
    finished = [
        task for task in workflow.tasks.values() if task._state & TaskState.FINISHED_MASK and is_arrival(task)
    ]
    counted: list[Task] = []
    for task in sorted(finished, key=lambda arrival: arrival.last_state_change, reverse=True):
        if not any(_covers(newer, task) for newer in counted):
            counted.append(task)
    return counted


def _covers(newer: Task, older: Task) -> bool:
    """Merging `older` and then `newer` gives what merging `newer` alone gives."""
    return (
        newer.task_spec is older.task_spec
        and newer.parent.task_spec is older.parent.task_spec
        and _overwrites(newer.parent.data, older.parent.data)
    )


def _overwrites(newer: dict[str, Any], older: dict[str, Any]) -> bool:
    """Only flat values are replaced whole; the engine merges dicts and lists piece by piece."""
    return all(key in newer and not isinstance(newer[key], dict | list) for key in older)

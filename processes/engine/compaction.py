"""Removes from a live case the finished history that nothing will look at again.

It is needed for correctness, not only for size: the engine searches its tree to a depth of 1000
and walks ancestors by recursion, so that a loop that has turned 250 times stops for good.

What stays, in each workflow that is not over:

1. the root; every unfinished or failed task; the parent of each, whose data the engine merges
   into it again at every update;
2. every token that waits at a join (see `gateways.is_arrival`), with its parent, whose data it
   brings; of several from one input the older goes when the newer has all its keys;
3. the nearest boundary or start event split above a task from which its join can still be
   reached, with all its children, whose states the join compares;
4. the instances of an unfinished activity that repeats, but for the completed ones, whose data
   the activity already has.

The rest is spliced out and the order of children kept. A subprocess stays while its activity is
unfinished. What is given up: resetting a case to an earlier task. Audit rows and the diagrams'
own flows serve that.
"""

from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import LoopTask
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from processes.engine.flow_graph import tables_of
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
        task._children = list(_kept_below(workflow, task, kept))
        for child_id in task._children:
            workflow.tasks[child_id]._parent = task_id
    for task_id in gone:
        del workflow.tasks[task_id]
    if workflow.last_task is not None and workflow.last_task.id not in kept:
        workflow.last_task = None
    return len(gone)


def _kept_below(workflow: Any, task: Task, kept: set[UUID]) -> Iterator[UUID]:
    """The nearest kept descendants on each way down, in the order of the tree."""
    pending = list(reversed(task._children))
    while pending:
        child_id = pending.pop()
        if child_id in kept:
            yield child_id
        else:
            pending.extend(reversed(workflow.tasks[child_id]._children))


def _kept(workflow: Any) -> set[UUID]:
    live = [task for task in workflow.tasks.values() if task.has_state(_LIVE)]
    kept = {workflow.task_tree.id}
    if not live:
        kept.update(_result(workflow))
        return kept
    _keep_with_parents(kept, live)
    _keep_with_parents(kept, _arrivals_that_count(workflow))
    for task in live:
        kept.update(_splits_that_matter(workflow, task))
        kept.update(_open_instances(task))
    return kept


def _keep_with_parents(kept: set[UUID], tasks: Iterable[Task]) -> None:
    for task in tasks:
        kept.add(task.id)
        if task._parent is not None:
            kept.add(task._parent)


def _result(workflow: Any) -> Iterator[UUID]:
    """What an activity reads from a subprocess that has ended, and a caller from a case."""
    if workflow.last_task is not None and workflow.last_task.id in workflow.tasks:
        yield workflow.last_task.id
    for task in workflow.tasks.values():
        if task.task_spec.name == "End":
            yield task.id


def _arrivals_that_count(workflow: Any) -> list[Task]:
    """Rule 2: the finished arrivals, the newest first, without those that a newer one covers."""
    finished = [
        task
        for task in workflow.tasks.values()
        if task.has_state(TaskState.FINISHED_MASK) and is_arrival(task)
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


def _splits_that_matter(workflow: Any, task: Task) -> Iterator[UUID]:
    """Rule 3, for one live task: the splits above it that their joins will look up from here."""
    name = task.task_spec.name
    wanted = {split for split, watch in tables_of(workflow.spec).split_watch.items() if name in watch}
    above = task.parent
    while wanted and above is not None:
        if above.task_spec.name in wanted:
            wanted.remove(above.task_spec.name)
            yield above.id
            yield from above._children
        above = above.parent


def _open_instances(task: Task) -> Iterator[UUID]:
    """Rule 4, for one live task."""
    if isinstance(task.task_spec, LoopTask):
        for child in task.children:
            if child.state != TaskState.COMPLETED:
                yield child.id

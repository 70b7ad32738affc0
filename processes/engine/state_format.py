"""Version 1 of the stored state: the layout of its JSON, read with suspicion.

    state    = [last key, [name, ...], workflow, [[activity's key, workflow], ...],
                [keys that listen, ...]]
    workflow = [success + 2 * completed, last task's key or 0, data or 0, correlations or 0,
                [task, ...]]
    task     = [key, parent's place in the list or -1, element's place among the names,
                2 * state + triggered, order, notes or 0, data]
    data     = 0 (as the parent's) | {...} (whole) | [changed, names gone] (against the parent's)

A later layout gets a module of its own and is read into the same snapshot; this one never
changes.
"""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.util.task import TaskState

from processes.engine.plain_values import copied, require_plain, same
from processes.engine.snapshot import CaseSnapshot, TaskSnapshot, WorkflowSnapshot
from processes.engine.state_errors import UnreadableState
from processes.engine.workflow import GREATEST_KEY

_STATES = frozenset(1 << bit for bit in range(TaskState.CANCELLED.bit_length()))
_NOTHING = 0
_AS_PARENT = 0
_NO_PARENT = -1
_NO_NUMBER = "not a natural number"


def write_v1(snapshot: CaseSnapshot) -> list[Any]:
    """The JSON of a case; raises UnstorableState for a value that JSON would change."""
    parts = (snapshot.main, *(part for _, part in snapshot.subprocesses))
    names = sorted({task.element for part in parts for task in part.tasks})
    places = {name: place for place, name in enumerate(names)}
    return [
        snapshot.last_key,
        names,
        _write_workflow(snapshot.main, places),
        [[key, _write_workflow(part, places)] for key, part in snapshot.subprocesses],
        list(snapshot.listening),
    ]


def _write_workflow(part: WorkflowSnapshot, places: Mapping[str, int]) -> list[Any]:
    require_plain("data", part.data)
    require_plain("correlations", part.correlations)
    return [
        part.success + 2 * part.completed,
        part.last_task or _NOTHING,
        part.data or _NOTHING,
        part.correlations or _NOTHING,
        [_write_task(task, part.tasks, places) for task in part.tasks],
    ]


def _write_task(task: TaskSnapshot, tasks: tuple[TaskSnapshot, ...], places: Mapping[str, int]) -> list[Any]:
    if task.data or task.notes:
        for name, value in (*task.data.items(), *task.notes.items()):
            require_plain(name, value)
    return [
        task.key,
        _NO_PARENT if task.parent is None else task.parent,
        places[task.element],
        2 * task.state + task.triggered,
        task.order,
        task.notes or _NOTHING,
        _write_data(task.data, None if task.parent is None else tasks[task.parent].data),
    ]


def _write_data(data: dict[str, Any], base: dict[str, Any] | None) -> Any:
    """Against the parent's data when that is shorter: most tasks add little to what they got."""
    if base is None:
        return data
    if not base and not data:
        return _AS_PARENT
    changed = {name: value for name, value in data.items() if name not in base or not same(base[name], value)}
    gone = [name for name in base if name not in data]
    if not changed and not gone:
        return _AS_PARENT
    if len(changed) == len(data):
        return data
    return [changed, gone]


def read_v1(document: Any) -> CaseSnapshot:
    """The case in a version 1 document; raises UnreadableState for any other."""
    last_key, names, main, subprocesses, listening = _items(document, 5)
    names = _items(names)
    if not all(isinstance(name, str) for name in names):
        raise UnreadableState("an element without a name")
    snapshot = CaseSnapshot(
        last_key=_natural(last_key),
        main=_read_workflow(main, names),
        subprocesses=tuple(_read_subprocess(entry, names) for entry in _items(subprocesses)),
        listening=tuple(_natural(key) for key in _items(listening)),
    )
    _require_fresh_keys(snapshot)
    return snapshot


def _read_subprocess(entry: Any, names: list[Any]) -> tuple[int, WorkflowSnapshot]:
    key, part = _items(entry, 2)
    return _natural(key), _read_workflow(part, names)


def _read_workflow(document: Any, names: list[Any]) -> WorkflowSnapshot:
    flags, last_task, data, correlations, rows = _items(document, 5)
    flags = _natural(flags)
    tasks: list[TaskSnapshot] = []
    for row in _items(rows):
        tasks.append(_read_task(row, tasks, names))
    if not tasks:
        raise UnreadableState("a workflow without a root")
    return WorkflowSnapshot(
        tasks=tuple(tasks),
        data=_names(data or {}),
        correlations=_names(correlations or {}),
        success=bool(flags & 1),
        completed=bool(flags & 2),
        last_task=_natural(last_task) or None,
    )


def _read_task(row: Any, earlier: list[TaskSnapshot], names: list[Any]) -> TaskSnapshot:
    key, place, element, flags, order, notes, data = _items(row, 7)
    for number in (key, element, flags, order):
        if type(number) is not int or not 0 <= number <= GREATEST_KEY:
            raise UnreadableState(_NO_NUMBER)
    if element >= len(names) or flags >> 1 not in _STATES:
        raise UnreadableState(f"element {element} of {len(names)} in state {flags >> 1}")
    parent = _read_parent(place, len(earlier))
    return TaskSnapshot(
        key,
        parent,
        names[element],
        flags >> 1,
        bool(flags & 1),
        order,
        _names(notes) if notes else {},
        _read_data(data, {} if parent is None else earlier[parent].data),
    )


def _read_parent(place: Any, earlier: int) -> int | None:
    """Only the first task has no parent; a parent always comes before its children."""
    if earlier == 0 and place == _NO_PARENT:
        return None
    if _natural(place) >= earlier:
        raise UnreadableState(f"parent {place} of task {earlier}")
    return int(place)


def _read_data(data: Any, base: dict[str, Any]) -> dict[str, Any]:
    """Whole data of a task, with nothing in common with its parent's."""
    if isinstance(data, dict):
        return data
    if type(data) is int and data == _AS_PARENT and not base:
        return {}
    result: dict[str, Any] = copied(base)
    if data == _AS_PARENT and not isinstance(data, list):
        return result
    changed, gone = _items(data, 2)
    result.update(_names(changed))
    for name in _items(gone):
        result.pop(name, None)
    return result


def _require_fresh_keys(snapshot: CaseSnapshot) -> None:
    parts = (snapshot.main, *(part for _, part in snapshot.subprocesses))
    keys = [task.key for part in parts for task in part.tasks]
    if len(keys) != len(set(keys)) or max(keys) > snapshot.last_key:
        raise UnreadableState("a key that two tasks share, or that was never given")


def _items(value: Any, length: int | None = None) -> list[Any]:
    if not isinstance(value, list) or (length is not None and len(value) != length):
        raise UnreadableState("a list of another length, or no list")
    return value


def _natural(value: Any) -> int:
    if type(value) is not int or not 0 <= value <= GREATEST_KEY:
        raise UnreadableState(_NO_NUMBER)
    return value


def _names(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableState("not an object")
    return value

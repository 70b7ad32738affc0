"""The bytes of a case: a SpiffWorkflow instance without its definition and without its past.

    state = version (1 byte), check (4 bytes), raw deflate of the JSON

The check is the CRC-32 of the JSON that follows the hash of the bundle, so that neither damage nor
the state of another version is read as if it were well. Elements stand in the JSON by their names:
an engine that adds a name of its own to the same bundle still reads every state.
"""

import zlib
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

import orjson
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.task import Task

from processes.engine.compaction import compact
from processes.engine.snapshot import CaseSnapshot, restore_snapshot, take_snapshot
from processes.engine.specs import prepare_specs
from processes.engine.state_errors import UnreadableState, UnstorableState
from processes.engine.state_format import read_v1, write_v1
from processes.engine.workflow import GREATEST_KEY

__all__ = ["Codec", "UnreadableState", "UnstorableState", "find_task", "task_key"]

VERSION = 1
"""The version that `encode` writes."""

READERS: Mapping[int, Callable[[Any], CaseSnapshot]] = MappingProxyType({1: read_v1})
"""Every version that was ever stored. None may be taken out while a case may still hold it."""

_CHECK_BYTES = 4
_HEADER_BYTES = 1 + _CHECK_BYTES
_MOST_JSON_BYTES = 4_000_000
_DEFLATE_LEVEL = 6
_RAW_DEFLATE = -15
_KEYS_GIVEN = "office_keys_given"


class Codec:
    """Reads and writes the states of the cases of one published definition.

    It keeps nothing between two calls, so threads share it.
    """

    def __init__(
        self,
        spec: Any,
        subprocess_specs: Mapping[str, Any],
        *,
        script_engine: Any = None,
    ) -> None:
        """Mend the definitions (see `prepare_specs`) if they are not mended yet.

        `script_engine` is given to every case that is read; without one the case gets the
        engine's own, which runs Python.
        """
        prepare_specs(spec, subprocess_specs)
        self._spec = spec
        self._subprocess_specs = subprocess_specs
        self._script_engine = script_engine

    def encode(self, workflow: BpmnWorkflow, version: str = "") -> bytes:
        """The state of a case at rest; `version` is the hash of its bundle.

        The case is compacted and its new tasks get their keys, in place; it may go on being
        used. Events that nobody in the case caught are not a part of its state: read them
        (`get_events`) in the act that threw them. Raises UnstorableState.
        """
        compact(workflow)
        last_key = _give_keys(workflow)
        document = write_v1(take_snapshot(workflow, last_key=last_key))
        raw = orjson.dumps(document)
        if len(raw) > _MOST_JSON_BYTES:
            raise UnstorableState("data")
        check = _check(raw, version).to_bytes(_CHECK_BYTES, "big")
        deflater = zlib.compressobj(_DEFLATE_LEVEL, zlib.DEFLATED, _RAW_DEFLATE)
        return bytes((VERSION,)) + check + deflater.compress(raw) + deflater.flush()

    def decode(self, data: bytes, version: str = "") -> BpmnWorkflow:
        """The live case, which shares nothing with any other.

        Raises UnreadableState for bytes that are damaged or were written under another `version`.
        """
        if len(data) <= _HEADER_BYTES:
            raise UnreadableState(f"{len(data)} bytes")
        reader = READERS.get(data[0])
        if reader is None:
            raise UnreadableState(f"codec version {data[0]}")
        raw = _inflate(data[_HEADER_BYTES:])
        if _check(raw, version) != int.from_bytes(data[1:_HEADER_BYTES], "big"):
            raise UnreadableState("damaged, or the state of another definition")
        try:
            snapshot = reader(orjson.loads(raw))
        except orjson.JSONDecodeError as damage:
            raise UnreadableState("not JSON") from damage
        workflow = restore_snapshot(snapshot, self._spec, self._subprocess_specs, self._script_engine)
        setattr(workflow, _KEYS_GIVEN, snapshot.last_key)
        return workflow


def task_key(task: Task) -> int:
    """The number of a task within its case, for life; 0 until its case is encoded for once."""
    return 0 if task.id > GREATEST_KEY else int(task.id)


def find_task(workflow: BpmnWorkflow, key: int) -> Task | None:
    """The task with that key, in the case or in one of its subprocesses, if it still exists."""
    if not 0 < key <= GREATEST_KEY:
        return None
    for place in _workflows(workflow):
        if key in place.tasks:
            found: Task = place.tasks[key]
            return found
    return None


def _check(raw: bytes, version: str) -> int:
    return zlib.crc32(raw, zlib.crc32(version.encode()))


def _inflate(packed: bytes) -> bytes:
    inflater = zlib.decompressobj(_RAW_DEFLATE)
    try:
        raw = inflater.decompress(packed, _MOST_JSON_BYTES)
    except zlib.error as damage:
        raise UnreadableState("damaged") from damage
    if not inflater.eof or inflater.unused_data:
        raise UnreadableState("cut, too long, or with something after its end")
    return raw


def _workflows(workflow: BpmnWorkflow) -> Iterator[Any]:
    yield workflow
    yield from workflow.subprocesses.values()


def _give_keys(workflow: BpmnWorkflow) -> int:
    """Number the tasks that have no key yet, in the order of their making; the greatest given."""
    last_key: int = getattr(workflow, _KEYS_GIVEN, 0)
    new_ids: dict[int, int] = {}
    for place in _workflows(workflow):
        for task_id in place.tasks:
            if task_id > GREATEST_KEY:
                last_key += 1
                new_ids[task_id] = last_key
    if new_ids:
        _rename(workflow, new_ids)
    setattr(workflow, _KEYS_GIVEN, last_key)
    return last_key


def _rename(workflow: BpmnWorkflow, new_ids: Mapping[int, int]) -> None:
    for place in _workflows(workflow):
        for task in place.tasks.values():
            task.id = new_ids.get(task.id, task.id)
            task._parent = new_ids.get(task._parent, task._parent)
            task._children = [new_ids.get(child, child) for child in task._children]
        place.tasks = {task.id: task for task in place.tasks.values()}
    for activity_id, subprocess in workflow.subprocesses.items():
        subprocess.parent_task_id = new_ids.get(activity_id, activity_id)
    workflow.subprocesses = {
        subprocess.parent_task_id: subprocess for subprocess in workflow.subprocesses.values()
    }
    listening = workflow.event_manager.tasks.values()
    workflow.event_manager.tasks = {task.id: task for task in listening}

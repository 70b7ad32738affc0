import random
import subprocess
import sys
import zlib
from typing import Any, cast

import orjson
import pytest
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec

from processes.engine.codec import (
    Codec,
    UnreadableState,
    UnstorableState,
    find_task,
    task_key,
)
from processes.engine.state_format import read_v1
from tests.engine.codec import named_models as models
from tests.engine.codec.walks import Case, definition_of, manual_tasks, parse

_WRONG: tuple[Any, ...] = (None, -2, 10**6, 2**60, "x", [], {}, [[]], 1.5, 0)
WATCH = models.watch_that_arms_itself_again()


@pytest.fixture(scope="module")
def codec() -> Codec:
    return Codec(*parse(WATCH))


@pytest.fixture
def workflow(codec: Codec) -> BpmnWorkflow:
    return Case(definition_of(codec)).workflow


def _packed(document: object) -> bytes:
    """Bytes that are well but for what the document says."""
    raw = document if isinstance(document, bytes) else orjson.dumps(document)
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    check = zlib.crc32(raw, zlib.crc32(b"")).to_bytes(4, "big")
    return b"\x01" + check + deflater.compress(raw) + deflater.flush()


def _document(state: bytes) -> list[Any]:
    return cast("list[Any]", orjson.loads(zlib.decompress(state[5:], -15)))


def test_a_key_is_for_life(codec: Codec, workflow: BpmnWorkflow) -> None:
    first = codec.decode(codec.encode(workflow))
    key = task_key(manual_tasks(first)[0])
    again = codec.decode(codec.encode(first))
    found = find_task(again, key)
    assert found is not None
    assert found.task_spec.name.startswith("draft")


def test_a_key_is_never_used_again() -> None:
    loop = Codec(*parse(models.person_in_a_loop()))
    workflow = Case(definition_of(loop)).workflow
    keys = []
    for _ in range(10):
        workflow = loop.decode(loop.encode(workflow))
        task = manual_tasks(workflow)[0]
        keys.append(task_key(task))
        task.data["again"] = 1
        task.run()
        workflow.do_engine_steps()
        assert find_task(workflow, keys[-1]) is not None
    workflow = loop.decode(loop.encode(workflow))
    assert keys == sorted(set(keys))
    assert find_task(workflow, keys[0]) is None


def test_a_task_has_no_key_before_its_case_is_saved(workflow: BpmnWorkflow) -> None:
    assert task_key(manual_tasks(workflow)[0]) == 0
    assert find_task(workflow, 0) is None


def test_a_task_of_a_subprocess_is_found_by_its_key() -> None:
    codec = Codec(*parse(models.call_in_a_loop()))
    workflow = Case(definition_of(codec)).workflow
    codec.encode(workflow)
    task = manual_tasks(workflow)[0]
    assert task.workflow is not workflow
    assert find_task(workflow, task_key(task)) is task


def test_saving_does_not_disturb_the_case_in_hand(codec: Codec, workflow: BpmnWorkflow) -> None:
    codec.encode(workflow)
    manual_tasks(workflow)[0].run()
    workflow.do_engine_steps()
    assert workflow.is_completed()


def test_the_state_names_only_the_elements_where_the_case_stands(
    codec: Codec, workflow: BpmnWorkflow
) -> None:
    state = codec.encode(workflow)
    standing = {task.task_spec.name for task in workflow.tasks.values()}
    assert set(_document(state)[1]) == standing
    assert len(standing) < len(definition_of(codec)[0].task_specs)
    assert len(state) < 400


def test_an_engine_that_adds_an_element_of_its_own_reads_the_earlier_states(
    codec: Codec, workflow: BpmnWorkflow
) -> None:
    spec, subprocess_specs = parse(WATCH)
    BpmnTaskSpec(spec, ".AddedByALaterEngine")
    later = Codec(spec, subprocess_specs)
    assert len(manual_tasks(later.decode(codec.encode(workflow)))) == 1


def test_the_state_of_another_version_with_the_same_elements_is_not_read(
    codec: Codec, workflow: BpmnWorkflow
) -> None:
    state = codec.encode(workflow, "a1")
    assert len(manual_tasks(codec.decode(state, "a1"))) == 1
    with pytest.raises(UnreadableState) as refusal:
        codec.decode(state, "b2")
    assert "another definition" in refusal.value.reason


def test_the_same_bundle_read_in_another_process_gives_the_same_bytes(
    codec: Codec, workflow: BpmnWorkflow
) -> None:
    program = (
        "import sys; from tests.engine.codec.walks import *;"
        "codec = Codec(*parse(sys.stdin.read()));"
        "print(codec.encode(Case(definition_of(codec)).workflow).hex())"
    )
    other = subprocess.run(
        [sys.executable, "-c", program], input=WATCH, capture_output=True, text=True, check=True
    )
    assert other.stdout.strip() == codec.encode(workflow).hex()


def test_no_two_restored_tasks_share_a_value(codec: Codec, workflow: BpmnWorkflow) -> None:
    for task in workflow.tasks.values():
        task.data["nested"] = {"list": [1]}
    restored = list(codec.decode(codec.encode(workflow)).tasks.values())
    restored[0].data["nested"]["list"].append(2)
    assert all(task.data["nested"] == {"list": [1]} for task in restored[1:])


@pytest.mark.parametrize(
    "value", [0, False, 1, True, None, 1.0, 1.5, "", "ñandú ¿sí?", -(2**62), [1, [2]], {"a": {}}]
)
def test_a_value_comes_back_as_it_was(codec: Codec, workflow: BpmnWorkflow, value: object) -> None:
    task = manual_tasks(workflow)[0]
    parent = task.parent
    parent.data["fact"] = not value
    task.data["fact"] = value
    found = manual_tasks(codec.decode(codec.encode(workflow)))[0].data["fact"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("before", "value"), [(0, False), (True, 1), (1, 1.0), ([0], [False])])
def test_an_equal_value_of_another_type_is_another_value(
    codec: Codec, workflow: BpmnWorkflow, before: object, value: object
) -> None:
    task = manual_tasks(workflow)[0]
    task.parent.data["fact"] = before
    task.data["fact"] = value
    found = manual_tasks(codec.decode(codec.encode(workflow)))[0].data["fact"]
    assert repr(found) == repr(value)


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 2**64, "\ud800", b"x", object(), {1: 2}, (1, 2), {"a": {3}}],
)
def test_a_value_that_would_not_come_back_is_refused(
    codec: Codec, workflow: BpmnWorkflow, value: object
) -> None:
    manual_tasks(workflow)[0].data["fact"] = value
    with pytest.raises(UnstorableState) as refusal:
        codec.encode(workflow)
    assert "fact" in refusal.value.fields


def test_a_removed_fact_stays_removed(codec: Codec, workflow: BpmnWorkflow) -> None:
    task = manual_tasks(workflow)[0]
    task.parent.data.update(kind="request", level=1)
    task.data = {"level": 1}
    assert manual_tasks(codec.decode(codec.encode(workflow)))[0].data == {"level": 1}


def test_another_version_is_not_read(codec: Codec, workflow: BpmnWorkflow) -> None:
    state = codec.encode(workflow)
    with pytest.raises(UnreadableState) as refusal:
        codec.decode(b"\x02" + state[1:])
    assert refusal.value.reason == "codec version 2"
    assert refusal.value.status == 500


def test_the_state_of_another_definition_is_not_read(workflow: BpmnWorkflow, codec: Codec) -> None:
    other = Codec(*parse(models.person_in_a_loop()))
    with pytest.raises(UnreadableState):
        other.decode(codec.encode(workflow))


def test_no_state_that_is_cut_is_read(codec: Codec, workflow: BpmnWorkflow) -> None:
    state = codec.encode(workflow)
    for length in range(len(state)):
        with pytest.raises(UnreadableState):
            codec.decode(state[:length])


def test_no_state_with_a_damaged_byte_is_read(codec: Codec, workflow: BpmnWorkflow) -> None:
    state = codec.encode(workflow)
    for place in range(len(state)):
        damaged = bytearray(state)
        damaged[place] ^= 0x55
        with pytest.raises(UnreadableState):
            codec.decode(bytes(damaged))


def test_garbage_is_not_read(codec: Codec) -> None:
    chance = random.Random(7)
    for length in range(200):
        with pytest.raises(UnreadableState):
            codec.decode(b"\x01" + chance.randbytes(length))


def test_a_bomb_is_not_inflated(codec: Codec) -> None:
    with pytest.raises(UnreadableState) as refusal:
        codec.decode(_packed(b" " * 50_000_000))
    assert "too long" in refusal.value.reason


def test_bytes_after_the_end_are_not_ignored(codec: Codec, workflow: BpmnWorkflow) -> None:
    with pytest.raises(UnreadableState):
        codec.decode(codec.encode(workflow) + b"\x00")


@pytest.mark.parametrize("raw", [b"", b"[", b"NaN", b'{"a":1}', b"[]", b"null", b"[1,2,3,4,5]"])
def test_other_json_is_not_read(codec: Codec, raw: bytes) -> None:
    with pytest.raises(UnreadableState):
        codec.decode(_packed(raw))


def test_a_document_with_any_part_replaced_is_refused_or_read_and_never_breaks(
    codec: Codec, workflow: BpmnWorkflow
) -> None:
    document = _document(codec.encode(workflow))
    refused = 0
    for path in _paths(document):
        for wrong in _WRONG:
            state = _packed(_replaced(document, path, wrong))
            try:
                codec.decode(state)
            except UnreadableState:
                refused += 1
    assert refused > 500


def test_a_case_with_two_tasks_of_one_key_is_refused(codec: Codec, workflow: BpmnWorkflow) -> None:
    document = _document(codec.encode(workflow))
    document[2][4][1][0] = document[2][4][2][0]
    with pytest.raises(UnreadableState):
        read_v1(document)


def _paths(part: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    entries: list[Any] = []
    if isinstance(part, list):
        entries = list(enumerate(part))
    elif isinstance(part, dict):
        entries = list(part.items())
    return [path] + [found for key, one in entries for found in _paths(one, (*path, key))]


def _replaced(document: list[Any], path: tuple[Any, ...], value: object) -> object:
    if not path:
        return value
    copy: object = orjson.loads(orjson.dumps(document))
    place: Any = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy

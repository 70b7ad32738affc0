"""The floor: a case on bare SpiffWorkflow, one row an instance, cached definition, two statements a step."""

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import orjson
import SpiffWorkflow.task
import sqlalchemy as sa
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter
from SpiffWorkflow.spiff.parser import SpiffBpmnParser
from SpiffWorkflow.spiff.serializer import DEFAULT_CONFIG
from SpiffWorkflow.util.task import TaskState

FOLDER = Path(__file__).parent
_METADATA = sa.MetaData()
INSTANCES = sa.Table(
    "floor_instance",
    _METADATA,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
)
_FACTS = {
    "kind": "petition",
    "warn_at": "2099-01-01T00:00:00+00:00",
    "due_at": "2099-01-10T00:00:00+00:00",
    "text": "x" * 500,
}


@contextmanager
def _ids_of_the_library() -> Iterator[None]:
    """The bare engine names its tasks by UUIDs, whatever the office has it do in this process."""
    ours, SpiffWorkflow.task.uuid4 = SpiffWorkflow.task.uuid4, uuid4
    try:
        yield
    finally:
        SpiffWorkflow.task.uuid4 = ours


class Floor:
    """Starts and completes instances with the least that a persisted step can cost."""

    def __init__(self, engine: sa.Engine) -> None:
        parser = SpiffBpmnParser()
        parser.add_bpmn_file(str(FOLDER / "petition.bpmn"))
        parser.add_dmn_file(str(FOLDER / "classify.dmn"))
        self._spec = parser.get_spec("petition")
        self._subprocesses = parser.get_subprocess_specs("petition")
        registry = BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: self._converter()})
        self._serializer = BpmnWorkflowSerializer(registry=registry)
        self._engine = engine
        _METADATA.create_all(engine)

    @_ids_of_the_library()
    def start(self) -> int:
        """A new instance at its first waiting task."""
        workflow = BpmnWorkflow(self._spec, self._subprocesses)
        workflow.get_next_task(state=TaskState.READY).data.update(_FACTS)
        workflow.refresh_waiting_tasks()
        workflow.do_engine_steps()
        with self._engine.begin() as connection:
            insert = sa.insert(INSTANCES).values(state=self._packed(workflow)).returning(INSTANCES.c.id)
            number: int = connection.execute(insert).scalar_one()
        return number

    @_ids_of_the_library()
    def complete(self, number: int) -> bool:
        """Complete the first ready task; whether another is ready."""
        with self._engine.begin() as connection:
            query = sa.select(INSTANCES.c.state).where(INSTANCES.c.id == number).with_for_update()
            packed = connection.execute(query).scalar_one()
            workflow = self._serializer.from_dict(orjson.loads(zlib.decompress(packed)))
            task = workflow.get_tasks(state=TaskState.READY, manual=True)[0]
            task.run()
            workflow.do_engine_steps()
            update = sa.update(INSTANCES).where(INSTANCES.c.id == number)
            connection.execute(update.values(state=self._packed(workflow)))
        return bool(workflow.get_tasks(state=TaskState.READY, manual=True))

    def _packed(self, workflow: BpmnWorkflow) -> bytes:
        return zlib.compress(orjson.dumps(self._serializer.to_dict(workflow)), 1)

    def _converter(self) -> type[BpmnWorkflowConverter]:
        """Leaves the definition out of the state and puts the cached one back."""
        spec, subprocesses = self._spec, self._subprocesses

        class Slim(BpmnWorkflowConverter):  # type: ignore[misc]  # the library has no types
            def to_dict(self, workflow: BpmnWorkflow) -> dict[str, Any]:
                state: dict[str, Any] = super(BpmnWorkflowConverter, self).to_dict(workflow)
                state["subprocesses"] = self.mapping_to_dict(workflow.subprocesses)
                state["bpmn_events"] = self.registry.convert(workflow.bpmn_events)
                return state

            def from_dict(self, state: dict[str, Any]) -> BpmnWorkflow:
                workflow = self.target_class(spec, subprocesses, deserializing=True)
                workflow.tasks = self.mapping_from_dict(state["tasks"], UUID, workflow=workflow)
                workflow.task_tree = workflow.tasks.get(UUID(state["root"]))
                self.set_default_attributes(workflow, state)
                self.subprocesses_from_dict(state["subprocesses"], workflow)
                workflow.bpmn_events = self.registry.restore(state.pop("bpmn_events", []))
                return workflow

        return Slim

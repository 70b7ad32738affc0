"""SpiffWorkflow's parser, with our task specifications and timers in the place of its own."""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.event_parsers import EventBasedGatewayParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent, IntermediateCatchEvent
from SpiffWorkflow.spiff.parser import process as spiff
from SpiffWorkflow.spiff.parser.process import SpiffBpmnParser
from SpiffWorkflow.spiff.parser.task_spec import SpiffTaskParser
from SpiffWorkflow.spiff.specs.defaults import (
    CallActivity,
    ScriptTask,
    SubWorkflowTask,
    UserTask,
)

from processes.engine.tasks import (
    CountedTask,
    DecisionTask,
    IntentTask,
    RepeatedTask,
    WatchGateway,
)
from processes.engine.timers import AlertEventDefinition, alert_name


class _Loops:
    STANDARD_LOOP_CLASS = RepeatedTask
    PARALLEL_MI_CLASS = CountedTask


class _UserTaskParser(_Loops, spiff.UserTaskParser):  # type: ignore[misc]  # published without types
    pass


class _ScriptTaskParser(_Loops, spiff.ScriptTaskParser):  # type: ignore[misc]  # published without types
    pass


class _SubWorkflowParser(_Loops, spiff.SubWorkflowParser):  # type: ignore[misc]  # published without types
    pass


class _CallActivityParser(_Loops, spiff.CallActivityParser):  # type: ignore[misc]  # published without types
    pass


class _DecisionTaskParser(_Loops, SpiffTaskParser):  # type: ignore[misc]  # published without types
    def create_task(self) -> DecisionTask:
        decision = self.parse_extensions()["calledDecisionId"].strip()
        engine = self.process_parser.parser.get_engine(decision, self.node)
        return DecisionTask(self.spec, self.bpmn_id, decision=engine, **self.bpmn_attributes)


class _IntentTaskParser(_Loops, SpiffTaskParser):  # type: ignore[misc]  # published without types
    def create_task(self) -> IntentTask:
        operator = self.parse_extensions()["serviceTaskOperator"]
        arguments = {name: given["value"] for name, given in operator["parameters"].items()}
        return IntentTask(
            self.spec,
            self.bpmn_id,
            intent=operator["name"],
            arguments=arguments,
            **self.bpmn_attributes,
        )


class _Alerts:
    bpmn_id: str

    def parse_timer_event(self, event: etree._Element) -> AlertEventDefinition:
        """A timer of ours; the publish check has seen that it names an alert."""
        alert = alert_name(event.findtext(full_tag("timeDate")) or "")
        if alert is None:
            raise ValueError(self.bpmn_id)
        return AlertEventDefinition(self.bpmn_id, alert)


class _CatchEventParser(_Alerts, spiff.SpiffIntermediateCatchEventParser):  # type: ignore[misc]  # published without types
    pass


class _BoundaryEventParser(_Alerts, spiff.SpiffBoundaryEventParser):  # type: ignore[misc]  # published without types
    pass


class DiagramParser(SpiffBpmnParser):  # type: ignore[misc]  # published without types
    """Parses diagrams that the publish check has accepted."""

    OVERRIDE_PARSER_CLASSES = SpiffBpmnParser.OVERRIDE_PARSER_CLASSES | {
        full_tag("userTask"): (_UserTaskParser, UserTask),
        full_tag("scriptTask"): (_ScriptTaskParser, ScriptTask),
        full_tag("subProcess"): (_SubWorkflowParser, SubWorkflowTask),
        full_tag("callActivity"): (_CallActivityParser, CallActivity),
        full_tag("businessRuleTask"): (_DecisionTaskParser, DecisionTask),
        full_tag("serviceTask"): (_IntentTaskParser, IntentTask),
        full_tag("intermediateCatchEvent"): (_CatchEventParser, IntermediateCatchEvent),
        full_tag("boundaryEvent"): (_BoundaryEventParser, BoundaryEvent),
        full_tag("eventBasedGateway"): (EventBasedGatewayParser, WatchGateway),
    }

    def get_engine(self, decision_ref: str, node: Any) -> str:  # noqa: ARG002  # the engine's signature
        """The decision's id: its tables are ours, and no DMN engine of SpiffWorkflow is made."""
        return decision_ref

    def _find_dependencies(self, process: Any) -> None:
        """Nothing to collect: the publish check knows what a bundle refers to."""

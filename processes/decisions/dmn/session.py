"""One deciding: every decision taken at most once, those that it requires before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from processes.decisions.budget import Frame, Run
from processes.decisions.dmn.hit_policy import Violation
from processes.decisions.dmn.library import Link
from processes.decisions.dmn.nodes import (
    DecisionNode,
    InputNode,
    Invocable,
    KnowledgeNode,
    Node,
    ServiceNode,
)
from processes.decisions.dmn.table_logic import TableLogic
from processes.decisions.dmn.types import DeclaredType
from processes.decisions.errors import DecisionError, FeelError, NoValue, Problem
from processes.decisions.values import FunctionValue, Value, incoming

_LEVELS_OF_A_SERVICE = 12


@dataclass(frozen=True, slots=True)
class Outcome:
    """One decision's part: its result by name, its value for others, its reason and rules."""

    result: Mapping[str, Value]
    value: Value
    reason: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Model:
    """A compiled file: its elements by key, its decisions in their order, the data that all may read."""

    source: str
    nodes: Mapping[str, Node]
    order: tuple[str, ...]
    inputs: tuple[str, ...]


class Session:
    """What is known so far of one model, for these facts; `outcomes` are the decisions taken."""

    def __init__(self, model: Model, facts: Mapping[str, Value], run: Run) -> None:
        self._model = model
        self._facts = facts
        self._run = run
        self._known: dict[str, Value] = {}
        self._definitions: dict[str, FunctionValue] = {}
        self._inputs: dict[str, Value] = {}
        self.outcomes: list[Outcome] = []

    def read_inputs(self) -> None:
        """Read the data that the file declares, each as its type; every decision may read them."""
        for key in self._model.inputs:
            node = self._model.nodes[key]
            self._inputs[node.name] = self._value(key)

    def give(self, key: str, value: Value) -> None:
        """Take `value` as that of a datum or a decision, whatever its own logic says."""
        self._known[key] = value

    def decide(self, roots: Iterable[str]) -> None:
        """Take these decisions, and before them those that they require and nobody has given."""
        needed = self._needed(roots)
        for key in self._model.order:
            if key in needed:
                node = self._model.nodes[key]
                if isinstance(node, DecisionNode):
                    outcome = self._outcome(node)
                    self.outcomes.append(outcome)
                    self._known[key] = outcome.value

    def answer(self, outputs: Sequence[Link]) -> Value:
        """What a service answers: its only decision's value, or a context of all."""
        values = {link.name: self._known.get(link.key) for link in outputs}
        return next(iter(values.values())) if len(values) == 1 else values

    def read(self, ways: Iterable[Sequence[str]], declared: DeclaredType, label: str) -> Value:
        """The fact that one of these names tells; null with a warning when it is of another type."""
        found = (told for way in ways for told in self._told(way))
        try:
            value = declared.read(incoming(next(found, None)))
            return declared.conform(value, Frame({}, self._run))
        except NoValue as reason:
            self._run.warn(f"dato «{label}»: {reason}")
            return None
        except FeelError as error:
            raise self._error(None, f"dato «{label}»: {error}") from error

    def function(self, key: str, node: Invocable) -> FunctionValue:
        """The function that a model or a service is."""
        names = tuple(parameter.name for parameter in node.parameters)
        types = tuple(parameter.type.shape for parameter in node.parameters)
        if isinstance(node, ServiceNode):
            return FunctionValue(node.name, names, ServiceCall(self._model, node), types)

        # A model may call itself, so its definition is made when it is first called.
        def call(run: Run, arguments: Sequence[Value]) -> Value:
            return self._definition(key, node).call(run, arguments)

        return FunctionValue(node.name, names, call, types)

    def _told(self, way: Sequence[str]) -> Iterable[Value]:
        """The fact at the end of these names, one inside the other, or as one name with points."""
        if ".".join(way) in self._facts:
            yield self._facts[".".join(way)]
            return
        value: Value = self._facts
        for name in way:
            if not isinstance(value, Mapping) or name not in value:
                return
            value = value[name]
        yield value

    def _needed(self, roots: Iterable[str]) -> set[str]:
        needed: set[str] = set()
        pending = [*roots]
        while pending:
            key = pending.pop()
            node = self._model.nodes.get(key)
            if isinstance(node, DecisionNode) and key not in needed and key not in self._known:
                needed.add(key)
                pending.extend(link.key for link in node.links)
        return needed

    def _value(self, key: str) -> Value:
        if key not in self._known:
            node = self._model.nodes[key]
            if isinstance(node, InputNode):
                self._known[key] = self.read(node.ways, node.type, node.name)
            elif not isinstance(node, DecisionNode):
                self._known[key] = self.function(key, node)
        return self._known.get(key)

    def _frame(self, links: Sequence[Link], *, facts: bool) -> Frame:
        """Where an element's names are looked up; those of another file are fields of its prefix."""
        frame = Frame(self._facts if facts else {}, self._run)
        if facts:
            frame.values.update(self._inputs)
        for link in links:
            value = self._value(link.key)
            if link.prefix:
                others = frame.values.get(link.prefix)
                frame.values[link.prefix] = {**(others if isinstance(others, dict) else {}), link.name: value}
            else:
                frame.values[link.name] = value
        for link in links:
            for alias, field in link.aliases:
                self._name_too(frame.values, alias, self._known.get(link.key), field)
        return frame

    def _name_too(self, values: dict[str, Value], alias: str, value: Value, field: str | None) -> None:
        """Let `alias` be the value, or a field of it, unless something else bears that name."""
        if values.get(alias) is None and alias not in self._facts:
            values[alias] = value if field is None else value.get(field) if isinstance(value, dict) else None

    def _outcome(self, node: DecisionNode) -> Outcome:
        if node.problems:
            raise DecisionError(node.problems)
        before = len(self._run.warnings)
        try:
            outcome = self._decided(node)
        except (Violation, FeelError) as error:
            raise self._error(node.name, str(error)) from error
        told = [f"{node.name}: {text}" for text in self._run.warnings[before:]]
        self._run.warnings[before:] = told
        return outcome

    def _decided(self, node: DecisionNode) -> Outcome:
        frame = self._frame(node.links, facts=True)
        if isinstance(node.logic, TableLogic):
            answer = node.logic.answer(frame)
            value = self._conforming(node.type, answer.value, frame)
            reason, outputs = answer.reason, answer.outputs
            if value is not answer.value:
                single = len(outputs) == 1
                outputs = dict.fromkeys(outputs, value if single else None)
            rules = tuple(f"{node.id}#{number}" for number in answer.rules)
            return Outcome(outputs, value, f"{node.name}: {reason}", rules)
        if node.logic is None:
            self._run.warn("no tiene tabla ni expresión")
        value = None if node.logic is None else node.logic.run(frame)
        value = self._conforming(node.type, value, frame)
        return Outcome({node.result_name: value}, value, f"{node.name}: según su expresión")

    def _conforming(self, declared: DeclaredType, value: Value, frame: Frame) -> Value:
        try:
            return declared.conform(value, frame)
        except NoValue as reason:
            self._run.warn(reason)
            return None

    def _definition(self, key: str, node: KnowledgeNode) -> FunctionValue:
        if node.problems:
            raise DecisionError(node.problems)
        if key not in self._definitions:
            frame = self._frame((*node.links, Link(key, node.name)), facts=False)
            made = None if node.definition is None else node.definition.run(frame)
            if not isinstance(made, FunctionValue):
                raise NoValue("el modelo no tiene lógica")
            self._definitions[key] = made
        return self._definitions[key]

    def _error(self, decision: str | None, message: str) -> DecisionError:
        return DecisionError([Problem(self._model.source, decision, message)])


@dataclass(frozen=True, slots=True)
class ServiceCall:
    """A decision service as the body of a function: it sees its arguments and nothing else (10.4)."""

    model: Model
    node: ServiceNode

    def __call__(self, run: Run, arguments: Sequence[Value]) -> Value:
        """What the service answers; raises NoValue for arguments that it does not take."""
        parameters = self.node.parameters
        if len(arguments) != len(parameters):
            raise NoValue(f"el servicio tiene {len(parameters)} argumentos y recibe {len(arguments)}")
        inner = Session(self.model, {}, run)
        frame = Frame({}, run)
        for parameter, argument in zip(parameters, arguments, strict=True):
            inner.give(parameter.key, parameter.type.conform(argument, frame))
        run.budget.enter(_LEVELS_OF_A_SERVICE)
        try:
            inner.decide(link.key for link in self.node.outputs)
        finally:
            run.budget.leave(_LEVELS_OF_A_SERVICE)
        return inner.answer(self.node.outputs)

"""Compiles every element of a file, each in the scope of what it may read."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property

from processes.decisions.dmn.boxed import Boxed
from processes.decisions.dmn.boxed_compiler import BoxedCompiler
from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.library import Element, Library, Link, Way
from processes.decisions.dmn.nodes import (
    DecisionNode,
    InputNode,
    KnowledgeNode,
    Node,
    Parameter,
    ServiceNode,
)
from processes.decisions.dmn.parts import field_names
from processes.decisions.dmn.source import (
    DecisionSource,
    FunctionSource,
    InputDataSource,
    KnowledgeSource,
    ServiceSource,
    TableSource,
)
from processes.decisions.dmn.table_logic import TableLogic
from processes.decisions.dmn.types import ANYTHING, DeclaredType, Types
from processes.decisions.errors import Problem
from processes.decisions.facts import FactType
from processes.decisions.scope import Scope
from processes.decisions.types_of_values import ValueType
from processes.decisions.values import Kind

_ASKED = "?"
"""What the key of a datum begins with that no element declares: a column asks for it."""


class NodeCompiler:
    """Compiles the elements of `library`; `asked` are the names that its columns ask for, and their types.

    `facts` are the declared facts of the process, or None when the file alone says what it reads.
    """

    def __init__(
        self,
        library: Library,
        facts: Mapping[str, FactType] | None,
        asked: Mapping[str, str | None],
        findings: Findings,
    ) -> None:
        self._library = library
        self._facts = facts
        self._findings = findings
        self._types = _types_of(library)
        self._names = {element.name for element in library.elements.values()}
        self._asked = {name: type_name for name, type_name in asked.items() if name not in self._names}
        self.inputs = self._input_keys()

    def nodes(self) -> Mapping[str, Node]:
        """Every element by its key, compiled; what does not compile is a finding and a problem of its own."""
        elements = self._library.elements
        nodes = {key: self._node(element) for key, element in elements.items()}
        if self._facts is None:
            for name, type_name in self._asked.items():
                declared = self._type(type_name, (), DecisionFindings(self._findings, name))
                nodes[_ASKED + name] = InputNode(name, declared, ((name,),))
        return nodes

    def _input_keys(self) -> tuple[str, ...]:
        main = self._library.main
        declared = tuple(source.id for source in main.inputs.values())
        asked = () if self._facts is not None else tuple(_ASKED + name for name in self._asked)
        return declared + asked

    def _node(self, element: Element) -> Node:
        findings = DecisionFindings(self._findings, element.source.name)
        match element.source:
            case InputDataSource():
                return self._input(element, element.source, findings)
            case DecisionSource():
                return self._decision(element, element.source, findings)
            case KnowledgeSource():
                return self._knowledge(element, element.source, findings)
            case ServiceSource():
                return self._service(element, element.source)

    def _input(self, element: Element, source: InputDataSource, findings: DecisionFindings) -> Node:
        if self._facts is not None and source.name not in self._facts:
            self._findings.add(f"el dato de entrada «{source.name}» no está entre los datos del proceso")
        declared = self._type(source.type_name, element.way, findings)
        return InputNode(source.name, declared, tuple(self._library.fact_names(element)))

    def _decision(self, element: Element, source: DecisionSource, findings: DecisionFindings) -> Node:
        links = tuple(map(self._aliased, self._library.links(element)))
        scope = self._scope(element, links, base=self._base(element))
        logic = self._logic(element, source, scope, findings)
        declared = self._type(source.type_name, element.way, findings)
        problems = self._problems(source.name)
        return DecisionNode(source.id, source.name, source.result_name, declared, links, logic, problems)

    def _logic(
        self, element: Element, source: DecisionSource, scope: Scope, findings: DecisionFindings
    ) -> TableLogic | Boxed | None:
        compiler = BoxedCompiler(self._kinds, self._types[element.way], findings)
        if isinstance(source.body, TableSource):
            return compiler.table(source.body, scope, name=source.result_name)
        return None if source.body is None else compiler.boxed(compiler.node(source.body, scope))

    def _knowledge(self, element: Element, source: KnowledgeSource, findings: DecisionFindings) -> Node:
        links = tuple(self._library.links(element))
        own = Link(element.key, source.name)
        scope = self._scope(element, (*links, own), base=frozenset())
        types = self._types[element.way]
        compiler = BoxedCompiler({}, types, findings)
        parameters: tuple[Parameter, ...] = ()
        definition = None
        if source.body is not None:
            parameters = tuple(
                Parameter(each.name, self._type(each.type_name, element.way, findings))
                for each in source.body.parameters
            )
            result = self._result_type(source, source.body, compiler, element.way, findings)
            definition = compiler.boxed(compiler.function(source.body, scope, result))
        return KnowledgeNode(source.name, parameters, links, definition, self._problems(source.name))

    def _result_type(
        self,
        source: KnowledgeSource,
        body: FunctionSource,
        compiler: BoxedCompiler,
        way: Way,
        findings: DecisionFindings,
    ) -> DeclaredType:
        """What a model answers: its variable's type, that of its function's answers, or that of its logic."""
        declared = self._type(source.type_name, way, findings)
        if declared.kind is Kind.FUNCTION:
            return DeclaredType(declared.shape.item) if declared.shape.item is not None else ANYTHING
        return compiler.result_type(body) if declared.kind is None else declared

    def _service(self, element: Element, source: ServiceSource) -> Node:
        targets = [
            self._library.elements[key]
            for target in (*source.input_data, *source.input_decisions)
            if (key := self._library.key(target, element.way)) in self._library.elements
        ]
        parameters = []
        for each in targets:
            findings = DecisionFindings(self._findings, each.source.name)
            type_name = None if isinstance(each.source, ServiceSource) else each.source.type_name
            parameters.append(Parameter(each.name, self._type(type_name, each.way, findings), each.key))
        outputs = [self._library.key(target, element.way) for target in source.outputs]
        known = (key for key in outputs if key in self._library.elements)
        links = tuple(Link(key, self._library.elements[key].name) for key in known)
        return ServiceNode(source.name, tuple(parameters), links)

    def _type(self, name: str | None, way: Way, findings: DecisionFindings) -> DeclaredType:
        return self._types[way].declared(name, None, findings)

    def _problems(self, name: str) -> tuple[Problem, ...]:
        return tuple(problem for problem in self._findings.problems if problem.decision == name)

    @cached_property
    def _kinds(self) -> Mapping[str, Kind]:
        own = {decision.result_name for decision in self._library.main.decisions}
        declared = {} if self._facts is None else self._facts
        return {name: fact.kind for name, fact in declared.items() if name not in own}

    def _base(self, element: Element) -> frozenset[str]:
        """The names that every decision of the file may read: the facts, or what the file asks for."""
        if element.way:
            return frozenset()
        if self._facts is not None:
            return frozenset(self._facts)
        return frozenset(source.name for source in element.model.inputs.values()) | self._asked.keys()

    def _scope(self, element: Element, links: tuple[Link, ...], *, base: frozenset[str]) -> Scope:
        """What the element may read; what a decision should require is hinted at."""
        names = base | {link.prefix or link.name for link in links}
        names |= {alias for link in links for alias, _ in link.aliases}
        functions = {link.prefix or link.name for link in links if self._may_be_function(link)}
        hints = {
            decision.result_name: f"conecte la decisión «{decision.name}» como requisito"
            for decision in element.model.decisions
            if decision.result_name not in names
        }
        return Scope(
            Scope.of(names).names,
            fields=self._fields,
            hints=hints,
            lenient=self._findings.lenient,
            functions=frozenset(functions),
            types=self._shapes[element.way],
        )

    def _aliased(self, link: Link) -> Link:
        """A required decision by its identifier and its table's outputs too, as Camunda's engines read it.

        Not where the process declares its facts, which bear the names of outputs.
        """
        source = self._library.elements[link.key].source
        if self._facts is not None or not isinstance(source, DecisionSource):
            return link
        aliases: list[tuple[str, str | None]] = [(source.id, None)]
        if isinstance(source.body, TableSource):
            outputs = source.body.outputs
            aliases += [(each.name, each.name if len(outputs) > 1 else None) for each in outputs if each.name]
        return replace(link, aliases=tuple(each for each in aliases if each[0] not in self._names))

    def _may_be_function(self, link: Link) -> bool:
        source = self._library.elements[link.key].source
        if isinstance(source, DecisionSource):
            return not isinstance(source.body, TableSource)
        return not isinstance(source, InputDataSource)

    @cached_property
    def _shapes(self) -> Mapping[Way, Mapping[str, ValueType]]:
        return {way: types.shapes() for way, types in self._types.items()}

    @cached_property
    def _fields(self) -> frozenset[str]:
        models = self._library.files.values()
        prefixed = {element.name for element in self._library.elements.values()}
        return frozenset().union(*map(field_names, models), prefixed if len(models) > 1 else ())


def _types_of(library: Library) -> Mapping[Way, Types]:
    """The types of each file by the way to it, those of the files that it imports under their prefix."""
    types = {way: Types(model.types) for way, model in library.files.items()}
    for way in library.files:
        if way:
            types[way[:-1]].add_import(way[-1], types[way])
    return types

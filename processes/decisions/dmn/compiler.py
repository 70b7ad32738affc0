"""From a DMN file to a decision model: names, requirements and every cell checked at once."""

from collections.abc import Mapping

from processes.decisions.dmn.findings import DecisionFindings, Findings
from processes.decisions.dmn.hit_policy import POLICIES
from processes.decisions.dmn.model import DecisionModel, LiteralDecision, TableDecision
from processes.decisions.dmn.reader import read_model
from processes.decisions.dmn.requirements import plans
from processes.decisions.dmn.source import DecisionSource, LiteralSource, ModelSource
from processes.decisions.dmn.table_compiler import TableCompiler
from processes.decisions.dmn.types import DeclaredType, Types
from processes.decisions.errors import FeelError
from processes.decisions.expression import expression_in
from processes.decisions.facts import FactType
from processes.decisions.lexer import TokenKind, tokenise
from processes.decisions.limits import MAX_DECISIONS, MAX_FILE_CELLS, MAX_FILE_TEXT
from processes.decisions.scope import Scope
from processes.decisions.values import Kind


def compile_decisions(data: bytes, *, source: str, facts: Mapping[str, FactType] | None) -> DecisionModel:
    """Compile the decisions of a DMN 1.3-1.5 file; `source` is its name, for messages.

    `facts` are the declared facts of the process, the only names that the file may read besides
    its own decisions. Without them its input data, and the single names that its columns ask for,
    are taken as facts. Raises DecisionError with every problem of the file (decision, rule,
    column, position), and UnsafeXml for a file that is not XML that we read.
    """
    findings = Findings(source)
    model = read_model(data, findings)
    _check_size(model, findings)
    order = plans(model, findings)
    compiler = _ModelCompiler(model, facts, findings)
    decisions = {decision.id: compiler.decision(decision) for decision in model.decisions}
    inputs = compiler.inputs()
    findings.raise_any()
    usable = {name: decision for name, decision in decisions.items() if decision is not None}
    return DecisionModel(source, usable, order, inputs)


class _ModelCompiler:
    def __init__(self, model: ModelSource, facts: Mapping[str, FactType] | None, findings: Findings) -> None:
        self._model = model
        self._facts = facts
        self._findings = findings
        self._types = Types(model.types)
        self._by_id = {decision.id: decision for decision in model.decisions}
        self._names = frozenset(facts) if facts is not None else _asked_names(model)

    def inputs(self) -> Mapping[str, DeclaredType]:
        """The types of the file's input data; one that the process does not declare is a finding."""
        declared = {}
        for source in self._model.inputs.values():
            if self._facts is not None and source.name not in self._facts:
                message = f"el dato de entrada «{source.name}» no está entre los datos del proceso"
                self._findings.add(message)
            place = DecisionFindings(self._findings, source.name)
            declared[source.name] = self._types.declared(source.type_name, None, place)
        return declared

    def decision(self, source: DecisionSource) -> TableDecision | LiteralDecision | None:
        findings = DecisionFindings(self._findings, source.name)
        scope = self._scope(source)
        if isinstance(source.body, LiteralSource):
            return self._literal(source, source.body, scope, findings)
        compiler = TableCompiler(scope, self._kinds(), self._types, findings)
        table = compiler.compile(source.body)
        policy = POLICIES.get((source.body.hit_policy, source.body.aggregation))
        if policy is None:
            return None
        return TableDecision(source.id, source.name, source.result_name, table, policy)

    def _literal(
        self, source: DecisionSource, body: LiteralSource, scope: Scope, findings: DecisionFindings
    ) -> LiteralDecision | None:
        declared = self._types.declared(source.type_name, None, findings)
        try:
            expression = expression_in(body.expression, scope)
        except FeelError as error:
            findings.add_feel(error)
            return None
        return LiteralDecision(source.id, source.name, source.result_name, expression, declared)

    def _scope(self, source: DecisionSource) -> Scope:
        """The facts and what the decision requires; what it should require is hinted at."""
        required = [self._by_id[name] for name in source.requires if name in self._by_id]
        names = self._names | {decision.result_name for decision in required}
        fields = frozenset(
            column.name
            for decision in required
            if not isinstance(decision.body, LiteralSource)
            for column in decision.body.outputs
        )
        hints = {
            decision.result_name: f"conecte la decisión «{decision.name}» como requisito"
            for decision in self._model.decisions
            if decision.result_name not in names
        }
        return Scope(Scope.of(names).names, fields=fields, hints=hints)

    def _kinds(self) -> Mapping[str, Kind]:
        own = {decision.result_name for decision in self._model.decisions}
        declared = {} if self._facts is None else self._facts
        return {name: fact.kind for name, fact in declared.items() if name not in own}


def _check_size(model: ModelSource, findings: Findings) -> None:
    """A file that would take seconds to compile is refused before it begins."""
    sizes = [len(text) for text in model.texts()]
    bounds = (
        (len(sizes), MAX_FILE_CELLS, "celdas"),
        (sum(sizes), MAX_FILE_TEXT, "caracteres en sus expresiones"),
        (len(model.decisions), MAX_DECISIONS, "decisiones"),
    )
    excesses = [
        f"un archivo no puede tener más de {most} {what}" for size, most, what in bounds if size > most
    ]
    for excess in excesses:
        findings.add(excess)
    if excesses:
        findings.raise_any()


def _asked_names(model: ModelSource) -> frozenset[str]:
    """Without declared facts: the input data, and each column that asks for a single name."""
    own = {decision.result_name for decision in model.decisions}
    asked = {source.name for source in model.inputs.values()}
    for decision in model.decisions:
        if not isinstance(decision.body, LiteralSource):
            asked |= {_single_name(column.expression) for column in decision.body.inputs} - own
    return frozenset(asked - {""})


def _single_name(text: str) -> str:
    try:
        tokens = tokenise(text, frozenset())
    except FeelError:
        return ""
    return tokens[0].text if [token.kind for token in tokens] == [TokenKind.NAME, TokenKind.END] else ""

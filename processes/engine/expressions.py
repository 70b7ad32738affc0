"""Compiles every text of a diagram at publish, and notes the place of each error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from processes.decisions import (
    Expression,
    FactType,
    FeelError,
    Script,
    compile_expression,
    compile_script,
    to_stored,
)
from processes.engine.catalogue import Catalogue, IntentSchema, Parameter
from processes.engine.declarations import COMPUTED_BY_THE_CLOCK, DATES_ADVICE
from processes.engine.diagram import Diagrams, Node, bpmn, spiff
from processes.engine.facts import checked_fact
from processes.engine.model import Fact
from processes.engine.problems import ProblemList
from processes.engine.programs import Programs
from processes.engine.timers import alert_name

_ANY_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)  # a literal has the same value at any moment


@dataclass(frozen=True, slots=True)
class ExpressionCheck:
    """Compiles the texts of one bundle into `programs`."""

    diagrams: Diagrams
    facts: Mapping[str, FactType]
    catalogue: Catalogue
    programs: Programs
    problems: ProblemList

    def run(self) -> None:
        """Compile everything that the engine will evaluate, element by element."""
        for node in self.diagrams.nodes.values():
            if node.kind in {"exclusiveGateway", "inclusiveGateway"}:
                self._conditions(node)
            elif node.kind == "scriptTask":
                self._script(node)
            elif node.kind == "serviceTask":
                self._intent(node)
            self._timer(node)
            self._loop(node)

    def _conditions(self, node: Node) -> None:
        for flow in self.diagrams.outgoing[node.id]:
            if flow.condition is not None:
                self._expression(node, flow.condition, f"La condición del flujo {flow.id} de")

    def _script(self, node: Node) -> None:
        text = node.xml.findtext(bpmn("script")) or ""
        compiled = self._compile(node, lambda: compile_script(text, names=self.facts.keys()), "El guion de")
        if not isinstance(compiled, Script):
            return
        self.programs.scripts[text] = compiled
        for name in sorted(compiled.assigns):
            kind = self.facts.get(name)
            if kind is None:
                self._refuse(node, f"El guion de {node.shown} asigna «{name}», que no está declarado.")
            elif kind in COMPUTED_BY_THE_CLOCK:
                message = f"El guion de {node.shown} calcula la fecha «{name}»: {DATES_ADVICE}"
                self._refuse(node, message)
        for name, line in compiled.lines:
            if not line.names and name in self.facts:
                self._assigned(node, name, line)

    def _assigned(self, node: Node, name: str, line: Expression) -> None:
        """What does not depend on any fact has one type, known now."""
        try:
            _literal_value(line, self.facts[name])
        except FeelError as error:
            message = f"El guion de {node.shown} da a «{name}» lo que no es de tipo «{self.facts[name]}»"
            self._refuse(node, f"{message}: {_innermost(error)}.")

    def _timer(self, node: Node) -> None:
        definition = node.xml.find(bpmn("timerEventDefinition"))
        if definition is None:
            return
        text = definition.findtext(bpmn("timeDate")) or ""
        alert = alert_name(text)
        if alert is None:
            message = (
                f"El temporizador de {node.shown} dice «{text}»; debe nombrar una alerta: "
                'alert("nombre") o term("nombre"). Las fechas legales no se calculan en el diagrama.'
            )
            self._refuse(node, message)
        elif alert not in self.catalogue.alerts:
            known = ", ".join(f"«{name}»" for name in sorted(self.catalogue.alerts))
            self._refuse(node, f"{node.shown} espera la alerta «{alert}», que no existe; hay {known}.")

    def _loop(self, node: Node) -> None:
        cardinality = node.xml.find(f"{bpmn('multiInstanceLoopCharacteristics')}/{bpmn('loopCardinality')}")
        if cardinality is not None:
            self._expression(node, cardinality.text or "", "La cantidad de instancias de")
        condition = node.xml.find(f"{bpmn('standardLoopCharacteristics')}/{bpmn('loopCondition')}")
        if condition is not None:
            self._expression(node, condition.text or "", "La condición del ciclo de")

    def _intent(self, node: Node) -> None:
        operator = node.xml.find(f"{bpmn('extensionElements')}/{spiff('serviceTaskOperator')}")
        name = "" if operator is None else operator.get("id", "")
        schema = self.catalogue.intents.get(name)
        if operator is None or schema is None:
            known = ", ".join(f"«{known}»" for known in sorted(self.catalogue.intents))
            self._refuse(node, f"{node.shown} pide la intención «{name}», que no existe; hay {known}.")
            return
        given = {p.get("id", ""): p.get("value", "") for p in operator.iter(spiff("parameter"))}
        for unknown in sorted(given.keys() - schema.parameters.keys()):
            self._refuse(node, f"{node.shown}: «{schema.label}» no tiene el parámetro «{unknown}».")
        for parameter, rule in schema.parameters.items():
            if parameter in given:
                self._argument(node, schema, parameter, given[parameter])
            elif rule.required:
                self._refuse(node, f"{node.shown}: a «{schema.label}» le falta el parámetro «{parameter}».")

    def _argument(self, node: Node, schema: IntentSchema, name: str, text: str) -> None:
        compiled = self._expression(node, text, f"El parámetro «{name}» de")
        rule = schema.parameters[name]
        if compiled is None:
            return
        if not compiled.names:
            self._literal(node, rule, name, compiled)
        elif (kind := self.facts.get(text.strip(), rule.type)) is not rule.type:
            message = (
                f"El parámetro «{name}» de {node.shown} es de tipo «{rule.type}», y el dato «{text.strip()}»"
            )
            self._refuse(node, f"{message}, de tipo «{kind}».")

    def _literal(self, node: Node, rule: Parameter, name: str, compiled: Expression) -> None:
        try:
            value = _literal_value(compiled, rule.type)
        except FeelError as error:
            self._refuse(node, f"El parámetro «{name}» de {node.shown} no sirve: {_innermost(error)}.")
            return
        if refusal := rule.refusal(value):
            self._refuse(node, f"El parámetro «{name}» de {node.shown} {refusal}.")

    def _expression(self, node: Node, text: str, what: str) -> Expression | None:
        compiled = self._compile(node, lambda: compile_expression(text, names=self.facts.keys()), what)
        if not isinstance(compiled, Expression):
            return None
        self.programs.expressions[text] = compiled
        return compiled

    def _compile(
        self, node: Node, compiler: Callable[[], Expression | Script], what: str
    ) -> Expression | Script | None:
        try:
            return compiler()
        except FeelError as error:
            self._refuse(node, f"{what} {node.shown} no es FEEL que se pueda publicar: {error}.")
            return None

    def _refuse(self, node: Node, message: str) -> None:
        self.problems.add(node.file, node.id, message)


def _literal_value(compiled: Expression, kind: FactType) -> Fact:
    return checked_fact(to_stored(compiled.evaluate({}, now=_ANY_MOMENT)), kind)


def _innermost(error: FeelError) -> str:
    """The reason itself, without what was being read when it came up."""
    return str(error.__cause__ or error.message)

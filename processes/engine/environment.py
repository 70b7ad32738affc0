"""Where SpiffWorkflow evaluates text: everything goes through compiled FEEL, nothing through Python.

SpiffWorkflow evaluates at many sites, some through the script engine and some through its
environment alone; so the environment is replaced, which receives them all. An `Act` carries what
one call of the door knows and gathers: the clock, the facts, the instants, the intents.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.script_engine.python_environment import BasePythonScriptEngineEnvironment
from SpiffWorkflow.bpmn.specs.mixins.multiinstance_task import MultiInstanceTask, StandardLoopTask
from SpiffWorkflow.specs.MultiChoice import MultiChoice
from SpiffWorkflow.task import Task

from processes.common.calendar import WorkCalendar
from processes.decisions import Budget, FeelError, Value
from processes.decisions.limits import MAX_OPERATIONS
from processes.engine.facts import CaseFacts
from processes.engine.incidents import EndlessAct, StepFailure
from processes.engine.model import Fact, Intent, Reason
from processes.engine.programs import Programs

MAX_INSTANCES = 50
"""Instances of one activity. With bodies of twenty elements they stay within one act's MAX_STEPS."""

ACT_OPERATIONS = 3 * MAX_OPERATIONS
"""Operations of all the texts that one act evaluates: some tenths of a second at worst."""

_TOO_MUCH_WORK = "El caso pide demasiados cálculos en un solo paso: simplifique las expresiones del diagrama."


@dataclass(slots=True)
class Act:
    """One call of the door: what it knows, what it may use, and what it gathers.

    `began` is the key of the task that it began at (0 for none), and how.
    """

    now: datetime
    calendar: WorkCalendar | None
    facts: CaseFacts
    began: tuple[int, str] = (0, "")
    due: frozenset[int] = frozenset()
    budget: Budget = field(default_factory=lambda: Budget(ACT_OPERATIONS))
    steps: int = 0
    intents: list[Intent] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)

    def intend(self, element: str, name: str, arguments: Mapping[str, Fact]) -> None:
        """Record that the diagram asks for `name`; the service carries it out."""
        self.intents.append(Intent(len(self.intents) + 1, element, name, arguments))

    def failure(self, message: str) -> StepFailure:
        """The failure of one step. Raises EndlessAct instead when the whole act has used up its budget."""
        if self.budget.used > self.budget.max_operations:
            raise EndlessAct(_TOO_MUCH_WORK)
        return StepFailure(message)


class FeelEnvironment(BasePythonScriptEngineEnvironment):  # type: ignore[misc]  # published without types
    """Evaluates a diagram's texts on the facts of the case; the engine's own contexts are ignored."""

    def __init__(self, programs: Programs, act: Act) -> None:
        super().__init__()
        self.programs = programs
        self.act = act

    def weigh(self, expression: str) -> tuple[Value, list[str]]:
        """The value of a published expression, and what was null for a wrong type. Raises StepFailure."""
        compiled = self.programs.expression(expression)
        act = self.act
        warnings: list[str] = []
        try:
            value = compiled.evaluate(
                act.facts.values, now=act.now, calendar=act.calendar, budget=act.budget, warnings=warnings
            )
        except FeelError as error:
            raise act.failure(f"La expresión «{expression}» falló: {error.message}.") from error
        return value, warnings

    def evaluate(self, expression: str, context: Any, external_context: Any = None) -> Value:  # noqa: ARG002  # the engine's signature
        """The value of a published expression. Raises StepFailure."""
        return self.weigh(expression)[0]

    def execute(self, script: str, context: Any, external_context: Any = None) -> bool:  # noqa: ARG002  # the engine's signature
        """Run a published script and keep what it assigns.

        Raises StepFailure, keeping nothing, also when a fact would become null because of a wrong type.
        """
        compiled = self.programs.script(script)
        act = self.act
        warnings: list[str] = []
        try:
            assigned = compiled.execute(
                act.facts.values, now=act.now, calendar=act.calendar, budget=act.budget, warnings=warnings
            )
        except FeelError as error:
            raise act.failure(f"El guion falló: {error.message}.") from error
        emptied = next((name for name, value in assigned.items() if value is None), None)
        if warnings and emptied is not None:
            raise StepFailure(f"El guion dejó vacío el dato «{emptied}»: {warnings[0]}.")
        act.facts.assign(assigned)
        return True

    def call_service(self, context: Any, **kwargs: Any) -> str:  # noqa: ARG002  # the engine's signature
        """Never: a service task records an intent instead."""
        raise StepFailure("Las tareas de servicio no se llaman por fuera del catálogo.")


class CaseScriptEngine(PythonScriptEngine):  # type: ignore[misc]  # published without types
    """The door's own script engine, one an act. It asks each site for the type that the site needs."""

    environment: FeelEnvironment

    @property
    def act(self) -> Act:
        """The call of the door that is running."""
        return self.environment.act

    @property
    def programs(self) -> Programs:
        """What the case's bundle may evaluate."""
        return self.environment.programs

    def validate(self, expression: str) -> None:
        """Never: texts are checked at publish."""
        raise StepFailure(f"La expresión «{expression}» no se publicó con el diagrama.")

    def evaluate(self, task: Task, expression: str, external_context: Any = None) -> Value:  # noqa: ARG002  # the engine's signature
        """The value of `expression` at the site where `task` stands. Raises StepFailure."""
        value, warnings = self.environment.weigh(expression)
        why = f" ({warnings[0]})" if warnings else ""
        if isinstance(task.task_spec, MultiChoice):
            return self._condition(task, expression, value, why)
        if isinstance(task.task_spec, MultiInstanceTask):
            return _cardinality(expression, value, why)
        if isinstance(task.task_spec, StandardLoopTask) and not isinstance(value, bool):
            raise StepFailure(f"La condición «{expression}» no dio verdadero ni falso{why}.")
        return value

    def execute(self, task: Task, script: str, external_context: Any = None) -> bool:  # noqa: ARG002  # the engine's signature
        """Run the script of a script task. Raises StepFailure."""
        return self.environment.execute(script, None)

    def call_service(self, task: Task, **kwargs: Any) -> str:  # noqa: ARG002  # the engine's signature
        """Never: a service task records an intent instead."""
        return self.environment.call_service(None, **kwargs)

    def _condition(self, task: Task, expression: str, value: Value, why: str) -> bool:
        if not isinstance(value, bool):
            text = f"La condición «{expression}» no dio verdadero ni falso{why}; se tomó como falsa."
            self.act.reasons.append(Reason(task.task_spec.bpmn_id, "", text))
        elif why:
            text = f"La condición «{expression}» encontró datos que faltan o de otro tipo{why}."
            self.act.reasons.append(Reason(task.task_spec.bpmn_id, "", text))
        return value is True


def _cardinality(expression: str, value: Value, why: str) -> int:
    whole = isinstance(value, int | Decimal) and not isinstance(value, bool) and value == int(value)
    if not whole or not 0 <= int(value) <= MAX_INSTANCES:  # type: ignore[arg-type]  # narrowed by `whole`
        raise StepFailure(
            f"La cantidad «{expression}» debe ser un número entero entre 0 y {MAX_INSTANCES}{why}."
        )
    return int(value)  # type: ignore[arg-type]  # narrowed by `whole`

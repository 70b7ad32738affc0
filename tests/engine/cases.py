"""Drives a case through the door, in two ways that must not differ.

Plain: one definition and one live workflow, never stored. Restored: every act reads the stored
bytes, and two separately compiled definitions take turns, as two processes would.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from SpiffWorkflow.bpmn import BpmnWorkflow

from processes.decisions import FactType
from processes.engine import codec, door
from processes.engine.bundle import Catalogue, Definition, IntentSchema, Parameter, compile_bundle
from processes.engine.model import Advance, Fact, Intent

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)
_TEXT = Parameter(FactType.STRING)
_PEOPLE = frozenset({"citizen", "department_head", "director", "official", "citizen_service_head"})


def _intent(name: str, label: str, **parameters: Parameter) -> IntentSchema:
    return IntentSchema(name, label, parameters)


_INTENTS = (
    _intent("notify", "Avisar", template=_TEXT, to=Parameter(FactType.STRING, choices=_PEOPLE)),
    _intent("start_term", "Iniciar el término", kind=_TEXT),
    _intent("assign", "Asignar", department=_TEXT),
    _intent(
        "plan_alert",
        "Programar una alerta",
        alert=_TEXT,
        working_days_before=Parameter(FactType.NUMBER),
    ),
    _intent("send_answer", "Enviar la respuesta"),
    _intent("close_case", "Cerrar", outcome=Parameter(FactType.STRING, required=False)),
)
CATALOGUE = Catalogue(
    intents={schema.name: schema for schema in _INTENTS},
    lanes=frozenset(
        {
            "Ciudadano",
            "Ventanilla única",
            "Oficina de Relación con el Ciudadano",
            "Dependencia",
            "Jefe de dependencia",
            "Oficina Jurídica",
            "Reloj",
        }
    ),
    alerts=frozenset({"escalation", "reminder", "term:response"}),
    signals=frozenset({"term_changed", "answered"}),
    columns=frozenset(
        {"answer_text", "distribution_note", "closing_checks", "closing_note", "amount", "checks"}
    ),
)


class LiveCodec:
    """Keeps the workflow itself, uncompacted: what the engine does when nothing is stored."""

    def __init__(self) -> None:
        self._live: dict[bytes, BpmnWorkflow] = {}

    def encode(self, workflow: BpmnWorkflow, _version: str) -> bytes:
        codec._give_keys(workflow)
        state = str(len(self._live)).encode()
        self._live[state] = workflow
        return state

    def decode(self, state: bytes, _version: str) -> BpmnWorkflow:
        return self._live[state]


class Case:
    """One case; its methods name elements, and return the case so that acts can be chained."""

    def __init__(self, definitions: Sequence[Definition], facts: Mapping[str, Fact]) -> None:
        self._definitions = definitions
        self._acts = 0
        self.intents: list[Intent] = []
        self.passed: list[str] = []
        self.now = NOON
        self.advance: Advance
        self._note(door.start(self._definition(), facts=facts, now=self.now))

    @property
    def open(self) -> list[str]:
        return sorted(task.element for task in self.advance.open_tasks)

    @property
    def alerts(self) -> list[str]:
        return sorted(waiting.element for waiting in self.advance.alerts)

    @property
    def failing(self) -> list[str]:
        return sorted(incident.element for incident in self.advance.incidents)

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.advance.facts

    @property
    def finished(self) -> bool:
        return self.advance.finished

    def key(self, element: str) -> int:
        return next(task.key for task in self.advance.open_tasks if task.element == element)

    def alert_key(self, element: str) -> int:
        return next(waiting.key for waiting in self.advance.alerts if waiting.element == element)

    def complete(self, element: str, **facts: Fact) -> "Case":
        state, task = self.advance.state, self.key(element)
        return self._note(door.complete(self._definition(), state, task=task, facts=facts, now=self.now))

    def signal(self, name: str, **facts: Fact) -> "Case":
        state = self.advance.state
        return self._note(door.signal(self._definition(), state, name=name, facts=facts, now=self.now))

    def fire(self, *elements: str) -> "Case":
        """A tick at which the timers of these elements are due, in this order."""
        due = {self.alert_key(e): self.now - timedelta(hours=9 - n) for n, e in enumerate(elements)}
        return self.tick(due)

    def tick(self, instants: Mapping[int, datetime]) -> "Case":
        state = self.advance.state
        return self._note(door.tick(self._definition(), state, instants=instants, now=self.now))

    def retry(self, element: str, **facts: Fact) -> "Case":
        task = next(found.key for found in self.advance.incidents if found.element == element)
        state = self.advance.state
        return self._note(door.retry(self._definition(), state, task=task, now=self.now, facts=facts))

    def _definition(self) -> Definition:
        self._acts += 1
        return self._definitions[self._acts % len(self._definitions)]

    def _note(self, advance: Advance) -> "Case":
        self.advance = advance
        self.intents.extend(advance.intents)
        self.passed.extend(advance.passed)
        return self


def begin(way: str, files: Mapping[str, bytes] | bytes, **facts: Fact) -> Case:
    """A case of these files; `way` is "plain" or "restored"."""
    bundle = {"case.bpmn": files} if isinstance(files, bytes) else files
    definition = compile_bundle(bundle, CATALOGUE)
    if way == "plain":
        return Case([replace(definition, codec=LiveCodec())], facts)  # type: ignore[arg-type]  # its double
    return Case([definition, compile_bundle(bundle, CATALOGUE)], facts)

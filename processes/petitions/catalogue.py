"""What a diagram may ask of the office: a closed catalogue of intents, lanes, alerts and signals."""

from processes.decisions import FactType
from processes.directory.roles import Lane
from processes.engine.catalogue import Catalogue, IntentSchema, Parameter, Planner
from processes.terms.kinds import PetitionKind

TEMPLATES = frozenset({"acknowledgement", "answer", "assigned", "escalation"})
"""Messages that `notify` sends."""

RECIPIENTS = frozenset({"citizen", "official", "department_head", "citizen_service_head", "director"})
"""Whom `notify` writes to."""

OUTCOMES = frozenset({"granted", "partly_granted", "denied", "informed"})
"""How a petition was answered."""

COLUMNS = frozenset({"answer_text", "distribution_note", "closing_checks", "closing_note"})
"""Texts of the petition that a form's field may write to, and no other column of it."""

ESCALATION_ALERT = "escalation"
TERM_CHANGED = "term_changed"
ANSWERED = "answered"


def _required(kind: FactType, choices: frozenset[str] = frozenset()) -> Parameter:
    return Parameter(type=kind, required=True, choices=choices)


CATALOGUE = Catalogue(
    intents={
        schema.name: schema
        for schema in (
            IntentSchema(
                name="notify",
                label="Enviar un mensaje",
                parameters={
                    "template": _required(FactType.STRING, TEMPLATES),
                    "to": _required(FactType.STRING, RECIPIENTS),
                },
            ),
            IntentSchema(
                name="start_term",
                label="Fijar el término de respuesta",
                parameters={"kind": _required(FactType.STRING, frozenset(PetitionKind))},
            ),
            IntentSchema(
                name="assign",
                label="Asignar a una dependencia",
                parameters={"department": _required(FactType.STRING)},
            ),
            IntentSchema(
                name="plan_alert",
                label="Programar una alerta",
                parameters={
                    "alert": _required(FactType.STRING, frozenset({ESCALATION_ALERT})),
                    "working_days_before": Parameter(FactType.NUMBER, minimum=-60, maximum=120),
                },
            ),
            IntentSchema(name="send_answer", label="Enviar la respuesta", parameters={}),
            IntentSchema(
                name="close_case",
                label="Cerrar el caso",
                parameters={"outcome": _required(FactType.STRING, OUTCOMES)},
            ),
        )
    },
    lanes=frozenset(lane.value for lane in Lane),
    alerts=frozenset({ESCALATION_ALERT}),
    signals=frozenset({TERM_CHANGED, ANSWERED}),
    columns=COLUMNS,
    planner=Planner(intent="plan_alert", parameter="alert"),
)

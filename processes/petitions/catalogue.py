"""What a diagram may ask of the office: a closed catalogue of intents, lanes, alerts and signals."""

from notifications.notices import OF_THE_OFFICE_ALONE, CitizenNoticeOf, OfficeNoticeOf
from processes.decisions import FactType
from processes.directory.roles import Lane
from processes.engine.catalogue import Catalogue, IntentSchema, Parameter, Planner
from processes.engine.model import Fact
from processes.petitions.signals import Signal
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind

TEMPLATES = frozenset(
    {"acknowledgement", "answer", "assigned", "escalation", *CitizenNoticeOf, *OfficeNoticeOf}
    - OF_THE_OFFICE_ALONE
)
"""Messages that `notify` sends."""

RECIPIENTS = frozenset(
    {
        "asked_departments",
        "citizen",
        "citizen_service_head",
        "department_head",
        "director",
        "front_desk",
        "invoice_mailbox",
        "legal_office",
        "official",
        "on_call",
        "signatories",
    }
)
"""Whom `notify` writes to."""

OUTCOMES = frozenset({"granted", "partly_granted", "denied", "informed", "referred"})
"""How a petition was answered."""

NATURES = frozenset({"judicial_notice", "invoice", "other"})
"""What came in and is no petition."""

RELATIONS = frozenset({"new_petition", "appeal"})
"""What a citizen who is not satisfied with the answer asks for in truth."""

ACTS_OF_THE_DIAGRAM = frozenset(
    kind.value
    for kind in (
        LegalEventKind.COMPLETION_REQUESTED,
        LegalEventKind.RETURNED_UNCLEAR,
        LegalEventKind.TRANSFERRED_OUT,
        LegalEventKind.REJECTED_DISRESPECTFUL,
        LegalEventKind.DEEMED_WITHDRAWN,
        LegalEventKind.ARCHIVED_UNCLEAR,
        LegalEventKind.ORDER_MET,
    )
)
"""Legal acts that a task of the diagram does with the fields of its form."""

COLUMNS = frozenset({"answer_text", "distribution_note", "closing_checks", "closing_note"})
"""Texts of the petition that a form's field may write to, and no other column of it."""

INTENT_FIELDS = frozenset(
    {
        # A legal act (`record_act`), and an act that is signed.
        "reason",
        "act_number",
        "authority",
        "matters",
        "length_days",
        "happened_at",
        # The people whom the petition concerns.
        "complained_of",
        "conflict_of",
        # The answer that was given before.
        "earlier_filing",
        # Whoever is asked to contribute, pay or sign.
        "asked_departments",
        "question",
        "contribution",
        "copies",
        "copies_price",
        "receipt",
        "signatories",
        # The delivery of the answer.
        "delivered_at",
        "delivered_to",
        "delivered_how",
        "undelivered_reason",
        "new_email",
        "new_address",
        "public_title",
        "public_text",
        "public_confirmed",
        # What follows from a closing check.
        "new_subject",
        "new_text",
    }
)
"""Fields of a form that are handed to the intents of the same step, and kept where these keep them."""

ESCALATION = "escalation"
"""The alert of the ladder."""

ALERTS = frozenset(
    {"classification", "danger", "delivery", ESCALATION, "help", "payment", "silence"}
    | {"survey_end", "survey_reminder"}
)
"""Instants that a diagram plans itself."""

TERMS = frozenset({"term:citizen", "term:judge_report"})
"""Legal instants, which come from the reckoning and need no planning."""

UNITS = frozenset({"minutes", "working_days", "working_days_before", "share_of_term"})
"""How `plan_alert_at` measures: by the clock, in working days from now or before the due date, in percent."""


def _one_of(choices: frozenset[str]) -> Parameter:
    narrowed: frozenset[Fact] = frozenset(choices)
    return Parameter(type=FactType.STRING, choices=narrowed)


def _intent(name: str, label: str, **parameters: Parameter) -> IntentSchema:
    return IntentSchema(name=name, label=label, parameters=parameters)


_INTENTS = (
    _intent("notify", "Enviar un mensaje", template=_one_of(TEMPLATES), to=_one_of(RECIPIENTS)),
    _intent("start_term", "Fijar el término de respuesta", kind=_one_of(frozenset(PetitionKind))),
    _intent("assign", "Asignar a una dependencia", department=Parameter(FactType.STRING)),
    _intent(
        "plan_alert",
        "Programar una alerta",
        alert=_one_of(ALERTS),
        working_days_before=Parameter(FactType.NUMBER, minimum=-60, maximum=120),
    ),
    _intent(
        "plan_alert_at",
        "Programar una alerta en una unidad",
        alert=_one_of(ALERTS),
        unit=_one_of(UNITS),
        amount=Parameter(FactType.NUMBER, minimum=-60, maximum=10_000),
    ),
    _intent("record_act", "Hacer un acto legal", act=_one_of(ACTS_OF_THE_DIAGRAM)),
    _intent("set_aside", "Apartar lo que no es petición", nature=_one_of(NATURES)),
    _intent("refer_to_earlier", "Remitir a la respuesta anterior"),
    _intent("exclude_people", "Apartar a las personas con impedimento"),
    _intent("request_help", "Pedir aportes a otras dependencias"),
    _intent("record_contribution", "Registrar el aporte de una dependencia"),
    _intent("ask_payment", "Pedir el pago de las copias"),
    _intent("record_payment", "Registrar el pago de las copias"),
    _intent("await_signature", "Pasar a revisión y firma"),
    _intent("request_signatures", "Pedir las firmas"),
    _intent("sign", "Firmar o negar la firma"),
    _intent(
        "hand_over",
        "Entregar al siguiente nivel de atención",
        level=Parameter(FactType.NUMBER, minimum=2, maximum=3),
    ),
    _intent("send_answer", "Enviar la respuesta"),
    _intent("note_delivery", "Anotar la entrega de la respuesta"),
    _intent("redirect_answer", "Cambiar la dirección de la respuesta"),
    _intent("publish_answer", "Publicar la respuesta sin datos personales"),
    _intent("open_survey", "Abrir la encuesta"),
    _intent("link_new_petition", "Abrir otra petición o un recurso", relation=_one_of(RELATIONS)),
    _intent("reopen", "Reabrir lo que no quedó resuelto"),
    _intent("close_case", "Cerrar el caso", outcome=_one_of(OUTCOMES)),
)

CATALOGUE = Catalogue(
    intents={schema.name: schema for schema in _INTENTS},
    lanes=frozenset(lane.value for lane in Lane),
    alerts=ALERTS | TERMS,
    signals=frozenset(signal.value for signal in Signal),
    columns=COLUMNS,
    intent_fields=INTENT_FIELDS,
    planners=(
        Planner(intent="plan_alert", parameter="alert"),
        Planner(intent="plan_alert_at", parameter="alert"),
    ),
)

"""What the diagram did, in Spanish, for the history of a petition: alerts, levels, review, reopening."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from processes.common.calendar import BOGOTA
from processes.petitions.duty_tables import DUTY_LABELS, DutyKind

_Detail = Mapping[str, Any]
ALERT_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "classification": "clasificación",
        "escalation": "vencimiento",
        "help": "aportes pedidos a otras dependencias",
        "payment": "pago de las copias",
        "silence": "silencio del ciudadano",
        "delivery": "entrega de la respuesta",
        "survey_reminder": "recordatorio de la encuesta",
        "survey_end": "fin de la encuesta",
        "danger": "riesgo para la vida o la integridad",
        "term:citizen": "plazo del ciudadano",
        "term:judge_report": "informe al juez",
    }
)
"""What each alert is about."""

_NATURES = {
    "judicial_notice": "notificación judicial",
    "invoice": "factura o cuenta de cobro",
    "other": "otra comunicación",
}


def alert_label(name: str) -> str:
    """What the alert `name` is about; its name when an earlier release had others."""
    return ALERT_LABELS.get(name, name)


def _planned(detail: _Detail) -> str:
    alert = f"Programó la alerta de {alert_label(detail['alert'])}"
    told = _UNITS[detail["unit"]](detail["amount"])
    if detail["due_at"] is None:
        return f"{alert}, {told}; espera mientras el término está suspendido."
    moment = datetime.fromisoformat(detail["due_at"]).astimezone(BOGOTA)
    return f"{alert} para el {moment:%d/%m/%Y a las %H:%M}: {told}."


def _duty_opened(detail: _Detail) -> str:
    told = f"Quedó un deber aparte de la respuesta: {DUTY_LABELS[DutyKind(detail['duty'])].lower()}"
    due_on = detail["due_on"]
    return f"{told}. Vence el {date.fromisoformat(due_on):%d/%m/%Y}." if due_on else f"{told}."


def _count(amount: int, one: str, many: str = "") -> str:
    return f"{amount} {one if amount == 1 else many or f'{one}s'}"


def _before(days: int) -> str:
    if days == 0:
        return "el día del vencimiento"
    told = _count(abs(days), "día hábil", "días hábiles")
    return f"{told} {'antes' if days > 0 else 'después'} del vencimiento"


_UNITS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "minutes": lambda amount: f"{_count(amount, 'minuto')} después",
        "working_days": lambda amount: f"{_count(amount, 'día hábil', 'días hábiles')} después",
        "working_days_before": _before,
        "share_of_term": lambda amount: f"cuando pase el {amount} % del término",
    }
)
PROCEDURE_WORDS: Mapping[str, Callable[[_Detail], str]] = MappingProxyType(
    {
        "alert_planned": _planned,
        "alert_fired": lambda d: f"Se cumplió el plazo de una alerta: {alert_label(d['alert'])}.",
        "set_aside": lambda d: f"La apartó porque no es una petición: {_NATURES[d['nature']]}.",
        "handed_over": lambda d: f"La entregó al nivel de atención {d['level']}, con lo hecho hasta aquí.",
        "duty_opened": _duty_opened,
        "duty_ended": lambda d: f"Se cumplió el deber: {DUTY_LABELS[DutyKind(d['duty'])].lower()}.",
        "review_asked": lambda _: "Pasó la respuesta a revisión y firma.",
        "petition_reopened": lambda _: "Devolvió la petición a la dependencia: no quedó resuelta.",
        "referred_to_earlier": lambda d: (
            f"La remitió a la respuesta {d['outgoing_number']}, de la petición {d['earlier']}."
        ),
    }
)
"""A sentence for each act of the journal that a diagram asks for."""

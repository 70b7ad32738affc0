"""The legal acts of the journal in Spanish: for the people of the entity, and for the citizen."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from notifications import spanish
from processes.petitions.status import TERM_STATE_LABELS, TermState
from processes.terms.events import EVENT_LABELS, LegalEventKind
from processes.terms.kinds import KIND_LABELS, PetitionKind

Detail = Mapping[str, Any]


def for_the_office(kind: LegalEventKind) -> Callable[[Detail], str]:
    """How the timeline tells an act of this kind from its detail in the journal."""

    def told(detail: Detail) -> str:
        parts = [EVENT_LABELS[kind], *_particulars(kind, detail)]
        return f"{'. '.join(parts)}. {detail['citation']}."

    return told


def _particulars(kind: LegalEventKind, detail: Detail) -> list[str]:
    parts = []
    if detail.get("of"):
        parts.append(f"Acto: {EVENT_LABELS[LegalEventKind(detail['of'])].lower()}")
    if detail.get("act_number"):
        parts.append(f"Acto firmado: {detail['act_number']}")
    if detail.get("authority"):
        parts.append(f"Entidad o autoridad: {detail['authority']}")
    if detail.get("matters"):
        numbers = [str(number) for number in detail["matters"]]
        parts.append(f"{'Asunto' if len(numbers) == 1 else 'Asuntos'} {spanish.listed(numbers)}")
    ruling, term, due_on = detail["kind"], detail["term_state"], detail["due_on"]
    if ruling["before"] != ruling["after"]:
        changed = kind is LegalEventKind.RECLASSIFIED and not detail.get("matters")
        said = "Nueva clase: {}" if changed else "Manda ahora la fecha de un asunto de la clase «{}»"
        parts.append(said.format(KIND_LABELS[PetitionKind(ruling["after"])]))
    if term["before"] != term["after"]:
        parts.append(TERM_STATE_LABELS[TermState(term["after"])])
    if due_on["before"] != due_on["after"]:
        parts.append(f"Vence el {_day(due_on['after'])} (antes, el {_day(due_on['before'])})")
    return parts


def _day(iso: str) -> str:
    return f"{date.fromisoformat(iso):%d/%m/%Y}"


FOR_THE_CITIZEN: Mapping[LegalEventKind, str] = MappingProxyType(
    {
        LegalEventKind.TRANSFERRED_IN: "Otra entidad nos la envió porque nos corresponde responderla.",
        LegalEventKind.COMPLETION_REQUESTED: "Le pedimos completarla. El plazo está suspendido.",
        LegalEventKind.COMPLETION_EXTENSION_ASKED: "Usted pidió más tiempo para completarla.",
        LegalEventKind.COMPLETED: "Recibimos lo que faltaba. El plazo se reactivó.",
        LegalEventKind.DEEMED_WITHDRAWN: "La entidad declaró el desistimiento tácito y la archivó.",
        LegalEventKind.WITHDRAWN: "Usted desistió de la petición.",
        LegalEventKind.CONTINUED_EX_OFFICIO: "La entidad decidió continuarla de oficio.",
        LegalEventKind.RETURNED_UNCLEAR: "Le pedimos aclararla, porque no comprendimos qué pide.",
        LegalEventKind.CLARIFIED: "Recibimos su aclaración.",
        LegalEventKind.ARCHIVED_UNCLEAR: "La archivamos porque no recibimos la aclaración.",
        LegalEventKind.REJECTED_DISRESPECTFUL: "La entidad la rechazó por irrespetuosa.",
        LegalEventKind.EXTENSION_TOLD: "Le informamos que necesitamos más tiempo y la nueva fecha.",
        LegalEventKind.TRANSFERRED_OUT: "Enviamos a otra entidad lo que a ella le corresponde responder.",
        LegalEventKind.RECEIVED_BY_COMPETENT: "La recibió la entidad a la que le corresponde responder.",
        LegalEventKind.RECLASSIFIED: "Corregimos la clase de su petición.",
        LegalEventKind.REFUSED_BY_RESERVE: "La entidad negó la entrega por reserva legal.",
        LegalEventKind.NOTIFIED: "Quedó registrada la notificación.",
        LegalEventKind.INSISTED: "Recibimos su insistencia; la decide un juez.",
        LegalEventKind.POSITIVE_SILENCE: "Su solicitud se entiende aceptada, porque el plazo pasó.",
        LegalEventKind.NEGATIVE_SILENCE: "Pasó el tiempo del silencio negativo. Aún debemos responderle.",
        LegalEventKind.APPEALED: "Recibimos su recurso.",
        LegalEventKind.APPEAL_DECIDED: "La entidad decidió su recurso.",
        LegalEventKind.PORTAL_FAILED: "Registramos una falla del medio electrónico.",
    }
)
"""Acts that a citizen is told of on the tracking page; the rest is the office's own business."""

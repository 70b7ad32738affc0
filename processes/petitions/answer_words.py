"""In Spanish, for the people of the entity: what became of an answer, and which notice was sent."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from notifications.notices import CitizenNoticeOf, OfficeNoticeOf
from processes.common.calendar import BOGOTA
from processes.petitions.answer_tables import DeliveredHow, SurveyReply

Detail = Mapping[str, Any]

HOW_LABELS: Mapping[DeliveredHow, str] = MappingProxyType(
    {
        DeliveredHow.EMAIL: "por correo electrónico",
        DeliveredHow.LETTER: "por correo postal",
        DeliveredHow.IN_PERSON: "en persona",
        DeliveredHow.PUBLICATION: "por publicación",
    }
)
"""How an answer was delivered, as it stands in a sentence."""

_SOLVED = {
    SurveyReply.YES: "la respuesta resolvió lo que pidió",
    SurveyReply.PARTLY: "la respuesta resolvió una parte",
    SurveyReply.NO: "la respuesta no resolvió lo que pidió",
}
_REPLY_BY = {"email": "por correo electrónico", "letter": "en papel", "publication": "por publicación"}


def _delivered(detail: Detail) -> str:
    how = HOW_LABELS[DeliveredHow(detail["how"])]
    at = datetime.fromisoformat(detail["at"]).astimezone(BOGOTA)
    return f"La respuesta {detail['outgoing_number']} se entregó {how} el {at:%d/%m/%Y}."


def _redirected(detail: Detail) -> str:
    new = [
        name
        for key, name in (("new_email", "un correo nuevo"), ("new_address", "una dirección nueva"))
        if detail[key]
    ]
    told = f" Anotó {' y '.join(new)}." if new else ""
    return f"Decidió intentar de nuevo la entrega {_REPLY_BY[detail['by']]}.{told}"


def _survey_opened(detail: Detail) -> str:
    return f"Abrió la encuesta; se puede contestar hasta el {date.fromisoformat(detail['ends_on']):%d/%m/%Y}."


ANSWER_WORDS: Mapping[str, Callable[[Detail], str]] = MappingProxyType(
    {
        "answer_completed": lambda d: f"Completó la respuesta con el número {d['outgoing_number']}.",
        "answer_delivered": _delivered,
        "answer_returned": lambda d: f"La respuesta {d['outgoing_number']} volvió sin entregarse.",
        "answer_redirected": _redirected,
        "answer_published": lambda d: f"Publicó sin datos personales la respuesta {d['outgoing_number']}.",
        "survey_opened": _survey_opened,
        "survey_answered": lambda d: f"Contestó la encuesta: {_SOLVED[SurveyReply(d['solved'])]}.",
        "citizen_added": lambda _: "Envió algo más para su petición.",
    }
)
"""Acts of the journal about an answer and what follows it."""

NOTICE_LABELS: Mapping[str, str] = MappingProxyType(
    {
        CitizenNoticeOf.ANSWER_BY_LETTER: "aviso de la respuesta en papel",
        CitizenNoticeOf.ANSWER_PUBLISHED: "aviso de la publicación",
        CitizenNoticeOf.NOT_A_PETITION: "aviso de que no es una petición",
        CitizenNoticeOf.PAYMENT_ASKED: "costo de las copias",
        CitizenNoticeOf.REOPENED: "aviso de que se revisa de nuevo",
        CitizenNoticeOf.SURVEY: "encuesta",
        CitizenNoticeOf.SURVEY_REMINDER: "recordatorio de la encuesta",
        OfficeNoticeOf.ANSWER_BACK_LATE: "aviso de respuesta devuelta después del cierre",
        OfficeNoticeOf.ANSWER_RETURNED: "aviso de respuesta devuelta",
        OfficeNoticeOf.ASSIGNMENT_RETURNED: "aviso de devolución de la asignación",
        OfficeNoticeOf.CITIZEN_ADDED: "aviso de lo que agregó el ciudadano",
        OfficeNoticeOf.CITIZEN_SILENT: "aviso de que el ciudadano no respondió",
        OfficeNoticeOf.CLASSIFICATION_DUE: "aviso de clasificación atrasada",
        OfficeNoticeOf.CLOSING_BACK: "aviso de que no quedó resuelta",
        OfficeNoticeOf.CONFLICT_DECLARED: "aviso de impedimento",
        OfficeNoticeOf.DANGER: "aviso de riesgo para la vida o la integridad",
        OfficeNoticeOf.DANGER_LEFT: "aviso de riesgo sin atender en una petición terminada",
        OfficeNoticeOf.DANGER_UNATTENDED: "aviso de riesgo sin atender",
        OfficeNoticeOf.DELIVERY_DUE: "aviso de entrega sin anotar",
        OfficeNoticeOf.EXTENSION_TOLD: "aviso de prórroga",
        OfficeNoticeOf.HANDED_OVER: "entrega a otro nivel de atención",
        OfficeNoticeOf.HELP_ASKED: "solicitud de aporte",
        OfficeNoticeOf.HELP_DUE: "aviso de aporte atrasado",
        OfficeNoticeOf.HELP_GIVEN: "aviso de aportes completos",
        OfficeNoticeOf.INVOICE_RECEIVED: "entrega de una factura",
        OfficeNoticeOf.JUDGE_ORDERED: "aviso de orden de un juez",
        OfficeNoticeOf.JUDGE_ORDER_LEFT: "aviso de orden de un juez sobre una petición terminada",
        OfficeNoticeOf.JUDGE_REPORT_DUE: "aviso del plazo del juez",
        OfficeNoticeOf.JUDGE_RULED: "aviso del fallo de un juez",
        OfficeNoticeOf.JUDICIAL_NOTICE: "entrega de una notificación judicial",
        OfficeNoticeOf.PAPER_ACKNOWLEDGEMENT: "constancia por entregar en papel",
        OfficeNoticeOf.PAYMENT_DUE: "aviso de copias sin pagar",
        OfficeNoticeOf.RESERVED_LETTER: "aviso de carta de identidad reservada por entregar",
        OfficeNoticeOf.REVIEW_ASKED: "respuesta para revisar",
        OfficeNoticeOf.REVIEW_RETURNED: "respuesta devuelta con comentarios",
        OfficeNoticeOf.SIGNATURE_ASKED: "respuesta para firmar",
        OfficeNoticeOf.SIGNATURE_REFUSED: "aviso de firma negada",
    }
)
"""What the timeline calls each notice."""

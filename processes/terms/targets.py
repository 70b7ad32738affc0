"""Which date is asked: the clocks that one petition may have running."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Target(StrEnum):
    """A date that the law sets for the entity, the citizen, a judge or another body."""

    RESPONSE = "response"
    ENTITY_REQUEST = "entity_request"
    CITIZEN_COMPLETION = "citizen_completion"
    CITIZEN_COMPLETION_EXTENDED = "citizen_completion_extended"
    CITIZEN_CLARIFICATION = "citizen_clarification"
    TRANSFER = "transfer"
    VERBAL_TRANSFER = "verbal_transfer"
    COMPETENT_RESPONSE = "competent_response"
    COPIES_BY_POSITIVE_SILENCE = "copies_by_positive_silence"
    UTILITY_EFFECTS = "utility_effects"
    NEGATIVE_SILENCE = "negative_silence"
    INSISTENCE = "insistence"
    APPEAL = "appeal"
    APPEAL_SILENCE = "appeal_silence"
    FISCAL_FINAL = "fiscal_final"
    JUDGE_REPORT = "judge_report"
    RULING = "ruling"
    RULING_APPEAL = "ruling_appeal"
    PORTAL_FAILURE = "portal_failure"
    CLAIM_ANNOTATION = "claim_annotation"


TARGET_LABELS: Mapping[Target, str] = MappingProxyType(
    {
        Target.RESPONSE: "Respuesta de la entidad",
        Target.ENTITY_REQUEST: "Último día para pedir lo que falta",
        Target.CITIZEN_COMPLETION: "Último día del peticionario para completar",
        Target.CITIZEN_COMPLETION_EXTENDED: "Último día para completar, con la prórroga pedida",
        Target.CITIZEN_CLARIFICATION: "Último día del peticionario para aclarar",
        Target.TRANSFER: "Traslado a la entidad competente",
        Target.VERBAL_TRANSFER: "Traslado de una petición verbal",
        Target.COMPETENT_RESPONSE: "Respuesta de la entidad competente",
        Target.COPIES_BY_POSITIVE_SILENCE: "Entrega de las copias por silencio positivo",
        Target.UTILITY_EFFECTS: "Reconocimiento del silencio positivo en servicios públicos",
        Target.NEGATIVE_SILENCE: "Silencio negativo",
        Target.INSISTENCE: "Insistencia del peticionario",
        Target.APPEAL: "Recurso de reposición o de apelación",
        Target.APPEAL_SILENCE: "Silencio negativo frente al recurso",
        Target.FISCAL_FINAL: "Respuesta definitiva de control fiscal",
        Target.JUDGE_REPORT: "Informe al juez de tutela",
        Target.RULING: "Cumplimiento del fallo",
        Target.RULING_APPEAL: "Impugnación del fallo",
        Target.PORTAL_FAILURE: "Insistencia por falla del medio electrónico",
        Target.CLAIM_ANNOTATION: "Leyenda «reclamo en trámite»",
    }
)

"""The kinds of petition, in the words that a citizen reads."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType


class PetitionKind(StrEnum):
    """What is asked; the kind decides the term (Ley 1437 de 2011, artículos 13 and 14)."""

    REQUEST = "request"
    COMPLAINT = "complaint"
    SERVICE_CLAIM = "service_claim"
    SUGGESTION = "suggestion"
    COMPLIMENT = "compliment"
    WRONGDOING_REPORT = "wrongdoing_report"
    INFORMATION_REQUEST = "information_request"
    DOCUMENT_REQUEST = "document_request"
    CONSULTATION = "consultation"
    AUTHORITY_REQUEST = "authority_request"
    CONGRESS_REQUEST = "congress_request"
    OMBUDSMAN_REQUEST = "ombudsman_request"
    PERSONAL_DATA_QUERY = "personal_data_query"
    PERSONAL_DATA_CLAIM = "personal_data_claim"
    UTILITY_CLAIM = "utility_claim"
    HEALTH_VITAL_RISK = "health_vital_risk"
    HEALTH_PRIORITISED_RISK = "health_prioritised_risk"
    HEALTH_SIMPLE_RISK = "health_simple_risk"
    FISCAL_REPORT = "fiscal_report"
    DISCIPLINARY_COMPLAINT = "disciplinary_complaint"
    CONTROL_BODY_REQUEST = "control_body_request"
    COUNCIL_REQUEST = "council_request"
    JUDGE_REQUEST = "judge_request"


class Pack(StrEnum):
    """Kinds that only some entities have, and switch on together."""

    PUBLIC_UTILITIES = "public_utilities"
    HEALTH = "health"
    FISCAL_CONTROL = "fiscal_control"
    DISCIPLINARY = "disciplinary"


KIND_LABELS: Mapping[PetitionKind, str] = MappingProxyType(
    {
        PetitionKind.REQUEST: "Petición",
        PetitionKind.COMPLAINT: "Queja",
        PetitionKind.SERVICE_CLAIM: "Reclamo",
        PetitionKind.SUGGESTION: "Sugerencia",
        PetitionKind.COMPLIMENT: "Felicitación",
        PetitionKind.WRONGDOING_REPORT: "Denuncia",
        PetitionKind.INFORMATION_REQUEST: "Solicitud de información",
        PetitionKind.DOCUMENT_REQUEST: "Solicitud de documentos",
        PetitionKind.CONSULTATION: "Consulta",
        PetitionKind.AUTHORITY_REQUEST: "Petición entre autoridades",
        PetitionKind.CONGRESS_REQUEST: "Solicitud de un congresista",
        PetitionKind.OMBUDSMAN_REQUEST: "Solicitud de la Defensoría del Pueblo",
        PetitionKind.PERSONAL_DATA_QUERY: "Consulta de datos personales",
        PetitionKind.PERSONAL_DATA_CLAIM: "Reclamo por datos personales",
        PetitionKind.UTILITY_CLAIM: "Petición, queja o recurso de servicios públicos",
        PetitionKind.HEALTH_VITAL_RISK: "Reclamo en salud con riesgo vital",
        PetitionKind.HEALTH_PRIORITISED_RISK: "Reclamo en salud con riesgo priorizado",
        PetitionKind.HEALTH_SIMPLE_RISK: "Reclamo en salud con riesgo simple",
        PetitionKind.FISCAL_REPORT: "Denuncia de control fiscal",
        PetitionKind.DISCIPLINARY_COMPLAINT: "Queja disciplinaria",
        PetitionKind.CONTROL_BODY_REQUEST: "Requerimiento de un ente de control",
        PetitionKind.COUNCIL_REQUEST: "Solicitud del concejo o de la asamblea",
        PetitionKind.JUDGE_REQUEST: "Requerimiento de un juez (tutela)",
    }
)

KIND_EXPLANATIONS: Mapping[PetitionKind, str] = MappingProxyType(
    {
        PetitionKind.REQUEST: "Pida que la entidad haga algo o decida sobre un asunto.",
        PetitionKind.COMPLAINT: "Cuente su desacuerdo con la conducta de un servidor público.",
        PetitionKind.SERVICE_CLAIM: "Cuente que un servicio no se prestó o se prestó mal.",
        PetitionKind.SUGGESTION: "Proponga cómo mejorar un servicio o la gestión de la entidad.",
        PetitionKind.COMPLIMENT: "Reconozca la labor de un servidor público o un buen servicio.",
        PetitionKind.WRONGDOING_REPORT: (
            "Avise de un hecho que puede ser irregular o ilegal. Puede pedir que se reserve su "
            "identidad o no dar su nombre."
        ),
        PetitionKind.INFORMATION_REQUEST: "Pida un dato o una información que la entidad tenga.",
        PetitionKind.DOCUMENT_REQUEST: "Pida ver un documento o que le entreguen una copia.",
        PetitionKind.CONSULTATION: "Pida un concepto sobre los temas a cargo de la entidad.",
        PetitionKind.AUTHORITY_REQUEST: "Otra autoridad pide información o documentos.",
        PetitionKind.CONGRESS_REQUEST: "Un senador o un representante a la Cámara pide informes.",
        PetitionKind.OMBUDSMAN_REQUEST: "La Defensoría del Pueblo pide información.",
        PetitionKind.PERSONAL_DATA_QUERY: "Pregunte qué datos suyos guarda la entidad.",
        PetitionKind.PERSONAL_DATA_CLAIM: "Pida corregir, actualizar o suprimir datos suyos.",
        PetitionKind.UTILITY_CLAIM: (
            "Escriba a la empresa de acueducto, alcantarillado, aseo, energía o gas sobre el "
            "servicio que le presta."
        ),
        PetitionKind.HEALTH_VITAL_RISK: "Avise de una falla en su atención que pone en riesgo la vida.",
        PetitionKind.HEALTH_PRIORITISED_RISK: (
            "Avise de una falla en la atención de una persona que necesita un trato prioritario."
        ),
        PetitionKind.HEALTH_SIMPLE_RISK: "Avise de otra falla en su atención en salud.",
        PetitionKind.FISCAL_REPORT: "Avise de un posible daño al patrimonio público.",
        PetitionKind.DISCIPLINARY_COMPLAINT: "Avise de una posible falta disciplinaria de un servidor.",
        PetitionKind.CONTROL_BODY_REQUEST: "Un ente de control pide informes y fija cuándo los espera.",
        PetitionKind.COUNCIL_REQUEST: "El concejo o la asamblea pide informes y fija cuándo los espera.",
        PetitionKind.JUDGE_REQUEST: "Un juez pide un informe y fija en qué término.",
    }
)

CITIZEN_KINDS: tuple[PetitionKind, ...] = (
    PetitionKind.REQUEST,
    PetitionKind.COMPLAINT,
    PetitionKind.SERVICE_CLAIM,
    PetitionKind.SUGGESTION,
    PetitionKind.COMPLIMENT,
    PetitionKind.WRONGDOING_REPORT,
    PetitionKind.INFORMATION_REQUEST,
    PetitionKind.DOCUMENT_REQUEST,
    PetitionKind.CONSULTATION,
    PetitionKind.PERSONAL_DATA_QUERY,
    PetitionKind.PERSONAL_DATA_CLAIM,
)
"""What the public form offers, in its order; the others come by official letter or by a pack."""

PACK_LABELS: Mapping[Pack, str] = MappingProxyType(
    {
        Pack.PUBLIC_UTILITIES: "Servicios públicos domiciliarios",
        Pack.HEALTH: "Salud",
        Pack.FISCAL_CONTROL: "Control fiscal",
        Pack.DISCIPLINARY: "Asuntos disciplinarios",
    }
)

PACKS: Mapping[Pack, tuple[PetitionKind, ...]] = MappingProxyType(
    {
        Pack.PUBLIC_UTILITIES: (PetitionKind.UTILITY_CLAIM,),
        Pack.HEALTH: (
            PetitionKind.HEALTH_VITAL_RISK,
            PetitionKind.HEALTH_PRIORITISED_RISK,
            PetitionKind.HEALTH_SIMPLE_RISK,
        ),
        Pack.FISCAL_CONTROL: (PetitionKind.FISCAL_REPORT,),
        Pack.DISCIPLINARY: (PetitionKind.DISCIPLINARY_COMPLAINT,),
    }
)

PACK_KINDS: frozenset[PetitionKind] = frozenset(kind for kinds in PACKS.values() for kind in kinds)
"""Kinds that only some entities have, and switch on."""

FIXED_BY_REQUESTER: frozenset[PetitionKind] = frozenset(
    {PetitionKind.CONTROL_BODY_REQUEST, PetitionKind.COUNCIL_REQUEST, PetitionKind.JUDGE_REQUEST}
)
"""Kinds without a term of their own: whoever asks says when the answer is due."""


def offered_kinds(packs: Collection[Pack] = ()) -> tuple[PetitionKind, ...]:
    """The kinds that an official may confirm in an entity with these `packs` switched on."""
    switched_on = {kind for pack in packs for kind in PACKS[pack]}
    return tuple(kind for kind in PetitionKind if kind not in PACK_KINDS or kind in switched_on)

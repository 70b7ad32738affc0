"""What the words of a worked case mean: kinds and targets by their codes, dates and lengths."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from types import MappingProxyType

from processes.common.calendar import BOGOTA, day_in_bogota
from processes.common.errors import Invalid
from processes.terms.cases.scanning import Word, plain, quoted
from processes.terms.clock import check_year
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.targets import Target

KIND_CODES: Mapping[str, PetitionKind] = MappingProxyType(
    {
        "peticion_general": PetitionKind.REQUEST,
        "peticion": PetitionKind.REQUEST,
        "veeduria": PetitionKind.REQUEST,
        "verbal": PetitionKind.REQUEST,
        "prioritaria": PetitionKind.REQUEST,
        "menores": PetitionKind.REQUEST,
        "analogas": PetitionKind.REQUEST,
        "reiterativa": PetitionKind.REQUEST,
        "queja": PetitionKind.COMPLAINT,
        "reclamo": PetitionKind.SERVICE_CLAIM,
        "sugerencia": PetitionKind.SUGGESTION,
        "felicitacion": PetitionKind.COMPLIMENT,
        "denuncia": PetitionKind.WRONGDOING_REPORT,
        "anonima": PetitionKind.WRONGDOING_REPORT,
        "informacion": PetitionKind.INFORMATION_REQUEST,
        "documentos": PetitionKind.DOCUMENT_REQUEST,
        "consulta": PetitionKind.CONSULTATION,
        "entre_autoridades": PetitionKind.AUTHORITY_REQUEST,
        "congresista": PetitionKind.CONGRESS_REQUEST,
        "defensoria": PetitionKind.OMBUDSMAN_REQUEST,
        "habeas_consulta": PetitionKind.PERSONAL_DATA_QUERY,
        "habeas_reclamo": PetitionKind.PERSONAL_DATA_CLAIM,
        "servicios_publicos": PetitionKind.UTILITY_CLAIM,
        "salud_riesgo_vital": PetitionKind.HEALTH_VITAL_RISK,
        "salud_riesgo_priorizado": PetitionKind.HEALTH_PRIORITISED_RISK,
        "salud_riesgo_simple": PetitionKind.HEALTH_SIMPLE_RISK,
        "fiscal": PetitionKind.FISCAL_REPORT,
        "denuncia_fiscal": PetitionKind.FISCAL_REPORT,
        "disciplinaria": PetitionKind.DISCIPLINARY_COMPLAINT,
        "ente_control": PetitionKind.CONTROL_BODY_REQUEST,
        "concejo": PetitionKind.COUNCIL_REQUEST,
        "tutela": PetitionKind.JUDGE_REQUEST,
    }
)
"""The codes of the kinds in a worked case."""

TARGET_CODES: Mapping[str, Target] = MappingProxyType(
    {
        "respuesta": Target.RESPONSE,
        "entidad_requerir": Target.ENTITY_REQUEST,
        "ciudadano_completar": Target.CITIZEN_COMPLETION,
        "ciudadano_completar_prorrogado": Target.CITIZEN_COMPLETION_EXTENDED,
        "ciudadano_aclarar": Target.CITIZEN_CLARIFICATION,
        "traslado": Target.TRANSFER,
        "respuesta_entidad_competente": Target.COMPETENT_RESPONSE,
        "entrega_copias_silencio_positivo": Target.COPIES_BY_POSITIVE_SILENCE,
        "silencio_negativo": Target.NEGATIVE_SILENCE,
        "insistencia_ciudadano": Target.INSISTENCE,
        "recurso_reposicion": Target.APPEAL,
        "respuesta_definitiva_control_fiscal": Target.FISCAL_FINAL,
        "informe_tutela": Target.JUDGE_REPORT,
        "cumplimiento_fallo": Target.RULING,
    }
)
"""The codes of the dates that a worked case may ask for."""

_LENGTH = re.compile(r"^(\d{1,4}) ?(dias? habil(?:es)?|dias? calendario|dias?|horas?|mes(?:es)?|h)$")


def moment(word: Word) -> datetime:
    """The instant of an event: as written, in Bogota without a zone, at noon without an hour.

    Raises Invalid for what is no date.
    """
    return instant(word.value, word.name)


def instant(text: str, what: str) -> datetime:
    """The instant that `text` says, read as `moment` reads it. Raises Invalid for what is no date."""
    try:
        if len(text) == len("2026-02-09"):
            return datetime.combine(date.fromisoformat(text), time(12), BOGOTA)
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid(f"«{what}» no trae una fecha: «{quoted(text)}». Escríbala así: 2026-02-09.") from error
    return read if read.tzinfo else read.replace(tzinfo=BOGOTA)


def days(word: Word) -> Iterator[date]:
    """The dates of an event that holds several, joined by a bar.

    Raises Invalid for what is no date, or one outside the years of the calendar.
    """
    for text in [each.strip() for each in word.value.split("|") if each.strip()] or [""]:
        day = day_in_bogota(instant(text, word.name))
        check_year(day)
        yield day


def length(word: Word) -> Length:
    """What a judge or a requester fixed: "2 dias habiles", "48 horas". Plain days are working days.

    Raises Invalid for anything else (Ley 4 de 1913, artículo 62, for the days).
    """
    found = _LENGTH.match(plain(word.value))
    if found is None:
        raise Invalid(
            f"«{word.name}» no trae un término: «{quoted(word.value)}». "
            "Escríbalo así: 2 dias habiles, 48 horas."
        )
    return Length(int(found[1]), _unit(found[2]))


def _unit(words: str) -> TermUnit:
    if words.startswith("h"):
        return TermUnit.HOURS
    if words.startswith("mes"):
        return TermUnit.MONTHS
    return TermUnit.CALENDAR_DAYS if "calendario" in words else TermUnit.WORKING_DAYS

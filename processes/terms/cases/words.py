"""The words of a worked case: kinds and targets by their codes, events as text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from types import MappingProxyType

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
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

EVENT_NAMES = frozenset(
    {
        "horario",
        "no_habil_local",
        "requerimiento",
        "requerimiento_notificado",
        "completado",
        "prorroga_ciudadano",
        "devuelta_por_oscura",
        "prorroga_informada",
        "total_dias",
        "sin_competencia",
        "trasladada",
        "recibida_competente",
        "negada_por_reserva",
        "notificada",
        "desistimiento_tacito_notificado",
        "plazo_juez",
        "fallo",
        "sin_respuesta",
    }
)

_OUTSIDE_BRACKETS = re.compile(r";(?![^(\[]*[)\]])")
_WORD = re.compile(
    r"^(?P<name>[^=(\[]+?)\s*(?:=\s*(?P<value>[^(\[]*?))?\s*(?:[(\[](?P<remark>.*)[)\]])?$", re.DOTALL
)
_SPAN = re.compile(r"\d{1,2}:\d{2}\s*-\s*\d{1,2}:\d{2}")
_LENGTH = re.compile(r"^(\d{1,4}) ?(dias? habil(?:es)?|dias? calendario|dias?|horas?|mes(?:es)?|h)$")


@dataclass(frozen=True, slots=True)
class Word:
    """One event as it was written, with its value and its remark, plain: small letters, no accents."""

    name: str
    value: str = ""
    remark: str = ""


def plain(text: str) -> str:
    """Small letters without accents or spaces around."""
    decomposed = unicodedata.normalize("NFKD", text.strip().lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def code(text: str) -> str:
    """A code however it was typed: "Petición general" is peticion_general."""
    return re.sub(r"[\s-]+", "_", plain(text))


def read_words(text: str) -> tuple[Word, ...]:
    """The events of a row, in the order of the text. Raises Invalid for one that is not in the vocabulary."""
    words: list[Word] = []
    for part in _OUTSIDE_BRACKETS.split(text):
        if not part.strip():
            continue
        if words and words[-1].name == "horario" and "=" not in part and _SPAN.search(part):
            words[-1] = Word("horario", f"{words[-1].value};{part.strip()}", words[-1].remark)
        else:
            words.append(_word(part))
    return tuple(words)


def _word(part: str) -> Word:
    found = _WORD.match(part.strip())
    name = code(found["name"]) if found else ""
    if found is None or name not in EVENT_NAMES:
        known = ", ".join(sorted(EVENT_NAMES))
        raise Invalid(f"No se conoce el evento «{part.strip()}». Use uno de estos: {known}.")
    return Word(name, (found["value"] or "").strip(), plain(found["remark"] or ""))


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
        raise Invalid(f"«{what}» no trae una fecha: «{text}». Escríbala así: 2026-02-09.") from error
    return read if read.tzinfo else read.replace(tzinfo=BOGOTA)


def days(word: Word) -> Iterator[date]:
    """The dates of an event that holds several, joined by a bar. Raises Invalid for what is no date."""
    for text in word.value.split("|"):
        if text.strip():
            yield instant(text.strip(), word.name).astimezone(BOGOTA).date()


def length(word: Word) -> Length:
    """What a judge or a requester fixed: "2 dias habiles", "48 horas". Plain days are working days.

    Raises Invalid for anything else (Ley 4 de 1913, artículo 62, for the days).
    """
    found = _LENGTH.match(" ".join(plain(word.value).split()))
    if found is None:
        raise Invalid(
            f"«{word.name}» no trae un término: «{word.value}». Escríbalo así: 2 dias habiles, 48 horas."
        )
    return Length(int(found[1]), _unit(found[2]))


def _unit(words: str) -> TermUnit:
    if words.startswith("h"):
        return TermUnit.HOURS
    if words.startswith("mes"):
        return TermUnit.MONTHS
    return TermUnit.CALENDAR_DAYS if "calendario" in words else TermUnit.WORKING_DAYS

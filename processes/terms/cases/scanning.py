"""The text of a worked case cut into its events, in one pass whatever it holds."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace

from processes.common.errors import Invalid

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
"""What a worked case may say."""

LONGEST_CELL = 10_000
"""Characters in one cell of a worked case; the longest real one has some hundreds."""

_QUOTED = 80
_OPENS, _CLOSES = "([", ")]"
_HOURS = re.compile(r"\d:\d")


@dataclass(frozen=True, slots=True)
class Word:
    """One event as it was written, with its value and its remark, plain: small letters, no accents."""

    name: str
    value: str = ""
    remark: str = ""


def plain(text: str) -> str:
    """Small letters without accents; one space where there were several, none around."""
    decomposed = unicodedata.normalize("NFKD", " ".join(text.lower().split()))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def code(text: str) -> str:
    """A code however it was typed: "Petición general" is peticion_general."""
    return re.sub(r"[\s-]+", "_", plain(text))


def quoted(text: str) -> str:
    """What was written, short enough to be repeated in a refusal."""
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}…"


def read_words(text: str) -> tuple[Word, ...]:
    """The events of a row, in the order of the text.

    Raises Invalid for one that is not in the vocabulary, or a remark that does not close.
    """
    words: list[Word] = []
    for part in _parts(" ".join(text.split())):
        if not part:
            continue
        head, remark = _without_remark(part)
        if words and words[-1].name == "horario" and "=" not in head and _names_hours(head):
            hours = words[-1]
            words[-1] = replace(
                hours, value=f"{hours.value};{head}", remark=f"{hours.remark} {remark}".strip()
            )
        else:
            words.append(_word(part, head, remark))
    return tuple(words)


def _parts(text: str) -> Iterator[str]:
    """What stands between the semicolons that no bracket holds."""
    depth = start = 0
    for place, letter in enumerate(text):
        if letter in _OPENS:
            depth += 1
        elif letter in _CLOSES:
            depth = max(0, depth - 1)
        elif letter == ";" and not depth:
            yield text[start:place].strip()
            start = place + 1
    if depth:
        raise Invalid(f"Falta cerrar el paréntesis de «{quoted(text[start:].strip())}».")
    yield text[start:].strip()


def _without_remark(part: str) -> tuple[str, str]:
    """What stands before the brackets, and what they hold. Nothing may follow them."""
    opened = min((place for bracket in _OPENS if (place := part.find(bracket)) >= 0), default=-1)
    if opened < 0 or part[-1] not in _CLOSES:
        return part, ""
    return part[:opened].strip(), plain(part[opened + 1 : -1])


def _names_hours(head: str) -> bool:
    return bool(_HOURS.search(head)) or plain(head).endswith("cerrado")


def _word(part: str, head: str, remark: str) -> Word:
    name, _, value = (each.strip() for each in head.partition("="))
    if code(name) not in EVENT_NAMES:
        known = ", ".join(sorted(EVENT_NAMES))
        raise Invalid(f"No se conoce el evento «{quoted(part)}». Use uno de estos: {known}.")
    return Word(code(name), value, remark)

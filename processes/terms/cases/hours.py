"""Office hours and closures as a worked case writes them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType

from processes.common.calendar import OfficeHours, WorkCalendar, usual_hours
from processes.common.errors import Invalid
from processes.terms.cases.scanning import Word, plain, quoted
from processes.terms.cases.words import days
from processes.terms.holidays import LocalClosure, build_calendar

_WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {
        name: number
        for number, names in enumerate(
            (
                ("l", "lu", "lun", "lunes"),
                ("m", "ma", "mar", "martes"),
                ("x", "w", "mi", "mie", "miercoles"),
                ("j", "ju", "jue", "jueves"),
                ("v", "vi", "vie", "viernes"),
                ("s", "sa", "sab", "sabado", "sabados"),
                ("d", "do", "dom", "domingo", "domingos"),
            )
        )
        for name in names
    }
)
_NAMES = ("lunes", "martes", "miércoles", "jueves", "viernes")
_SPAN = re.compile(r"(\d{1,2}):(\d{2}) ?- ?(\d{1,2}):(\d{2})")
_BETWEEN_SPANS = re.compile(r"[ ,./]*(y|e)?[ ,./]*")
_BETWEEN_DAYS = re.compile(r" ?(?:,|\by\b) ?")
_CLOSED = "cerrado"
_NO_ACT = re.compile(r"\b(sin|no) (un |ningun |hay |tiene )?(acto|suspen)")
_ACT = "por acto de la entidad"
Spans = tuple[tuple[time, time], ...]


def read_hours(text: str) -> OfficeHours:
    """Hours by weekday: "L-J 07:00-12:00,13:30-16:30;V cerrado". Raises Invalid for anything else.

    Only the days that the text names are in the answer, those that it closes without hours.
    """
    hours: dict[int, Spans] = {}
    for part in plain(text.replace("\N{EN DASH}", "-")).split(";"):
        named, spans = _part(part.strip())
        for weekday in _weekdays(named, part):
            hours[weekday] = tuple(sorted((*hours.get(weekday, ()), *spans)))
    return MappingProxyType(hours)


def _part(part: str) -> tuple[str, Spans]:
    """The days that a part names, and its spans: at least one, unless it says that they are closed."""
    if part.endswith(_CLOSED):
        return part.removesuffix(_CLOSED), ()
    found = list(_SPAN.finditer(part))
    if not found:
        raise _unreadable(part)
    gaps = [part[one.end() : other.start()] for one, other in pairwise(found)]
    if not all(map(_BETWEEN_SPANS.fullmatch, [*gaps, part[found[-1].end() :]])):
        raise _unreadable(part)
    return part[: found[0].start()], tuple(map(_span, found))


def _span(found: re.Match[str]) -> tuple[time, time]:
    opens_hour, opens_minute, closes_hour, closes_minute = (int(group) for group in found.groups())
    try:
        opens, closes = time(opens_hour, opens_minute), time(closes_hour, closes_minute)
    except ValueError as error:
        raise _unreadable(found[0]) from error
    if opens >= closes:
        raise _unreadable(found[0])
    return opens, closes


def _weekdays(named: str, part: str) -> list[int]:
    weekdays: list[int] = []
    for piece in _BETWEEN_DAYS.split(named.strip(" :,")):
        first, _, last = (each.strip(" .") for each in piece.replace(" a ", "-").partition("-"))
        if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
            raise _unreadable(part)
        named_days = range(_WEEKDAYS[first], _WEEKDAYS[last or first] + 1)
        if not named_days:
            raise _unreadable(part)
        weekdays.extend(named_days)
    return weekdays


def _unreadable(text: str) -> Invalid:
    return Invalid(
        f"No se entiende el horario «{quoted(text.strip())}». Escríbalo así: L-J 07:00-16:30;V 07:00-15:00. "
        "Un día sin atención se escribe así: V cerrado."
    )


def read_calendar(words: Sequence[Word]) -> tuple[WorkCalendar, tuple[str, ...]]:
    """The calendar of a row, and what it asked that the law does not give or that was presumed.

    Raises Invalid for hours or closures that cannot be read, or that leave no day with attention.
    """
    hours, presumed = _hours([word for word in words if word.name == "horario"])
    closures = tuple(word for word in words if word.name == "no_habil_local")
    without_act = [word for word in closures if _NO_ACT.search(word.remark)]
    refused = tuple(
        f"El cierre local del {quoted(word.value)} no suspende términos sin un acto publicado "
        "(Ley 4 de 1913, artículo 62). El día cuenta."
        for word in without_act
    )
    dates = {word: tuple(days(word)) for word in closures}
    suspending = {day for word in closures if word not in without_act for day in dates[word]}
    return _calendar(hours, tuple(sorted(suspending))), (*presumed, *refused)


def _hours(words: Sequence[Word]) -> tuple[tuple[tuple[int, Spans], ...], tuple[str, ...]]:
    """The hours of each weekday, and what was presumed.

    A day from Monday to Friday that a row does not name keeps the usual hours, because it is a
    working day by law (Ley 4 de 1913, artículo 62).
    """
    usual = usual_hours()
    if not words:
        return tuple(usual.items()), ()
    named = read_hours(";".join(word.value for word in words))
    kept = [weekday for weekday in usual if weekday not in named]
    hours = {**usual, **named}
    if not any(hours.values()):
        raise Invalid("El horario no deja ningún día con atención. Escriba al menos uno con sus horas.")
    return tuple(sorted(hours.items())), (_kept(kept),) if kept else ()


def _kept(weekdays: Sequence[int]) -> str:
    names = ", ".join(_NAMES[weekday] for weekday in weekdays)
    return (
        f"«horario» no nombra estos días: {names}. Cuentan como hábiles, de 08:00 a 17:00 (Ley 4 de 1913, "
        "artículo 62). Si no se atiende, escríbalo: V cerrado."
    )


@lru_cache(maxsize=256)
def _calendar(hours: tuple[tuple[int, Spans], ...], closures: tuple[date, ...]) -> WorkCalendar:
    return build_calendar(
        hours=MappingProxyType(dict(hours)), closures=[LocalClosure(day, _ACT) for day in closures]
    )

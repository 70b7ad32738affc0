"""Office hours and closures as a worked case writes them."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import lru_cache
from types import MappingProxyType

from processes.common.calendar import OfficeHours, WorkCalendar
from processes.common.errors import Invalid
from processes.terms.cases.words import Word, days, plain
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
_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")
_NO_ACT = re.compile(r"\b(sin|no) (un |ningun |hay |tiene )?(acto|suspen)")
_ACT = "por acto de la entidad"
Spans = tuple[tuple[time, time], ...]


def read_hours(text: str) -> OfficeHours:
    """Hours by weekday: "L-J 07:00-12:00,13:30-16:30;V 07:00-15:00". Raises Invalid for anything else."""
    hours: dict[int, Spans] = {}
    for part in text.replace("\N{EN DASH}", "-").split(";"):
        spans = tuple(_span(found) for found in _SPAN.finditer(part))
        named = plain(_SPAN.split(part, maxsplit=1)[0])
        for weekday in _weekdays(named, part):
            hours[weekday] = tuple(sorted((*hours.get(weekday, ()), *spans)))
    if not any(hours.values()):
        raise _unreadable(text)
    return MappingProxyType(hours)


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
    for piece in re.split(r"\s*(?:,|\by\b)\s*", named.strip(" :,")):
        first, _, last = (each.strip(" .") for each in piece.replace(" a ", "-").partition("-"))
        if first not in _WEEKDAYS or (last or first) not in _WEEKDAYS:
            raise _unreadable(part)
        weekdays.extend(range(_WEEKDAYS[first], _WEEKDAYS[last or first] + 1))
    return weekdays


def _unreadable(text: str) -> Invalid:
    return Invalid(
        f"No se entiende el horario «{text.strip()}». Escríbalo así: L-J 07:00-16:30;V 07:00-15:00."
    )


def read_calendar(words: Sequence[Word]) -> tuple[WorkCalendar, tuple[str, ...]]:
    """The calendar of a row, and what it asked that the law does not give."""
    hours = ";".join(word.value for word in words if word.name == "horario")
    closures = tuple(word for word in words if word.name == "no_habil_local")
    without_act = [word for word in closures if _NO_ACT.search(word.remark)]
    refused = tuple(
        f"El cierre local del {word.value} no suspende términos sin un acto publicado "
        "(Ley 4 de 1913, artículo 62). El día cuenta."
        for word in without_act
    )
    suspending = {day for word in closures if word not in without_act for day in days(word)}
    return _calendar(hours, tuple(sorted(suspending))), refused


@lru_cache(maxsize=256)
def _calendar(hours: str, closures: tuple[date, ...]) -> WorkCalendar:
    return build_calendar(
        hours=read_hours(hours) if hours else None, closures=[LocalClosure(day, _ACT) for day in closures]
    )

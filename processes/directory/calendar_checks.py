"""What somebody writes about the calendar, checked: a sentence for each wrong field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from types import MappingProxyType

from processes.common.calendar import OfficeHours
from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_line
from processes.directory.calendar_settings import CalendarSettings, Closure, Holidays, Threshold
from processes.terms.clock import AfterHours
from processes.terms.holidays import CALENDAR_YEARS
from processes.terms.kinds import Pack, PetitionKind

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_HOUR = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")
_MAX_SPANS = 2
_MAX_DAYS_OF_A_LIGHT = 30
_WRONG = "Revise los datos señalados."


@dataclass(frozen=True, slots=True)
class WrittenClosure:
    """A closure as it was written: every date YYYY-MM-DD, empty when none was given."""

    on: str
    name: str
    act_number: str = ""
    act_date: str = ""
    suspends_terms: bool = True
    national: bool = False


def checked_closure(written: WrittenClosure) -> Closure:
    """The closure. Raises Invalid with a sentence for each wrong field."""
    problems: dict[str, str] = {}
    on = _day("on", written.on, problems)
    name = _line("name", written.name, 120, problems)
    act_number = _line("act_number", written.act_number, 80, problems)
    act_date = _day("act_date", written.act_date, problems) if written.act_date.strip() else None
    if on is None and "on" not in problems:
        problems["on"] = "Escriba el día."
    if not name and "name" not in problems:
        problems["name"] = "Escriba el motivo, por ejemplo «Feria de San Juan»."
    suspends = written.suspends_terms or written.national
    if suspends and not act_number and "act_number" not in problems:
        problems["act_number"] = (
            "Solo un acto suspende los términos: escriba su número, por ejemplo «Decreto 012»."
        )
    if suspends and act_date is None and "act_date" not in problems:
        problems["act_date"] = "Escriba la fecha del acto."
    if problems or on is None:
        raise Invalid(_WRONG, problems)
    return Closure(on, name, act_number, act_date, suspends, written.national)


def check_free_day(settings: CalendarSettings, holidays: Holidays, on: date) -> None:
    """Raises Conflict when that day is a holiday or has a closure already."""
    known = next((each for each in settings.closures if each.on == on), None)
    if known is not None:
        raise Conflict(f"El {on:%d/%m/%Y} ya tiene un cierre: {known.name}. Quítelo antes de escribir otro.")
    if on in holidays:
        raise Conflict(f"El {on:%d/%m/%Y} ya es festivo nacional: no necesita un cierre.")


def checked_hours(spans: Mapping[int, str]) -> OfficeHours:
    """Opening hours from texts by weekday (0 is Monday), "08:00-12:00, 14:00-17:00"; empty is closed.

    Raises Invalid under `hours_0` to `hours_6`, and `hours` when no day opens.
    """
    problems: dict[str, str] = {}
    hours: dict[int, tuple[tuple[time, time], ...]] = {}
    for day, name in enumerate(WEEKDAYS):
        try:
            found = _spans(spans.get(day, ""))
        except ValueError:
            problems[f"hours_{day}"] = (
                f"No se entiende el horario del {name}. Escríbalo así: 08:00-12:00, 14:00-17:00."
            )
            continue
        if found:
            hours[day] = found
    if not hours and not problems:
        problems["hours"] = "La entidad debe abrir al menos un día."
    if problems:
        raise Invalid(_WRONG, problems)
    return MappingProxyType(hours)


def written_hours(hours: OfficeHours) -> Mapping[int, str]:
    """Hours as `checked_hours` reads them, every weekday included."""
    return {
        day: ", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in hours.get(day, ()))
        for day in range(len(WEEKDAYS))
    }


def checked_after_hours(name: str) -> AfterHours:
    """The reading of the norms of that name. Raises Invalid."""
    if name not in set(AfterHours):
        raise Invalid(_WRONG, {"after_hours": "Elija una de las opciones."})
    return AfterHours(name)


def checked_packs(names: frozenset[str]) -> frozenset[Pack]:
    """The packs of those names. Raises Invalid."""
    if not names <= set(Pack):
        raise Invalid(_WRONG, {"packs": "Elija opciones de la lista."})
    return frozenset(Pack(name) for name in names)


def checked_thresholds(rows: Mapping[PetitionKind | None, tuple[str, str]]) -> tuple[Threshold, ...]:
    """The table of the traffic light from texts by kind (None: the general row): target, due soon.

    Raises Invalid under `target_<kind>` and `due_soon_<kind>`; the general row is `general`.
    """
    problems: dict[str, str] = {}
    found = []
    for kind in sorted(rows, key=lambda each: "" if each is None else each.value):
        name = "general" if kind is None else kind.value
        target, due_soon = rows[kind]
        target_days = _days(f"target_{name}", target, problems)
        due_soon_days = _days(f"due_soon_{name}", due_soon, problems)
        found.append(Threshold(kind, target_days, due_soon_days))
    if None not in rows:
        problems["target_general"] = "La fila general no puede faltar."
    if problems:
        raise Invalid(_WRONG, problems)
    return tuple(found)


def _spans(text: str) -> tuple[tuple[time, time], ...]:
    """Raises ValueError for what is not one or two spans, each after the one before."""
    found: list[tuple[time, time]] = []
    for span in (each for each in re.split(r"[,;y]", text.strip()) if text.strip()):
        opens, closes = (_hour(each) for each in re.split(r"-|\u2013| a ", span.strip(), maxsplit=1))
        if opens >= closes or (found and opens <= found[-1][1]):
            raise ValueError(span)
        found.append((opens, closes))
    if len(found) > _MAX_SPANS:
        raise ValueError(text)
    return tuple(found)


def _hour(text: str) -> time:
    match = _HOUR.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    return time(int(match[1]), int(match[2]))


def _line(field: str, text: str, max_length: int, problems: dict[str, str]) -> str:
    try:
        return clean_line(text, field=field, max_length=max_length)
    except Invalid as error:
        problems.update(error.fields)
        return ""


def _day(field: str, text: str, problems: dict[str, str]) -> date | None:
    try:
        day = date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError:
        problems[field] = "Escriba la fecha completa: año, mes y día."
        return None
    if day is not None and day.year not in CALENDAR_YEARS:
        problems[field] = f"El año debe estar entre {CALENDAR_YEARS[0]} y {CALENDAR_YEARS[-1]}."
        return None
    return day


def _days(field: str, text: str, problems: dict[str, str]) -> int:
    stripped = text.strip()
    if not stripped.isascii() or not stripped.isdigit() or len(stripped) > len(str(_MAX_DAYS_OF_A_LIGHT)):
        problems[field] = f"Escriba un número de 0 a {_MAX_DAYS_OF_A_LIGHT}."
        return 0
    days = int(stripped)
    if days > _MAX_DAYS_OF_A_LIGHT:
        problems[field] = f"Escriba un número de 0 a {_MAX_DAYS_OF_A_LIGHT}."
    return days

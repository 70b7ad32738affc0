"""How the pages write dates, sizes and states: Spanish of Colombia, the clock of Bogota."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from types import MappingProxyType
from typing import Protocol

from babel.numbers import format_decimal
from markupsafe import Markup

from notifications import spanish
from processes.common.calendar import BOGOTA, OfficeHours, WorkCalendar
from processes.petitions.lights import Light
from processes.terms.clock import working_days_left

_LOCALE = "es_CO"
_WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_NOON = time(12)
_UNITS = ((1_000_000, "MB"), (1_000, "kB"))


@dataclass(frozen=True, slots=True)
class TrafficLight:
    """Where a petition stands against its date: a name for the shape and colour, and the words."""

    name: str
    label: str
    detail: str


class Ending(Protocol):
    """Whatever ends on a day, and at an instant of it when its term runs in hours."""

    @property
    def due_on(self) -> date:
        """The last day, in Bogota."""

    @property
    def due_at(self) -> datetime | None:
        """The instant of a term in hours; None for one that has its last day whole."""


_LIGHT_LABELS: Mapping[Light, str] = MappingProxyType(
    {
        Light.ON_TRACK: "En término",
        Light.DUE_SOON: "Por vencer",
        Light.OVERDUE: "Vencida",
        Light.SUSPENDED: "Suspendida",
    }
)


@lru_cache(maxsize=1000)
def day(value: date) -> Markup:
    """A date in full words that machines can read too."""
    return Markup('<time datetime="{}">{}</time>').format(value.isoformat(), spanish.long_date(value))


def pesos(value: int) -> str:
    """An amount of pesos as people write it: `12.500`."""
    return f"{value:,}".replace(",", ".")


def moment(value: datetime) -> Markup:
    """An instant in full words, in Bogota, that machines can read too."""
    local = value.astimezone(BOGOTA).replace(microsecond=0)
    return Markup('<time datetime="{}">{}</time>').format(local.isoformat(), spanish.long_instant(value))


def end(of: Ending) -> Markup:
    """When something ends: the day, with its hour where it does not have the whole day."""
    return moment(of.due_at) if of.due_at else day(of.due_on)


def traffic_light(
    light: Light, due_on: date, target_on: date, *, today: date, calendar: WorkCalendar
) -> TrafficLight:
    """The traffic light of an unanswered petition, in words that need no colour."""
    if light is Light.SUSPENDED:
        return TrafficLight(light.value, _LIGHT_LABELS[light], "el término no corre mientras se espera")
    detail = days_left(due_on, today, calendar)
    if target_on < today <= due_on:
        detail = f"{detail}; ya pasó la meta interna"
    return TrafficLight(light.value, _LIGHT_LABELS[light], detail)


def size(octets: int) -> str:
    """A file's size as people say it: "340 kB", "1,5 MB"."""
    for unit, name in _UNITS:
        if octets >= unit:
            return f"{format_decimal(round(octets / unit, 1), locale=_LOCALE)} {name}"
    return f"{octets} bytes"


def figure(value: float | None) -> str:
    """A figure of a report as people write it: "1.250", "12,5"; empty where there is nothing to measure."""
    return "" if value is None else str(format_decimal(value, locale=_LOCALE))


def office_hours(hours: OfficeHours) -> tuple[str, ...]:
    """When the office is open, one line for each run of equal weekdays."""
    lines: list[str] = []
    weekday = 0
    while weekday < len(_WEEKDAYS):
        spans = hours.get(weekday, ())
        last = weekday
        while last + 1 < len(_WEEKDAYS) and hours.get(last + 1, ()) == spans:
            last += 1
        if spans:
            lines.append(f"{_run(weekday, last)}: {_spoken_spans(spans)}")
        weekday = last + 1
    return tuple(lines)


def days_left(due_on: date, today: date, calendar: WorkCalendar) -> str:
    """How far `due_on` is: "faltan 3 días hábiles", "vence hoy", "venció hace 1 día hábil"."""
    left = working_days_left(due_on, today, calendar)
    if today == due_on:
        return "vence hoy"
    if today > due_on:
        return f"venció hace {spanish.working_days(-left)}" if left else "el término ya venció"
    return f"falta {spanish.working_days(left)}" if left == 1 else f"faltan {spanish.working_days(left)}"


def not_yet(filed_on: date) -> str:
    """Instead of the days that are left, before the day of filing: the term has not begun."""
    return f"el plazo empieza a contar después del {spanish.long_date(filed_on)}"


def _run(first: int, last: int) -> str:
    if first == last:
        return _WEEKDAYS[first].capitalize()
    joint = "y" if last == first + 1 else "a"
    return f"{_WEEKDAYS[first].capitalize()} {joint} {_WEEKDAYS[last]}"


def _spoken_spans(spans: tuple[tuple[time, time], ...]) -> str:
    return " y ".join(f"{_hour(opens)} a {_hour(closes)}" for opens, closes in spans)


def _hour(value: time) -> str:
    return "12:00\xa0m." if value == _NOON else spanish.hour(value)

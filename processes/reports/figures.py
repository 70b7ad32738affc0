"""Figures: each a query that lists its cases, so that nobody has to trust a number.

A query gives four columns: `bucket` (a department, a channel, a kind), `filing_number`, and the `begun`
and `ended` that the amount of a case is measured from, where there is one. It never reads a name, an
address or a text.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from statistics import median
from typing import Any

import sqlalchemy as sa

from processes.common.calendar import BOGOTA, WorkCalendar, day_in_bogota
from processes.reports.periods import Period

NOWHERE = "Sin dependencia"
"""The bucket of what has no department yet."""


class Measure(StrEnum):
    """What a figure says of the cases of a bucket."""

    COUNT = "count"
    MEDIAN = "median"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a query may depend on: the period, the day that the report is made, and the office's calendar."""

    period: Period
    today: date
    calendar: WorkCalendar

    @property
    def since(self) -> datetime:
        """The first instant of the period."""
        return datetime.combine(self.period.first, time(), BOGOTA)

    @property
    def until(self) -> datetime:
        """The first instant after the period."""
        return datetime.combine(self.period.reported_on, time(), BOGOTA)

    def days(self, begun: object, ended: object) -> float | None:
        """Working days after `begun` up to `ended`, dates or instants; None when one is missing."""
        if not isinstance(begun, date) or not isinstance(ended, date):
            return None
        first, last = _day(begun), _day(ended)
        return float(self.calendar.working_days_between(first, last)) if first <= last else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A case behind a figure."""

    bucket: str
    filing_number: str
    amount: float | None


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure. `meaning` says in Spanish what is counted, and what is not.

    `amount` is what a case weighs, from its `begun` and `ended`; with Measure.SHARE it is 0 or 1, and
    the value is the share of ones in percent. `keep` leaves out what the query cannot tell alone:
    days in Bogotá.
    """

    key: str
    label: str
    meaning: str
    measure: Measure
    query: Callable[[Asked], sa.Select[Any]]
    amount: Callable[[Asked, object, object], float | None] = lambda _asked, _begun, _ended: None
    keep: Callable[[object, object], bool] = lambda _begun, _ended: True


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure says of a bucket; `cases` is how many stand behind it."""

    bucket: str
    value: float
    cases: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it came out, with the words of its query."""

    key: str
    label: str
    meaning: str
    measure: Measure
    total: float | None
    values: tuple[Value, ...]
    query: str


def measure(
    connection: sa.Connection, definition: FigureDefinition, asked: Asked
) -> tuple[Figure, tuple[Case, ...]]:
    """The figure and the cases behind it, buckets by name."""
    query = definition.query(asked)
    cases = tuple(
        Case(str(bucket), number, definition.amount(asked, begun, ended))
        for bucket, number, begun, ended in connection.execute(query)
        if definition.keep(begun, ended)
    )
    names = sorted({case.bucket for case in cases})
    values = tuple(_value(definition.measure, name, [c for c in cases if c.bucket == name]) for name in names)
    total = _amount(definition.measure, cases)
    text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
    figure = Figure(
        definition.key, definition.label, definition.meaning, definition.measure, total, values, text
    )
    return figure, cases


def _value(kind: Measure, bucket: str, cases: list[Case]) -> Value:
    return Value(bucket, _amount(kind, cases) or 0.0, len(cases))


def _amount(kind: Measure, cases: tuple[Case, ...] | list[Case]) -> float | None:
    """The measure of `cases`; None where there is nothing to measure."""
    if kind is Measure.COUNT:
        return float(len(cases))
    amounts = [case.amount for case in cases if case.amount is not None]
    if not amounts:
        return None
    if kind is Measure.MEDIAN:
        return round(float(median(amounts)), 1)
    return round(100 * sum(amounts) / len(amounts), 1)


def is_late(due_on: object, sent_at: object) -> bool:
    """Whether something left after the last day for it, which ends at midnight."""
    return isinstance(due_on, date) and isinstance(sent_at, date) and _day(sent_at) > _day(due_on)


def _day(value: date) -> date:
    return day_in_bogota(value) if isinstance(value, datetime) else value

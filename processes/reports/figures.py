"""Figures: each a query that lists its cases, so that nobody has to trust a number.

A query gives `bucket` (a department, a channel, a kind), `filing_number`, and the columns that the amount
of a case is measured from. It never reads a name, an address or a text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
from statistics import median
from typing import Any

import sqlalchemy as sa

from processes.common.calendar import BOGOTA, WorkCalendar, day_in_bogota
from processes.reports.periods import Period
from processes.reports.query_text import query_text
from processes.reports.words import bucket_label

NOWHERE = "Sin repartir, o atendidas en ventanilla"
"""The bucket of what has no department: it waits for one, or the front desk answers it."""

WORKING_DAYS = "días hábiles"


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

    def days(self, begun: date, ended: date) -> float:
        """Working days after `begun` up to `ended`, dates or instants; 0 when it ended before it began."""
        first, last = _day(begun), _day(ended)
        return float(self.calendar.working_days_between(first, last)) if first <= last else 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A case behind a figure; `amount` is None where the figure only counts."""

    bucket: str
    filing_number: str
    amount: float | None


def _no_amount(_asked: Asked, _row: sa.RowMapping) -> float | None:
    return None


def _every(_row: sa.RowMapping) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class FigureDefinition:
    """A figure. `meaning` says in Spanish what is counted, and what is not; `by` what a bucket is.

    `amount` is what a case weighs, in `unit`, from a row of the query; with Measure.SHARE it is 0 or 1,
    and the value is the share of ones in percent. `keep` leaves out what the query cannot tell alone:
    days in Bogotá.
    """

    key: str
    label: str
    meaning: str
    measure: Measure
    by: str
    query: Callable[[Asked], sa.Select[Any]]
    amount: Callable[[Asked, sa.RowMapping], float | None] = _no_amount
    keep: Callable[[sa.RowMapping], bool] = _every
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure says of a bucket, which people read as `label`; `cases` is how many stand behind it."""

    bucket: str
    label: str
    value: float
    cases: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it came out, with the words of its query. `total` is None where nothing was measured."""

    key: str
    label: str
    meaning: str
    measure: Measure
    by: str
    unit: str
    total: float | None
    values: tuple[Value, ...]
    query: str


def measure(
    connection: sa.Connection, definition: FigureDefinition, asked: Asked
) -> tuple[Figure, tuple[Case, ...]]:
    """The figure and the cases behind it, both in the order of the buckets' labels."""
    query = definition.query(asked)
    found = (
        Case(str(row["bucket"]), row["filing_number"], definition.amount(asked, row))
        for row in connection.execute(query).mappings()
        if definition.keep(row)
    )
    cases = tuple(sorted(found, key=_as_people_look))
    figure = Figure(
        key=definition.key,
        label=definition.label,
        meaning=definition.meaning,
        measure=definition.measure,
        by=definition.by,
        unit=definition.unit,
        total=_amount(definition.measure, cases),
        values=_values(definition.measure, cases),
        query=query_text(query, connection),
    )
    return figure, cases


def _as_people_look(case: Case) -> tuple[str, str, str]:
    return bucket_label(case.bucket), case.bucket, case.filing_number


def _values(kind: Measure, cases: Sequence[Case]) -> tuple[Value, ...]:
    by_bucket = {bucket: tuple(those) for bucket, those in groupby(cases, key=attrgetter("bucket"))}
    amounts = {bucket: _amount(kind, those) for bucket, those in by_bucket.items()}
    return tuple(
        Value(bucket, bucket_label(bucket), amount, len(by_bucket[bucket]))
        for bucket, amount in amounts.items()
        if amount is not None
    )


def _amount(kind: Measure, cases: Sequence[Case]) -> float | None:
    """The measure of `cases`; None where there is nothing to measure."""
    if kind is Measure.COUNT:
        return float(len(cases))
    amounts = [case.amount for case in cases if case.amount is not None]
    if not amounts:
        return None
    if kind is Measure.MEDIAN:
        return round(float(median(amounts)), 1)
    return round(100 * sum(amounts) / len(amounts), 1)


def is_late(due_on: date, due_at: datetime | None, sent_at: datetime) -> bool:
    """Whether an answer left after its last day, which ends at midnight, or after the instant `due_at`."""
    return sent_at > due_at if due_at is not None else _day(sent_at) > due_on


def _day(value: date) -> date:
    return day_in_bogota(value) if isinstance(value, datetime) else value

"""Dates, times and durations: reading, writing, and the entity's one time zone.

A date and time without offset is the entity's (Bogotá). Seconds have six decimals; years beyond Python's
are values apart (`far_dates`), which can be read and written.
"""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from processes.common.calendar import BOGOTA
from processes.decisions.errors import NoValue
from processes.decisions.far_dates import FarDate, FarDateTime, day_of, write_far_date
from processes.decisions.values import YearsMonths

MONTHS_A_YEAR = 12
_SOME_DAY = date(2000, 1, 1)

_DATE = re.compile(r"((?!-0000)-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
_TIME = re.compile(
    r"(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})(?:\.(?P<fraction>[0-9]{1,9}))?"
    r"(?P<offset>[Zz]|[+-][0-9]{2}:[0-5][0-9](?::[0-5][0-9])?)?(?:@(?P<zone>[A-Za-z_]+(?:[/+-][A-Za-z0-9_+-]+){0,3}))?"
)
_DAYS = re.compile(
    r"(?P<sign>-)?P(?:(?P<days>[0-9]{1,9})D)?"
    r"(?P<time>T(?:(?P<hours>[0-9]{1,9})H)?(?:(?P<minutes>[0-9]{1,9})M)?"
    r"(?:(?P<seconds>[0-9]{1,12}(?:\.[0-9]{1,9})?)S)?)?"
)
_MONTHS = re.compile(r"(?P<sign>-)?P(?:(?P<years>[0-9]{1,9})Y)?(?:(?P<months>[0-9]{1,11})M)?")
_MICROSECOND = timedelta(microseconds=1)
_CLOCK_LENGTH = len("08:30:00")
_LARGEST_OFFSET = timedelta(hours=18)


def read_date(text: str) -> date | FarDate:
    """`2026-03-04` as a date; raises NoValue for another form or a day that does not exist."""
    match = _DATE.fullmatch(text)
    if not match:
        raise NoValue(f"«{text[:40]}» no es una fecha: se esperaba AAAA-MM-DD")
    year, month, day = map(int, match.groups())
    try:
        return day_of(year, month, day)
    except NoValue as error:
        raise NoValue(f"«{text}» no es un día del calendario") from error


def read_time(text: str) -> time:
    """`08:30:00`, with `Z`, an offset, `@Zone` or none, as a time. Raises NoValue for anything else."""
    match = _TIME.fullmatch(text)
    if not match or (match["zone"] and match["offset"]):
        raise NoValue(f"«{text[:40]}» no es una hora: se esperaba HH:MM:SS, con Z, ±HH:MM, @Zona o nada")
    zone = _zone(match["zone"]) if match["zone"] else _offset(match["offset"])
    fraction = (match["fraction"] or "0")[:6].ljust(6, "0")
    try:
        clock = time.fromisoformat(match["clock"])
        return clock.replace(microsecond=int(fraction), tzinfo=zone)
    except ValueError as error:
        raise NoValue(f"«{text}» no es una hora del día") from error


def read_date_time(text: str) -> datetime | FarDateTime:
    """`2026-03-04T08:30:00` with offset, `@Zone` or none; a bare date is its midnight."""
    day, separator, clock = text.partition("T")
    return combined(read_date(day), read_time(clock) if separator else time())


def combined(day: date | FarDate, clock: time) -> datetime | FarDateTime:
    """A day at a time of it."""
    return FarDateTime(day, clock) if isinstance(day, FarDate) else datetime.combine(day, clock)


def read_duration(text: str) -> timedelta | YearsMonths:
    """`P2DT3H` or `P1Y2M`; raises NoValue for anything else, also for the two kinds mixed."""
    if match := _DAYS.fullmatch(text):
        parts = (match["days"], match["hours"], match["minutes"], match["seconds"])
        if any(parts) and (not match["time"] or any(parts[1:])):
            return _days_and_time(parts, negative=bool(match["sign"]))
    if (match := _MONTHS.fullmatch(text)) and (match["years"] or match["months"]):
        months = int(match["years"] or 0) * MONTHS_A_YEAR + int(match["months"] or 0)
        return YearsMonths(-months if match["sign"] else months)
    raise NoValue(f"«{text[:40]}» no es una duración: se esperaba algo como P15D, PT8H o P1Y6M")


def read_temporal(
    text: str,
) -> date | datetime | FarDate | FarDateTime | time | timedelta | YearsMonths:
    """What `@"..."` holds, told apart by its form."""
    if text.startswith(("P", "-P")):
        return read_duration(text)
    if "T" in text.partition("@")[0]:
        return read_date_time(text)
    return read_time(text) if ":" in text else read_date(text)


def utc_midnight(day: date) -> datetime:
    """A date as a date and time, where the specification makes it one (10.3.2.9.4)."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def located_instant(moment: datetime) -> datetime:
    """`moment` in UTC; without offset it is the entity's."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BOGOTA)
    try:
        return aware.astimezone(UTC)
    except OverflowError as error:
        raise NoValue("la fecha y hora queda fuera del calendario") from error


def aligned(left: datetime, right: datetime) -> tuple[datetime, datetime]:
    """Both on one clock. Two without offset stay as they are: a day of theirs has 24 hours."""
    if left.tzinfo is None and right.tzinfo is None:
        return left, right
    return located_instant(left), located_instant(right)


def time_key(clock: time) -> datetime:
    """Times of day as instants of one day, so that those of other offsets compare."""
    return located_instant(datetime.combine(_SOME_DAY, clock))


def offset_of(clock: time) -> timedelta | None:
    """How far a time of day is from UTC; None without a zone."""
    return datetime.combine(_SOME_DAY, clock).utcoffset()


def entity_now(now: datetime) -> datetime:
    """The instant on the entity's clock."""
    return located_instant(now).astimezone(BOGOTA)


def add_months(day: date, months: int) -> date:
    """`day` moved by months; the last day of a shorter month (31 January + 1 is 28 February)."""
    year, month = divmod(day.year * MONTHS_A_YEAR + day.month - 1 + months, MONTHS_A_YEAR)
    if not 1 <= year <= date.max.year:
        raise NoValue("la fecha queda fuera del calendario (años 1 a 9999)")
    first = day.replace(year=year, month=month + 1, day=1)
    if first.month == MONTHS_A_YEAR:
        return first.replace(day=day.day)
    last = (first.replace(month=first.month + 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))


def write_date(day: date | FarDate) -> str:
    """ISO 8601."""
    return write_far_date(day) if isinstance(day, FarDate) else day.isoformat()


def write_date_time(moment: datetime | FarDateTime) -> str:
    """ISO 8601, with the zone's name where the moment has one."""
    if isinstance(moment, FarDateTime):
        return f"{write_far_date(moment.date)}T{write_time(moment.time)}"
    return f"{moment.date().isoformat()}T{write_time(moment.timetz())}"


def write_time(clock: time) -> str:
    """ISO 8601 without zeros at the end of the fraction, with the zone's name where there is one."""
    text = clock.replace(microsecond=0, tzinfo=None).isoformat()
    if clock.microsecond:
        text += f".{clock.microsecond:06d}".rstrip("0")
    if isinstance(clock.tzinfo, ZoneInfo):
        return f"{text}@{clock.tzinfo.key}"
    offset = clock.isoformat()[_CLOCK_LENGTH:].lstrip(".0123456789")
    return text + ("Z" if offset == "+00:00" else offset)


def write_days(duration: timedelta) -> str:
    """`P1DT2H`; `PT0S` when it is nothing."""
    total = abs(duration // _MICROSECOND)
    seconds, micros = divmod(total, 1_000_000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    exact = f"{seconds}.{micros:06d}".rstrip("0") if micros else str(seconds)
    clock = "".join(
        f"{amount}{unit}"
        for amount, unit in ((str(hours), "H"), (str(minutes), "M"), (exact, "S"))
        if amount != "0"
    )
    body = (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
    return ("-" if duration < timedelta() else "") + f"P{body or 'T0S'}"


def write_months(duration: YearsMonths) -> str:
    """`P1Y2M`; `P0M` when it is nothing."""
    years, months = divmod(abs(duration.months), MONTHS_A_YEAR)
    body = (f"{years}Y" if years else "") + (f"{months}M" if months else "")
    return ("-" if duration.months < 0 else "") + f"P{body or '0M'}"


def _days_and_time(parts: tuple[str | None, ...], *, negative: bool) -> timedelta:
    days, hours, minutes, seconds = parts
    whole, _, fraction = (seconds or "0").partition(".")
    try:
        duration = timedelta(
            days=int(days or 0),
            hours=int(hours or 0),
            minutes=int(minutes or 0),
            seconds=int(whole),
            microseconds=int(fraction[:6].ljust(6, "0")),
        )
    except OverflowError as error:
        raise NoValue("la duración es demasiado larga") from error
    return -duration if negative else duration


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    hours, minutes, seconds = int(text[1:3]), int(text[4:6]), int(text[7:] or 0)
    span = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if span > _LARGEST_OFFSET:
        raise NoValue(f"«{text}» no es una diferencia horaria: llega hasta 18:00")
    return timezone(-span if text[0] == "-" else span)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise NoValue(f"«{name[:40]}» no es una zona horaria conocida") from error

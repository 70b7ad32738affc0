"""How dates, counts and names are written in the letters: Spanish of Colombia, Bogota time."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from jinja2.exceptions import FilterArgumentError
from markupsafe import Markup, escape

BOGOTA = ZoneInfo("America/Bogota")

_LOCALE = "es_CO"
_LONGEST_NAME = 80
_COULD_BE_A_LINK = re.compile(r"[/:@<>{}\\\n\r]|\w{2,}\.\w{2,}")
_BLANK_LINES = re.compile(r"\n\s*\n")


def long_date(day: object) -> str:
    """A date in full: "martes 15 de diciembre de 2026"."""
    if isinstance(day, datetime) or not isinstance(day, date):
        raise FilterArgumentError(f"long_date needs a date, not {type(day).__name__}")
    return format_date(day, "EEEE d 'de' MMMM 'de' y", locale=_LOCALE)


def long_instant(instant: datetime) -> str:
    """An aware instant in full, in Bogota: "martes 3 de febrero de 2026 a las 4:59 p. m."."""
    local = _in_bogota(instant)
    article = "la" if local.hour % 12 == 1 else "las"
    return f"{long_date(local.date())} a {article} {hour(local.time())}"


def hour(local: time) -> str:
    """A time of the day: "4:59 p. m.", in no-break spaces, so that no line ends inside it."""
    # The locale joins "p. m." with a narrow space that some mail readers show as a box.
    return format_time(local, "h:mm a", locale=_LOCALE).replace("\u202f", "\u00a0").replace(" ", "\u00a0")


def bogota_date(instant: datetime) -> date:
    """The day of an aware instant in Bogota."""
    return _in_bogota(instant).date()


def day_after(day: date) -> date:
    """The next day of the calendar."""
    return day + timedelta(days=1)


def working_days(count: int) -> str:
    """A count of days with its noun: "1 día hábil", "3 días hábiles"."""
    return "1 día hábil" if count == 1 else f"{count} días hábiles"


def listed(items: Sequence[str]) -> str:
    """Items as one speaks them: "a, b y c"."""
    *first, last = [one_line(item) for item in items] or [""]
    return f"{', '.join(first)} y {last}" if first else last


def in_sentence(label: str) -> str:
    """A label inside a sentence: its first letter small."""
    return label[:1].lower() + label[1:]


def one_line(value: str) -> str:
    """A value on one line, without control characters."""
    return "".join(part for part in " ".join(str(value).split()) if part.isprintable())


def greeting(name: str | None) -> str:
    """The first line of a letter, by name where there is one.

    A name that could become a link is left out: anybody may type any name and any address into the
    public form, and the office's mail must not carry a stranger's link.
    """
    if not name or len(name) > _LONGEST_NAME or _COULD_BE_A_LINK.search(name):
        return "Cordial saludo:"
    return f"Cordial saludo, {one_line(name)}:"


def paragraphs(text: str) -> Markup:
    """Plain text as HTML paragraphs; what looks like markup in it stays text."""
    blocks = (block.strip() for block in _BLANK_LINES.split(text) if block.strip())
    lines = (Markup("<br>\n").join(escape(line) for line in block.splitlines()) for block in blocks)
    return Markup("\n").join(Markup("<p>{}</p>").format(block) for block in lines)


def _in_bogota(instant: object) -> datetime:
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise FilterArgumentError("an instant with its time zone is needed")
    return instant.astimezone(BOGOTA)

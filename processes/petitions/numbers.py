"""Numbers that people see: consecutive within series and year, without gaps or repeats.

A number is taken in the transaction that uses it, so a transaction undone gives it back (Acuerdo AGN
060 de 2001, art. 5; Acuerdo AGN 001 de 2024).
"""

import re
import secrets
from datetime import datetime

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.common.errors import NotFound
from processes.petitions.tables import Series

_LETTERS = {Series.INCOMING: "", Series.OUTGOING: "S-", Series.INTERNAL: "I-"}
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 13
_GROUPS = (5, 4, 4)
_FILING_NUMBER = re.compile(r"[0-9]{4}-[0-9]{6,9}", re.ASCII)
NO_SUCH_PETITION = "No hay ninguna petición con ese número. Revíselo: tiene la forma 2026-000123."
_TAKE = sa.text(
    "INSERT INTO filing_counter (series, year, last) VALUES (:series, :year, 1) "
    "ON CONFLICT (series, year) DO UPDATE SET last = filing_counter.last + 1 RETURNING last"
)


def filing_year(received_at: datetime) -> int:
    """The year of a number: the one in Bogotá at the instant of reception."""
    return received_at.astimezone(BOGOTA).year


def take_number(connection: sa.Connection, series: Series, year: int) -> int:
    """The next number of `series` in `year`; its row stays locked until the transaction ends."""
    number: int = connection.execute(_TAKE, {"series": series.value, "year": year}).scalar_one()
    return number


def checked_number(filing_number: str) -> str:
    """`filing_number` without blanks around it. Raises NotFound for what is no filing number at all."""
    number = filing_number.strip()
    if not _FILING_NUMBER.fullmatch(number):
        raise NotFound(NO_SUCH_PETITION)
    return number


def format_number(series: Series, year: int, number: int) -> str:
    """A number as it is printed: `2026-000123`, `2026-S-000045`, `2026-I-000001`."""
    return f"{year}-{_LETTERS[series]}{number:06d}"


def new_tracking_code() -> str:
    """A second secret beside the filing number: 13 of 31 signs (64 bits), none easily confused."""
    signs = iter("".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH)))
    return "-".join("".join(next(signs) for _ in range(size)) for size in _GROUPS)


def same_code(given: str, kept: str) -> bool:
    """Whether a person typed the kept code, in constant time; case, blanks and hyphens do not matter."""
    return secrets.compare_digest(_plain(given), _plain(kept))


def _plain(code: str) -> bytes:
    return "".join(code.split()).replace("-", "").upper().encode("utf-8", "replace")

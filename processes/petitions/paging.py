"""Lists in pages: an opaque cursor says where the next one begins."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import orjson

from processes.common.errors import Invalid

MAX_LIMIT = 200
_LARGEST_KEY = 2**31 - 1
Row = TypeVar("Row")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list; `next_cursor` is None on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None


def checked_limit(limit: int) -> int:
    """`limit`, when it lies between 1 and 200. Raises Invalid."""
    if not 1 <= limit <= MAX_LIMIT:
        reason = f"Pida entre 1 y {MAX_LIMIT} elementos por página."
        raise Invalid(reason, {"limit": reason})
    return limit


def write_cursor(*key: str | int) -> str:
    """An opaque cursor for the sort key of the last item shown."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


def read_cursor(cursor: str, *types: type[str] | type[int]) -> tuple[str | int, ...]:
    """The sort key in `cursor`. Raises Invalid for anything that `write_cursor` did not write."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = orjson.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError) as error:
        raise _bad_cursor() from error
    if not isinstance(key, list) or [type(part) for part in key] != list(types):
        raise _bad_cursor()
    if any(isinstance(part, int) and not 0 <= part <= _LARGEST_KEY for part in key):
        raise _bad_cursor()
    return tuple(key)


def page_of(
    rows: Sequence[Row], limit: int, item: Callable[[Row], Item], key: Callable[[Row], tuple[str | int, ...]]
) -> Page[Item]:
    """The page of `rows`, which were asked for with one more than `limit` to know whether more follow."""
    shown = rows[:limit]
    more = len(rows) > limit
    return Page(tuple(item(row) for row in shown), write_cursor(*key(shown[-1])) if more else None)


def _bad_cursor() -> Invalid:
    reason = "La página pedida no existe. Vuelva al comienzo de la lista."
    return Invalid(reason, {"cursor": reason})

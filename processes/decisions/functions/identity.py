"""What `is` asks beyond equality: the very same value, written in the same zone (DMN 1.5, table 80)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from processes.decisions.values import Value


def identical(left: Value, right: Value) -> bool:
    """Whether two values, at every depth, are of one kind, and dates and times also of one zone."""
    if type(left) is not type(right):
        return False
    if isinstance(left, datetime | time) and isinstance(right, datetime | time):
        return _zone(left) == _zone(right) and left.replace(tzinfo=None) == right.replace(tzinfo=None)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(identical, left, right))
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(
            identical(item, right[name]) for name, item in left.items()
        )
    return True


def _zone(clock: datetime | time) -> object:
    return clock.tzinfo.key if isinstance(clock.tzinfo, ZoneInfo) else clock.utcoffset()

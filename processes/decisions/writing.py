"""A value as text, as `string(...)` answers it."""

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from processes.decisions.budget import Budget
from processes.decisions.decimals import written
from processes.decisions.far_dates import FarDate, FarDateTime
from processes.decisions.temporal import write_date, write_date_time, write_days, write_months, write_time
from processes.decisions.values import FunctionValue, Range, Value, YearsMonths

_OPERATIONS_AN_ITEM = 5
_PLAIN_KEY = re.compile(r"[^\s{}\[\]():,\"][^{}\[\]():,\"]*")


def write(value: Value, budget: Budget, *, quoted: bool = False) -> str:
    """`value` as FEEL writes it; texts inside lists carry their quotes."""
    if isinstance(value, str):
        return budget.text(_quoted(value) if quoted else value)
    if isinstance(value, list | dict | Range):
        with budget.inside():
            return budget.text(_compound(value, budget))
    return budget.text(_simple(value))


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _compound(value: Value, budget: Budget) -> str:
    if isinstance(value, Range):
        low = "" if value.low is None else write(value.low, budget, quoted=True)
        high = "" if value.high is None else write(value.high, budget, quoted=True)
        return f"{'[' if value.low_closed else '('}{low}..{high}{']' if value.high_closed else ')'}"
    if isinstance(value, dict):
        fields = (f"{_key(name)}: {write(item, budget, quoted=True)}" for name, item in value.items())
        return f"{{{', '.join(fields)}}}"
    items = value if isinstance(value, list) else []
    budget.spend(_OPERATIONS_AN_ITEM * len(items))
    return f"[{', '.join(write(item, budget, quoted=True) for item in items)}]"


def _key(name: str) -> str:
    """The name of an entry, between quotes where it would not be read back as a name."""
    return name if _PLAIN_KEY.fullmatch(name) else _quoted(name)


def _simple(value: Value) -> str:  # noqa: PLR0911  # one answer a kind
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return written(value)
        case datetime() | FarDateTime():
            return write_date_time(value)
        case date() | FarDate():
            return write_date(value)
        case time():
            return write_time(value)
        case timedelta():
            return write_days(value)
        case YearsMonths():
            return write_months(value)
        case FunctionValue():
            return f"function({', '.join(value.parameters)})"
    return "null"

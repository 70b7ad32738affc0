"""Values as JSON, without loss, and JSON as facts.

Numbers are JSON numbers with all their digits; dates, times, durations, ranges and functions are the
texts that FEEL's `string()` gives; contexts are objects and lists arrays.
"""

import json
from collections.abc import Mapping
from decimal import Decimal

from processes.decisions.budget import Budget
from processes.decisions.errors import FeelError
from processes.decisions.values import Value
from processes.decisions.writing import write

_MOST_PLAIN_DIGITS = 40


def json_text(value: Value, budget: Budget) -> str:
    """`value` as JSON text. Raises BudgetExceeded beyond the budget."""
    budget.spend()
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return _number(value)
    if isinstance(value, list):
        with budget.inside():
            return f"[{', '.join(json_text(item, budget) for item in value)}]"
    if isinstance(value, dict):
        with budget.inside():
            fields = (f"{_quoted(name)}: {json_text(item, budget)}" for name, item in value.items())
            return f"{{{', '.join(fields)}}}"
    return _quoted(write(value, budget))


def facts_of(text: str) -> Mapping[str, Value]:
    """The facts of a JSON object; its numbers keep their digits.

    Raises FeelError for a text that is no JSON object.
    """
    read = json_value(text)
    if not isinstance(read, dict):
        raise FeelError("los datos deben ser un objeto JSON")
    return read


def json_value(text: str) -> object:
    """What a JSON text says; raises FeelError for a text that is no JSON."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise FeelError("el texto no es JSON") from error


def _refuse(name: str) -> None:
    raise ValueError(name)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _number(value: Decimal) -> str:
    """All its digits; with an exponent only where the zeros would be many."""
    if value == value.to_integral_value() and value.adjusted() < _MOST_PLAIN_DIGITS:
        return str(int(value))
    plain = -_MOST_PLAIN_DIGITS < value.adjusted() < _MOST_PLAIN_DIGITS
    return format(value.normalize() if not plain else value, "f" if plain else "E")

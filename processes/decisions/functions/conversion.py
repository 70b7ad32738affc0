"""Functions that make texts and numbers of other values (DMN 1.5, table 71)."""

import re

from processes.decisions.budget import Run
from processes.decisions.decimals import number
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, anything, function, of, way
from processes.decisions.values import Kind, Value
from processes.decisions.writing import write

_NUMERAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_GROUPINGS = (" ", ",", ".", None)
_DECIMAL_SEPARATORS = (".", ",", None)


def _string(run: Run, value: Value) -> Value:
    return None if value is None else write(value, run.budget)


def _number(run: Run, text: str, grouping: str | None = None, separator: str | None = None) -> Value:
    run.budget.text(text)
    if grouping not in _GROUPINGS or separator not in _DECIMAL_SEPARATORS:
        raise NoValue("los separadores de un número son espacio, coma o punto")
    if grouping is not None and grouping == separator:
        raise NoValue("el separador de miles y el decimal deben ser distintos")
    plain = text.replace(grouping, "") if grouping else text
    plain = plain.replace(separator, ".") if separator else plain
    if not _NUMERAL.fullmatch(plain):
        raise NoValue(f"«{text[:40]}» no es un número")
    return number(plain)


_SEPARATOR_KINDS = (Kind.TEXT, Kind.NULL)

FUNCTIONS: tuple[Function, ...] = (
    function("string", way(anything("from"), body=_string)),
    function(
        "number",
        way(
            of("from", Kind.TEXT),
            of("grouping separator", *_SEPARATOR_KINDS, optional=True),
            of("decimal separator", *_SEPARATOR_KINDS, optional=True),
            body=_number,
        ),
    ),
)

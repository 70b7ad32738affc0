"""`range("[1..5)")`: a text as a range whose ends are written values (DMN 1.5, table 71)."""

import re
from collections.abc import Callable, Mapping

from processes.decisions.budget import Run
from processes.decisions.comparison import compare
from processes.decisions.decimals import number
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.strings import unescape
from processes.decisions.temporal import read_date, read_date_time, read_duration, read_temporal, read_time
from processes.decisions.values import Kind, Range, Value

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_WRITTEN = rf"(?:{_QUOTED}|[^\"])*?"
_RANGE = re.compile(rf"([\[(\]])({_WRITTEN})\.\.({_WRITTEN})([\])\[])", re.DOTALL)
_MAX_LENGTH = 500
_NUMERAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_CALL = re.compile(rf"(@|date and time|date|time|duration)\s*(\(?)\s*({_QUOTED})\s*(\)?)", re.DOTALL)
_READERS: Mapping[str, Callable[[str], Value]] = {
    "@": read_temporal,
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "duration": read_duration,
}


def _range(run: Run, text: str) -> Value:
    run.budget.text(text)
    match = _RANGE.fullmatch(text.strip()) if len(text) <= _MAX_LENGTH else None
    if match is None:
        raise NoValue(f"«{text[:40]}» no es un rango: se esperaba algo como [1..5)")
    opening, low_text, high_text, closing = match.groups()
    low, high = _end(low_text.strip()), _end(high_text.strip())
    span = Range(low, high, opening == "[", closing == "]")
    if (low is None and span.low_closed) or (high is None and span.high_closed) or low is high is None:
        raise NoValue("al extremo de un rango le falta su valor")
    if low is not None and high is not None and not compare("<=", low, high):
        raise NoValue("el rango empieza después de donde termina")
    compare("<=", *(end or low or high for end in (low, high)))
    return span


def _end(text: str) -> Value:
    """A value as it is written; None for an end that is left open."""
    if not text:
        return None
    if text.startswith('"'):
        return unescape(text[1:-1])
    if _NUMERAL.fullmatch(text):
        return number(text)
    match = _CALL.fullmatch(text)
    if match is None or (match[1] == "@") is bool(match[2]) or bool(match[2]) is not bool(match[4]):
        raise NoValue(f"«{text[:40]}» no es un valor escrito: se esperaba un número, un texto o una fecha")
    return _READERS[match[1]](unescape(match[3][1:-1]))


FUNCTIONS: tuple[Function, ...] = (function("range", way(of("from", Kind.TEXT), body=_range)),)

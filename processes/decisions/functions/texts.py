"""Functions of texts (DMN 1.5, table 74), save those of regular expressions."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal

from processes.decisions.budget import Run
from processes.decisions.decimals import quantised, whole
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import LIST, Function, function, of, way
from processes.decisions.values import Kind, Value, kind_of

_TEXT = of("string", Kind.TEXT)
_MATCH = of("match", Kind.TEXT)


def _length(_run: Run, text: str) -> Value:
    return Decimal(len(text))


def _substring(_run: Run, text: str, start: Decimal, length: Decimal | None = None) -> Value:
    first = _truncated(start)
    if first == 0 or abs(first) > len(text):
        raise NoValue("«start position» cuenta desde 1 (o desde -1, por el final) y está fuera")
    begin = first - 1 if first > 0 else len(text) + first
    if length is None:
        return text[begin:]
    count = _truncated(length)
    if count < 1:
        raise NoValue("«length» debe ser 1 o más")
    return text[begin : begin + count]


def _truncated(number: Decimal) -> int:
    """The whole part, as the positions of XPath that have decimals are read."""
    return whole(quantised(number, Decimal(0), ROUND_DOWN))


def _upper(run: Run, text: str) -> Value:
    return run.budget.text(text.upper())


def _lower(run: Run, text: str) -> Value:
    return run.budget.text(text.lower())


def _before(run: Run, text: str, match: str) -> Value:
    run.budget.text(text)
    head, found, _ = text.partition(match) if match else ("", "", "")
    return head if found else ""


def _after(run: Run, text: str, match: str) -> Value:
    run.budget.text(text)
    return text.partition(match)[2] if match else text


def _contains(run: Run, text: str, match: str) -> Value:
    run.budget.text(text)
    return match in text


def _starts(_run: Run, text: str, match: str) -> Value:
    return text.startswith(match)


def _ends(_run: Run, text: str, match: str) -> Value:
    return text.endswith(match)


def _join(run: Run, items: Sequence[Value], delimiter: str | None = None) -> Value:
    run.budget.items(len(items))
    texts = [item for item in items if isinstance(item, str)]
    strange = next((item for item in items if item is not None and not isinstance(item, str)), None)
    if strange is not None:
        raise NoValue(f"la lista debe ser de textos y tiene {kind_of(strange)}")
    separator = delimiter or ""
    run.budget.spend(sum(map(len, texts)) + len(separator) * len(texts))
    return run.budget.text(separator.join(texts))


FUNCTIONS: tuple[Function, ...] = (
    function("string length", way(_TEXT, body=_length)),
    function(
        "substring",
        way(
            _TEXT,
            of("start position", Kind.NUMBER),
            of("length", Kind.NUMBER, optional=True),
            body=_substring,
        ),
    ),
    function("upper case", way(_TEXT, body=_upper)),
    function("lower case", way(_TEXT, body=_lower)),
    function("substring before", way(_TEXT, _MATCH, body=_before)),
    function("substring after", way(_TEXT, _MATCH, body=_after)),
    function("contains", way(_TEXT, _MATCH, body=_contains)),
    function("starts with", way(_TEXT, _MATCH, body=_starts)),
    function("ends with", way(_TEXT, _MATCH, body=_ends)),
    function("string join", way(LIST, of("delimiter", Kind.TEXT, Kind.NULL, optional=True), body=_join)),
)

"""Functions of texts that take a regular expression (DMN 1.5, table 74; XPath F&O 3.1, 5.6).

The engine is stopped by time, and the time that it takes is spent from the step's budget.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from time import thread_time

import regex

from processes.decisions.budget import Budget, Run
from processes.decisions.errors import BudgetExceeded, NoValue
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.functions.xpath import translate
from processes.decisions.limits import MAX_STRING_LENGTH
from processes.decisions.values import Kind, Value

_MAX_SEARCHED = 10_000
_MAX_SECONDS = 0.02
_OPERATIONS_A_SECOND = 2_000_000  # as limits.py counts them
_PIECE = re.compile(r"(?P<plain>[^\\$]+)|\\(?P<sign>[\\$])|\$(?P<digits>[0-9]+)")


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A pattern ready to search, and how many groups it captures."""

    engine: regex.Pattern[str]
    groups: int

    def matches_nothing(self) -> bool:
        """Whether it finds the empty text: there is then no place to cut or replace."""
        return self.engine.search("", timeout=_MAX_SECONDS) is not None

    def found(self, text: str, budget: Budget) -> Iterator[regex.Match[str]]:
        """Each place where it is found, paid one by one."""
        for match in self.engine.finditer(text, timeout=_MAX_SECONDS):
            budget.spend(1)
            yield match


@lru_cache(maxsize=128)
def _compiled(pattern: str, flags: str) -> _Compiled:
    translated = translate(pattern, flags)
    options = regex.VERSION1 | (regex.IGNORECASE if "i" in flags else 0)
    try:
        engine = regex.compile(translated.text, options, cache_pattern=False)
    except regex.error as error:
        raise NoValue(f"«{pattern[:40]}» no es una expresión regular") from error
    return _Compiled(engine, translated.groups)


@contextmanager
def _timed(budget: Budget) -> Iterator[None]:
    """Spend what the engine took; raises BudgetExceeded when it had to be stopped."""
    start = thread_time()
    try:
        yield
    except TimeoutError as error:
        raise BudgetExceeded("la expresión regular tarda demasiado con este texto") from error
    budget.spend(1 + int((thread_time() - start) * _OPERATIONS_A_SECOND))


def _searched(text: str, budget: Budget) -> str:
    if len(text) > _MAX_SEARCHED:
        raise BudgetExceeded(f"una expresión regular no busca en más de {_MAX_SEARCHED} caracteres")
    return budget.text(text)


def _matches(run: Run, text: str, pattern: str, flags: str | None = None) -> Value:
    _searched(text, run.budget)
    with _timed(run.budget):
        return _compiled(pattern, flags or "").engine.search(text, timeout=_MAX_SECONDS) is not None


def _replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> Value:
    _searched(text, run.budget)
    with _timed(run.budget):
        compiled = _dividing(pattern, flags or "")
        literal = "q" in (flags or "")
        parts: Sequence[str | int] = [replacement] if literal else _template(replacement, compiled.groups)
        return run.budget.text("".join(_replaced(text, compiled, parts, run.budget)))


def _split(run: Run, text: str, delimiter: str) -> Value:
    _searched(text, run.budget)
    pieces: list[Value] = []
    place = 0
    with _timed(run.budget):
        for match in _dividing(delimiter, "").found(text, run.budget):
            pieces.append(text[place : match.start()])
            place = match.end()
    run.budget.items(len(pieces) + 1)
    return [*pieces, text[place:]]


def _dividing(pattern: str, flags: str) -> _Compiled:
    compiled = _compiled(pattern, flags)
    if compiled.matches_nothing():
        raise NoValue(f"«{pattern[:40]}» se cumple también donde no hay texto")
    return compiled


def _replaced(text: str, compiled: _Compiled, parts: Sequence[str | int], budget: Budget) -> Iterator[str]:
    place = length = 0
    for match in compiled.found(text, budget):
        budget.spend(len(parts))
        new = "".join(part if isinstance(part, str) else match[part] or "" for part in parts)
        length += len(new)
        if length > MAX_STRING_LENGTH:
            raise BudgetExceeded(f"un texto no puede pasar de {MAX_STRING_LENGTH} caracteres")
        yield text[place : match.start()]
        yield new
        place = match.end()
    yield text[place:]


def _template(replacement: str, groups: int) -> list[str | int]:
    r"""The replacement as texts and numbers of groups; `\$` and `\\` are signs."""
    parts: list[str | int] = []
    place = 0
    while place < len(replacement):
        piece = _PIECE.match(replacement, place)
        if piece is None:
            raise NoValue(
                "en el reemplazo, «$» va con el número de un paréntesis y «\\» delante de «$» o de «\\»"
            )
        if piece["digits"] is None:
            parts.append(piece["plain"] or piece["sign"])
            place = piece.end()
        else:
            digits = _group_digits(piece["digits"], groups)
            parts.append(int(digits) if int(digits) <= groups else "")
            place = piece.start("digits") + len(digits)
    return parts


def _group_digits(digits: str, groups: int) -> str:
    """The longest number that is a group's, and at least one digit: the rest is text."""
    digits = digits[: len(str(groups)) + 1]
    while len(digits) > 1 and int(digits) > groups:
        digits = digits[:-1]
    return digits


_INPUT = of("input", Kind.TEXT)
_PATTERN = of("pattern", Kind.TEXT)
_FLAGS = of("flags", Kind.TEXT, Kind.NULL, optional=True)

FUNCTIONS: tuple[Function, ...] = (
    function("matches", way(_INPUT, _PATTERN, _FLAGS, body=_matches)),
    function("replace", way(_INPUT, _PATTERN, of("replacement", Kind.TEXT), _FLAGS, body=_replace)),
    function("split", way(of("string", Kind.TEXT), of("delimiter", Kind.TEXT), body=_split)),
)

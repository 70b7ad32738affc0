"""A decision from the command line: of a DMN file and some facts, without an office."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import typer

from api.speech import complain, say
from processes.common.errors import Invalid, NotFound
from processes.common.office_clock import real_now
from processes.common.safe_xml import MAX_BYTES, UnsafeXml
from processes.decisions import (
    Budget,
    DecisionError,
    DecisionModel,
    FeelError,
    Value,
    compile_decisions,
    facts_of,
    json_text,
    json_value,
)

# Ten times what a step of a procedure may use: nobody waits here for a case's row.
_OPERATIONS = 1_000_000
_MOST_SIBLINGS = 50


@dataclass(frozen=True, slots=True)
class _Answer:
    """A line of JSON with the result, or with the error; what was null for a type error."""

    line: str
    decided: bool
    warnings: tuple[str, ...] = ()


class _Decider:
    """The decisions of one file; a file that cannot be read answers every question with its error."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._now = now
        self._error = ""
        self._model: DecisionModel | None = None
        try:
            self._model = compile_decisions(
                _content(path), source=path.name, facts=None, lenient=True, siblings=_siblings(path)
            )
        except (DecisionError, UnsafeXml) as error:
            self._error = str(error)

    def answer(self, decision: str, facts: Mapping[str, Value], *, reason: bool) -> _Answer:
        """What the decision answers to these facts, with its reason or without."""
        if self._model is None:
            return _Answer(_failed(self._error), decided=False)
        budget = Budget(_OPERATIONS)
        try:
            decided = self._model.decide(decision, facts, now=self._now, budget=budget)
            result = json_text(decided.value, budget)
        except (DecisionError, FeelError) as error:
            return _Answer(_failed(str(error)), decided=False)
        told = f', "reason": {json_text(decided.reason, budget)}' if reason else ""
        return _Answer(f'{{"result": {result}{told}}}', decided=True, warnings=decided.warnings)


def decide_one(path: Path, decision: str, facts: str) -> None:
    """Print the result of one decision and its reason, or the error and exit 1; warnings go apart."""
    decider = _Decider(path, real_now())
    try:
        answer = decider.answer(decision, facts_of(facts), reason=True)
    except FeelError as error:
        raise Invalid(f"--facts: {error.message}.") from error
    say(answer.line)
    for warning in answer.warnings:
        complain(warning)
    if not answer.decided:
        raise typer.Exit(1)


def decide_many(path: Path, cases: Path) -> None:
    """Print a line with the result or the error for each line of `cases`, whatever becomes of the others."""
    decider = _Decider(path, real_now())
    for line in _lines(cases):
        try:
            decision, facts = _case(line)
        except FeelError as error:
            say(_failed(error.message))
        else:
            say(decider.answer(decision, facts, reason=False).line)


def _case(line: str) -> tuple[str, dict[str, Value]]:
    case = json_value(line)
    if not isinstance(case, dict) or not isinstance(case.get("decision"), str):
        raise FeelError("la línea debe ser un objeto JSON con «decision» y «facts»")
    facts = case.get("facts") or {}
    if not isinstance(facts, dict):
        raise FeelError("«facts» debe ser un objeto JSON")
    return case["decision"], facts


def _failed(message: str) -> str:
    return f'{{"error": {json_text(message, Budget(_OPERATIONS))}}}'


def _lines(path: Path) -> Iterator[str]:
    """The lines that say something."""
    if not path.is_file():
        raise NotFound(f"No existe «{path}».")
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        yield from (line for line in lines if line.strip())


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise NotFound(f"No existe «{path}».")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _siblings(path: Path) -> Iterator[tuple[str, bytes]]:
    """The DMN files beside `path`, which it may import."""
    beside = sorted(each for each in path.resolve().parent.glob("*.dmn") if each.name != path.name)
    for each in beside[:_MOST_SIBLINGS]:
        yield each.name, _content(each)

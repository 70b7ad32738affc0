"""Reads `law.toml`; a law that is written wrong stops the start, not a case."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType

from processes.terms.facts import facts
from processes.terms.kinds import FIXED_BY_REQUESTER, PetitionKind
from processes.terms.lengths import Evidence, Length, Term, TermUnit
from processes.terms.norms import Extension, LawBook, TermRule
from processes.terms.targets import Target

Table = Mapping[str, object]
Clocks = Mapping[tuple[Target, PetitionKind | None], Term | None]


def read_law(text: str) -> LawBook:
    """The law from TOML text with `[[term]]` and `[[clock]]` tables.

    Raises ValueError or TypeError for an unknown kind, unit, target, mark or fact, an amount below
    one, a kind without rules, a mark that is not A without its fact, or two rules of one kind that
    overlap.
    """
    tables = tomllib.loads(text)
    terms = _terms(tables["term"])
    reaching = {
        kind: tuple(rule for rule in rules if rule.reaches_in_progress) for kind, rules in terms.items()
    }
    clocks = _clocks(tables.get("clock", []))
    return LawBook(MappingProxyType(terms), MappingProxyType(reaching), MappingProxyType(dict(clocks)))


def _terms(tables: Iterable[Table]) -> dict[PetitionKind, tuple[TermRule, ...]]:
    by_kind: defaultdict[PetitionKind, list[TermRule]] = defaultdict(list)
    for table in tables:
        for kind in _kinds(table):
            by_kind[kind].append(_rule(kind, table))
    missing = [kind for kind in PetitionKind if kind not in by_kind]
    if missing:
        raise ValueError(f"kinds without a term: {', '.join(missing)}")
    return {kind: _in_order(rules) for kind, rules in by_kind.items()}


def _rule(kind: PetitionKind, table: Table) -> TermRule:
    starts, ends = table["valid_from"], table.get("valid_to")
    if not isinstance(starts, date) or not (ends is None or isinstance(ends, date)):
        raise TypeError(f"the term of {kind} needs dates, not {starts!r} and {ends!r}")
    fixed = table.get("fixed_by_requester") is True
    if fixed is not (kind in FIXED_BY_REQUESTER):
        raise ValueError(f"who fixes the term of {kind}, the law or the requester?")
    evidence = Evidence(str(table["evidence"]))
    return TermRule(
        kind=kind,
        length=None if fixed else _length(f"the term of {kind}", table, at_least=1),
        citation=str(table["citation"]),
        valid_from=starts,
        valid_to=ends,
        evidence=evidence,
        reaches_in_progress=bool(table.get("reaches_in_progress", False)),
        extension=_extension(kind, table.get("extension")),
        facts=_facts(f"the term of {kind}", table, evidence),
    )


def _clocks(tables: Iterable[Table]) -> Clocks:
    clocks: dict[tuple[Target, PetitionKind | None], Term | None] = {}
    for table in tables:
        target, evidence = Target(str(table["target"])), Evidence(str(table["evidence"]))
        length = _length(f"the clock {target}", table, at_least=0)
        term = Term(length, str(table["citation"]), evidence, _facts(f"the clock {target}", table, evidence))
        for kind in _kinds(table) if "kinds" in table else (None,):
            if clocks.setdefault((target, kind), term) is not term:
                raise ValueError(f"the clock {target} of {kind} is written twice")
        clocks |= {(target, kind): None for kind in _kinds(table, "not_for")}
    return clocks


def _kinds(table: Table, name: str = "kinds") -> tuple[PetitionKind, ...]:
    kinds = table.get(name, [])
    if not isinstance(kinds, list):
        raise TypeError(f"{name} must be a list, not {kinds!r}")
    return tuple(PetitionKind(kind) for kind in kinds)


def _length(what: str, table: Table, *, at_least: int) -> Length:
    amount = table["amount"]
    if not isinstance(amount, int) or amount < at_least:
        raise ValueError(f"{what} must be a positive number, not {amount!r}")
    return Length(amount, TermUnit(str(table["unit"])))


def _extension(kind: PetitionKind, table: object) -> Extension | None:
    if table is None:
        return None
    if not isinstance(table, dict) or {"times", "plus"}.isdisjoint(table):
        raise TypeError(f"the extension of {kind} says neither how many times nor how much more")
    return Extension(**table)


def _facts(what: str, table: Table, evidence: Evidence) -> tuple[str, ...]:
    codes = table.get("facts", [])
    if not isinstance(codes, list):
        raise TypeError(f"the facts of {what} must be a list, not {codes!r}")
    try:
        found = facts(codes)
    except KeyError as error:
        raise ValueError(f"{what} relies on an unknown fact, {error}") from error
    if evidence is not Evidence.NORM_READ and not found:
        raise ValueError(f"{what} is marked {evidence} and names no fact")
    return tuple(fact.code for fact in found)


def _in_order(rules: Iterable[TermRule]) -> tuple[TermRule, ...]:
    ordered = tuple(sorted(rules, key=lambda rule: rule.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise ValueError(f"two rules of {later.kind} overlap on {later.valid_from}")
    return ordered

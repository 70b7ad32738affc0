"""The law of terms: rules with dates, read from `law.toml`."""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType

from processes.common.errors import Invalid
from processes.terms.kinds import KIND_LABELS, PetitionKind


class TermUnit(StrEnum):
    """How a term is counted."""

    WORKING_DAYS = "working_days"


class Evidence(StrEnum):
    """How certain the rule is; anything but A is shown to an administrator as "por verificar"."""

    NORM_READ = "A"
    SECONDARY_SOURCE = "B"
    UNCONFIRMED = "C"


@dataclass(frozen=True, slots=True)
class TermRule:
    """The time that the law gives to answer one kind of petition, and when that law was in force.

    `valid_from` and `valid_to` are the first and the last day of filing that the rule covers
    (`valid_to` is None while in force). `reaches_in_progress`: it also governs the petitions whose
    term was running when it began.
    """

    kind: PetitionKind
    amount: int
    unit: TermUnit
    citation: str
    valid_from: date
    valid_to: date | None
    evidence: Evidence
    reaches_in_progress: bool = False

    @property
    def label(self) -> str:
        """The length in words: "15 días hábiles"."""
        return "1 día hábil" if self.amount == 1 else f"{self.amount} días hábiles"

    def in_force_on(self, day: date) -> bool:
        """Whether a petition filed on `day` is born under this rule."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


RuleBook = Mapping[PetitionKind, tuple[TermRule, ...]]
"""The rules of each kind, the oldest first."""


def rule_for(kind: PetitionKind, on: date) -> TermRule:
    """The rule in force for petitions of `kind` filed on the day `on`.

    Raises Invalid when no rule was in force then.
    """
    for rule in law()[kind]:
        if rule.in_force_on(on):
            return rule
    raise Invalid(
        f"No se conoce el término legal de «{KIND_LABELS[kind]}» para el {on.isoformat()}. "
        "Revise la fecha de radicación."
    )


def later_rules(kind: PetitionKind, after: date) -> tuple[TermRule, ...]:
    """The rules that began after the day `after` and reach the petitions in progress then."""
    return tuple(rule for rule in law()[kind] if rule.reaches_in_progress and rule.valid_from > after)


@cache
def law() -> RuleBook:
    """The terms that this release knows, from `law.toml`."""
    return read_rules(files("processes.terms").joinpath("law.toml").read_text(encoding="utf-8"))


def read_rules(text: str) -> RuleBook:
    """Rules by kind from TOML text with `[[term]]` tables.

    Raises ValueError for an unknown kind, unit or mark, an amount below one, a kind without rules
    or two rules of one kind that overlap: a wrong law must stop the start, not a case.
    """
    by_kind: defaultdict[PetitionKind, list[TermRule]] = defaultdict(list)
    for table in tomllib.loads(text)["term"]:
        for kind in table["kinds"]:
            rule = _rule(PetitionKind(kind), table)
            by_kind[rule.kind].append(rule)
    missing = [kind for kind in PetitionKind if kind not in by_kind]
    if missing:
        raise ValueError(f"kinds without a term: {', '.join(missing)}")
    return MappingProxyType({kind: _in_order(rules) for kind, rules in by_kind.items()})


def _rule(kind: PetitionKind, table: Mapping[str, object]) -> TermRule:
    amount, starts, ends = table["amount"], table["valid_from"], table.get("valid_to")
    if not isinstance(amount, int) or amount < 1:
        raise ValueError(f"the term of {kind} must be a positive number, not {amount!r}")
    if not isinstance(starts, date) or not (ends is None or isinstance(ends, date)):
        raise TypeError(f"the term of {kind} needs dates, not {starts!r} and {ends!r}")
    return TermRule(
        kind=kind,
        amount=amount,
        unit=TermUnit(str(table["unit"])),
        citation=str(table["citation"]),
        valid_from=starts,
        valid_to=ends,
        evidence=Evidence(str(table["evidence"])),
        reaches_in_progress=bool(table.get("reaches_in_progress", False)),
    )


def _in_order(rules: Iterable[TermRule]) -> tuple[TermRule, ...]:
    ordered = tuple(sorted(rules, key=lambda rule: rule.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
            raise ValueError(f"two rules of {later.kind} overlap on {later.valid_from}")
    return ordered

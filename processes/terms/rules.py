"""The law of terms in force: rules with dates, from `law.toml`."""

from datetime import date
from functools import cache
from importlib.resources import files

from processes.common.errors import Invalid
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.law_reading import read_law
from processes.terms.lengths import Term
from processes.terms.norms import LawBook, TermRule
from processes.terms.targets import Target

__all__ = ["TermRule", "clock_term", "later_rules", "law", "rule_for"]


def rule_for(kind: PetitionKind, on: date) -> TermRule:
    """The rule in force for petitions of `kind` filed on the day `on`.

    Raises Invalid when no rule was in force then.
    """
    for rule in reversed(law().terms[kind]):
        if rule.in_force_on(on):
            return rule
    raise Invalid(
        f"No se conoce el término legal de «{KIND_LABELS[kind]}» para el {on.isoformat()}. "
        "Revise la fecha de radicación."
    )


def later_rules(kind: PetitionKind, after: date) -> tuple[TermRule, ...]:
    """The rules that began after the day `after` and reach the petitions in progress then."""
    reaching = law().reaching[kind]
    if not reaching or reaching[-1].valid_from <= after:
        return ()
    return tuple(rule for rule in reaching if rule.valid_from > after)


def clock_term(target: Target, kind: PetitionKind) -> Term | None:
    """The term of another clock for petitions of `kind`; None where the law gives that kind none."""
    clocks = law().clocks
    return clocks.get((target, kind), clocks.get((target, None)))


@cache
def law() -> LawBook:
    """The terms that this release knows, from `law.toml`."""
    return read_law(files("processes.terms").joinpath("law.toml").read_text(encoding="utf-8"))

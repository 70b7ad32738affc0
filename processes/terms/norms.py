"""What a rule of the law of terms is: how long, since when, how far it may be extended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from processes.common.errors import Invalid
from processes.terms.kinds import KIND_LABELS, PetitionKind
from processes.terms.lengths import Evidence, Length, Term
from processes.terms.targets import Target


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended: `times` the term in total, or `plus` days of its unit more."""

    citation: str
    times: int = 1
    plus: int = 0

    def longest(self, length: Length) -> Length:
        """The most that an extension of `length` may reach in total, counted from the filing."""
        return Length(length.amount * self.times + self.plus, length.unit)


@dataclass(frozen=True, slots=True)
class TermRule:
    """The time that the law gives to answer one kind of petition, and when that law was in force.

    `length` is None where whoever asks fixes the term. `valid_from` and `valid_to` are the first and
    the last day of filing that the rule covers (`valid_to` is None while in force).
    `reaches_in_progress`: it also governs the petitions whose term was running when it began.
    `extension` is None where the law gives none. `facts` are the codes of what is unverified in it.
    """

    kind: PetitionKind
    length: Length | None
    citation: str
    valid_from: date
    valid_to: date | None
    evidence: Evidence
    reaches_in_progress: bool = False
    extension: Extension | None = None
    facts: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The length in words: "15 días hábiles"."""
        return self.length.label if self.length else "el término que fije quien la hace"

    def in_force_on(self, day: date) -> bool:
        """Whether a petition filed on `day` is born under this rule."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def term(self, fixed: Length | None = None) -> Term:
        """The term of this rule; `fixed` is what the requester fixed, and only then counts.

        Raises Invalid when the requester has to fix it and did not, or may not and did.
        """
        length = fixed if self.length is None else self.length
        if length is None:
            raise Invalid(
                f"«{KIND_LABELS[self.kind]}» no tiene un término propio: lo fija quien pide. Escriba "
                "el término que dice el oficio.",
                {"length": "Escriba el término que fija quien pide."},
            )
        if fixed is not None and self.length is not None:
            raise Invalid(
                f"El término de «{KIND_LABELS[self.kind]}» lo fija la ley ({self.citation}). Quite el "
                "término escrito a mano."
            )
        if length.amount < 1:
            raise Invalid("El término que fija quien pide debe ser de al menos un día o una hora.")
        return Term(length, self.citation, self.evidence, self.facts)


@dataclass(frozen=True, slots=True)
class LawBook:
    """The rules of each kind, the oldest first; and the other clocks, by target and kind.

    A clock of no kind is for every kind that has none of its own; None says that a kind has it not.
    """

    terms: Mapping[PetitionKind, tuple[TermRule, ...]]
    reaching: Mapping[PetitionKind, tuple[TermRule, ...]]
    clocks: Mapping[tuple[Target, PetitionKind | None], Term | None]

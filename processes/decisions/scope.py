"""Which names a text may use, and how to tell the analyst that another is unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

from processes.decisions.lexer import known_names
from processes.decisions.types_of_values import ValueType
from processes.decisions.vocabulary import PROPERTIES

SUBJECT = "?"
_SHOWN_NAMES = 12
_LONGEST_COMPARED = 60


@dataclass(frozen=True)
class Scope:
    """The names known in a text; `subject` allows `?`, the value that a cell tests.

    `fields` are properties besides those of dates and ranges: the outputs of tables that a
    decision requires. `hints` say how a name that is not known here would become so. With `lenient`
    only a text that does not parse is an error: an unknown name, function, property or type is null
    with a warning when it is read. `functions` are those of the names whose value is a function,
    `types` the types of the file. `local` are the names that the text itself gives a value.
    """

    names: frozenset[str]
    subject: bool = False
    fields: frozenset[str] = frozenset()
    hints: Mapping[str, str] = field(default_factory=dict)
    lenient: bool = False
    functions: frozenset[str] = frozenset()
    types: Mapping[str, ValueType] = field(default_factory=dict)
    local: frozenset[str] = frozenset()

    @classmethod
    def of(cls, names: Iterable[str], *, subject: bool = False, lenient: bool = False) -> "Scope":
        """The scope of a text that knows these facts."""
        return cls(known_names(names), subject, lenient=lenient)

    def adding(self, name: str) -> "Scope":
        """The same scope, with one fact more."""
        return replace(self, names=self.names | {name}, local=self.local - {name})

    def binding(self, *names: str) -> "Scope":
        """The same scope within a construct that gives these names a value."""
        return replace(
            self,
            names=self.names.union(names),
            local=self.local.union(names),
            functions=self.functions.difference(names),
        )

    def testing(self) -> "Scope":
        """The same scope for a cell, where `?` is the value that it tests."""
        return replace(self, subject=True)

    def knows(self, name: str) -> bool:
        """Whether `name` can be read here."""
        return name in self.names or (self.subject and name == SUBJECT)

    def knows_property(self, name: str) -> bool:
        """Whether some value has this property."""
        return name in PROPERTIES or name in self.fields

    def may_call(self, name: str) -> bool:
        """Whether the value of `name` may be a function: that of a fact never is."""
        return name in self.functions or name in self.local or (self.lenient and name in self.names)

    def unknown(self, name: str) -> str:
        """What to say of a name that is not known."""
        if name in self.hints:
            return f"no se conoce «{name}» aquí: {self.hints[name]}"
        if name == SUBJECT:
            return "«?» solo se puede usar en las celdas de entrada de una tabla"
        return f"no se conoce «{_short(name)}»{suggestion(name, self.names)}"


def suggestion(name: str, known: Iterable[str]) -> str:
    """`; ¿quiso decir «x»?`, or the names that are known when they are few."""
    names = sorted(known)
    close = get_close_matches(name[:_LONGEST_COMPARED], names, n=1)
    if close:
        return f"; ¿quiso decir «{close[0]}»?"
    if not names:
        return "; aquí no hay ningún dato declarado"
    if len(names) > _SHOWN_NAMES:
        return ""
    return f"; se conocen: {', '.join(names)}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_COMPARED else f"{name[:_LONGEST_COMPARED]}…"

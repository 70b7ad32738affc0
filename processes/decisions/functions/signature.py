"""What a function of the catalogue takes: checked by count when compiled, by kind when called."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from processes.decisions.budget import Run
from processes.decisions.errors import NoValue
from processes.decisions.values import Kind, Value, kind_of

_OPERATIONS_A_CALL = 3
_UNSAID = frozenset({Kind.FAR_DATE, Kind.FAR_DATE_TIME})  # who hears «fecha» knows enough

Body = Callable[..., Value]
"""`body(run, *arguments)`; raises NoValue when the arguments have no answer."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter. Without `kinds` any value fits, also null."""

    name: str
    kinds: frozenset[Kind] | None = None
    optional: bool = False

    def fit(self, value: Value) -> Value:
        """`value` as this parameter takes it: one item is a list of one, and the other way round.

        Raises NoValue when its kind is another (DMN 1.5, 10.3.2.9.4).
        """
        if self.kinds is None:
            return value
        kind = kind_of(value)
        if kind in self.kinds:
            return value
        if Kind.LIST in self.kinds and value is not None:
            return [value]
        only: Value = value[0] if isinstance(value, list) and len(value) == 1 else None
        if only is not None and kind_of(only) in self.kinds:
            return only
        raise NoValue(f"«{self.name}» debe ser {self._expected()} y es {kind}")

    def _expected(self) -> str:
        return " o ".join(sorted((self.kinds or frozenset()) - _UNSAID))


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function; with `variadic` the last parameter repeats."""

    parameters: tuple[Parameter, ...]
    body: Body
    variadic: bool = False

    @property
    def fewest(self) -> int:
        """How many arguments it needs at least."""
        return sum(not parameter.optional for parameter in self.parameters)

    def names(self) -> tuple[str, ...]:
        """The names of its parameters, in their order."""
        return tuple(parameter.name for parameter in self.parameters)

    def accepts(self, count: int) -> bool:
        """Whether it can be called with `count` arguments."""
        return count >= self.fewest and (self.variadic or count <= len(self.parameters))

    def order_of(self, names: Sequence[str]) -> tuple[int | None, ...] | None:
        """The place of each parameter among `names`, None for a skipped one; None when they do not fit."""
        known = self.names()
        if len(set(names)) < len(names) or not set(names) <= set(known):
            return None
        places = tuple(names.index(name) if name in names else None for name in known)
        if any(
            place is None and not each.optional for place, each in zip(places, self.parameters, strict=True)
        ):
            return None
        return places[: 1 + max(known.index(name) for name in names)]

    def call(self, run: Run, arguments: Sequence[Value]) -> Value:
        """The function's answer; raises NoValue when there is none."""
        run.budget.spend(_OPERATIONS_A_CALL + len(arguments))
        last = len(self.parameters) - 1
        fitted = [self.parameters[min(index, last)].fit(argument) for index, argument in enumerate(arguments)]
        return self.body(run, *fitted)


@dataclass(frozen=True, slots=True)
class Function:
    """A function by its FEEL name, with the ways to call it."""

    name: str
    signatures: tuple[Signature, ...]

    def by_count(self, count: int) -> Signature | None:
        """The way to call it with `count` arguments."""
        return next((way for way in self.signatures if way.accepts(count)), None)

    def by_names(self, names: Sequence[str]) -> tuple[Signature, tuple[int | None, ...]] | None:
        """The way to call it with these names, and the place of each parameter among them.

        An optional parameter that is skipped before one that is given has no place: it is null.
        `before(point, range)` and `before(range, point)` have the same names: their order tells them apart.
        """
        for way in sorted(self.signatures, key=lambda way: way.names()[: len(names)] != tuple(names)):
            if order := way.order_of(names):
                return way, order
        return None

    def usage(self) -> str:
        """How it is called, for errors: `substring(string, start position, length)`."""
        ways = (", ".join(p.name for p in way.parameters) for way in self.signatures)
        return " o ".join(f"{self.name}({way})" for way in ways)


def function(name: str, *signatures: Signature) -> Function:
    """A function of the catalogue."""
    return Function(name, signatures)


def way(*parameters: Parameter, body: Body, variadic: bool = False) -> Signature:
    """One way to call a function."""
    return Signature(parameters, body, variadic)


def over_list(name: str, body: Body) -> Function:
    """A function of a list that also takes its items one by one: `sum([1, 2])`, `sum(1, 2)`."""

    def gathered(run: Run, *items: Value) -> Value:
        return body(run, list(items))

    return Function(
        name,
        (
            Signature((LIST,), body),
            Signature((Parameter("item"), Parameter("item")), gathered, variadic=True),
        ),
    )


def of(name: str, *kinds: Kind, optional: bool = False) -> Parameter:
    """A parameter that takes these kinds."""
    return Parameter(name, frozenset(kinds), optional)


def anything(name: str) -> Parameter:
    """A parameter that takes any value, also null."""
    return Parameter(name)


LIST = of("list", Kind.LIST)

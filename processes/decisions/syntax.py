"""The tree that the parser builds and the compiler walks. Positions count characters from 0."""

from collections.abc import Iterator
from dataclasses import dataclass

from processes.decisions.functions.signature import Function, Signature
from processes.decisions.types_of_values import ValueType
from processes.decisions.values import Value


@dataclass(frozen=True, slots=True)
class Node:
    """A part of an expression, and where it begins."""

    position: int

    def children(self) -> Iterator["Node"]:
        """The nodes among its own fields."""
        for field in self.__slots__:
            yield from _nodes(getattr(self, field))


@dataclass(frozen=True, slots=True)
class Literal(Node):
    """A value written in the text."""

    value: Value


@dataclass(frozen=True, slots=True)
class NoAnswer(Node):
    """What a lenient reading makes of an unknown function and the like: null, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A fact, `?`, or a name that the text itself gives a value (`local`).

    One that is not `certain` may have no value when it is read: a field of a filtered context.
    """

    name: str
    local: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    """`[a, b]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    """`[low..high]`, with open or closed ends."""

    low: Node
    high: Node
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, slots=True)
class OpenRange(Node):
    """`(< 5)` as a value: the range of what is less."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a context."""

    name: str
    value: Node


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    """`{a: 1, b: a + 1}`: each entry sees those before it."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Negation(Node):
    """`-a`."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Step:
    """One operator of a chain and its right-hand operand."""

    operator: str
    operand: Node
    position: int


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`a + b - c`: a chain from left to right, flat so that its length costs no depth."""

    first: Node
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`a and b and c`, or the same with `or`."""

    operator: str
    operands: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Comparison(Node):
    """`a < b`, and the other five."""

    operator: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    """`a between low and high`, both ends included."""

    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class OrderTest(Node):
    """`< 5` where a value is tested: in a table's cell or after `in`."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """The tests of one cell; any of them is enough. Without tests, everything passes."""

    tests: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Membership(Node):
    """`value in tests`."""

    value: Node
    tests: Tests


@dataclass(frozen=True, slots=True)
class Conditional(Node):
    """`if a then b else if c then d else e`, its branches side by side."""

    branches: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Path(Node):
    """`a.year`, `a.b.c`: properties from left to right."""

    source: Node
    properties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter(Node):
    """`list[condition]`, or `list[position]`."""

    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Binding:
    """`name in domain`, or `name in domain..end`."""

    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """`for x in a, y in b return body`."""

    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    """`some x in a satisfies body`, or the same with `every`."""

    quantifier: str
    bindings: tuple[Binding, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    """`value instance of type`."""

    value: Node
    type: ValueType


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    """`function(a: number, b) body`; without a body it is external, and never run."""

    parameters: tuple[str, ...]
    types: tuple[ValueType, ...]
    body: Node | None


@dataclass(frozen=True, slots=True)
class BuiltIn(Node):
    """A function of the catalogue as a value."""

    function: Function


@dataclass(frozen=True, slots=True)
class Invocation(Node):
    """The call of what `callee` is worth. With `names` the arguments go by name.

    When it is no function, `otherwise` is the call of the catalogue's function of that name.
    """

    callee: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...]
    otherwise: Node | None = None


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A function of the catalogue, the way it is called, and the arguments in its order."""

    function: str
    signature: Signature
    arguments: tuple[Node, ...]


def _nodes(part: object) -> Iterator[Node]:
    if isinstance(part, Node):
        yield part
    elif isinstance(part, Step):
        yield part.operand
    elif isinstance(part, Entry):
        yield part.value
    elif isinstance(part, Binding):
        yield part.domain
        yield from _nodes(part.end)
    elif isinstance(part, tuple):
        for item in part:
            yield from _nodes(item)


def size(root: Node) -> int:
    """How many nodes one pass over the tree visits: what it costs."""
    return sum(1 for _ in walk(root))


def walk(root: Node) -> Iterator[tuple[Node, int]]:
    """Every node with its depth (the root's is 1), without recursion."""
    pending = [(root, 1)]
    while pending:
        node, depth = pending.pop()
        yield node, depth
        pending.extend((child, depth + 1) for child in node.children())

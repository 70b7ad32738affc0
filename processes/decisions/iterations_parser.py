"""`for`, `some`, `every` and `if` (grammar rules 45 to 47)."""

from processes.decisions.grammar import Grammar, body, names_bound
from processes.decisions.lexer import TokenKind
from processes.decisions.precedence import SUM, WEAKEST
from processes.decisions.syntax import Binding, Conditional, Iteration, Node, Quantified

PARTIAL = "partial"


def conditional(parser: Grammar) -> Node:
    """`if a then b else if c then d else e`."""
    start = parser.stream.peek()
    branches: list[tuple[Node, Node]] = []
    with parser.stream.inside():
        while parser.stream.accept("if"):
            condition = parser.binary(WEAKEST)
            parser.stream.expect("then")
            branches.append((condition, parser.binary(WEAKEST)))
            parser.stream.expect("else")
        parser.stream.begin_line()
    return Conditional(start.position, tuple(branches), parser.binary(WEAKEST))


def iteration(parser: Grammar) -> Node:
    """`for x in a, y in b return c`; `partial` are the answers so far."""
    start = parser.stream.peek()
    with names_bound(parser):
        bindings = _bindings(parser, "return")
        with names_bound(parser, PARTIAL):
            node = Iteration(start.position, bindings, body(parser))
    _ascend(parser, bindings)
    return node


def quantified(parser: Grammar) -> Node:
    """`some x in a satisfies b`, `every x in a satisfies b`."""
    start = parser.stream.peek()
    with names_bound(parser):
        bindings = _bindings(parser, "satisfies")
        node = Quantified(start.position, start.text, bindings, body(parser))
    _ascend(parser, bindings)
    return node


def _ascend(parser: Grammar, bindings: tuple[Binding, ...]) -> None:
    for _ in bindings:
        parser.stream.ascend()


def _bindings(parser: Grammar, end: str) -> tuple[Binding, ...]:
    """What the names go over; each domain may read the names before it, which stay in scope.

    Each is one level of nesting for what comes, as it is when it runs.
    """
    bindings: list[Binding] = []
    with parser.stream.inside():
        parser.stream.advance()
        while True:
            parser.stream.descend()
            bindings.append(_binding(parser))
            parser.scope = parser.scope.binding(bindings[-1].name)
            if not parser.stream.accept(","):
                break
        parser.stream.expect(end)
        parser.stream.begin_line()
    return tuple(bindings)


def _binding(parser: Grammar) -> Binding:
    name = parser.stream.peek()
    if name.kind is not TokenKind.NAME:
        raise parser.stream.unexpected("el nombre de una variable")
    parser.stream.advance()
    parser.stream.expect("in")
    domain = parser.binary(WEAKEST)
    end = parser.binary(SUM) if parser.stream.accept("..") else None
    return Binding(name.text, domain, end)

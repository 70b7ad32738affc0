"""Functions as they are written and called (grammar rules 38 to 42, 55 and 56)."""

from processes.decisions.grammar import Grammar, body, names_bound, within_bracket
from processes.decisions.lexer import TokenKind
from processes.decisions.syntax import FunctionOf, Node
from processes.decisions.types_of_values import ANY, ValueType
from processes.decisions.types_parser import type_of

Arguments = tuple[tuple[Node, ...], tuple[str, ...]]
"""The arguments of a call, and their names when they go by name."""


def arguments(parser: Grammar) -> Arguments:
    """`(1, 2)` or `(b: 2, a: 1)`."""
    given: list[Node] = []
    names: list[str] = []
    start = parser.stream.peek()
    with parser.stream.inside():
        parser.stream.expect("(")
        while not parser.stream.at(")"):
            if parser.stream.peek().kind is TokenKind.NAME and parser.stream.peek(1).text == ":":
                names.append(parser.stream.advance().text)
                parser.stream.expect(":")
            given.append(within_bracket(parser))
            if not parser.stream.accept(","):
                break
        parser.stream.expect(")")
    if names and len(names) < len(given):
        raise parser.stream.error("los argumentos van todos con nombre o todos sin él", start.position)
    return tuple(given), tuple(names)


def definition(parser: Grammar) -> Node:
    """`function(a: number, b) body`, or `external {...}` in place of the body."""
    start = parser.stream.expect("function")
    names: list[str] = []
    types: list[ValueType] = []
    with parser.stream.inside():
        parser.stream.expect("(")
        while not parser.stream.at(")"):
            names.append(_parameter(parser))
            types.append(type_of(parser) if parser.stream.accept(":") else ANY)
            if not parser.stream.accept(","):
                break
        parser.stream.expect(")")
    if len(set(names)) < len(names):
        raise parser.stream.error("la función tiene dos parámetros con el mismo nombre", start.position)
    with names_bound(parser, *names):
        return FunctionOf(start.position, tuple(names), tuple(types), _body(parser))


def _parameter(parser: Grammar) -> str:
    if parser.stream.peek().kind is not TokenKind.NAME:
        raise parser.stream.unexpected("el nombre de un parámetro")
    return parser.stream.advance().text


def _body(parser: Grammar) -> Node | None:
    if parser.stream.peek().text != "external" or parser.stream.peek(1).text != "{":
        return body(parser)
    parser.stream.advance()
    _skip_braces(parser)
    return None


def _skip_braces(parser: Grammar) -> None:
    """What an external function says of another language is not read: it will not be run."""
    depth = 0
    with parser.stream.inside():
        while True:
            token = parser.stream.peek()
            if token.kind is TokenKind.END:
                raise parser.stream.unexpected("«}»")
            parser.stream.advance()
            depth += (token.text == "{") - (token.text == "}")
            if depth == 0:
                return

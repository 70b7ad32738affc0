"""The names of types, as `instance of` and parameters write them (grammar rules 43 and 44)."""

from processes.decisions.grammar import Grammar
from processes.decisions.lexer import Token, TokenKind
from processes.decisions.scope import suggestion
from processes.decisions.types_of_values import SIMPLE_TYPES, ValueType
from processes.decisions.values import Kind


def type_of(parser: Grammar) -> ValueType:
    """`number`, `list<number>`, `context<a: number>`, `function<number> -> string`, `range<date>`.

    Raises FeelError for an unknown name, unless the reading is lenient.
    """
    token = parser.stream.peek()
    if token.kind is not TokenKind.NAME and token.text not in ("function", "null"):
        raise parser.stream.unexpected("un tipo")
    parser.stream.descend()
    parser.stream.advance()
    found = _compound(parser, token) if parser.stream.at("<") else _named(parser, token)
    parser.stream.ascend()
    return found


def _named(parser: Grammar, token: Token) -> ValueType:
    name = token.text
    while parser.stream.accept("."):
        name += f".{parser.stream.advance().text}"
    if name in parser.scope.types:
        return parser.scope.types[name]
    if name in SIMPLE_TYPES:
        return SIMPLE_TYPES[name]
    if parser.scope.lenient:
        return ValueType(name, known=False)
    close = suggestion(name, [*SIMPLE_TYPES, *parser.scope.types])
    raise parser.stream.error(f"no se conoce el tipo «{name[:60]}»{close}", token.position)


def _compound(parser: Grammar, token: Token) -> ValueType:
    with parser.stream.inside():
        opening = parser.stream.expect("<")
        if token.text == "list":
            found = ValueType("list", Kind.LIST, _only(parser))
        elif token.text == "range":
            found = ValueType("range", Kind.RANGE, _only(parser))
        elif token.text == "context":
            found = ValueType("context", Kind.CONTEXT, fields=_fields(parser))
        elif token.text == "function":
            found = _function(parser)
        else:
            message = "solo list, range, context y function llevan tipos entre «<» y «>»"
            raise parser.stream.error(message, opening.position)
    return found


def _only(parser: Grammar) -> ValueType:
    inner = type_of(parser)
    parser.stream.expect(">")
    return inner


def _fields(parser: Grammar) -> dict[str, ValueType]:
    fields: dict[str, ValueType] = {}
    while not parser.stream.at(">"):
        if parser.stream.peek().kind is not TokenKind.NAME:
            raise parser.stream.unexpected("el nombre de una entrada")
        name = parser.stream.advance().text
        parser.stream.expect(":")
        fields[name] = type_of(parser)
        if not parser.stream.accept(","):
            break
    parser.stream.expect(">")
    return fields


def _function(parser: Grammar) -> ValueType:
    parameters: list[ValueType] = []
    while not parser.stream.at(">"):
        parameters.append(type_of(parser))
        if not parser.stream.accept(","):
            break
    parser.stream.expect(">")
    parser.stream.expect("-")
    parser.stream.expect(">")
    return ValueType("function", Kind.FUNCTION, type_of(parser), parameters=tuple(parameters))

"""What is written in brackets: groups, lists, ranges and contexts (grammar rules 8, 54 and 59)."""

from processes.decisions.grammar import Grammar, names_bound, range_ending, within_bracket
from processes.decisions.lexer import Token, TokenKind, normalise_name
from processes.decisions.precedence import COMPARISONS, SUM
from processes.decisions.syntax import ContextOf, Entry, ListOf, NoAnswer, Node, OpenRange, RangeOf

_SIGNS_THAT_BEGIN = frozenset({"-", "(", "[", "{"})
_WORDS_THAT_BEGIN = frozenset({"if", "for", "some", "every", "function", "true", "false", "null"})


def bracketed(parser: Grammar) -> Node:
    """`(a)`, `[a, b]`, `[a..b)`, `(< a)`."""
    with parser.stream.inside():
        opening = parser.stream.advance()
        if opening.text == "[" and parser.stream.accept("]"):
            return ListOf(opening.position, ())
        first = _item(parser)
        if parser.stream.at(".."):
            return range_from(parser, opening, first)
        if opening.text == "(":
            parser.stream.expect(")", "..")
            return first
        if opening.text == "]":
            raise parser.stream.unexpected("«..»")
        items = [first]
        while parser.stream.accept(","):
            items.append(_item(parser))
        parser.stream.expect("]")
        return ListOf(opening.position, tuple(items))


def _item(parser: Grammar) -> Node:
    if operator := parser.stream.accept(*COMPARISONS):
        return OpenRange(operator.position, operator.text, parser.binary(SUM))
    return within_bracket(parser)


def range_from(parser: Grammar, opening: Token, low: Node) -> Node:
    """The rest of a range whose low end has been read."""
    parser.stream.expect("..")
    with range_ending(parser, ends=True):
        high = parser.binary(SUM)
    closing = parser.stream.expect("]", ")", "[")
    return RangeOf(opening.position, low, high, opening.text == "[", closing.text == "]")


def filters(parser: Grammar) -> bool:
    """Whether the `[` that comes filters; at the end of a range it closes it unless a value follows."""
    if not parser.stream.at("["):
        return False
    if not parser.range_end:
        return True
    token = parser.stream.peek(1)
    if token.kind is TokenKind.OPERATOR:
        return token.text in _SIGNS_THAT_BEGIN
    if token.kind is TokenKind.KEYWORD:
        return token.text in _WORDS_THAT_BEGIN
    return token.kind is not TokenKind.END and not parser.stream.starts_line(token)


def context(parser: Grammar) -> Node:
    """`{a: 1, "b c": a + 1}`."""
    with parser.stream.inside():
        opening = parser.stream.expect("{")
        entries: dict[str, Entry] = {}
        twice: str | None = None
        with names_bound(parser):
            while not parser.stream.at("}"):
                entry = _entry(parser)
                twice = entry.name if entry.name in entries else twice
                entries[entry.name] = entry
                parser.scope = parser.scope.binding(entry.name)
                if not parser.stream.accept(","):
                    break
        parser.stream.expect("}")
    if twice is None:
        return ContextOf(opening.position, tuple(entries.values()))
    reason = f"el contexto tiene dos veces «{twice[:60]}»"
    if not parser.scope.lenient:
        raise parser.stream.error(reason, opening.position)
    return NoAnswer(opening.position, reason)


def _entry(parser: Grammar) -> Entry:
    """A function may call itself by the name of its entry."""
    name = _key(parser)
    own = (name,) if parser.stream.at("function") else ()
    with names_bound(parser, *own):
        return Entry(name, within_bracket(parser))


def _key(parser: Grammar) -> str:
    token = parser.stream.peek()
    written = token.kind is TokenKind.VALUE and isinstance(token.value, str)
    if not written and token.kind is not TokenKind.NAME:
        raise parser.stream.unexpected("el nombre de una entrada")
    parser.stream.advance()
    parser.stream.expect(":")
    return normalise_name(str(token.value)) if written else token.text

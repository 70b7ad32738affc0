"""From tokens to the tree: recursive descent by binding power, the weakest operator first.

Grammar of DMN 1.5, 10.3.1.2, in the subset that this room runs; the rest is refused by name.
"""

from decimal import Decimal
from functools import lru_cache

from processes.decisions.calls import function_node
from processes.decisions.decimals import CONTEXT
from processes.decisions.errors import FeelError
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.lexer import Token, TokenKind, normalise, tokenise
from processes.decisions.precedence import CHAINS, COMPARISON, COMPARISONS, OR, POWERS, SUM, WEAKEST
from processes.decisions.scope import Scope
from processes.decisions.stream import TokenStream
from processes.decisions.syntax import (
    Arithmetic,
    Between,
    Comparison,
    Conditional,
    ListOf,
    Literal,
    Logic,
    Membership,
    Name,
    Negation,
    Node,
    OrderTest,
    Path,
    RangeOf,
    Step,
    Tests,
)
from processes.decisions.vocabulary import UNSUPPORTED_FUNCTIONS, UNSUPPORTED_KEYWORDS

_CONSTANTS = {"true": True, "false": False, "null": None}
_FUNCTION_NAMES = frozenset(CATALOGUE) | UNSUPPORTED_FUNCTIONS


class Parser:
    """Parses one text; `scope` says which names are known in it."""

    def __init__(self, text: str, scope: Scope, *, by_lines: bool = False) -> None:
        self.text = normalise(text)
        self.scope = scope
        tokens = tokenise(self.text, _lexicon(scope.names), by_lines=by_lines)
        self.stream = TokenStream(self.text, tokens, by_lines=by_lines)
        self._range_end = False

    def expression(self) -> Node:
        """An expression, as long as it goes."""
        return self._binary(WEAKEST)

    def tests(self) -> Tests:
        """The tests of a cell, as dmn-js writes them (grammar rules 13 to 17)."""
        start = self.stream.peek()
        if start.kind is TokenKind.END:
            return Tests(start.position, ())
        if start.text == "-" and self.stream.peek(1).kind is TokenKind.END:
            self.stream.advance()
            return Tests(start.position, ())
        negated = start.kind is TokenKind.NAME and start.text == "not"
        if not negated or self.stream.peek(1).text != "(":
            return Tests(start.position, self._tests_by_comma())
        self.stream.advance()
        self.stream.expect("(")
        tests = self._tests_by_comma()
        self.stream.expect(")")
        if self.stream.peek().kind is not TokenKind.END:
            raise self.stream.unexpected("el final, porque «not(…)» ocupa toda la celda,")
        return Tests(start.position, tests, negated=True)

    def _tests_by_comma(self) -> tuple[Node, ...]:
        tests = [self._test(WEAKEST)]
        while self.stream.accept(","):
            tests.append(self._test(WEAKEST))
        return tuple(tests)

    def _test(self, weakest: int) -> Node:
        if operator := self.stream.accept(*COMPARISONS):
            return OrderTest(operator.position, operator.text, self._binary(SUM))
        return self._binary(weakest)

    def _binary(self, weakest: int) -> Node:
        self.stream.descend()
        left = self._operand()
        while (power := self._power_ahead()) >= max(weakest, OR):
            left = self._infix(left, power)
        self.stream.ascend()
        return left

    def _power_ahead(self) -> int:
        token = self.stream.peek()
        if token.kind is TokenKind.OPERATOR:
            return POWERS.get(token.text, WEAKEST)
        if token.kind is not TokenKind.KEYWORD:
            return WEAKEST
        if token.text == "instance":
            raise self._unsupported("instance of", token)
        return POWERS.get(token.text, WEAKEST)

    def _infix(self, left: Node, power: int) -> Node:
        if power in CHAINS:
            return self._chain(left, power)
        if power == COMPARISON:
            return self._comparison(left)
        operator = self.stream.peek().text
        operands = [left]
        while self.stream.accept(operator):
            operands.append(self._binary(power + 1))
        return Logic(left.position, operator, tuple(operands))

    def _chain(self, first: Node, power: int) -> Node:
        steps: list[Step] = []
        while operator := self.stream.accept(*CHAINS[power]):
            steps.append(Step(operator.text, self._binary(power + 1), operator.position))
        return Arithmetic(first.position, first, tuple(steps))

    def _comparison(self, left: Node) -> Node:
        operator = self.stream.advance()
        node: Node
        if operator.text == "between":
            low = self._binary(SUM)
            self.stream.expect("and")
            node = Between(operator.position, left, low, self._binary(SUM))
        elif operator.text == "in":
            node = Membership(operator.position, left, self._membership_tests())
        else:
            node = Comparison(operator.position, operator.text, left, self._binary(SUM))
        if self.stream.at(*COMPARISONS, "between", "in"):
            raise self.stream.error("las comparaciones no se encadenan: use paréntesis")
        return node

    def _membership_tests(self) -> Tests:
        start = self.stream.peek()
        if not self.stream.at("("):
            return Tests(start.position, (self._test(SUM),))
        with self.stream.inside():
            self.stream.advance()
            tests = self._tests_by_comma()
            if len(tests) == 1 and self.stream.at(".."):
                return Tests(start.position, (self._range(start, tests[0]),))
            self.stream.expect(")")
        return Tests(start.position, tests)

    def _operand(self) -> Node:
        signs = []
        while sign := self.stream.accept("-"):
            signs.append(sign)
        node = self._path(self._primary())
        for sign in reversed(signs):
            node = _negated(sign, node)
        return node

    def _path(self, source: Node) -> Node:
        properties: list[str] = []
        while self.stream.accept("."):
            token = self.stream.peek()
            if token.kind is not TokenKind.NAME:
                raise self.stream.unexpected("el nombre de una propiedad")
            if not self.scope.knows_property(token.text):
                raise self.stream.error(f"no se conoce la propiedad «{token.text}»")
            properties.append(self.stream.advance().text)
        if self.stream.at("(") and not isinstance(source, Name):
            raise self._unsupported("llamar al resultado de una expresión", self.stream.peek())
        if self.stream.at("[") and not self._range_end:
            raise self._unsupported("el filtro «[…]»", self.stream.peek())
        return Path(source.position, source, tuple(properties)) if properties else source

    def _primary(self) -> Node:
        token = self.stream.peek()
        if token.kind is TokenKind.VALUE:
            self.stream.advance()
            return Literal(token.position, token.value)
        if token.kind is TokenKind.NAME:
            return self._name_or_call(self.stream.advance())
        if token.kind is TokenKind.KEYWORD:
            return self._keyword(token)
        if token.text in ("(", "[", "]"):
            return self._bracket()
        if token.text == "{":
            raise self._unsupported("el contexto «{…}»", token)
        raise self.stream.unexpected("un valor")

    def _keyword(self, token: Token) -> Node:
        if token.text in _CONSTANTS:
            self.stream.advance()
            return Literal(token.position, _CONSTANTS[token.text])
        if token.text == "if":
            return self._conditional()
        if token.text in UNSUPPORTED_KEYWORDS:
            raise self._unsupported(UNSUPPORTED_KEYWORDS[token.text], token)
        raise self.stream.unexpected("un valor")

    def _conditional(self) -> Node:
        start = self.stream.peek()
        branches: list[tuple[Node, Node]] = []
        with self.stream.inside():
            while self.stream.accept("if"):
                condition = self._binary(WEAKEST)
                self.stream.expect("then")
                branches.append((condition, self._binary(WEAKEST)))
                self.stream.expect("else")
            self.stream.begin_line()
        return Conditional(start.position, tuple(branches), self._binary(WEAKEST))

    def _bracket(self) -> Node:
        with self.stream.inside():
            opening = self.stream.advance()
            if opening.text == "[" and self.stream.accept("]"):
                return ListOf(opening.position, ())
            first = self._within_bracket()
            if self.stream.at(".."):
                return self._range(opening, first)
            if opening.text == "(":
                self.stream.expect(")", "..")
                return first
            if opening.text == "]":
                raise self.stream.unexpected("«..»")
            items = [first]
            while self.stream.accept(","):
                items.append(self._within_bracket())
            self.stream.expect("]")
            return ListOf(opening.position, tuple(items))

    def _within_bracket(self) -> Node:
        outer, self._range_end = self._range_end, False
        try:
            return self._binary(WEAKEST)
        finally:
            self._range_end = outer

    def _range(self, opening: Token, low: Node) -> Node:
        self.stream.expect("..")
        outer, self._range_end = self._range_end, True
        try:
            high = self._binary(SUM)
        finally:
            self._range_end = outer
        closing = self.stream.expect("]", ")", "[")
        return RangeOf(opening.position, low, high, opening.text == "[", closing.text == "]")

    def _name_or_call(self, token: Token) -> Node:
        if self.stream.at("("):
            return self._call(token)
        if not self.scope.knows(token.text):
            raise self.stream.error(self.scope.unknown(token.text), token.position)
        return Name(token.position, token.text)

    def _call(self, name: Token) -> Node:
        arguments: list[Node] = []
        names: list[str] = []
        with self.stream.inside():
            self.stream.expect("(")
            while not self.stream.at(")"):
                if self.stream.peek().kind is TokenKind.NAME and self.stream.peek(1).text == ":":
                    names.append(self.stream.advance().text)
                    self.stream.expect(":")
                arguments.append(self._within_bracket())
                if not self.stream.accept(","):
                    break
            self.stream.expect(")")
        try:
            return function_node(name, tuple(arguments), tuple(names), self.scope)
        except FeelError as error:
            raise self.stream.error(error.message, name.position) from error

    def _unsupported(self, construct: str, token: Token) -> FeelError:
        return self.stream.error(f"aún no se admite: {construct}", token.position)


@lru_cache(maxsize=256)
def _lexicon(names: frozenset[str]) -> frozenset[str]:
    """The names that the lexer knows; kept, for a table's cells all share theirs."""
    return names | _FUNCTION_NAMES


def _negated(sign: Token, operand: Node) -> Node:
    if isinstance(operand, Literal) and type(operand.value) is Decimal:
        return Literal(sign.position, CONTEXT.minus(operand.value))
    return Negation(sign.position, operand)

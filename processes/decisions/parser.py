"""From tokens to the tree: recursive descent by binding power, the weakest operator first.

Grammar of DMN 1.5, 10.3.1.2; its brackets, iterations, functions and types have modules of their own.
"""

from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from processes.decisions import brackets, functions_parser, iterations_parser
from processes.decisions.calls import call_node, name_node
from processes.decisions.decimals import CONTEXT
from processes.decisions.errors import FeelError
from processes.decisions.functions.catalogue import CATALOGUE
from processes.decisions.grammar import names_bound, within_bracket
from processes.decisions.lexer import Token, TokenKind, normalise, tokenise
from processes.decisions.precedence import CHAINS, COMPARISON, COMPARISONS, OR, POWERS, SUM, WEAKEST
from processes.decisions.scope import Scope
from processes.decisions.stream import TokenStream
from processes.decisions.syntax import (
    Arithmetic,
    Between,
    Comparison,
    Filter,
    InstanceOf,
    Invocation,
    Literal,
    Logic,
    Membership,
    Negation,
    NoAnswer,
    Node,
    OrderTest,
    Path,
    Step,
    Tests,
)
from processes.decisions.types_of_values import SIMPLE_TYPES
from processes.decisions.types_parser import type_of

ITEM = "item"
_CONSTANTS = {"true": True, "false": False, "null": None}
_OWN_NAMES = frozenset(CATALOGUE) | frozenset(SIMPLE_TYPES)
_CONSTRUCTS = {
    "if": iterations_parser.conditional,
    "for": iterations_parser.iteration,
    "some": iterations_parser.quantified,
    "every": iterations_parser.quantified,
    "function": functions_parser.definition,
}


class Parser:
    """Parses one text; `scope` says which names are known in it."""

    def __init__(self, text: str, scope: Scope, *, by_lines: bool = False) -> None:
        self.text = normalise(text)
        self.scope = scope
        names = _lexicon(scope.names, scope.fields, frozenset(scope.types))
        tokens = tokenise(self.text, names, by_lines=by_lines, lenient=scope.lenient)
        self.stream = TokenStream(self.text, tokens, by_lines=by_lines)
        self.range_end = False
        self._keys = _keys(tokens)
        self._fields: frozenset[str] = frozenset()

    def expression(self) -> Node:
        """An expression, as long as it goes."""
        return self.binary(WEAKEST)

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
            return OrderTest(operator.position, operator.text, self.binary(SUM))
        return self.binary(weakest)

    def binary(self, weakest: int) -> Node:
        """An expression of operators that bind at least as tightly as `weakest`."""
        self.stream.descend()
        left = self._operand()
        while (power := self._power_ahead()) >= max(weakest, OR):
            left = self._infix(left, power)
        self.stream.ascend()
        return left

    def _power_ahead(self) -> int:
        token = self.stream.peek()
        if token.kind is TokenKind.OPERATOR or token.kind is TokenKind.KEYWORD:
            return POWERS.get(token.text, WEAKEST)
        return WEAKEST

    def _infix(self, left: Node, power: int) -> Node:
        if power in CHAINS:
            return self._chain(left, power)
        if power == COMPARISON:
            return self._comparison(left)
        operator = self.stream.peek().text
        operands = [left]
        while self.stream.accept(operator):
            operands.append(self.binary(power + 1))
        return Logic(left.position, operator, tuple(operands))

    def _chain(self, first: Node, power: int) -> Node:
        steps: list[Step] = []
        while operator := self.stream.accept(*CHAINS[power]):
            steps.append(Step(operator.text, self.binary(power + 1), operator.position))
        return Arithmetic(first.position, first, tuple(steps))

    def _comparison(self, left: Node) -> Node:
        operator = self.stream.advance()
        node: Node
        if operator.text == "between":
            low = self.binary(SUM)
            self.stream.expect("and")
            node = Between(operator.position, left, low, self.binary(SUM))
        elif operator.text == "in":
            node = Membership(operator.position, left, self._membership_tests())
        elif operator.text == "instance":
            node = self._instance(operator, left)
        else:
            node = Comparison(operator.position, operator.text, left, self.binary(SUM))
        if self.stream.at(*COMPARISONS, "between", "in", "instance") and not self.scope.lenient:
            raise self.stream.error("las comparaciones no se encadenan: use paréntesis")
        return node

    def _instance(self, operator: Token, value: Node) -> Node:
        self.stream.expect("of")
        wanted = type_of(self)
        if wanted.known:
            return InstanceOf(operator.position, value, wanted)
        return NoAnswer(operator.position, f"no se conoce el tipo «{wanted.name[:60]}»")

    def _membership_tests(self) -> Tests:
        start = self.stream.peek()
        if not self.stream.at("("):
            return Tests(start.position, (self._test(SUM),))
        with self.stream.inside():
            self.stream.advance()
            tests = self._tests_by_comma()
            if len(tests) == 1 and self.stream.at(".."):
                return Tests(start.position, (brackets.range_from(self, start, tests[0]),))
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

    def _path(self, node: Node) -> Node:
        """What follows a value: properties, filters and calls."""
        while True:
            if self.stream.at("."):
                node = Path(node.position, node, self._properties())
            elif brackets.filters(self):
                node = self._filter(node)
            elif self.stream.at("("):
                node = Invocation(node.position, node, *functions_parser.arguments(self))
            else:
                return node

    def _properties(self) -> tuple[str, ...]:
        properties: list[str] = []
        while self.stream.accept("."):
            token = self.stream.peek()
            if token.kind not in (TokenKind.NAME, TokenKind.KEYWORD):
                raise self.stream.unexpected("el nombre de una propiedad")
            known = self.scope.lenient or token.text in self._keys
            if not known and not self.scope.knows_property(token.text):
                raise self.stream.error(f"no se conoce la propiedad «{token.text}»")
            properties.append(self.stream.advance().text)
        return tuple(properties)

    def _filter(self, source: Node) -> Node:
        outer, self._fields = self._fields, self._keys | self.scope.fields
        with self.stream.inside(), names_bound(self, ITEM):
            self.stream.expect("[")
            condition = within_bracket(self)
            self.stream.expect("]")
        self._fields = outer
        return Filter(source.position, source, condition)

    def _primary(self) -> Node:
        token = self.stream.peek()
        if token.kind is TokenKind.VALUE:
            self.stream.advance()
            if token.flaw is not None:
                return NoAnswer(token.position, token.flaw)
            return Literal(token.position, token.value)
        if token.kind is TokenKind.NAME:
            return self._name_or_call(self.stream.advance())
        if token.kind is TokenKind.KEYWORD:
            return self._keyword(token)
        if token.text in ("(", "[", "]"):
            return brackets.bracketed(self)
        if token.text == "{":
            return brackets.context(self)
        raise self.stream.unexpected("un valor")

    def _keyword(self, token: Token) -> Node:
        if token.text in _CONSTANTS:
            self.stream.advance()
            return Literal(token.position, _CONSTANTS[token.text])
        construct = _CONSTRUCTS.get(token.text)
        if construct is None:
            raise self.stream.unexpected("un valor")
        return construct(self)

    def _name_or_call(self, token: Token) -> Node:
        try:
            if self.stream.at("("):
                return call_node(token, *functions_parser.arguments(self), self.scope)
            return name_node(token, self.scope, self._fields, handed_on=self._handed_on())
        except FeelError as error:
            if error.position is not None:
                raise
            raise self.stream.error(error.message, token.position) from error

    def _handed_on(self) -> bool:
        """Whether a name that has been read goes as it is into a call, a list or a context."""
        return self.scope.lenient or self.stream.at(",", ")", "]", "}", "instance")


@lru_cache(maxsize=256)
def _lexicon(names: frozenset[str], fields: frozenset[str], types: frozenset[str]) -> frozenset[str]:
    """The names that the lexer knows; kept, for a table's cells all share theirs."""
    return names | fields | types | _OWN_NAMES


def _keys(tokens: list[Token]) -> frozenset[str]:
    """The names that entries of the text's contexts may have: written, or given as texts to a function."""
    return frozenset(
        token.text if token.kind is TokenKind.NAME else str(token.value)
        for token, following in pairwise(tokens)
        if isinstance(token.value, str) or (token.kind is TokenKind.NAME and following.text == ":")
    )


def _negated(sign: Token, operand: Node) -> Node:
    if isinstance(operand, Literal) and type(operand.value) is Decimal:
        return Literal(sign.position, CONTEXT.minus(operand.value))
    return Negation(sign.position, operand)

"""The parser's view of the tokens: one ahead, with errors that say what was expected."""

from collections.abc import Iterator
from contextlib import contextmanager

from processes.decisions.errors import FeelError
from processes.decisions.lexer import Token, TokenKind
from processes.decisions.limits import MAX_DEPTH

_SHOWN = 30


class TokenStream:
    """Tokens read from left to right.

    With `by_lines`, a token that starts a line ends the statement before it, unless a bracket or
    an `if` is open (`inside`).
    """

    def __init__(self, text: str, tokens: list[Token], *, by_lines: bool = False) -> None:
        self.text = text
        self._tokens = tokens
        self._by_lines = by_lines
        self._index = 0
        self._begun_at = 0
        self._open = 0
        self._depth = 0

    def peek(self, ahead: int = 0) -> Token:
        """The token that comes, or END."""
        index = self._index + ahead
        token = self._tokens[index] if index < len(self._tokens) else self._tokens[-1]
        if self._by_lines and token.starts_line and not self._open and index != self._begun_at:
            return Token(TokenKind.END, "", token.position, starts_line=True)
        return token

    def starts_line(self, token: Token) -> bool:
        """Whether a token begins a line, where lines mean something."""
        return self._by_lines and token.starts_line

    def advance(self) -> Token:
        """Read the token that comes."""
        token = self.peek()
        if token.kind is not TokenKind.END:
            self._index += 1
        return token

    def begin_line(self) -> bool:
        """Begin a statement, or go on with one, at the token that comes; False at the end."""
        self._begun_at = self._index
        return self._tokens[self._index].kind is not TokenKind.END

    def at(self, *texts: str) -> bool:
        """Whether one of these signs or reserved words comes."""
        token = self.peek()
        return token.text in texts and token.kind in (TokenKind.OPERATOR, TokenKind.KEYWORD)

    def accept(self, *texts: str) -> Token | None:
        """Read one of these signs or words if it comes."""
        return self.advance() if self.at(*texts) else None

    def expect(self, *texts: str) -> Token:
        """Read one of these signs or words; raises FeelError when another comes."""
        token = self.accept(*texts)
        if token is None:
            raise self.unexpected(" o ".join(f"«{text}»" for text in texts))
        return token

    def expect_end(self) -> None:
        """Raises FeelError when something is left."""
        if self.peek().kind is not TokenKind.END:
            raise self.unexpected("el final o un operador")

    @contextmanager
    def inside(self) -> Iterator[None]:
        """While a bracket or an `if` is open, lines do not end the statement."""
        self._open += 1
        try:
            yield
        finally:
            self._open -= 1

    def descend(self) -> None:
        """One level of nesting down; raises FeelError below the last. An error leaves it there."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self.error(f"la expresión tiene más de {MAX_DEPTH} niveles de anidamiento")

    def ascend(self) -> None:
        """One level of nesting up."""
        self._depth -= 1

    def unexpected(self, expected: str) -> FeelError:
        """What was expected, and what came instead."""
        token = self.peek()
        found = f"«{token.text[:_SHOWN]}»" if token.kind is not TokenKind.END else "el final"
        return self.error(f"se esperaba {expected} y se encontró {found}")

    def error(self, message: str, position: int | None = None) -> FeelError:
        """An error here, or at `position`."""
        place = self.peek().position if position is None else position
        return FeelError(message, position=place, text=self.text)

"""From text to tokens: hand-written, one pass, exact positions.

Two words side by side are never legal FEEL except at a keyword, so names with spaces are joined
greedily; a name that holds a keyword or a sign is found because it is known beforehand.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from processes.decisions.decimals import number
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.limits import MAX_TEXT_LENGTH
from processes.decisions.strings import unescape
from processes.decisions.temporal import read_temporal
from processes.decisions.values import Value
from processes.decisions.vocabulary import KEYWORDS

_LEXEME = re.compile(
    r"""(?P<blank>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<at>@"[^"\n]*")
    |(?P<text>"(?:[^"\\\n]|\\.)*")
    |(?P<operator>\*\*|<=|>=|!=|\.\.|[-+*/<>=(){}\[\],:.])
    |(?P<word>\?|[^\W\d]\w*)""",
    re.VERBOSE | re.DOTALL,
)
_NEXT_WORD = re.compile(r"\s+(\w+)")
_NEXT_WORD_OF_LINE = re.compile(r"[^\S\n]+(\w+)")
_OTHER_QUOTES = "“”„‘’´`'"  # noqa: RUF001  # the look-alikes are what we look for
_SHOWN = 30


class TokenKind(StrEnum):
    """What a token is; its text is how an error shows it."""

    VALUE = "un valor"
    NAME = "un nombre"
    KEYWORD = "una palabra reservada"
    OPERATOR = "un signo"
    END = "el final"


class Token(NamedTuple):
    """One piece of the text; `value` is what a VALUE stands for."""

    kind: TokenKind
    text: str
    position: int
    starts_line: bool
    value: Value = None


def normalise(text: str) -> str:
    """The text as it is read: accents composed, so that á is one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normalise_name(name: str) -> str:
    """A name with single spaces and composed accents."""
    return " ".join(normalise(name).split())


def tokenise(text: str, names: frozenset[str], *, by_lines: bool = False) -> list[Token]:
    """Tokens of `text`, ending in END; with `by_lines` a name stops at the end of its line.

    Raises FeelError for a text that is too long and for what is no token.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise FeelError(f"la expresión tiene más de {MAX_TEXT_LENGTH} caracteres", text=text[:_SHOWN])
    special, next_word = _special_names(names), _NEXT_WORD_OF_LINE if by_lines else _NEXT_WORD
    tokens: list[Token] = []
    position, starts_line = 0, True
    while position < len(text):
        match = _LEXEME.match(text, position)
        if match is None:
            raise _unreadable(text, position)
        kind, end = match.lastgroup, match.end()
        if kind == "blank":
            starts_line = starts_line or "\n" in match[0]
        elif kind == "word":
            token, end = _word(text, match, special, next_word, starts_line=starts_line)
            tokens.append(token)
        else:
            tokens.append(_sign_or_value(text, match, starts_line=starts_line))
        starts_line = starts_line and kind == "blank"
        position = end
    tokens.append(Token(TokenKind.END, "", len(text), starts_line=True))
    return tokens


@lru_cache(maxsize=256)
def _special_names(names: frozenset[str]) -> re.Pattern[str] | None:
    """Matches the known names that greedy joining would miss, the longest first."""
    special = sorted(filter(_is_special, names), key=len, reverse=True)
    if not special:
        return None
    return re.compile("|".join(_name_pattern(name) for name in special))


def _is_special(name: str) -> bool:
    words = name.split()
    return not all(re.fullmatch(r"\w+", word) and word not in KEYWORDS for word in words)


def _name_pattern(name: str) -> str:
    boundary = r"(?!\w)" if re.match(r"\w", name[-1]) else ""
    return r"\s+".join(re.escape(word) for word in name.split()) + boundary


def _word(
    text: str,
    match: re.Match[str],
    special: re.Pattern[str] | None,
    next_word: re.Pattern[str],
    *,
    starts_line: bool,
) -> tuple[Token, int]:
    position, end = match.span()
    known = special.match(text, position) if special else None
    if match[0] in KEYWORDS and not known:
        return Token(TokenKind.KEYWORD, match[0], position, starts_line), end
    while (following := next_word.match(text, end)) and following[1] not in KEYWORDS:
        end = following.end()
    if known:
        end = max(end, known.end()) if match[0] not in KEYWORDS else known.end()
    name = " ".join(text[position:end].split())
    return Token(TokenKind.NAME, name, position, starts_line), end


def _sign_or_value(text: str, match: re.Match[str], *, starts_line: bool) -> Token:
    kind, written, position = match.lastgroup, match[0], match.start()
    if kind == "operator":
        return Token(TokenKind.OPERATOR, written, position, starts_line)
    try:
        value: Value
        if kind == "number":
            value = number(written)
        elif kind == "at":
            value = read_temporal(written[2:-1])
        else:
            value = unescape(written[1:-1])
    except NoValue as error:
        raise FeelError(str(error), position=position, text=text) from error
    return Token(TokenKind.VALUE, written, position, starts_line, value)


def _unreadable(text: str, position: int) -> FeelError:
    sign = text[position]
    if sign == '"' or text.startswith('@"', position):
        message = "faltan las comillas que cierran el texto"
    elif sign in _OTHER_QUOTES:
        message = f'los textos van entre comillas rectas ("así"), no con {sign}'
    else:
        message = f"no se esperaba el signo «{sign}»"
    return FeelError(message, position=position, text=text)


def known_names(names: Iterable[str]) -> frozenset[str]:
    """The names as the lexer compares them."""
    return frozenset(normalise_name(name) for name in names)

"""From text to tokens: hand-written, one pass, exact positions.

Two words side by side are never legal FEEL except at a keyword, so names with spaces are joined
greedily; a name that holds a keyword or a sign is found because it is known beforehand, or because
it stands where only the name of an entry or a parameter can stand.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from processes.decisions.decimals import number
from processes.decisions.errors import FeelError, NoValue
from processes.decisions.limits import MAX_TEXT_LENGTH
from processes.decisions.strings import unescape
from processes.decisions.temporal import read_temporal
from processes.decisions.values import Value
from processes.decisions.vocabulary import KEYWORDS

# Python's \w lacks some signs and the planes beyond the first, and its \s three blanks (rules 28 and 62).
_START = r"(?:[^\W\d]|[\u2070-\u218f\u2c00-\u2fef\U00010000-\U000EFFFF])"
_PART = r"[\w\xb7\u200c\u200d\u2070-\u218f\u2c00-\u2fef\U00010000-\U000EFFFF]"
_BLANK = r"[\s\u180e\u200b\ufeff]"
_LEXEME = re.compile(
    rf"""(?P<blank>{_BLANK}+|//[^\n]*|/\*.*?\*/)
    |(?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    |(?P<at>@"[^"\n]*")
    |(?P<text>"(?:[^"\\\n]|\\.)*")
    |(?P<operator>\*\*|<=|>=|!=|\.\.|[-+*/<>=(){{}}\[\],:.])
    |(?P<word>\?|{_START}{_PART}*)""",
    re.VERBOSE | re.DOTALL,
)
_TEXT_OF_LINES = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NEXT_WORD = re.compile(rf"\s+({_PART}+)")
_NEXT_WORD_OF_LINE = re.compile(rf"[^\S\n]+({_PART}+)")
_SIGNED = _PART[:-1] + r".+\-*/']"
_KEY_NAME = rf"({_START}{_SIGNED}*+(?:\s++{_SIGNED}++)*+)"
_KEY = re.compile(_KEY_NAME + r"\s*+:")
_PLACE_OF_A_KEY = re.compile(r"[{(,]\s*+\"?" + _KEY_NAME + r"\"?\s*+:")
_PLAIN_WORD = re.compile(f"{_PART}+")
_AT_ITS_END = f"(?!{_PART})"
_BEFORE_A_KEY = frozenset({"{", "(", ","})
_OTHER_QUOTES = "“”„‘’´`'"  # noqa: RUF001  # the look-alikes are what we look for
_MAX_SPECIAL_KEYS = 200
_SHOWN = 30


class TokenKind(StrEnum):
    """What a token is; its text is how an error shows it."""

    VALUE = "un valor"
    NAME = "un nombre"
    KEYWORD = "una palabra reservada"
    OPERATOR = "un signo"
    END = "el final"


class Token(NamedTuple):
    """One piece of the text; `value` is what a VALUE stands for.

    `flaw` says why a lenient reading found no value: the token stands for null.
    """

    kind: TokenKind
    text: str
    position: int
    starts_line: bool
    value: Value = None
    flaw: str | None = None


def normalise(text: str) -> str:
    """The text as it is read: accents composed, so that á is one character."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def normalise_name(name: str) -> str:
    """A name with single spaces and composed accents."""
    return " ".join(normalise(name).split())


def known_names(names: Iterable[str]) -> frozenset[str]:
    """The names as the lexer compares them."""
    return frozenset(normalise_name(name) for name in names)


def tokenise(
    text: str, names: frozenset[str], *, by_lines: bool = False, lenient: bool = False
) -> list[Token]:
    """Tokens of `text`, ending in END; with `by_lines` a name stops at the end of its line.

    Raises FeelError for a text that is too long and for what is no token. With `lenient`, a date
    that is no date is null (its token says why), an unknown escape stays as it is written, and a
    text between quotes may have lines.
    """
    if len(text) > MAX_TEXT_LENGTH:
        raise FeelError(f"la expresión tiene más de {MAX_TEXT_LENGTH} caracteres", text=text[:_SHOWN])
    return _Lexer(text, names, by_lines=by_lines, lenient=lenient).tokens()


class _Lexer:
    def __init__(self, text: str, names: frozenset[str], *, by_lines: bool, lenient: bool) -> None:
        self._text = text
        self._special = _special_names(names | _special_keys(text))
        self._next_word = _NEXT_WORD_OF_LINE if by_lines else _NEXT_WORD
        self._lenient = lenient
        self._tokens: list[Token] = []

    def tokens(self) -> list[Token]:
        text, position, starts_line = self._text, 0, True
        while position < len(text):
            match = self._lexeme(position)
            kind = match.lastgroup
            if kind == "blank":
                starts_line = starts_line or "\n" in match[0]
                position = match.end()
                continue
            if kind == "word":
                token, position = self._word(match, starts_line=starts_line)
            else:
                token, position = self._sign_or_value(match, starts_line=starts_line), match.end()
            self._tokens.append(token)
            starts_line = False
        self._tokens.append(Token(TokenKind.END, "", len(text), starts_line=True))
        return self._tokens

    def _lexeme(self, position: int) -> re.Match[str]:
        match = _LEXEME.match(self._text, position)
        if match is None and self._lenient:
            match = _TEXT_OF_LINES.match(self._text, position)
        if match is None:
            raise _unreadable(self._text, position)
        return match

    def _word(self, match: re.Match[str], *, starts_line: bool) -> tuple[Token, int]:
        position, end = match.span()
        last = self._tokens[-1].text if self._tokens else ""
        if last in _BEFORE_A_KEY and (key := _KEY.match(self._text, position)) and _is_key(key[1]):
            return Token(TokenKind.NAME, normalise_name(key[1]), position, starts_line), key.end(1)
        if last == "instance" and match[0] == "of":
            return Token(TokenKind.KEYWORD, "of", position, starts_line), end
        known = self._special.match(self._text, position) if self._special else None
        if match[0] in KEYWORDS and not known:
            return Token(TokenKind.KEYWORD, match[0], position, starts_line), end
        while (following := self._next_word.match(self._text, end)) and following[1] not in KEYWORDS:
            end = following.end()
        if known:
            end = max(end, known.end()) if match[0] not in KEYWORDS else known.end()
        name = " ".join(self._text[position:end].split())
        return Token(TokenKind.NAME, name, position, starts_line), end

    def _sign_or_value(self, match: re.Match[str], *, starts_line: bool) -> Token:
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
                value = unescape(written[1:-1], lenient=self._lenient)
        except NoValue as error:
            if self._lenient and kind != "text":
                return Token(TokenKind.VALUE, written, position, starts_line, flaw=str(error))
            raise FeelError(str(error), position=position, text=self._text) from error
        return Token(TokenKind.VALUE, written, position, starts_line, value)


@lru_cache(maxsize=256)
def _special_names(names: frozenset[str]) -> re.Pattern[str] | None:
    """Matches the known names that greedy joining would miss, the longest first."""
    special = sorted(filter(_is_special, names), key=len, reverse=True)
    if not special:
        return None
    return re.compile("|".join(_name_pattern(name) for name in special))


def _special_keys(text: str) -> frozenset[str]:
    """The names of entries and parameters of the text itself that hold a keyword or a sign.

    Past the first hundreds they can still be written between quotes.
    """
    if ":" not in text:
        return frozenset()
    found = (normalise_name(match[1]) for match in _PLACE_OF_A_KEY.finditer(text) if _is_key(match[1]))
    special = filter(_is_special, found)
    return frozenset(islice(special, _MAX_SPECIAL_KEYS))


def _is_key(written: str) -> bool:
    return "//" not in written and "/*" not in written


def _is_special(name: str) -> bool:
    if name in KEYWORDS:
        return False
    words = name.split()
    return not all(_PLAIN_WORD.fullmatch(word) and word not in KEYWORDS for word in words)


def _name_pattern(name: str) -> str:
    boundary = _AT_ITS_END if _PLAIN_WORD.fullmatch(name[-1]) else ""
    return r"\s+".join(re.escape(word) for word in name.split()) + boundary


def _unreadable(text: str, position: int) -> FeelError:
    sign = text[position]
    if sign == '"' or text.startswith('@"', position):
        message = "faltan las comillas que cierran el texto"
    elif sign in _OTHER_QUOTES:
        message = f'los textos van entre comillas rectas ("así"), no con {sign}'
    else:
        message = f"no se esperaba el signo «{sign}»"
    return FeelError(message, position=position, text=text)

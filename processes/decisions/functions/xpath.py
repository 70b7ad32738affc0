r"""XPath's regular expressions, written as those of the `regex` package (XPath F&O 3.1, 5.6.1).

They are not Python's: `^` and `$` are the ends of the text, `[a-z-[aeiou]]` subtracts, `\i` and `\c` are
the characters of XML names, `\p{IsGreek}` is a block, and what neither language reads alike is refused.
"""

import re
from dataclasses import dataclass, replace

from processes.decisions.errors import NoValue
from processes.decisions.functions import xpath_classes as classes

FLAGS = frozenset("smixq")
MAX_PATTERN_LENGTH = 1_000
# The engine writes repeated groups out when it compiles: nested, they would fill the memory.
_MAX_WRITTEN_OUT = 2_000
_MAX_REPEATS = 10_000
_MAX_NESTED_GROUPS = 30
_BLANKS = " \t\n\r"
_QUANTIFIER = re.compile(r"[?*+]|\{([0-9]{1,6})(,([0-9]{1,6})?)?\}")
_DIGITS = re.compile(r"[1-9][0-9]*")
_NOT_LITERAL = frozenset("?*+{}]")
_CASED = frozenset({r"\p{Lu}", r"\p{Ll}", r"\p{Lt}", r"\P{Lu}", r"\P{Ll}", r"\P{Lt}"})
_LINE_START = r"(?:\A|(?<=\n)(?!\Z))"
_LINE_END = r"(?=\n|\Z)"


@dataclass(frozen=True, slots=True)
class Translated:
    """The same pattern for the `regex` package, and how many groups it captures."""

    text: str
    groups: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A part that has been translated; `size` is what it is when its repeats are written out."""

    text: str
    size: int = 1
    single: bool = False


def translate(pattern: str, flags: str) -> Translated:
    """`pattern` under XPath's `flags`; raises NoValue for what is no pattern of XPath or is too large."""
    strange = next((flag for flag in flags if flag not in FLAGS), None)
    if strange is not None:
        raise NoValue(f"«{strange}» no es una opción: se conocen s, m, i, x, q")
    if len(pattern) > MAX_PATTERN_LENGTH:
        raise NoValue(f"una expresión regular no puede pasar de {MAX_PATTERN_LENGTH} caracteres")
    if "q" in flags:
        return Translated(re.escape(pattern), 0)
    reader = _Reader(_without_blanks(pattern) if "x" in flags else pattern, flags)
    return Translated(reader.pattern().text, reader.groups)


def _without_blanks(pattern: str) -> str:
    """The pattern without blanks, save those inside brackets (flag x)."""
    kept: list[str] = []
    depth, escaped = 0, False
    for character in pattern:
        if character in _BLANKS and not depth:
            continue
        if not escaped:
            depth += {"[": 1, "]": -1}.get(character, 0)
        escaped = character == "\\" and not escaped
        kept.append(character)
    return "".join(kept)


class _Reader:
    """Reads a pattern from left to right; `groups` counts those that capture."""

    def __init__(self, text: str, flags: str) -> None:
        self._text = text
        self._place = 0
        self._depth = 0
        self._closed: set[int] = set()
        start, end = (_LINE_START, _LINE_END) if "m" in flags else (r"\A", r"\Z")
        self._signs = {
            ".": _Part(r"(?s:.)" if "s" in flags else r"[^\n\r]", single=True),
            "^": _Part(f"(?:{start})"),
            "$": _Part(f"(?:{end})"),
        }
        self.groups = 0

    def pattern(self) -> _Part:
        """The whole pattern."""
        part = self._alternatives()
        if self._place < len(self._text):
            raise self._wrong("un paréntesis se cierra sin haberse abierto")
        return part

    def _alternatives(self) -> _Part:
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        return _Part("|".join(each.text for each in branches), sum(each.size for each in branches))

    def _branch(self) -> _Part:
        texts: list[str] = []
        size = 0
        while self._place < len(self._text) and self._text[self._place] not in "|)":
            part = self._repeated(self._atom())
            texts.append(part.text)
            size += part.size
        if size > _MAX_WRITTEN_OUT:
            raise NoValue("la expresión regular repite demasiado")
        return _Part("".join(texts), size)

    def _repeated(self, atom: _Part) -> _Part:
        match = _QUANTIFIER.match(self._text, self._place)
        if match is None:
            return atom
        self._place = match.end()
        least, most = self._bounds(match)
        if least > _MAX_REPEATS or (most is not None and not least <= most <= _MAX_REPEATS):
            raise self._wrong(f"las repeticiones van de menos a más y no pasan de {_MAX_REPEATS}")
        lazy = "?" if self._take("?") else ""
        size = 1 if atom.single else atom.size * (least + 1)
        return _Part(f"{atom.text}{match[0]}{lazy}", size)

    def _bounds(self, match: re.Match[str]) -> tuple[int, int | None]:
        if match[1] is None:
            return (1 if match[0] == "+" else 0), None
        least = int(match[1])
        return least, (int(match[3]) if match[3] else None if match[2] else least)

    def _atom(self) -> _Part:
        character = self._text[self._place]
        self._place += 1
        match character:
            case "(":
                return self._group()
            case "[":
                return self._known(classes.read_class(self._text, self._place))
            case "\\":
                return self._escape()
        if character in self._signs:
            return self._signs[character]
        if character in _NOT_LITERAL:
            raise self._wrong(f"«{character}» no tiene qué repetir o necesita «\\» delante")
        return _Part(re.escape(character), single=True)

    def _known(self, found: classes.Found) -> _Part:
        self._place = found.end
        return _Part(found.text, single=True)

    def _group(self) -> _Part:
        if self._depth == _MAX_NESTED_GROUPS:
            raise self._wrong(f"no puede haber más de {_MAX_NESTED_GROUPS} paréntesis uno dentro de otro")
        number = self._open_group()
        self._depth += 1
        inside = self._alternatives()
        self._depth -= 1
        if not self._take(")"):
            raise self._wrong("falta cerrar un paréntesis")
        if number is None:
            return _Part(f"(?:{inside.text})", 1 + inside.size)
        self._closed.add(number)
        return _Part(f"({inside.text})", 1 + inside.size)

    def _open_group(self) -> int | None:
        if self._text.startswith("?", self._place):
            if not self._text.startswith("?:", self._place):
                raise self._wrong("después de «(?» solo puede ir «:»")
            self._place += 2
            return None
        self.groups += 1
        return self.groups

    def _escape(self) -> _Part:
        digits = _DIGITS.match(self._text, self._place)
        if digits is not None:
            return self._back_reference(digits[0])
        part = self._known(classes.read_escape(self._text, self._place))
        # The flag i widens letters, never categories; the engine would widen both.
        return replace(part, text=f"(?-i:{part.text})") if part.text in _CASED else part

    def _back_reference(self, digits: str) -> _Part:
        """What a group matched, or nothing when it did not; further digits are themselves."""
        while len(digits) > 1 and int(digits) > self.groups:
            digits = digits[:-1]
        if int(digits) not in self._closed:
            raise self._wrong(f"«\\{digits}» nombra un paréntesis que no se ha cerrado")
        self._place += len(digits)
        return _Part(rf"(?:(?({digits})\{digits}|))")

    def _take(self, character: str) -> bool:
        found = self._text.startswith(character, self._place)
        self._place += found
        return found

    def _wrong(self, reason: str) -> NoValue:
        return NoValue(f"expresión regular, carácter {self._place}: {reason}")

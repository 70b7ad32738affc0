r"""Classes of characters of XPath's patterns: `\d`, `\p{Lu}`, `[a-z-[aeiou]]` (XML Schema 1.1-2, G.4)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from processes.decisions.errors import NoValue

_MAX_NESTED = 20
_NAME_START = (
    r"A-Z_a-z:\xC0-\xD6\xD8-\xF6\xF8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D\u2070-\u218F"
    r"\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
_NAME = _NAME_START + r"\-.0-9\xB7\u0300-\u036F\u203F-\u2040"
_MANY: Mapping[str, str] = {
    "d": r"\p{Nd}",
    "D": r"\P{Nd}",
    "w": r"[^\p{P}\p{Z}\p{C}]",
    "W": r"[\p{P}\p{Z}\p{C}]",
    "s": r"[\ \t\n\r]",
    "S": r"[^\ \t\n\r]",
    "i": f"[{_NAME_START}]",
    "I": f"[^{_NAME_START}]",
    "c": f"[{_NAME}]",
    "C": f"[^{_NAME}]",
}
_ONE: Mapping[str, str] = {"n": "\n", "r": "\r", "t": "\t"} | {sign: sign for sign in "\\|.-^?*+{}()[]$"}
_PROPERTY = re.compile(r"[pP]\{(?:(?P<category>[A-Z][a-z]?)|Is(?P<block>[A-Za-z0-9-]+))\}")
_CATEGORY = re.compile(r"L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")
# Blocks whose name in XML Schema is older than in Unicode.
_OLD_BLOCKS = {
    "Greek": "GreekandCoptic",
    "CombiningMarksforSymbols": "CombiningDiacriticalMarksforSymbols",
    "PrivateUse": "PrivateUseArea",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A class that has been translated, and where the text goes on; `one` is its only character."""

    text: str
    end: int
    one: str | None = None


def read_escape(text: str, place: int) -> Found:
    r"""What stands after a `\`; raises NoValue when it is no escape."""
    letter = text[place : place + 1]
    if letter in _MANY:
        return Found(_MANY[letter], place + 1)
    if letter in _ONE:
        return Found(re.escape(_ONE[letter]), place + 1, _ONE[letter])
    match = _PROPERTY.match(text, place)
    if match is None:
        raise NoValue(f"expresión regular: «\\{letter}» no se conoce")
    return Found(f"\\{letter}{{{_property(match)}}}", match.end())


def _property(match: re.Match[str]) -> str:
    category, block = match["category"], match["block"]
    if category is None:
        return f"In{_OLD_BLOCKS.get(block, block)}"
    if not _CATEGORY.fullmatch(category):
        raise NoValue(f"expresión regular: «{category}» no es una categoría de caracteres")
    return str(category)


def read_class(text: str, place: int, depth: int = 1) -> Found:
    """The class whose `[` stands just before `place`; raises NoValue when it is none."""
    if depth > _MAX_NESTED:
        raise NoValue("expresión regular: demasiados corchetes, uno dentro de otro")
    negated = text.startswith("^", place)
    place += negated
    first = place
    parts: list[str] = []
    while place < len(text) and text[place] != "]":
        if text.startswith("-[", place) and place > first:
            return _subtraction(_set(parts, negated=negated), text, place + 2, depth)
        part = _member(text, place)
        parts.append(part.text)
        place = part.end
    if place == len(text) or not parts:
        raise NoValue("expresión regular: un corchete está vacío o sin cerrar")
    return Found(_set(parts, negated=negated), place + 1)


def _set(parts: list[str], *, negated: bool) -> str:
    return f"[{'^' if negated else ''}{''.join(parts)}]"


def _subtraction(left: str, text: str, place: int, depth: int) -> Found:
    right = read_class(text, place, depth + 1)
    if not text.startswith("]", right.end):
        raise NoValue("expresión regular: después de lo que se resta solo puede ir «]»")
    return Found(f"[{left}--{right.text}]", right.end + 1)


def _member(text: str, place: int) -> Found:
    """One character, one escape or a range `a-z`. A hyphen that begins a member is itself."""
    low = _one(text, place)
    after = text[low.end : low.end + 3]
    if low.one is None or after[:1] != "-" or after[1:2] in ("]", "[") or after == "--[":
        return low
    high = _one(text, low.end + 1)
    if high.one is None or low.one > high.one:
        raise NoValue("expresión regular: un intervalo de caracteres va de menor a mayor")
    return Found(f"{low.text}-{high.text}", high.end)


def _one(text: str, place: int) -> Found:
    character = text[place : place + 1]
    if character == "\\":
        return read_escape(text, place + 1)
    if character in ("", "["):
        raise NoValue("expresión regular: «[» necesita «\\» delante dentro de corchetes")
    return Found(re.escape(character), place + 1, character)

"""Text literals: their escapes (DMN 1.5, grammar rule 33)."""

import re

from processes.decisions.errors import NoValue

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}


def unescape(body: str, *, lenient: bool = False) -> str:
    r"""The text between the quotes, its `\n`, `\"`, `é` and `\U01F600` resolved.

    Raises NoValue for an unknown escape, unless `lenient` leaves it as it is written, and for what is
    no character (or is NUL).
    """
    if "\\" not in body:
        return _storable(body)
    # A pair of \u surrogates is one character; UTF-16 joins it and refuses a lone half.
    text = _ESCAPE.sub(_resolved_or_left if lenient else _resolved, body)
    try:
        return _storable(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    except UnicodeDecodeError as error:
        raise NoValue("el texto tiene un carácter \\u incompleto") from error


def _resolved_or_left(match: re.Match[str]) -> str:
    plain = match[3]
    return match[0] if plain is not None and plain not in _PLAIN else _resolved(match)


def _resolved(match: re.Match[str]) -> str:
    short, long, plain = match.groups()
    if plain is not None:
        if plain not in _PLAIN:
            raise NoValue(f"«\\{plain}» no es un escape: se conocen \\n \\t \\r \\\" \\' \\\\ \\u \\U")
        return _PLAIN[plain]
    try:
        return chr(int(short or long, 16))
    except ValueError as error:
        raise NoValue(f"«{match[0]}» no es un carácter") from error


def _storable(text: str) -> str:
    if "\0" in text:
        raise NoValue("un texto no puede tener el carácter nulo")
    return text

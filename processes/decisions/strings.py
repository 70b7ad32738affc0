"""Text literals: their escapes (DMN 1.5, grammar rule 33)."""

import re

from processes.decisions.errors import NoValue

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_PLAIN = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\", "'": "'"}


def unescape(body: str) -> str:
    r"""The text between the quotes, its `\n`, `\"`, `é` and `\U01F600` resolved.

    Raises NoValue for an unknown escape and for what is no character (or is NUL).
    """
    if "\\" not in body:
        return _storable(body)
    # A pair of \u surrogates is one character; UTF-16 joins it and refuses a lone half.
    text = _ESCAPE.sub(_resolve, body)
    try:
        return _storable(text.encode("utf-16-le", "surrogatepass").decode("utf-16-le"))
    except UnicodeDecodeError as error:
        raise NoValue("el texto tiene un carácter \\u incompleto") from error


def _resolve(match: re.Match[str]) -> str:
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

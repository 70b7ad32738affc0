"""Text from outside, made fit to be kept: one normal form, no control characters."""

import re
import unicodedata

from notifications.addresses import is_valid_address
from processes.common.errors import Invalid

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_WRONG_ADDRESS = "Revise el correo: debe tener la forma nombre@dominio.co."


def clean_text(text: str, *, field: str, max_length: int) -> str:
    r"""`text` in NFC with `\n` line ends and without blanks at its ends; tabs and lines are kept.

    `max_length` counts characters after cleaning. Raises Invalid (for `field`) when the text holds
    control characters or is longer.
    """
    if _CONTROL.search(text) or _LONE_SURROGATE.search(text):
        raise Invalid(
            "El texto contiene caracteres que no se pueden guardar.",
            {field: "Contiene caracteres de control. Escríbalo de nuevo o péguelo sin formato."},
        )
    cleaned = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(cleaned) > max_length:
        reason = f"Tiene {len(cleaned)} caracteres; el máximo es {max_length}. Puede adjuntar un archivo."
        raise Invalid("El texto es más largo de lo que se puede guardar.", {field: reason})
    return cleaned


def clean_line(text: str, *, field: str, max_length: int) -> str:
    """Like `clean_text`, on one line: every run of blanks and line ends becomes one space."""
    return clean_text(_SPACES.sub(" ", text), field=field, max_length=max_length)


def clean_address(text: str, *, field: str) -> str:
    """A mail address that the office can write to, or nothing. Raises Invalid with a sentence for `field`."""
    address = clean_line(text, field=field, max_length=320)
    if address and not is_valid_address(address):
        raise Invalid(_WRONG_ADDRESS, {field: _WRONG_ADDRESS})
    return address

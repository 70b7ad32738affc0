"""What of a person is still legible in a text that will be public. Pure; a help for who redacts it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+")
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
_PHONE = re.compile(r"(?<!\d)(?:\+?57[ -]?)?3\d{2}[ .-]?\d{3}[ .-]?\d{2}[ .-]?\d{2}(?!\d)")
_DOCUMENT = re.compile(
    r"\b(?:c[ée]dula|pasaporte|nit|c\.? ?[ce]\.?|t\.? ?i\.?)(?!\w)[^\d\n]{0,40}(?:\d[. ]?){6,}",
    re.IGNORECASE,
)
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 5
_PARTICLES = frozenset({"del", "las", "los", "san", "von", "van", "dos"})


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """What the office knows of the person who asked; empty where it knows nothing."""

    full_name: str = ""
    document_number: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""


def personal_data_in(text: str, person: KnownPerson) -> tuple[str, ...]:
    """In words, each kind of personal datum that `text` still shows: of `person`, or of anybody.

    A name counts when two of its parts stand in the text, or its only one. It finds what it knows to
    look for and no more: a nickname or a neighbour's name is for the person who redacts.
    """
    return tuple(_found(text, person))


def _found(text: str, person: KnownPerson) -> Iterator[str]:
    words = {_plain(word) for word in _WORD.findall(text)}
    if _names(person.full_name, words):
        yield "el nombre de quien la presentó"
    if _holds_number(text, person.document_number):
        yield "su número de documento"
    elif _DOCUMENT.search(text):
        yield "un número de documento"
    if person.email and person.email.casefold() in text.casefold():
        yield "su correo"
    elif _MAIL.search(text):
        yield "un correo"
    if _holds_number(text, person.phone):
        yield "su teléfono"
    elif _PHONE.search(text):
        yield "un teléfono"
    if person.address and _plain(person.address) in _plain(text):
        yield "su dirección"


def _names(full_name: str, words: set[str]) -> bool:
    parts = {
        plain
        for word in _WORD.findall(full_name)
        if len(plain := _plain(word)) >= _SHORTEST_NAME and plain not in _PARTICLES
    }
    return bool(parts) and len(parts & words) >= min(2, len(parts))


def _holds_number(text: str, number: str) -> bool:
    """Whether the digits of `number` stand in a row in `text`, however they are parted."""
    digits = re.sub(r"\D", "", number)
    if len(digits) < _SHORTEST_NUMBER:
        return False
    return re.search(rf"(?<!\d){'[ .-]?'.join(digits)}(?!\d)", text) is not None


def _plain(text: str) -> str:
    """In small letters, without accents, with single blanks."""
    parted = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in parted if not unicodedata.combining(sign)).split())

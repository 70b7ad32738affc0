"""What a citizen sends, checked once at the door."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import TypeVar

from processes.common.errors import Invalid
from processes.common.text import clean_address, clean_line, clean_text
from processes.petitions.tables import Channel
from processes.terms.kinds import CITIZEN_KINDS, PetitionKind
from processes.terms.lengths import Length

MAX_BODY = 20_000
MAX_SUBJECT = 200
_OLDEST_RECEPTION = timedelta(days=90)
_Choice = TypeVar("_Choice", bound=StrEnum)


class DocumentType(StrEnum):
    """Identity documents of the single form."""

    CC = "CC"
    CE = "CE"
    TI = "TI"
    NIT = "NIT"
    PASSPORT = "PA"
    PPT = "PPT"


DOCUMENT_LABELS: Mapping[DocumentType, str] = MappingProxyType(
    {
        DocumentType.CC: "Cédula de ciudadanía",
        DocumentType.CE: "Cédula de extranjería",
        DocumentType.TI: "Tarjeta de identidad",
        DocumentType.NIT: "NIT",
        DocumentType.PASSPORT: "Pasaporte",
        DocumentType.PPT: "Permiso por protección temporal",
    }
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks (CPACA 16.2): names, document, and where to answer."""

    full_name: str
    document_type: DocumentType
    document_number: str
    email: str = ""
    phone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file already kept by its hash, with the name that its sender gave it."""

    name: str
    media_type: str
    size: int
    sha256: str

    @property
    def kind(self) -> str:
        """What sort of file it is, in the letters of its ending: `PDF`."""
        return self.name.rsplit(".", 1)[-1].upper()


@dataclass(frozen=True, slots=True)
class NewPetition:
    """A petition that may be filed. `identity` is None for an anonymous one.

    `transferred_by` is the body that sent it on because it is ours to answer (CPACA 21), and `fixed`
    the term that whoever asks fixed: a control body, a council, a judge.
    """

    kind: PetitionKind
    subject: str
    body: str
    channel: Channel = Channel.WEB
    identity: Identity | None = None
    reserve_identity: bool = False
    attachments: tuple[StoredFile, ...] = ()
    transferred_by: str = ""
    fixed: Length | None = None


def new_petition(
    raw: Mapping[str, str], *, channel: Channel = Channel.WEB, attachments: tuple[StoredFile, ...] = ()
) -> NewPetition:
    """The petition in `raw`, whose keys are the fields of the single form.

    Keys: kind, subject, body, anonymous and reserve_identity ("true" or ""), full_name,
    document_type, document_number, email, phone, address, privacy_notice ("true"). A key that is
    absent counts as empty. Raises Invalid with a sentence for each field that is wrong, all at once.
    """
    problems: dict[str, str] = {}
    kind = _choice(raw, "kind", CITIZEN_KINDS, "Elija qué desea presentar.", problems)
    subject = _line(raw, "subject", MAX_SUBJECT, problems)
    body = _text(raw, "body", MAX_BODY, problems)
    if "subject" not in problems and not subject:
        problems["subject"] = "Escriba el asunto en pocas palabras."
    if "body" not in problems and not body:
        problems["body"] = "Cuéntenos qué solicita y por qué."
    anonymous = raw.get("anonymous", "") == "true"
    reserve = raw.get("reserve_identity", "") == "true"
    if reserve and anonymous:
        problems["reserve_identity"] = (
            "Una petición anónima no tiene identidad que reservar. Elija una de las dos."
        )
    elif reserve and kind is not PetitionKind.WRONGDOING_REPORT:
        problems["reserve_identity"] = "La reserva de identidad es para las denuncias."
    if raw.get("privacy_notice", "") != "true":
        problems["privacy_notice"] = "Lea el aviso de privacidad y marque la casilla para continuar."
    identity = None if anonymous else _identity(raw, problems)
    if problems or kind is None:
        raise Invalid("Revise los campos señalados; lo que escribió se conserva.", problems)
    return NewPetition(kind, subject, body, channel, identity, reserve, attachments)


def check_reception(received_at: datetime, now: datetime) -> datetime:
    """`received_at`, when a person may enter it at `now`. Raises Invalid for the future or 90 days ago."""
    if received_at.tzinfo is None or not now - _OLDEST_RECEPTION <= received_at <= now:
        reason = "La fecha de recepción no puede ser futura ni anterior a 90 días."
        raise Invalid(reason, {"received_at": reason})
    return received_at


def _identity(raw: Mapping[str, str], problems: dict[str, str]) -> Identity | None:
    full_name = _line(raw, "full_name", 200, problems)
    document_type = _choice(
        raw, "document_type", tuple(DocumentType), "Elija el tipo de documento.", problems
    )
    number = _line(raw, "document_number", 30, problems)
    email = _address(raw, "email", problems)
    phone = _line(raw, "phone", 40, problems)
    address = _line(raw, "address", 300, problems)
    if "full_name" not in problems and not full_name:
        problems["full_name"] = "Escriba su nombre completo, o marque que prefiere no identificarse."
    if "document_number" not in problems and not re.fullmatch(r"[0-9A-Za-z.\- ]{3,30}", number):
        problems["document_number"] = "Escriba el número de su documento, con números y letras."
    if not email and not address and not {"email", "address"} & problems.keys():
        problems["email"] = "Escriba un correo o una dirección para que podamos responderle."
    if document_type is None:
        return None
    return Identity(full_name, document_type, number, email, phone, address)


def _choice(
    raw: Mapping[str, str], name: str, choices: tuple[_Choice, ...], otherwise: str, problems: dict[str, str]
) -> _Choice | None:
    given = raw.get(name, "")
    for choice in choices:
        if choice.value == given:
            return choice
    problems[name] = otherwise
    return None


def _line(raw: Mapping[str, str], name: str, max_length: int, problems: dict[str, str]) -> str:
    try:
        return clean_line(raw.get(name, ""), field=name, max_length=max_length)
    except Invalid as error:
        problems.update(error.fields)
        return ""


def _address(raw: Mapping[str, str], name: str, problems: dict[str, str]) -> str:
    try:
        return clean_address(raw.get(name, ""), field=name)
    except Invalid as error:
        problems.update(error.fields)
        return ""


def _text(raw: Mapping[str, str], name: str, max_length: int, problems: dict[str, str]) -> str:
    try:
        return clean_text(raw.get(name, ""), field=name, max_length=max_length)
    except Invalid as error:
        problems.update(error.fields)
        return ""

"""What a citizen sends, checked once at the door."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from processes.petitions.form_reader import FormReader
from processes.petitions.reception import Nature, PetitionerType, ReplyBy, SpecialCare
from processes.petitions.reception_words import REGIONS, SPOKEN_CHANNELS
from processes.petitions.tables import Channel
from processes.terms.kinds import CITIZEN_KINDS, PetitionKind
from processes.terms.lengths import Length

MAX_BODY = 20_000
MAX_SUBJECT = 200
MAX_CODE = 40
_NUMBER = re.compile(r"[0-9A-Za-z.\- ]{3,30}")


class DocumentType(StrEnum):
    """Identity documents of the single form."""

    CC = "CC"
    CE = "CE"
    TI = "TI"
    NIT = "NIT"
    PASSPORT = "PA"
    PPT = "PPT"
    RC = "RC"
    NONE = "none"


DOCUMENT_LABELS: Mapping[DocumentType, str] = MappingProxyType(
    {
        DocumentType.CC: "Cédula de ciudadanía",
        DocumentType.CE: "Cédula de extranjería",
        DocumentType.TI: "Tarjeta de identidad",
        DocumentType.NIT: "NIT",
        DocumentType.PASSPORT: "Pasaporte",
        DocumentType.PPT: "Permiso por protección temporal",
        DocumentType.RC: "Registro civil",
        DocumentType.NONE: "Sin documento",
    }
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who asks (CPACA 16.2): names, document, and where to answer.

    `region` is a department of the country. The representative is whoever speaks for them: a proxy, a
    legal representative, a guardian. `electronic_notice`: they chose e-mail, and with it accepted to be
    notified there (CPACA 56).
    """

    full_name: str
    document_type: DocumentType
    document_number: str
    email: str = ""
    phone: str = ""
    address: str = ""
    region: str = ""
    municipality: str = ""
    neighbourhood: str = ""
    representative_name: str = ""
    representative_document: str = ""
    electronic_notice: bool = False


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
class Reception:
    """What the desk notes when it receives a petition for somebody.

    `received_by` is who received it, `verbal` that it was spoken (Decreto 1166 de 2016), `missing` what
    was missing, or why it is not ours, when the citizen insisted in filing (CPACA 15), `paper_annexes`
    what came with it on paper, `language` the native language in which it was spoken.
    """

    received_by: str
    verbal: bool = False
    missing: str = ""
    paper_annexes: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class NewPetition:
    """A petition that may be filed. `identity` is None for an anonymous one.

    `transferred_by` is the body that sent it on because it is ours to answer (CPACA 21), and `fixed`
    the term that whoever asks fixed: a control body, a council, a judge. `topic` and `territory` are
    codes of the entity's lists, or empty. `urgent`: somebody's life or safety is in danger.
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
    nature: Nature = Nature.PETITION
    petitioner_type: PetitionerType = PetitionerType.NATURAL
    reply_by: ReplyBy | None = None
    urgent: bool = False
    special_care: tuple[SpecialCare, ...] = ()
    topic: str = ""
    territory: str = ""
    reception: Reception | None = None

    @property
    def petitioner(self) -> PetitionerType:
        """Who asks; nobody who is not known is anything but anonymous."""
        return self.petitioner_type if self.identity else PetitionerType.ANONYMOUS

    @property
    def answered_by(self) -> ReplyBy:
        """How the answer is made known: as was chosen, else as what was left allows."""
        if self.identity is None:
            return ReplyBy.PUBLICATION
        if self.reply_by is not None:
            return self.reply_by
        if self.identity.email:
            return ReplyBy.EMAIL
        return ReplyBy.LETTER if self.identity.address else ReplyBy.PUBLICATION

    @property
    def verbal(self) -> bool:
        """Whether it was spoken (CPACA 15): by its channel, or as the desk says."""
        return self.channel in SPOKEN_CHANNELS or (self.reception is not None and self.reception.verbal)

    @property
    def minor(self) -> bool:
        """Whether it is a child's or an adolescent's (Decreto-Ley 19 de 2012, artículo 12)."""
        return self.petitioner is PetitionerType.MINOR or SpecialCare.MINOR in self.special_care


@dataclass(frozen=True, slots=True)
class Asked:
    """What one door asks of whoever fills in the form: as it stands, what the public one asks.

    With `insists` nothing is refused because it is missing: what is known of somebody is kept.
    """

    kinds: tuple[PetitionKind, ...] = CITIZEN_KINDS
    nature: Nature = Nature.PETITION
    insists: bool = False
    privacy_notice: bool = True

    @property
    def lenient(self) -> bool:
        """Whether somebody may stay unknown in part: who insists, or who sent what is no petition."""
        return self.insists or self.nature is not Nature.PETITION


def new_petition(
    raw: Mapping[str, str], *, channel: Channel = Channel.WEB, attachments: tuple[StoredFile, ...] = ()
) -> NewPetition:
    """The petition in `raw`, whose keys are the fields of the single form.

    Keys: kind, subject, body, petitioner_type (or anonymous, "true"), reserve_identity ("true"),
    full_name, document_type, document_number, representative_name, representative_document, email,
    phone, address, region, municipality, neighbourhood, reply_by, urgent ("true"), special_care (with
    commas), topic, territory, privacy_notice ("true"). A key that is absent counts as empty. Raises
    Invalid with a sentence for each field that is wrong, all at once.
    """
    reader = FormReader(raw)
    petition = read_petition_form(reader, Asked(), channel=channel, attachments=attachments)
    reader.check()
    return petition


def read_petition_form(
    reader: FormReader, asked: Asked, *, channel: Channel, attachments: tuple[StoredFile, ...]
) -> NewPetition:
    """The petition in the form of `reader`, good once its `check` has passed."""
    kind = PetitionKind.REQUEST
    if asked.nature is Nature.PETITION:
        kind = reader.choice("kind", asked.kinds, otherwise="Elija qué desea presentar.") or kind
    why = "Cuéntenos qué solicita y por qué." if asked.nature is Nature.PETITION else ""
    who = _petitioner_type(reader)
    anonymous = who is PetitionerType.ANONYMOUS
    if asked.privacy_notice and not reader.flag("privacy_notice"):
        reader.wrong("privacy_notice", "Lea el aviso de privacidad y marque la casilla para continuar.")
    _check_reserve(reader, kind, anonymous=anonymous)
    return NewPetition(
        kind=kind,
        subject=reader.line("subject", MAX_SUBJECT, otherwise="Escriba el asunto en pocas palabras."),
        body=reader.text("body", MAX_BODY, otherwise=why),
        channel=channel,
        identity=None if anonymous else _identity(reader, who, asked),
        reserve_identity=reader.flag("reserve_identity"),
        attachments=attachments,
        nature=asked.nature,
        petitioner_type=who,
        reply_by=None if anonymous else _reply_by(reader),
        urgent=reader.flag("urgent"),
        special_care=reader.choices("special_care", tuple(SpecialCare), otherwise="Elija de la lista."),
        topic=reader.line("topic", MAX_CODE),
        territory=reader.line("territory", MAX_CODE),
    )


def _petitioner_type(reader: FormReader) -> PetitionerType:
    if reader.flag("anonymous"):
        return PetitionerType.ANONYMOUS
    if not reader.given("petitioner_type"):
        return PetitionerType.NATURAL
    chosen = reader.choice("petitioner_type", tuple(PetitionerType), otherwise="Elija quién la presenta.")
    return chosen or PetitionerType.NATURAL


def _check_reserve(reader: FormReader, kind: PetitionKind, *, anonymous: bool) -> None:
    if not reader.flag("reserve_identity"):
        return
    if anonymous:
        reader.wrong(
            "reserve_identity", "Una petición anónima no tiene identidad que reservar. Elija una de las dos."
        )
    elif kind is not PetitionKind.WRONGDOING_REPORT:
        reader.wrong("reserve_identity", "La reserva de identidad es para las denuncias.")


def _identity(reader: FormReader, who: PetitionerType, asked: Asked) -> Identity:
    lenient = asked.lenient
    nameless = "Escriba el nombre completo, o elija que no se identifica."
    full_name = reader.line("full_name", 200, otherwise="" if asked.insists else nameless)
    document_type = _document_type(reader, who, lenient=lenient)
    number = reader.line("document_number", 30)
    needs_number = not lenient and document_type is not DocumentType.NONE
    if (number or needs_number) and not _NUMBER.fullmatch(number):
        reader.wrong("document_number", "Escriba el número del documento, con números y letras.")
    email, address = reader.address("email"), reader.line("address", 300)
    asked_how = bool(reader.given("reply_by")) or not {"email", "address"}.isdisjoint(reader.problems)
    if not (email or address or lenient or asked_how):
        reader.wrong("email", "Escriba un correo o una dirección para que podamos responderle.")
    proxy = who is PetitionerType.PROXY and not lenient
    speaks = "Escriba el nombre de quien habla por esa persona." if proxy else ""
    shows = "Escriba el documento de quien habla por esa persona." if proxy else ""
    region = reader.line("region", 60)
    if region and region not in REGIONS:
        reader.wrong("region", "Elija el departamento de la lista.")
    return Identity(
        full_name=full_name,
        document_type=document_type or DocumentType.NONE,
        document_number=number,
        email=email,
        phone=reader.line("phone", 40),
        address=address,
        region=region,
        municipality=reader.line("municipality", 120),
        neighbourhood=reader.line("neighbourhood", 120),
        representative_name=reader.line("representative_name", 200, otherwise=speaks),
        representative_document=reader.line("representative_document", 60, otherwise=shows),
        electronic_notice=reader.given("reply_by") == ReplyBy.EMAIL,
    )


def _document_type(reader: FormReader, who: PetitionerType, *, lenient: bool) -> DocumentType | None:
    """The document, None when it is wrong. A child may have none at hand, and a company has its NIT."""
    optional = lenient or who is PetitionerType.MINOR
    if not reader.given("document_type"):
        if optional:
            return DocumentType.NONE
        if who is PetitionerType.LEGAL_ENTITY:
            return DocumentType.NIT
    offered = tuple(each for each in DocumentType if optional or each is not DocumentType.NONE)
    return reader.choice("document_type", offered, otherwise="Elija el tipo de documento.")


def _reply_by(reader: FormReader) -> ReplyBy | None:
    """The way that was chosen; None when nobody asked, or nothing was chosen."""
    if not reader.given("reply_by"):
        return None
    offered = (ReplyBy.EMAIL, ReplyBy.LETTER)
    chosen = reader.choice("reply_by", offered, otherwise="Elija por dónde quiere la respuesta.")
    if chosen is ReplyBy.EMAIL and not reader.given("email").strip():
        reader.wrong("email", "Escriba el correo en el que quiere la respuesta.")
    if chosen is ReplyBy.LETTER and not reader.given("address").strip():
        reader.wrong("address", "Escriba la dirección en la que quiere la respuesta.")
    return chosen

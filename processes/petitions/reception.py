"""What a communication is told to be when it comes in: closed sets of the single form (formato único)."""

from enum import StrEnum


class Nature(StrEnum):
    """What came in. Only a petition runs a term; the rest is recorded and sent where it belongs."""

    PETITION = "petition"
    JUDICIAL_NOTICE = "judicial_notice"
    INVOICE = "invoice"
    OTHER = "other"


class PetitionerType(StrEnum):
    """Who asks, and whether they speak for themselves (CPACA 13 and 16.2)."""

    NATURAL = "natural"
    LEGAL_ENTITY = "legal_entity"
    MINOR = "minor"
    PROXY = "proxy"
    ANONYMOUS = "anonymous"


class ReplyBy(StrEnum):
    """How the answer is made known. Publication is for whoever left no address (CPACA 69)."""

    EMAIL = "email"
    LETTER = "letter"
    PUBLICATION = "publication"


class SpecialCare(StrEnum):
    """What somebody says of themselves to be attended first; sensitive, and never compulsory.

    CPACA 5.6 and 20; Decreto-Ley 19 de 2012, artículos 12 and 13; Ley 1581 de 2012, artículo 6.
    """

    MINOR = "minor"
    PREGNANT = "pregnant"
    DISABILITY = "disability"
    ELDERLY = "elderly"
    VICTIM = "victim"
    JOURNALIST = "journalist"
    VETERAN = "veteran"
    NATIVE_LANGUAGE = "native_language"

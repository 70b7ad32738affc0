"""The closed sets of the single form, in the words that people read."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.directory.entity import EntityProfile
from processes.petitions.reception import Nature, PetitionerType, ReplyBy, SpecialCare
from processes.petitions.tables import Channel

EMERGENCY_NUMBER = "123"
"""The national number for emergencies; an entity may have another besides."""


def emergency_numbers(entity: EntityProfile) -> tuple[str, ...]:
    """Whom to call when somebody is in danger: the national number, and the entity's own."""
    own = entity.emergency_phone
    return (EMERGENCY_NUMBER, own) if own else (EMERGENCY_NUMBER,)


CHANNEL_LABELS: Mapping[Channel, str] = MappingProxyType(
    {
        Channel.WEB: "Sitio web",
        Channel.EMAIL: "Correo electrónico",
        Channel.PHONE: "Línea telefónica",
        Channel.DESK: "Ventanilla, por escrito",
        Channel.VERBAL: "De viva voz, en persona",
        Channel.LETTER: "Correo postal o mensajero",
        Channel.MESSAGING: "Mensajería (WhatsApp, SMS o chat)",
        Channel.SOCIAL_NETWORK: "Red social",
        Channel.FIELD_VISIT: "Visita de campo",
        Channel.FAIR: "Feria de servicios",
        Channel.ACCOUNTABILITY_EVENT: "Rendición de cuentas",
        Channel.ANTI_CORRUPTION_LINE: "Línea anticorrupción",
        Channel.API: "Otro sistema",
    }
)
SPOKEN_CHANNELS = frozenset({Channel.VERBAL, Channel.PHONE, Channel.ANTI_CORRUPTION_LINE})
"""By which a petition is always verbal (CPACA 15; Decreto 1166 de 2016)."""
DESK_CHANNELS: tuple[Channel, ...] = (
    Channel.DESK,
    Channel.VERBAL,
    Channel.PHONE,
    Channel.EMAIL,
    Channel.LETTER,
    Channel.MESSAGING,
    Channel.SOCIAL_NETWORK,
    Channel.FIELD_VISIT,
    Channel.FAIR,
    Channel.ACCOUNTABILITY_EVENT,
    Channel.ANTI_CORRUPTION_LINE,
)
"""By which the front desk receives, the most usual first."""

NATURE_LABELS: Mapping[Nature, str] = MappingProxyType(
    {
        Nature.PETITION: "Petición (PQRSD)",
        Nature.JUDICIAL_NOTICE: "Notificación judicial",
        Nature.INVOICE: "Factura o cuenta de cobro",
        Nature.OTHER: "Otra comunicación que no es petición",
    }
)
PETITIONER_LABELS: Mapping[PetitionerType, str] = MappingProxyType(
    {
        PetitionerType.NATURAL: "Persona natural",
        PetitionerType.LEGAL_ENTITY: "Empresa u organización (persona jurídica)",
        PetitionerType.MINOR: "Niño, niña o adolescente",
        PetitionerType.PROXY: "En nombre de otra persona (apoderado o representante)",
        PetitionerType.ANONYMOUS: "Anónima",
    }
)
REPLY_LABELS: Mapping[ReplyBy, str] = MappingProxyType(
    {
        ReplyBy.EMAIL: "Al correo electrónico",
        ReplyBy.LETTER: "En papel, a la dirección",
        ReplyBy.PUBLICATION: "Publicada, sin datos personales",
    }
)
CARE_LABELS: Mapping[SpecialCare, str] = MappingProxyType(
    {
        SpecialCare.MINOR: "Niño, niña o adolescente",
        SpecialCare.PREGNANT: "Mujer embarazada o con un bebé en brazos",
        SpecialCare.DISABILITY: "Persona con discapacidad",
        SpecialCare.ELDERLY: "Persona mayor",
        SpecialCare.VICTIM: "Víctima del conflicto armado",
        SpecialCare.JOURNALIST: "Periodista en ejercicio de su profesión",
        SpecialCare.VETERAN: "Veterano de la fuerza pública",
        SpecialCare.NATIVE_LANGUAGE: "Habla una lengua nativa",
    }
)
REGIONS: tuple[str, ...] = (
    "Amazonas",
    "Antioquia",
    "Arauca",
    "Atlántico",
    "Bogotá, D. C.",
    "Bolívar",
    "Boyacá",
    "Caldas",
    "Caquetá",
    "Casanare",
    "Cauca",
    "Cesar",
    "Chocó",
    "Córdoba",
    "Cundinamarca",
    "Guainía",
    "Guaviare",
    "Huila",
    "La Guajira",
    "Magdalena",
    "Meta",
    "Nariño",
    "Norte de Santander",
    "Putumayo",
    "Quindío",
    "Risaralda",
    "San Andrés, Providencia y Santa Catalina",
    "Santander",
    "Sucre",
    "Tolima",
    "Valle del Cauca",
    "Vaupés",
    "Vichada",
)
"""The departments of Colombia and its capital district (DIVIPOLA); "region" because a department is ours."""

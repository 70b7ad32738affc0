"""What programs send, field by field: it checks the types, and it is the documentation."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from processes.petitions.form import MAX_BODY, MAX_SUBJECT, DocumentType
from processes.petitions.reception import Nature, PetitionerType, ReplyBy, SpecialCare
from processes.petitions.reception_words import DESK_CHANNELS, REGIONS
from processes.terms.kinds import CITIZEN_KINDS, PetitionKind
from processes.terms.lengths import TermUnit

_EXAMPLE: JsonDict = {
    "kind": "service_claim",
    "subject": "Alumbrado dañado en el parque",
    "body": "Las luminarias del parque de Los Fundadores llevan un mes apagadas. Pido que se reparen.",
    "full_name": "Ana María Ruiz",
    "document_type": "CC",
    "document_number": "52123456",
    "email": "ana.ruiz@example.org",
    "reply_by": "email",
    "privacy_notice": True,
}
_DESK_EXAMPLE: JsonDict = {**_EXAMPLE, "channel": "phone", "received_by": "Luis Gil"}


class PetitionBody(BaseModel):
    """The single form. The office's own rules say the rest, a sentence for each field."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    kind: Annotated[
        str, Field(description="Clase de petición.", json_schema_extra={"enum": [*CITIZEN_KINDS]})
    ]
    subject: Annotated[str, Field(description=f"Asunto, hasta {MAX_SUBJECT} caracteres.")]
    body: Annotated[str, Field(description=f"Qué se solicita y por qué, hasta {MAX_BODY} caracteres.")]
    petitioner_type: Annotated[
        str,
        Field(
            description="Quién la presenta; vacío: una persona natural, a su nombre.",
            json_schema_extra={"enum": ["", *PetitionerType]},
        ),
    ] = ""
    anonymous: Annotated[
        bool, Field(description="Verdadero para no identificarse; lo mismo que el tipo «anonymous».")
    ] = False
    reserve_identity: Annotated[
        bool, Field(description="Solo en denuncias: la identidad se guarda aparte.")
    ] = False
    full_name: Annotated[str, Field(description="Nombre completo; obligatorio si no es anónima.")] = ""
    document_type: Annotated[
        str, Field(description="Tipo de documento.", json_schema_extra={"enum": ["", *DocumentType]})
    ] = ""
    document_number: Annotated[str, Field(description="Número del documento.")] = ""
    representative_name: Annotated[
        str, Field(description="Quién habla por esa persona; obligatorio si es en nombre de otra.")
    ] = ""
    representative_document: Annotated[str, Field(description="Su documento, con el tipo.")] = ""
    reply_by: Annotated[
        str,
        Field(
            description="Por dónde se quiere la respuesta. «email» acepta de forma expresa ser notificado "
            "en el correo. Vacío: al correo si lo hay; si no, a la dirección.",
            json_schema_extra={"enum": ["", ReplyBy.EMAIL, ReplyBy.LETTER]},
        ),
    ] = ""
    email: Annotated[str, Field(description="Correo para la respuesta; o bien, una dirección.")] = ""
    phone: Annotated[str, Field(description="Teléfono.")] = ""
    address: Annotated[str, Field(description="Dirección para la respuesta en papel.")] = ""
    neighbourhood: Annotated[str, Field(description="Barrio, comuna o vereda de la dirección.")] = ""
    municipality: Annotated[str, Field(description="Municipio de la dirección.")] = ""
    region: Annotated[
        str, Field(description="Departamento de la dirección.", json_schema_extra={"enum": ["", *REGIONS]})
    ] = ""
    topic: Annotated[str, Field(description="Código del tema, de «/api/topics».")] = ""
    territory: Annotated[
        str, Field(description="Código de la comuna, el corregimiento o la vereda, de «/api/territories».")
    ] = ""
    urgent: Annotated[
        bool, Field(description="Verdadero si hay peligro para la vida o la integridad de alguien.")
    ] = False
    special_care: Annotated[
        list[str],
        Field(
            default_factory=list,
            description="Condiciones por las que pide atención preferente. Son datos sensibles: nunca son "
            "obligatorios.",
            json_schema_extra={"items": {"type": "string", "enum": [*SpecialCare]}},
        ),
    ]
    privacy_notice: Annotated[
        bool, Field(description="Verdadero: el ciudadano leyó el aviso de privacidad.")
    ] = False

    def as_form(self) -> dict[str, str]:
        """The same, as a page's form would send it."""
        return {name: _text(value) for name, value in self}


class DeskBody(PetitionBody):
    """The single form at the front desk, with how the petition came in."""

    kind: Annotated[
        str, Field(description="Clase de petición.", json_schema_extra={"enum": ["", *PetitionKind]})
    ] = ""
    body: Annotated[str, Field(description="Qué se solicita y por qué, con las palabras de la persona.")] = ""
    channel: Annotated[
        str, Field(description="Por dónde llegó.", json_schema_extra={"enum": [*DESK_CHANNELS]})
    ]
    nature: Annotated[
        str,
        Field(description="Qué llegó; vacío: una petición.", json_schema_extra={"enum": ["", *Nature]}),
    ] = ""
    received_at: Annotated[
        str, Field(description="Cuándo llegó, por ejemplo 2026-03-31T14:30; vacío: ahora.")
    ] = ""
    received_by: Annotated[str, Field(description="Quién la recibió; vacío: usted.")] = ""
    verbal: Annotated[bool, Field(description="Verdadero si se presentó de viva voz.")] = False
    language: Annotated[str, Field(description="Lengua nativa en la que habló.")] = ""
    paper_annexes: Annotated[str, Field(description="Qué anexos trajo en papel.")] = ""
    transferred_by: Annotated[str, Field(description="Entidad que la trasladó por competencia.")] = ""
    fixed_amount: Annotated[
        str, Field(description="Cuánto tiempo fijó quien pide (un juez, un concejo, un ente de control).")
    ] = ""
    fixed_unit: Annotated[
        str, Field(description="En qué se cuenta.", json_schema_extra={"enum": ["", *TermUnit]})
    ] = ""
    insists: Annotated[
        bool, Field(description="Verdadero si falta algo o no es de la entidad, y la persona insiste.")
    ] = False
    missing: Annotated[str, Field(description="Qué falta, o por qué no es de la entidad.")] = ""


class TaskBody(BaseModel):
    """The fields of a task's form."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"fields": {"kind": "request", "level": 2}}]}
    )

    fields: Annotated[
        dict[str, object], Field(description="Los campos del formulario de la tarea, por su clave.")
    ]


class ReasonBody(BaseModel):
    """Why an act that is written down with its reason is done."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "Radicada dos veces por error."}]}
    )

    reason: Annotated[str, Field(max_length=1000, description="El motivo; queda en el expediente.")]


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else ""
    if isinstance(value, list):
        return ",".join(value)
    return str(value)


def _with_files(model: type[BaseModel]) -> dict[str, object]:
    schema = model.model_json_schema()
    files = {
        "type": "array",
        "items": {"type": "string", "format": "binary"},
        "description": "Archivos adjuntos.",
    }
    return {
        "type": "object",
        "properties": {**schema["properties"], "files": files},
        "required": schema["required"],
    }


def filing_body(model: type[BaseModel], example: JsonDict) -> dict[str, object]:
    """What a filing takes, as JSON or as a form with files."""
    return {
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {"schema": model.model_json_schema(), "example": example},
                "multipart/form-data": {"schema": _with_files(model)},
            },
        }
    }


FILING_BODY = filing_body(PetitionBody, _EXAMPLE)
DESK_BODY = filing_body(DeskBody, _DESK_EXAMPLE)
TASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": TaskBody.model_json_schema(), "example": {"fields": {"level": 2}}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "description": "Los campos del formulario de la tarea, y sus archivos.",
                    "additionalProperties": True,
                }
            },
        },
    }
}

"""What programs send, field by field: it checks the types, and it is the documentation."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from processes.petitions.form import MAX_BODY, MAX_SUBJECT, DocumentType
from processes.terms.kinds import CITIZEN_KINDS

_EXAMPLE: JsonDict = {
    "kind": "service_claim",
    "subject": "Alumbrado dañado en el parque",
    "body": "Las luminarias del parque de Los Fundadores llevan un mes apagadas. Pido que se reparen.",
    "full_name": "Ana María Ruiz",
    "document_type": "CC",
    "document_number": "52123456",
    "email": "ana.ruiz@example.org",
    "privacy_notice": True,
}


class PetitionBody(BaseModel):
    """The single form. The office's own rules say the rest, a sentence for each field."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [_EXAMPLE]})

    kind: Annotated[
        str, Field(description="Clase de petición.", json_schema_extra={"enum": [*CITIZEN_KINDS]})
    ]
    subject: Annotated[str, Field(description=f"Asunto, hasta {MAX_SUBJECT} caracteres.")]
    body: Annotated[str, Field(description=f"Qué se solicita y por qué, hasta {MAX_BODY} caracteres.")]
    anonymous: Annotated[bool, Field(description="Verdadero para no identificarse.")] = False
    reserve_identity: Annotated[
        bool, Field(description="Solo en denuncias: la identidad se guarda aparte.")
    ] = False
    full_name: Annotated[str, Field(description="Nombre completo; obligatorio si no es anónima.")] = ""
    document_type: Annotated[
        str, Field(description="Tipo de documento.", json_schema_extra={"enum": ["", *DocumentType]})
    ] = ""
    document_number: Annotated[str, Field(description="Número del documento.")] = ""
    email: Annotated[str, Field(description="Correo para la respuesta; o bien, una dirección.")] = ""
    phone: Annotated[str, Field(description="Teléfono.")] = ""
    address: Annotated[str, Field(description="Dirección para la respuesta en papel.")] = ""
    privacy_notice: Annotated[
        bool, Field(description="Verdadero: el ciudadano leyó el aviso de privacidad.")
    ] = False

    def as_form(self) -> dict[str, str]:
        """The same, as a page's form would send it."""
        return {name: _text(value) for name, value in self}


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


FILING_BODY = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": PetitionBody.model_json_schema(), "example": _EXAMPLE},
            "multipart/form-data": {"schema": _with_files(PetitionBody)},
        },
    }
}
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

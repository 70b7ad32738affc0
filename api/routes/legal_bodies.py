"""What programs send to carry out a legal act."""

from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from processes.petitions.legal_act import MAX_TEXT, LegalAct
from processes.petitions.matters import MOST_MATTERS, NewMatter
from processes.terms.events import LegalEventKind
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit

_MOST_UNITS = 4000


class LengthBody(BaseModel):
    """A length of time."""

    model_config = ConfigDict(extra="forbid")

    amount: Annotated[int, Field(ge=1, le=_MOST_UNITS, description="Cuántos.")]
    unit: Annotated[TermUnit, Field(description="En qué se cuentan.")] = TermUnit.WORKING_DAYS


class LegalActBody(BaseModel):
    """A legal act of the entity's people; `permitted` of the legal file says what each kind needs."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "kind": "extension_told",
                    "reason": "El estudio del suelo tarda dos semanas.",
                    "length": {"amount": 25, "unit": "working_days"},
                }
            ]
        },
    )

    kind: Annotated[LegalEventKind, Field(description="Qué se hace.")]
    happened_at: Annotated[
        AwareDatetime | None,
        Field(description="Cuándo se dijo, se entregó o llegó; sin él, ahora, y el aviso sale por correo."),
    ] = None
    reason: Annotated[str, Field(max_length=MAX_TEXT, description="Las razones, o lo que se pide.")] = ""
    act_number: Annotated[str, Field(max_length=60, description="Número y fecha del acto firmado.")] = ""
    matters: Annotated[
        list[int], Field(max_length=MOST_MATTERS, description="A qué asuntos; vacío, a todos los abiertos.")
    ] = []
    length: Annotated[
        LengthBody | None,
        Field(description="El nuevo total de una prórroga, el plazo para completar o el que fijó un juez."),
    ] = None
    new_kind: Annotated[PetitionKind | None, Field(description="La clase nueva.")] = None
    of: Annotated[LegalEventKind | None, Field(description="De qué acto es el aviso.")] = None
    authority: Annotated[str, Field(max_length=200, description="La otra entidad, o el juez.")] = ""
    department: Annotated[str | None, Field(max_length=40, description="Código de la dependencia.")] = None

    def as_act(self) -> LegalAct:
        """The act as the service takes it."""
        return LegalAct(
            kind=self.kind,
            happened_at=self.happened_at,
            reason=self.reason,
            act_number=self.act_number,
            matters=frozenset(self.matters),
            length=Length(self.length.amount, self.length.unit) if self.length else None,
            new_kind=self.new_kind,
            of=self.of,
            authority=self.authority,
            department=self.department,
        )


class CitizenActBody(BaseModel):
    """What a citizen does, in their own words."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"kind": "completed", "text": "La dirección es calle 5 # 4-21."}]},
    )

    kind: Annotated[LegalEventKind, Field(description="Qué hace; «permitted» dice qué puede hacer hoy.")]
    text: Annotated[str, Field(max_length=MAX_TEXT, description="Sus palabras.")]


class MatterBody(BaseModel):
    """One of the requests of a petition."""

    model_config = ConfigDict(extra="forbid")

    kind: Annotated[PetitionKind, Field(description="Su clase.")]
    text: Annotated[str, Field(description="Qué pide.")]


class MattersBody(BaseModel):
    """The requests of a petition, in their order."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "matters": [
                        {"kind": "request", "text": "Que se tape el hueco."},
                        {"kind": "document_request", "text": "Copia del contrato de la vía."},
                    ]
                }
            ]
        },
    )

    matters: Annotated[list[MatterBody], Field(description="Los asuntos, dos al menos.")]

    def as_matters(self) -> tuple[NewMatter, ...]:
        """The requests as the service takes them."""
        return tuple(NewMatter(each.kind, each.text) for each in self.matters)

"""What the entity's form offers, who is on call, and whom to call: read by all, changed by its keepers."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import PUBLIC, FormKeeper
from api.answers import answer
from api.dependencies import OfficeDep
from processes.directory.lists import Territory, Topic
from processes.directory.on_call import OnCall
from processes.petitions import form_lists, roster

router = APIRouter(prefix="/api", tags=["Formulario y turnos"])
Code = Annotated[str, Path(max_length=40, description="El código.")]
Username = Annotated[str, Path(max_length=60, description="El usuario de la persona.")]


class TopicBody(BaseModel):
    """A topic of the form."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "Alumbrado público", "department": "INF"}]}
    )

    name: Annotated[str, Field(description="Cómo lo lee la gente.")]
    department: Annotated[str, Field(description="Código de la dependencia sugerida; vacío: ninguna.")] = ""


class TerritoryBody(BaseModel):
    """A territory of the form."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"name": "Comuna 3"}]})

    name: Annotated[str, Field(description="Cómo lo lee la gente.")]


class TurnBody(BaseModel):
    """How to reach somebody who is on call."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"phone": "300 123 4567"}]})

    email: Annotated[str, Field(description="Donde lee a cualquier hora; vacío: el de la oficina.")] = ""
    phone: Annotated[str, Field(description="Teléfono.")] = ""


class ContactsBody(BaseModel):
    """Whom people call, and where invoices go."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"emergency_phone": "119"}]})

    emergency_phone: Annotated[str, Field(description="Línea propia, además del 123.")] = ""
    invoice_email: Annotated[str, Field(description="Buzón de facturación.")] = ""


@router.get(
    "/topics",
    summary="Temas del formulario",
    description="Los temas que se ofrecen, por su nombre.",
    response_model=list[Topic],
    dependencies=[Depends(PUBLIC)],
)
def topics(office: OfficeDep) -> Response:
    """Topics that are offered."""
    return answer(office.entity().topics)


@router.get(
    "/territories",
    summary="Territorios del formulario",
    description="Las comunas, los corregimientos y las veredas que se ofrecen.",
    response_model=list[Territory],
    dependencies=[Depends(PUBLIC)],
)
def territories(office: OfficeDep) -> Response:
    """Territories that are offered."""
    return answer(office.entity().territories)


@router.put(
    "/topics/{code}",
    summary="Guardar un tema",
    description="Lo ofrece desde ahora, o cambia el que tiene ese código.",
    response_model=Topic,
)
def save_topic(code: Code, body: TopicBody, person: FormKeeper, office: OfficeDep) -> Response:
    """Offer a topic."""
    saved = form_lists.save_topic(office, person, name=body.name, department=body.department, code=code)
    return answer(saved)


@router.delete(
    "/topics/{code}",
    status_code=204,
    summary="Retirar un tema",
    description="Deja de ofrecerlo; las peticiones que lo tienen lo conservan.",
    response_class=Response,
)
def withdraw_topic(code: Code, person: FormKeeper, office: OfficeDep) -> Response:
    """Offer a topic no more."""
    form_lists.withdraw_topic(office, person, code)
    return Response(status_code=204)


@router.put(
    "/territories/{code}",
    summary="Guardar un territorio",
    description="Lo ofrece desde ahora, o cambia el que tiene ese código.",
    response_model=Territory,
)
def save_territory(code: Code, body: TerritoryBody, person: FormKeeper, office: OfficeDep) -> Response:
    """Offer a territory."""
    return answer(form_lists.save_territory(office, person, name=body.name, code=code))


@router.delete(
    "/territories/{code}",
    status_code=204,
    summary="Retirar un territorio",
    description="Deja de ofrecerlo; las peticiones que lo tienen lo conservan.",
    response_class=Response,
)
def withdraw_territory(code: Code, person: FormKeeper, office: OfficeDep) -> Response:
    """Offer a territory no more."""
    form_lists.withdraw_territory(office, person, code)
    return Response(status_code=204)


@router.put(
    "/entity/contacts",
    status_code=204,
    summary="Guardar la línea de emergencias y el buzón de facturas",
    description="La línea propia se muestra, junto al 123, a quien avisa de un peligro.",
    response_class=Response,
)
def save_contacts(body: ContactsBody, person: FormKeeper, office: OfficeDep) -> Response:
    """Keep whom people call, and where invoices go."""
    form_lists.save_contacts(
        office, person, emergency_phone=body.emergency_phone, invoice_email=body.invoice_email
    )
    return Response(status_code=204)


@router.get(
    "/on-call",
    summary="Personas de turno",
    description="A quienes se avisa a cualquier hora de un peligro para la vida, en su orden.",
    response_model=list[OnCall],
)
def on_call(_: FormKeeper, office: OfficeDep) -> Response:
    """Who is on call."""
    return answer(roster.roster_of(office))


@router.put(
    "/on-call/{username}",
    summary="Poner a una persona de turno",
    description="Al final de la lista; si ya está, cambia cómo se la encuentra.",
    response_model=list[OnCall],
)
def put_on_call(username: Username, body: TurnBody, person: FormKeeper, office: OfficeDep) -> Response:
    """Put somebody on the roster."""
    return answer(roster.add_to_roster(office, person, username, email=body.email, phone=body.phone))


@router.delete(
    "/on-call/{username}",
    summary="Quitar a una persona de turno",
    description="Deja de recibir los avisos de peligro.",
    response_model=list[OnCall],
)
def take_off_call(username: Username, person: FormKeeper, office: OfficeDep) -> Response:
    """Take somebody off the roster."""
    return answer(roster.take_off_roster(office, person, username))

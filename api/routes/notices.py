"""What the office told somebody of the entity, for programs."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from api.access import SignedInPerson
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import Cursor, Limit, MessageNumber
from processes.directory.preferences import MailGroup, read_mail_off, save_mail_off
from processes.petitions import personal_notices
from processes.petitions.paging import Page
from processes.petitions.personal_notices import NoticeView

router = APIRouter(prefix="/api/notices", tags=["Avisos"])


@dataclass(frozen=True, slots=True)
class Unread:
    """How many notices nobody has opened yet."""

    unread: int


@dataclass(frozen=True, slots=True)
class MailPreferences:
    """The groups of notices that come by no mail."""

    mail_off: list[MailGroup]


class MailPreferencesBody(BaseModel):
    """The same, as programs send it."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"mail_off": ["summaries"]}]})

    mail_off: Annotated[
        list[str],
        Field(
            max_length=len(MailGroup),
            description="Grupos que se leen solo en Ventanilla.",
            json_schema_extra={"items": {"type": "string", "enum": [*MailGroup]}},
        ),
    ]


@router.get(
    "",
    summary="Listar los avisos propios",
    description="Lo que Ventanilla le avisó a quien tiene la sesión, primero lo más reciente.",
    response_model=Page[NoticeView],
)
def list_notices(
    person: SignedInPerson, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """What the caller was told."""
    return answer(personal_notices.list_notices(office, person, cursor=cursor, limit=limit))


@router.get(
    "/unread",
    summary="Contar los avisos sin leer",
    description="Los de quien tiene la sesión.",
    response_model=Unread,
)
def count_unread(person: SignedInPerson, office: OfficeDep) -> Response:
    """How many are new."""
    return answer(Unread(personal_notices.count_unread(office, person)))


@router.get(
    "/preferences",
    summary="Conocer qué avisos no llegan por correo",
    description="Los grupos que quien tiene la sesión lee solo en Ventanilla.",
    response_model=MailPreferences,
)
def preferences(person: SignedInPerson, office: OfficeDep) -> Response:
    """What the caller reads here alone."""
    return answer(MailPreferences(sorted(read_mail_off(office.engine, person))))


@router.put(
    "/preferences",
    status_code=204,
    summary="Elegir qué avisos no llegan por correo",
    description="Lo que la ley necesita no está en ningún grupo y llega siempre.",
    response_class=Response,
)
def save_preferences(body: MailPreferencesBody, person: SignedInPerson, office: OfficeDep) -> Response:
    """Keep what the caller chose."""
    save_mail_off(office.engine, person, body.mail_off, now=office.now())
    return Response(status_code=204)


@router.post(
    "/{number}/read",
    summary="Marcar un aviso como leído",
    description="Da el aviso; hacerlo otra vez no cambia cuándo se leyó.",
    response_model=NoticeView,
)
def read_notice(number: MessageNumber, person: SignedInPerson, office: OfficeDep) -> Response:
    """The caller has read one of theirs."""
    return answer(personal_notices.read_notice(office, person, number))


@router.post(
    "/read",
    summary="Marcar todos los avisos como leídos",
    description="Da cuántos quedan sin leer: ninguno.",
    response_model=Unread,
)
def read_all(person: SignedInPerson, office: OfficeDep) -> Response:
    """The caller has read all of theirs."""
    personal_notices.read_all_notices(office, person)
    return answer(Unread(0))

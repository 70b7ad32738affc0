"""Signing in and out, for programs."""

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass

from api.access import PUBLIC, SignedInPerson
from api.answers import answer
from api.dependencies import OfficeDep
from api.rates import Act, Limited
from api.security import credential_of
from processes.common.errors import SignInNeeded
from processes.common.office_clock import real_now
from processes.directory import accounts
from processes.directory.people import Person
from processes.directory.roles import Role

router = APIRouter(prefix="/api", tags=["Sesión"])


class Credentials(BaseModel):
    """Who signs in, and the proof."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"username": "laura.rios", "password": "…"}]}
    )

    username: Annotated[str, Field(max_length=200, description="Usuario.")]
    password: Annotated[str, Field(max_length=1000, description="Contraseña.")]


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody of the entity; `stands_in_for` are the users in whose place they are today."""

    username: str
    full_name: str
    position: str
    department: str | None
    roles: list[Role]
    stands_in_for: list[str]

    @classmethod
    def of(cls, person: Person) -> "PersonView":
        """`person`, as programs see one."""
        return cls(
            person.username,
            person.full_name,
            person.position,
            person.department,
            sorted(person.roles),
            [post.owner for post in person.stands_in_for],
        )


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A session that was opened; the token is shown this once."""

    token: str
    token_type: str
    expires_at: datetime
    person: PersonView


@router.post(
    "/session",
    status_code=201,
    summary="Abrir una sesión",
    description="Da un token para la cabecera «Authorization: Bearer». Tras varios intentos fallidos hay "
    "que esperar.",
    response_model=OpenedSession,
    dependencies=[Depends(PUBLIC), Depends(Limited(Act.SIGN_IN))],
)
def open_session(body: Credentials, office: OfficeDep) -> Response:
    """Sign in."""
    lasting = timedelta(hours=office.settings.session_hours)
    signed_in = accounts.sign_in(
        office.engine, body.username, body.password, real_now=real_now(), lasting=lasting
    )
    person = PersonView.of(office.with_posts(signed_in.person))
    opened = OpenedSession(signed_in.token, "Bearer", signed_in.expires_at, person)
    return answer(opened, status=201)


@router.get(
    "/session",
    summary="Saber quién tiene la sesión",
    description="La persona del token, con sus cargos y su dependencia.",
    response_model=PersonView,
)
def read_session(person: SignedInPerson) -> Response:
    """Who is signed in."""
    return answer(PersonView.of(person))


@router.delete(
    "/session",
    status_code=204,
    summary="Cerrar la sesión",
    description="El token deja de servir.",
    response_class=Response,
)
def close_session(request: Request, person: SignedInPerson, office: OfficeDep) -> Response:  # noqa: ARG001 - `person` is who may
    """Sign out."""
    credential = credential_of(request)
    if credential is None:
        raise SignInNeeded("No hay una sesión que cerrar.")
    accounts.sign_out(office.engine, credential.token)
    return Response(status_code=204)

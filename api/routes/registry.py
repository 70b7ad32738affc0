"""The entity's side: petitions read, voided, their reserved identities, messages, incidents."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic.dataclasses import dataclass

from api.access import CitizenServiceHead, IdentityCustodian, Reader, Watcher
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.bodies import ReasonBody
from api.routes.parameters import Cursor, FilingNumber, IncidentKey, Limit, MessageNumber
from processes.petitions import alert_seeing, message_acts, messages, queries
from processes.petitions.form import Identity
from processes.petitions.identities import read_reserved_identity
from processes.petitions.incidents import IncidentView, list_incidents, retry_incident
from processes.petitions.messages import MessageView
from processes.petitions.paging import Page
from processes.petitions.queries import PetitionRow, PetitionView
from processes.petitions.status import PetitionStatus
from processes.petitions.voiding import void_petition

router = APIRouter(prefix="/api")
_PETITIONS = "Peticiones de la entidad"
_MESSAGES = "Mensajes e incidentes"


@dataclass(frozen=True, slots=True)
class Retried:
    """Whether the task that failed succeeded this time."""

    succeeded: bool


@router.get(
    "/petitions",
    tags=[_PETITIONS],
    summary="Listar peticiones",
    description="Las que la persona puede leer, primero la más reciente.",
    response_model=Page[PetitionRow],
)
def list_petitions(
    person: Reader,
    office: OfficeDep,
    cursor: Cursor = None,
    limit: Limit = 50,
    status: Annotated[PetitionStatus | None, Query(description="Solo las de este estado.")] = None,
) -> Response:
    """Petitions that the caller may read."""
    return answer(queries.list_petitions(office, person, cursor=cursor, limit=limit, status=status))


@router.get(
    "/petitions/{filing_number}",
    tags=[_PETITIONS],
    summary="Leer una petición",
    description="La petición con su expediente. De una anónima o con identidad reservada no se muestra "
    "quién la presentó.",
    response_model=PetitionView,
)
def read_petition(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """One petition."""
    return answer(queries.read_petition(office, person, filing_number))


@router.post(
    "/petitions/{filing_number}/alerts/acknowledgement",
    tags=[_PETITIONS],
    status_code=204,
    summary="Darse por enterado de un aviso de vencimiento",
    description="Lo hace quien lo recibió: ese escalón no se le repite; el siguiente sí se avisa.",
    response_class=Response,
)
def acknowledge_alerts(filing_number: FilingNumber, person: Reader, office: OfficeDep) -> Response:
    """Whoever was told says that they know."""
    alert_seeing.acknowledge_alerts(office, person, filing_number)
    return Response(status_code=204)


@router.post(
    "/petitions/{filing_number}/void",
    tags=[_PETITIONS],
    status_code=204,
    summary="Anular un radicado",
    description="El número queda anulado, con su motivo, y no se vuelve a usar.",
    response_class=Response,
)
def void(
    filing_number: FilingNumber, body: ReasonBody, person: CitizenServiceHead, office: OfficeDep
) -> Response:
    """Cancel a number."""
    void_petition(office, person, filing_number, reason=body.reason)
    return Response(status_code=204)


@router.post(
    "/petitions/{filing_number}/reserved-identity",
    tags=[_PETITIONS],
    summary="Conocer una identidad reservada",
    description="Cada consulta queda en el expediente con la persona y el motivo.",
    response_model=Identity,
)
def reserved_identity(
    filing_number: FilingNumber, body: ReasonBody, person: IdentityCustodian, office: OfficeDep
) -> Response:
    """Who reported."""
    return answer(read_reserved_identity(office, person, filing_number, reason=body.reason))


@router.get(
    "/messages",
    tags=[_MESSAGES],
    summary="Listar mensajes",
    description="Lo enviado y lo que falta por enviar, primero lo más reciente, sin el texto.",
    response_model=Page[MessageView],
)
def list_messages(person: Watcher, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """What was and will be sent."""
    return answer(messages.list_messages(office, person, cursor=cursor, limit=limit))


@router.get(
    "/messages/{number}",
    tags=[_MESSAGES],
    summary="Leer un mensaje",
    description="Un mensaje con su texto; el código de verificación del ciudadano no se muestra.",
    response_model=MessageView,
)
def read_message(number: MessageNumber, person: Watcher, office: OfficeDep) -> Response:
    """One message."""
    return answer(messages.read_message(office, person, number))


@router.post(
    "/messages/{number}/send-again",
    tags=[_MESSAGES],
    status_code=204,
    summary="Volver a enviar un mensaje",
    description="Un mensaje que no se pudo enviar vuelve a esperar su envío; queda en el expediente.",
    response_class=Response,
)
def send_message_again(number: MessageNumber, person: Watcher, office: OfficeDep) -> Response:
    """Try a message that was given up."""
    message_acts.send_again(office, person, number)
    return Response(status_code=204)


@router.post(
    "/messages/{number}/on-paper",
    tags=[_MESSAGES],
    status_code=204,
    summary="Entregar en papel un mensaje que no llegó",
    description="Lo que no se pudo enviar al correo de un ciudadano pasa a las cartas por entregar.",
    response_class=Response,
)
def send_message_on_paper(number: MessageNumber, person: Watcher, office: OfficeDep) -> Response:
    """Let the desk hand it over."""
    message_acts.send_on_paper(office, person, number)
    return Response(status_code=204)


@router.post(
    "/messages/{number}/bounce",
    tags=[_MESSAGES],
    status_code=204,
    summary="Anotar que un correo volvió",
    description="Lo que salió al correo de un ciudadano y volvió después. De una respuesta o de un acto se "
    "anota en las actuaciones.",
    response_class=Response,
)
def note_bounce(number: MessageNumber, body: ReasonBody, person: Watcher, office: OfficeDep) -> Response:
    """It did not arrive."""
    message_acts.note_bounce(office, person, number, reason=body.reason)
    return Response(status_code=204)


@router.get(
    "/incidents",
    tags=[_MESSAGES],
    summary="Listar incidentes",
    description="Tareas automáticas que fallaron y esperan, primero la más antigua.",
    response_model=list[IncidentView],
)
def incidents(person: Watcher, office: OfficeDep) -> Response:
    """What failed and waits."""
    return answer(list_incidents(office, person))


@router.post(
    "/incidents/{filing_number}/{task}/retry",
    tags=[_MESSAGES],
    summary="Reintentar un incidente",
    description="Vuelve a intentar la tarea que falló y dice si esta vez resultó.",
    response_model=Retried,
)
def retry(filing_number: FilingNumber, task: IncidentKey, person: Watcher, office: OfficeDep) -> Response:
    """Try a failed task again."""
    return answer(Retried(retry_incident(office, person, filing_number, task)))

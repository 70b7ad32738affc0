"""What the office sent, as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.inbox import list_address
from api.pages.visit import Visit, WatcherVisit, notice_of
from processes.common.audit import OFFICE
from processes.common.errors import Invalid
from processes.common.outbox import MessageChannel, MessageStatus
from processes.directory.people import Person
from processes.petitions.message_acts import note_bounce, send_again, send_on_paper
from processes.petitions.messages import MessageView, list_messages, read_message

router = APIRouter()
_PAGE = 50
_AGAIN = "de-nuevo"
_ON_PAPER, _BACK = "en-papel", "volvio"
_NOTICES = {
    _AGAIN: "El mensaje volvió a la lista de envío. Sale en los próximos minutos.",
    _BACK: "Queda anotado que el correo volvió. Entréguelo en papel, o envíelo otra vez.",
    _ON_PAPER: "La carta quedó en «Cartas por entregar», en la ventanilla.",
}
_STATUS_LABELS: Mapping[MessageStatus, str] = MappingProxyType(
    {
        MessageStatus.PENDING: "Por enviar",
        MessageStatus.AT_DESK: "Por entregar en papel",
        MessageStatus.SENT: "Enviado",
        MessageStatus.GIVEN_UP: "No se pudo enviar",
    }
)


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message with its state in words, and when it leaves if it waits for office hours.

    `filing_number` is empty for what the office writes of no petition in particular.
    """

    message: MessageView
    filing_number: str
    status_label: str
    leaves_at: datetime | None


@router.get("/mensajes")
def messages(visit: WatcherVisit, desde: str | None = None) -> Response:
    """Every message, the newest first."""
    page = list_messages(visit.office, visit.person, cursor=desde, limit=_PAGE)
    now = visit.office.now()
    return visit.show(
        "messages.html",
        items=tuple(
            MessageRow(message, _about(message), _status_of(message), _leaves_at(message, now))
            for message in page.items
        ),
        next_href=list_address("/mensajes", page.next_cursor),
        first_href=list_address("/mensajes", "" if desde else None),
    )


@router.get("/mensajes/{number}")
def message(visit: WatcherVisit, number: int) -> Response:
    """One message with its text."""
    return _show(visit, number)


def _show(visit: Visit[Person], number: int, refusal: Invalid | None = None) -> Response:
    found = read_message(visit.office, visit.person, number)
    return visit.show(
        "message.html",
        refusal=refusal,
        message=found,
        filing_number=_about(found),
        status_label=_status_of(found),
        leaves_at=_leaves_at(found, visit.office.now()),
        given_up=found.status is MessageStatus.GIVEN_UP,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.post("/mensajes/{number}")
def send_message_again(visit: WatcherVisit, number: int) -> Response:
    """Let a message that could not be sent wait to be sent again."""
    send_again(visit.office, visit.person, number)
    return RedirectResponse(f"/mensajes/{number}?aviso={_AGAIN}", 303)


@router.post("/mensajes/{number}/papel")
def send_message_on_paper(visit: WatcherVisit, number: int) -> Response:
    """Let the front desk hand over what could not be mailed."""
    send_on_paper(visit.office, visit.person, number)
    return RedirectResponse(f"/mensajes/{number}?aviso={_ON_PAPER}", 303)


@router.post("/mensajes/{number}/volvio")
def mail_came_back(sent: FormDep, visit: WatcherVisit, number: int) -> Response:
    """Note that a mail came back; or the page again without a reason."""
    try:
        note_bounce(visit.office, visit.person, number, reason=sent.text("reason"))
    except Invalid as refusal:
        return _show(visit, number, refusal)
    return RedirectResponse(f"/mensajes/{number}?aviso={_BACK}", 303)


def _about(message: MessageView) -> str:
    return "" if message.filing_number == OFFICE else message.filing_number


def _status_of(message: MessageView) -> str:
    return "En Ventanilla" if message.channel is MessageChannel.IN_APP else _STATUS_LABELS[message.status]


def _leaves_at(message: MessageView, now: datetime) -> datetime | None:
    begins = message.not_before
    waits = message.status is MessageStatus.PENDING and begins is not None and begins > now
    return begins if waits else None

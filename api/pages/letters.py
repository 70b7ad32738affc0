"""Letters on paper: what the desk prints and hands over to whoever has no mail."""

from collections.abc import Mapping

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.forms import Choice
from api.pages.inbox import list_address
from api.pages.visit import LetterKeeperVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.petitions.paper import (
    hand_over_letter,
    letter_came_back,
    list_letters,
    print_letter,
    read_letter,
)
from processes.petitions.paper_words import HANDED_LABELS

router = APIRouter()
_PAGE = 50
_HANDED, _BACK = "entregada", "devuelta"
_NOTICES = {
    _HANDED: "La entrega quedó anotada en el historial de la petición.",
    _BACK: "Quedó anotado que no se pudo entregar. La jefatura la ve en «Mensajes».",
}
_FIELDS = ("how", "proof", "reason")


@router.get("/cartas")
def letters(visit: LetterKeeperVisit, desde: str | None = None) -> Response:
    """What waits to be handed over, the oldest first."""
    page = list_letters(visit.office, visit.person, cursor=desde, limit=_PAGE)
    return visit.show(
        "letters.html",
        letters=page.items,
        next_href=list_address("/cartas", page.next_cursor),
        first_href=list_address("/cartas", "" if desde else None),
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get("/cartas/{number}")
def letter(visit: LetterKeeperVisit, number: int) -> Response:
    """One letter: for whom, and what became of it."""
    return _show(visit, number)


@router.post("/cartas/{number}/imprimir")
def print_it(visit: LetterKeeperVisit, number: int) -> Response:
    """The letter as it goes on paper; that it was opened is written down."""
    printed = print_letter(visit.office, visit.person, number)
    return visit.show("letter_paper.html", letter=printed.row, text=printed.text)


@router.post("/cartas/{number}/entregada")
def handed_over(sent: FormDep, visit: LetterKeeperVisit, number: int) -> Response:
    """Note that it arrived; or the page again, with what is wrong."""
    typed = {name: sent.text(name) for name in _FIELDS}
    try:
        hand_over_letter(visit.office, visit.person, number, how=typed["how"], proof=typed["proof"])
    except (Invalid, Conflict) as refusal:
        return _show(visit, number, refusal, typed=typed)
    return RedirectResponse(f"/cartas?aviso={_HANDED}", 303)


@router.post("/cartas/{number}/devuelta")
def came_back(sent: FormDep, visit: LetterKeeperVisit, number: int) -> Response:
    """Note that nobody takes it; or the page again, with what is wrong."""
    typed = {name: sent.text(name) for name in _FIELDS}
    try:
        letter_came_back(visit.office, visit.person, number, reason=typed["reason"])
    except (Invalid, Conflict) as refusal:
        return _show(visit, number, refusal, typed=typed)
    return RedirectResponse(f"/cartas?aviso={_BACK}", 303)


def _show(
    visit: Visit[Person],
    number: int,
    refusal: Invalid | Conflict | None = None,
    *,
    typed: Mapping[str, str] | None = None,
) -> Response:
    values = typed or dict.fromkeys(_FIELDS, "")
    return visit.show(
        "letter.html",
        refusal=refusal,
        letter=read_letter(visit.office, visit.person, number),
        ways=tuple(
            Choice(each.value, label.capitalize(), each.value == values["how"])
            for each, label in HANDED_LABELS.items()
        ),
        typed=values,
    )

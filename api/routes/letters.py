"""Letters on paper, for programs: what waits at the front desk, and what became of it."""

from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import LetterKeeper
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import Cursor, Limit, MessageNumber
from processes.petitions import paper
from processes.petitions.paging import Page
from processes.petitions.paper import PaperLetter, PaperRow
from processes.petitions.paper_words import HandedHow

router = APIRouter(prefix="/api/letters", tags=["Cartas en papel"])


class HandedOver(BaseModel):
    """How a letter reached the citizen, and what shows it."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"how": "post", "proof": "Guía 700123"}]}
    )

    how: Annotated[
        str, Field(description="Cómo se entregó.", json_schema_extra={"enum": [*HandedHow]}, max_length=20)
    ]
    proof: Annotated[str, Field(description="Quién la recibió, o el número de la guía.", max_length=300)]


class CameBack(BaseModel):
    """Why a letter could not be handed over."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"reason": "La dirección no existe."}]}
    )

    reason: Annotated[str, Field(description="Por qué no se pudo entregar.", max_length=300)]


@router.get(
    "",
    summary="Listar las cartas por entregar",
    description="Lo que espera en la ventanilla para quien no tiene correo, primero lo más antiguo. De una "
    "identidad reservada no se dice para quién: la ve su custodio al imprimirla.",
    response_model=Page[PaperRow],
)
def list_letters(
    person: LetterKeeper, office: OfficeDep, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """What waits."""
    return answer(paper.list_letters(office, person, cursor=cursor, limit=limit))


@router.post(
    "/{number}/print",
    summary="Abrir una carta para imprimirla",
    description="La carta con su texto y para quién es; queda en el expediente que se abrió.",
    response_model=PaperLetter,
)
def print_letter(number: MessageNumber, person: LetterKeeper, office: OfficeDep) -> Response:
    """A letter whole."""
    return answer(paper.print_letter(office, person, number))


@router.post(
    "/{number}/handed-over",
    status_code=204,
    summary="Anotar que una carta se entregó",
    description="Con quién la recibió o el número de la guía; queda en el expediente.",
    response_class=Response,
)
def hand_over(number: MessageNumber, body: HandedOver, person: LetterKeeper, office: OfficeDep) -> Response:
    """It arrived."""
    paper.hand_over_letter(office, person, number, how=body.how, proof=body.proof)
    return Response(status_code=204)


@router.post(
    "/{number}/returned",
    status_code=204,
    summary="Anotar que una carta no se pudo entregar",
    description="Deja de esperar en la ventanilla, y la ven quienes vigilan los mensajes.",
    response_class=Response,
)
def came_back(number: MessageNumber, body: CameBack, person: LetterKeeper, office: OfficeDep) -> Response:
    """Nobody takes it."""
    paper.letter_came_back(office, person, number, reason=body.reason)
    return Response(status_code=204)

"""The numbered requests of a petition, each with its kind: written down once, on one page."""

from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm
from api.pages.field_errors import FieldErrors, fields_of
from api.pages.forms import Choice
from api.pages.visit import ReaderVisit, Visit
from processes.common.errors import Conflict, Forbidden, Invalid, OfficeError
from processes.directory.people import Person
from processes.petitions.matters import MOST_MATTERS, NewMatter, register_matters
from processes.petitions.queries import read_petition
from processes.terms.kinds import KIND_LABELS, Pack, PetitionKind, offered_kinds

router = APIRouter()
_MATTERS = "/peticiones/{filing_number}/asuntos"
_FEWEST = 2


@dataclass(frozen=True, slots=True)
class TypedMatter:
    """One request as it was typed: `kind` is the value of the choice, empty when nothing is chosen."""

    kind: str
    text: str

    @property
    def blank(self) -> bool:
        """Whether nobody wrote anything in it."""
        return not self.kind and not self.text.strip()


@dataclass(frozen=True, slots=True)
class ShownMatter:
    """One request in the form."""

    number: int
    kinds: tuple[Choice, ...]
    text: str


@router.get(_MATTERS)
def matters_form(visit: ReaderVisit, filing_number: str) -> Response:
    """Two empty requests beside the text of the petition."""
    return _form(visit, filing_number, [TypedMatter("", "")] * _FEWEST)


@router.post(_MATTERS)
def number_matters(sent: FormDep, visit: ReaderVisit, filing_number: str) -> Response:
    """Number the requests; or the form with room for one more, or with what is wrong."""
    typed = _typed(sent)
    if sent.text("step") == "more":
        return _form(visit, filing_number, [*typed, TypedMatter("", "")][:MOST_MATTERS])
    written = [each for each in typed if not each.blank]
    try:
        register_matters(visit.office, visit.person, filing_number, _read(written))
    except (Invalid, Conflict, Forbidden) as refusal:
        blank = [TypedMatter("", "")] * (_FEWEST - len(written))
        return _form(visit, filing_number, [*written, *blank], refusal)
    return RedirectResponse(f"/peticiones/{filing_number}/actuaciones?aviso=asuntos", 303)


def _typed(sent: SentForm) -> list[TypedMatter]:
    """The requests of the form, as far as they are numbered without a gap."""
    typed: list[TypedMatter] = []
    for number in range(1, MOST_MATTERS + 1):
        if f"text_{number}" not in sent.data:
            break
        typed.append(TypedMatter(sent.text(f"kind_{number}"), sent.text(f"text_{number}")))
    return typed


def _read(typed: Sequence[TypedMatter]) -> list[NewMatter]:
    unchosen = {
        f"kind_{number}": "Elija la clase de este asunto."
        for number, each in enumerate(typed, 1)
        if each.kind not in set(PetitionKind)
    }
    if unchosen:
        raise Invalid("Elija la clase de cada asunto.", unchosen)
    return [NewMatter(PetitionKind(each.kind), each.text) for each in typed]


def _form(
    visit: Visit[Person],
    filing_number: str,
    typed: Sequence[TypedMatter],
    refusal: OfficeError | None = None,
) -> Response:
    found = read_petition(visit.office, visit.person, filing_number)
    numbered = {name: why for name, why in fields_of(refusal).items() if name != "matters"}
    return visit.show(
        "matters.html",
        refusal=refusal,
        row=found.row,
        body=found.body,
        matters=tuple(_shown(visit, number, each) for number, each in enumerate(typed, 1)),
        most=MOST_MATTERS,
        errors=FieldErrors(numbered),
        problem=refusal.message if refusal and not numbered else "",
    )


def _shown(visit: Visit[Person], number: int, typed: TypedMatter) -> ShownMatter:
    kinds = offered_kinds({Pack(each) for each in visit.office.entity().packs})
    choices = tuple(Choice(kind.value, KIND_LABELS[kind], kind.value == typed.kind) for kind in kinds)
    return ShownMatter(number, choices, typed.text)

"""Who has a hand in a petition: giving it back, saying that one may not judge it, naming others."""

from collections.abc import Callable
from typing import TypeAlias

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep, SentForm
from api.pages.field_errors import FieldErrors
from api.pages.forms import Choice
from api.pages.visit import (
    DesignatorVisit,
    ExcluderVisit,
    LifterVisit,
    ReaderVisit,
    Visit,
    notice_of,
)
from processes.common.errors import Conflict, Invalid, OfficeError
from processes.directory.people import Person
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.excluding import declare_conflict, lift_exclusion, name_complained_of
from processes.petitions.people_file import CAUSE_LABELS, people_to_name, read_people_file
from processes.petitions.returning import return_assignment
from processes.petitions.standing_in import designate_stand_in

router = APIRouter()
_PEOPLE = "/peticiones/{filing_number}/personas"
_NOTICES = {
    "agregada": "Quedó anotado. Lo leerá quien tiene la petición; su fecha no cambia.",
    "devuelta": "La petición volvió a reparto, con sus razones. Su término no cambió.",
    "apartada": "La persona quedó apartada: ya no ve esta petición ni recibe mensajes de ella.",
    "levantada": "La persona ya no está apartada de esta petición.",
    "designada": "La persona designada ya puede hacer esas tareas en esta petición.",
}
_Refusal: TypeAlias = tuple[str, OfficeError]
"""The form that was refused, by its name, and why."""


@router.get(_PEOPLE)
def people(visit: ReaderVisit, filing_number: str) -> Response:
    """Who was asked, who signs, who is kept apart, and what the reader may do about it."""
    return _show(visit, filing_number)


# The forms are read before anybody is asked who they are: when a session ended meanwhile, its page
# still shows what was written.
@router.post(f"{_PEOPLE}/devolver")
def give_back(sent: FormDep, visit: ReaderVisit, filing_number: str) -> Response:
    """Give the petition back for the reader's department; or the page again, with why not."""
    reason = sent.text("return_reason")
    return _done(
        visit,
        filing_number,
        sent,
        form="return",
        act=lambda: return_assignment(visit.office, visit.person, filing_number, reason=reason),
        notice="devuelta",
    )


@router.post(f"{_PEOPLE}/impedimento")
def say_conflict(sent: FormDep, visit: ReaderVisit, filing_number: str) -> Response:
    """Keep the reader apart by their own word; from then on they do not find the petition."""
    reason = sent.text("conflict_reason")
    try:
        declare_conflict(visit.office, visit.person, filing_number, reason=reason)
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, sent=sent, refusal=("conflict", refusal))
    return RedirectResponse("/peticiones?aviso=impedimento", 303)


@router.post(f"{_PEOPLE}/apartar")
def exclude(sent: FormDep, visit: ExcluderVisit, filing_number: str) -> Response:
    """Keep apart the official of whom the petition complains."""
    username, reason = sent.text("exclusion_username"), sent.text("exclusion_reason")
    return _done(
        visit,
        filing_number,
        sent,
        form="exclusion",
        act=lambda: name_complained_of(
            visit.office, visit.person, filing_number, username=username, reason=reason
        ),
        notice="apartada",
    )


@router.post(f"{_PEOPLE}/levantar")
def lift(sent: FormDep, visit: LifterVisit, filing_number: str) -> Response:
    """Let somebody who was kept apart find the petition again."""
    username, reason = sent.text("lift_username"), sent.text("lift_reason")
    return _done(
        visit,
        filing_number,
        sent,
        form="lift",
        act=lambda: lift_exclusion(
            visit.office, visit.person, filing_number, username=username, reason=reason
        ),
        notice="levantada",
    )


@router.post(f"{_PEOPLE}/designar")
def designate(sent: FormDep, visit: DesignatorVisit, filing_number: str) -> Response:
    """Name an official ad hoc."""
    username, instead_of = sent.text("stand_in_username"), sent.text("stand_in_instead_of")
    return _done(
        visit,
        filing_number,
        sent,
        form="stand_in",
        act=lambda: designate_stand_in(
            visit.office, visit.person, filing_number, username=username, instead_of=instead_of
        ),
        notice="designada",
    )


def _done(
    visit: Visit[Person],
    filing_number: str,
    sent: SentForm,
    *,
    form: str,
    act: Callable[[], None],
    notice: str,
) -> Response:
    try:
        act()
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, sent=sent, refusal=(form, refusal))
    return RedirectResponse(f"/peticiones/{filing_number}/personas?aviso={notice}", 303)


def _show(
    visit: Visit[Person],
    filing_number: str,
    *,
    sent: SentForm | None = None,
    refusal: _Refusal | None = None,
) -> Response:
    file = read_people_file(visit.office, visit.person, filing_number)
    typed = {} if sent is None else {name: sent.text(name) for name in _FIELDS}
    errors = _errors(refusal)
    named: tuple[tuple[str, str], ...] = ()
    if file.may_exclude or file.may_designate:
        named = tuple(
            (each.username, each.label) for each in people_to_name(visit.office, visit.person, filing_number)
        )
    apart = tuple((each.username, each.full_name) for each in file.apart)
    return visit.show(
        "people.html",
        refusal=refusal[1] if refusal else None,
        file=file,
        home=f"/peticiones/{file.filing_number}",
        cause_labels=CAUSE_LABELS,
        may_add=visit.person.has(*RECEPTIONISTS),
        to_exclude=_choices(named, typed.get("exclusion_username", "")),
        to_designate=_choices(named, typed.get("stand_in_username", "")),
        to_lift=_choices(apart, typed.get("lift_username", "")),
        to_replace=_choices(file.replaceable, typed.get("stand_in_instead_of", "")),
        typed={**dict.fromkeys(_FIELDS, ""), **typed},
        errors=errors,
        notice=notice_of(visit.request, _NOTICES),
    )


_FIELDS = (
    "return_reason",
    "conflict_reason",
    "exclusion_username",
    "exclusion_reason",
    "lift_username",
    "lift_reason",
    "stand_in_username",
    "stand_in_instead_of",
)


def _errors(refusal: _Refusal | None) -> FieldErrors:
    """What a service found wrong, by the names that the fields have on this page."""
    if refusal is None:
        return FieldErrors()
    form, why = refusal
    fields = why.fields if isinstance(why, Invalid) else {}
    return FieldErrors({f"{form}_{name}": problem for name, problem in fields.items()})


def _choices(options: tuple[tuple[str, str], ...], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == chosen) for value, label in options)

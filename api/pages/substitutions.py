"""Who is away and who is in their place: recorded, listed, ended."""

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.forms import Choice
from api.pages.visit import SubstitutionKeeperVisit, Visit, notice_of
from api.routes.parameters import SubstitutionNumber
from processes.common.errors import Conflict, Forbidden, Invalid, OfficeError
from processes.directory.people import Person, PersonView
from processes.petitions.absences import (
    SubstitutionState,
    list_substitutions,
    who_may_be_absent,
    who_may_substitute,
)
from processes.petitions.substituting import end_substitution, record_substitution

router = APIRouter()
_PAGE = "/ausencias"
_FIELDS = ("absent", "substitute", "first_on", "last_on", "act_number")
_NOTICES = {
    "registrada": "Quedó registrada. Desde el primer día, quien reemplaza ve y hace ese trabajo.",
    "terminada": "El reemplazo terminó. Nada queda a nombre de quien reemplazaba.",
}


@router.get(_PAGE)
def substitutions(visit: SubstitutionKeeperVisit) -> Response:
    """Who is away, who will be, and who was; and the form."""
    return _show(visit, dict.fromkeys(_FIELDS, ""))


@router.post(_PAGE)
def record(visit: SubstitutionKeeperVisit, sent: FormDep) -> Response:
    """Record an absence; or the page again, with what is wrong."""
    values = {name: sent.text(name) for name in _FIELDS}
    try:
        record_substitution(
            visit.office,
            visit.person,
            absent=values["absent"],
            substitute=values["substitute"],
            first_on=_day(values["first_on"]),
            last_on=_day(values["last_on"]),
            act_number=values["act_number"],
        )
    except (Invalid, Forbidden) as refused:
        return _show(visit, values, refused)
    return RedirectResponse(f"{_PAGE}?aviso=registrada", 303)


@router.post(f"{_PAGE}/{{number}}/terminar")
def end(visit: SubstitutionKeeperVisit, number: SubstitutionNumber) -> Response:
    """End a substitution before its last day; or the page again, when it is over."""
    try:
        end_substitution(visit.office, visit.person, number)
    except Conflict as refused:
        return _show(visit, dict.fromkeys(_FIELDS, ""), refused)
    return RedirectResponse(f"{_PAGE}?aviso=terminada", 303)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def _show(visit: Visit[Person], values: Mapping[str, str], refusal: OfficeError | None = None) -> Response:
    listed = list_substitutions(visit.office, visit.person)
    return visit.show(
        "substitutions.html",
        refusal=refusal,
        notice=notice_of(visit.request, _NOTICES),
        current=tuple(each for each in listed if each.state is not SubstitutionState.OVER),
        past=tuple(each for each in listed if each.state is SubstitutionState.OVER),
        people=_choices(who_may_be_absent(visit.office, visit.person), values["absent"]),
        everybody=_choices(who_may_substitute(visit.office, visit.person), values["substitute"]),
        values=values,
    )


def _choices(people: list[PersonView], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(each.username, each.label, each.username == chosen) for each in people)

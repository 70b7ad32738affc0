"""What outlives a petition: appeals, judges' orders, dangers, answers that came back after the close."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages import words
from api.pages.act_words import OFFICE_ACTS
from api.pages.forms import Choice
from api.pages.visit import DutyDoerVisit, DutyReaderVisit, Visit, notice_of
from api.pages.words import TrafficLight
from processes.common.errors import Conflict, Invalid, NotFound
from processes.directory.people import Person
from processes.petitions.answer_words import HOW_LABELS
from processes.petitions.duty_list import DutyView, duties_of, finish_duty, list_duties
from processes.petitions.duty_tables import DutyKind

router = APIRouter()
_DONE = "hecho"
_NOTICES = {_DONE: "El deber quedó anotado como cumplido, en la historia de la petición."}
SLUGS: Mapping[DutyKind, str] = MappingProxyType(
    {DutyKind.DANGER: "riesgo", DutyKind.RETURNED_ANSWER: "respuesta-devuelta"}
)
"""The address of each duty that ends with a note; the others end with an act."""

_WHAT: Mapping[DutyKind, str] = MappingProxyType(
    {
        DutyKind.APPEAL: "Se decide con un acto motivado que se notifica. A los dos meses sin notificarlo se "
        "entiende negado, y el deber de decidir sigue (Ley 1437 de 2011, artículos 79, 80 y 86).",
        DutyKind.JUDGE_REPORT: "El juez lo espera aunque la petición haya terminado: sin informe, lo que "
        "dice la tutela se tiene por cierto (Decreto 2591 de 1991, artículos 19 y 20).",
        DutyKind.RULING: "El fallo se cumple en el plazo que fijó el juez (Decreto 2591 de 1991, artículos "
        "27 y 29).",
        DutyKind.DANGER: "El trámite terminó y nadie ha escrito qué se hizo con el riesgo (Ley 1437 de 2011, "
        "artículo 20).",
        DutyKind.RETURNED_ANSWER: "La respuesta volvió después del cierre: entréguela por otro medio o "
        "publíquela sin datos personales (Ley 1437 de 2011, artículos 68 y 69).",
    }
)


@dataclass(frozen=True, slots=True)
class ListedDuty:
    """A duty with the words that a list needs; `href` leads to where it is done, if it is the visitor's."""

    duty: DutyView
    what: str
    light: TrafficLight | None
    href: str


@router.get("/deberes")
def duties(visit: DutyReaderVisit) -> Response:
    """What is open, what presses first."""
    return visit.show(
        "duties.html",
        duties=tuple(listed(visit, each) for each in list_duties(visit.office, visit.person)),
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get("/deberes/{filing_number}/{slug}")
def duty(visit: DutyDoerVisit, filing_number: str, slug: str) -> Response:
    """The form of a duty that ends with what was done."""
    return _show(visit, filing_number, slug)


@router.post("/deberes/{filing_number}/{slug}")
def finish(sent: FormDep, visit: DutyDoerVisit, filing_number: str, slug: str) -> Response:
    """Note what was done; or the page again, with what was typed."""
    typed = {"note": sent.text("note"), "delivered_how": sent.text("delivered_how")}
    try:
        finish_duty(visit.office, visit.person, filing_number, _kind(slug), **typed)
    except (Invalid, Conflict) as refusal:
        return _show(visit, filing_number, slug, refusal, **typed)
    return RedirectResponse(f"/deberes?aviso={_DONE}", 303)


def listed(visit: Visit[Person], duty: DutyView) -> ListedDuty:
    """A duty as a list shows it."""
    light = None
    if duty.light is not None and duty.due_on is not None:
        calendar = visit.office.entity().calendar
        light = words.traffic_light(
            duty.light, duty.due_on, duty.due_on, today=visit.today, calendar=calendar
        )
    return ListedDuty(duty, _WHAT[duty.kind], light, _href(duty))


def _href(duty: DutyView) -> str:
    if not duty.theirs or duty.done_at is not None:
        return ""
    if duty.ends_with is None:
        return f"/deberes/{duty.filing_number}/{SLUGS[duty.kind]}"
    return f"/peticiones/{duty.filing_number}/actuaciones/{OFFICE_ACTS[duty.ends_with].slug}"


def _kind(slug: str) -> DutyKind:
    kind = next((kind for kind, known in SLUGS.items() if known == slug), None)
    if kind is None:
        raise NotFound("Ese deber no existe. Vea los que hay en la página «Deberes».")
    return kind


def _ways(chosen: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(how.value, label.capitalize(), how.value == chosen) for how, label in HOW_LABELS.items()
    )


def _show(
    visit: Visit[Person],
    filing_number: str,
    slug: str,
    refusal: Invalid | Conflict | None = None,
    *,
    note: str = "",
    delivered_how: str = "",
) -> Response:
    kind = _kind(slug)
    known = [each for each in duties_of(visit.office, visit.person, filing_number) if each.kind is kind]
    if not known:
        raise NotFound("Ese deber no existe. Vea los que hay en la página «Deberes».")
    return visit.show(
        "duty.html",
        refusal=refusal,
        each=listed(visit, known[-1]),
        note=note,
        ways=_ways(delivered_how) if kind is DutyKind.RETURNED_ANSWER else (),
    )

"""The reports of the office, with the cases behind each figure, and the review that sends one."""

from dataclasses import dataclass

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.inbox import list_address
from api.pages.visit import CitizenServiceHeadVisit, PublicVisit, ReportReaderVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.directory.roles import ROLE_LABELS, Role
from processes.petitions.paging import Page
from processes.reports.definitions import ReportDefinition
from processes.reports.periods import CADENCE_LABELS
from processes.reports.reading import (
    REPORT_READERS,
    ReportRow,
    cases_behind,
    list_reports,
    published_reports,
    read_report,
    send_report,
)
from processes.reports.tables import ReportStatus
from processes.reports.words import bucket_label

router = APIRouter()
_SENT = "enviado"
_NOTICES = {_SENT: "El informe se envió a quienes lo reciben."}


@dataclass(frozen=True, slots=True)
class ListedReport:
    """A report as the list shows it, with who receives it in words."""

    row: ReportRow
    cadence_label: str
    recipients: tuple[str, ...]


@router.get("/informes")
def reports(visit: ReportReaderVisit, desde: str | None = None) -> Response:
    """Every report that the visitor may read, the newest first."""
    return _list(visit, list_reports(visit.office, visit.person, cursor=desde), "/informes", desde)


@router.get("/informes-publicados")
def published(visit: PublicVisit, desde: str | None = None) -> Response:
    """What anybody may read (Ley 1712 de 2014, artículo 11)."""
    return _list(visit, published_reports(visit.office, cursor=desde), "/informes-publicados", desde)


@router.get("/informes/{number}")
def report(visit: PublicVisit, number: int) -> Response:
    """One report with its figures."""
    return _show(visit, number)


@router.get("/informes/{number}/cifras/{figure}")
def cases(visit: ReportReaderVisit, number: int, figure: str, desde: str | None = None) -> Response:
    """The cases behind a figure."""
    view = read_report(visit.office, visit.person, number)
    page = cases_behind(visit.office, visit.person, number, figure, cursor=desde)
    address = f"/informes/{number}/cifras/{figure}"
    return visit.show(
        "report_cases.html",
        report=view,
        figure=next(each for each in view.figures if each.key == figure),
        cases=page.items,
        bucket_label=bucket_label,
        next_href=list_address(address, page.next_cursor),
        first_href=list_address(address, "" if desde else None),
    )


@router.post("/informes/{number}/enviar")
def send(sent: FormDep, visit: CitizenServiceHeadVisit, number: int) -> Response:
    """Send a reviewed report; or the page again, with what was typed."""
    remarks = sent.text("remarks")
    try:
        send_report(visit.office, visit.person, number, remarks=remarks)
    except (Invalid, Conflict) as refusal:
        return _show(visit, number, refusal, remarks=remarks)
    return RedirectResponse(f"/informes?aviso={_SENT}", 303)


def _list(
    visit: Visit[Person] | Visit[Person | None], page: Page[ReportRow], path: str, cursor: str | None
) -> Response:
    listed = tuple(
        ListedReport(row, CADENCE_LABELS[row.definition.cadence], _recipients(row.definition))
        for row in page.items
    )
    return visit.show(
        "reports.html",
        reports=listed,
        published_only=path == "/informes-publicados",
        notice=notice_of(visit.request, _NOTICES),
        next_href=list_address(path, page.next_cursor),
        first_href=list_address(path, "" if cursor else None),
    )


def _recipients(definition: ReportDefinition) -> tuple[str, ...]:
    return tuple(ROLE_LABELS[role] for role in sorted(definition.recipients))


def _show(
    visit: Visit[Person | None], number: int, refusal: Invalid | Conflict | None = None, *, remarks: str = ""
) -> Response:
    view = read_report(visit.office, visit.person, number)
    person = visit.person
    return visit.show(
        "report.html",
        refusal=refusal,
        report=view,
        recipients=_recipients(view.row.definition),
        to_review=view.row.status is ReportStatus.FOR_REVIEW,
        may_send=person is not None and person.has(Role.CITIZEN_SERVICE_HEAD),
        sees_cases=person is not None and person.has(*REPORT_READERS),
        cadence_label=CADENCE_LABELS[view.row.definition.cadence],
        remarks=remarks,
    )

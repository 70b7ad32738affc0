"""The reports for programs: which there are, their figures, and the cases behind each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import PUBLIC, CitizenServiceHead, ReportReader, Visitor
from api.answers import answer
from api.dependencies import OfficeDep
from api.routes.parameters import LARGEST_KEY, Cursor, Limit
from processes.directory.roles import Role
from processes.petitions.paging import Page
from processes.reports.figures import Case, Figure
from processes.reports.periods import Cadence
from processes.reports.reading import (
    MAX_REMARKS,
    ReportRow,
    cases_behind,
    list_reports,
    published_reports,
    read_report,
    send_report,
)
from processes.reports.tables import ReportStatus

router = APIRouter(prefix="/api", tags=["Informes"])
_PAGE = 50
ReportNumber = Annotated[int, Path(ge=1, le=LARGEST_KEY, description="Número del informe.")]
FigureKey = Annotated[str, Path(max_length=40, description="La cifra.", examples=["overdue"])]


@dataclass(frozen=True, slots=True)
class ReportSummary:
    """A report: whose it is, what it covers, whether it went out. `source` is the rule that asks for it."""

    id: int
    name: str
    title: str
    cadence: Cadence
    period_label: str
    first_on: date
    last_on: date
    made_at: datetime
    status: ReportStatus
    sent_at: datetime | None
    recipients: tuple[Role, ...]
    published: bool
    source: str


@dataclass(frozen=True, slots=True)
class ReportWithFigures:
    """A report with its figures; `told` names those who were written to. Queries are for the entity's own."""

    report: ReportSummary
    figures: tuple[Figure, ...]
    remarks: str
    told: tuple[str, ...]


class RemarksBody(BaseModel):
    """What the reviewer adds to a report."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"remarks": "Infraestructura ya tiene un plan."}]}
    )

    remarks: Annotated[
        str, Field(max_length=MAX_REMARKS, description="Observaciones, sin nombres de ciudadanos.")
    ] = ""


@router.get(
    "/reports",
    summary="Listar los informes",
    description="Los que la persona puede leer, del más nuevo al más antiguo.",
    response_model=Page[ReportSummary],
)
def reports(person: ReportReader, office: OfficeDep, cursor: Cursor = None, limit: Limit = _PAGE) -> Response:
    """What the caller may read."""
    return answer(_summaries(list_reports(office, person, cursor=cursor, limit=limit)))


@router.get(
    "/published-reports",
    summary="Listar los informes publicados",
    description="Los que lee cualquiera (Ley 1712 de 2014, artículo 11).",
    response_model=Page[ReportSummary],
    dependencies=[Depends(PUBLIC)],
)
def published(office: OfficeDep, cursor: Cursor = None, limit: Limit = _PAGE) -> Response:
    """What anybody may read."""
    return answer(_summaries(published_reports(office, cursor=cursor, limit=limit)))


@router.get(
    "/reports/{number}",
    summary="Leer un informe",
    description="Sus cifras. Los publicados los lee cualquiera, sin la consulta de cada cifra.",
    response_model=ReportWithFigures,
)
def report(number: ReportNumber, visitor: Visitor, office: OfficeDep) -> Response:
    """One report."""
    view = read_report(office, visitor, number)
    return answer(ReportWithFigures(_summary(view.row), view.figures, view.remarks, view.told))


@router.get(
    "/reports/{number}/figures/{figure}/cases",
    summary="Leer las peticiones de una cifra",
    description="Las que se contaron, con su grupo y lo que midió cada una.",
    response_model=Page[Case],
)
def cases(
    number: ReportNumber,
    figure: FigureKey,
    person: ReportReader,
    office: OfficeDep,
    *,
    cursor: Cursor = None,
    limit: Limit = _PAGE,
) -> Response:
    """The cases behind a figure."""
    return answer(cases_behind(office, person, number, figure, cursor=cursor, limit=limit))


@router.post(
    "/reports/{number}/sending",
    status_code=204,
    summary="Enviar un informe revisado",
    description="Avisa a quienes lo reciben, con las observaciones. Si ya se envió, 409.",
    response_class=Response,
)
def send(number: ReportNumber, body: RemarksBody, person: CitizenServiceHead, office: OfficeDep) -> Response:
    """Send a report that was reviewed."""
    send_report(office, person, number, remarks=body.remarks)
    return Response(status_code=204)


def _summaries(page: Page[ReportRow]) -> Page[ReportSummary]:
    return Page(tuple(_summary(row) for row in page.items), page.next_cursor)


def _summary(row: ReportRow) -> ReportSummary:
    return ReportSummary(
        id=row.id,
        name=row.definition.name,
        title=row.definition.title,
        cadence=row.definition.cadence,
        period_label=row.period_label,
        first_on=row.first_on,
        last_on=row.last_on,
        made_at=row.made_at,
        status=row.status,
        sent_at=row.sent_at,
        recipients=tuple(sorted(row.definition.recipients)),
        published=row.definition.published,
        source=row.definition.source,
    )

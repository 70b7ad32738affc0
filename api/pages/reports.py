"""The reports of the office, with the cases behind each figure, and the review that sends one."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import APIRouter, Response
from fastapi.responses import RedirectResponse

from api.bodies import FormDep
from api.pages.field_errors import FieldErrors
from api.pages.visit import CitizenServiceHeadVisit, PublicVisit, ReportReaderVisit, Visit, notice_of
from processes.common.errors import Conflict, Invalid
from processes.directory.people import Person
from processes.directory.roles import ROLE_LABELS, Role
from processes.petitions.reception_words import CHANNEL_LABELS
from processes.petitions.status import STATUS_LABELS
from processes.reports.figures import Measure
from processes.reports.periods import CADENCE_LABELS
from processes.reports.reading import (
    cases_behind,
    list_reports,
    published_reports,
    read_report,
    send_report,
)
from processes.reports.tables import ReportStatus
from processes.terms.kinds import KIND_LABELS

router = APIRouter()
_SENT = "enviado"
_NOTICES = {_SENT: "El informe se envió a quienes lo reciben."}
_BUCKETS: Mapping[str, str] = MappingProxyType(
    {
        **{kind.value: label for kind, label in KIND_LABELS.items()},
        **{channel.value: label for channel, label in CHANNEL_LABELS.items()},
        **{status.value: label for status, label in STATUS_LABELS.items()},
    }
)
_UNITS: Mapping[Measure, str] = MappingProxyType(
    {Measure.COUNT: "", Measure.MEDIAN: "días", Measure.SHARE: "%"}
)


@router.get("/informes")
def reports(visit: ReportReaderVisit) -> Response:
    """Every report that the visitor may read, the newest first."""
    return visit.show(
        "reports.html",
        reports=list_reports(visit.office, visit.person),
        published_only=False,
        cadence_labels=CADENCE_LABELS,
        notice=notice_of(visit.request, _NOTICES),
    )


@router.get("/informes-publicados")
def published(visit: PublicVisit) -> Response:
    """What anybody may read (Ley 1712 de 2014, artículo 11)."""
    return visit.show(
        "reports.html",
        reports=published_reports(visit.office),
        published_only=True,
        cadence_labels=CADENCE_LABELS,
        notice=None,
    )


@router.get("/informes/{number}")
def report(visit: PublicVisit, number: int) -> Response:
    """One report with its figures."""
    return _show(visit, number)


@router.get("/informes/{number}/cifras/{figure}")
def cases(visit: ReportReaderVisit, number: int, figure: str) -> Response:
    """The cases behind a figure."""
    view = read_report(visit.office, visit.person, number)
    behind = cases_behind(visit.office, visit.person, number, figure)
    return visit.show(
        "report_cases.html",
        report=view,
        figure=next(each for each in view.figures if each.key == figure),
        cases=behind,
        bucket_labels=_BUCKETS,
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


def _show(
    visit: Visit[Person | None], number: int, refusal: Invalid | Conflict | None = None, *, remarks: str = ""
) -> Response:
    view = read_report(visit.office, visit.person, number)
    person = visit.person
    errors = refusal.fields if isinstance(refusal, Invalid) else {}
    return visit.show(
        "report.html",
        status=refusal.status if refusal else 200,
        report=view,
        recipients=[ROLE_LABELS[role] for role in sorted(view.row.definition.recipients)],
        to_review=view.row.status is ReportStatus.FOR_REVIEW,
        may_send=person is not None and person.has(Role.CITIZEN_SERVICE_HEAD),
        sees_cases=person is not None,
        cadence_label=CADENCE_LABELS[view.row.definition.cadence],
        bucket_labels=_BUCKETS,
        units=_UNITS,
        remarks=remarks,
        problem=refusal.message if refusal and not errors else "",
        errors=FieldErrors(errors),
    )

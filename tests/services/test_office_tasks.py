"""Tasks that time brings to citizen service: it asks, and a person does."""

from datetime import UTC, datetime

import pytest

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.petitions.office import Office
from processes.reports.office_tasks import (
    finish_office_task,
    list_office_tasks,
    plan_retention,
    plan_visits,
    read_office_task,
)
from processes.reports.tables import OfficeTaskKind
from tests.builders.office import CONTROL, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one, live_whole_life

LATE = datetime(2027, 1, 4, 12, 40, tzinfo=UTC)
FINDINGS = {
    "findings": "Tres peticiones sin repartir por vacaciones.",
    "commitments": "Responderlas el viernes.",
}


def _overdue(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)


def test_the_most_overdue_departments_are_visited_once_a_month(office: Office, clock: HandClock) -> None:
    _overdue(office)
    clock.to(LATE)

    assert plan_visits(office) == 1
    assert plan_visits(office) == 0

    (visit,) = list_office_tasks(office, SERVICE_HEAD)
    assert (visit.kind, visit.petitions) == (OfficeTaskKind.VISIT, 1)
    assert visit.department_name == "Secretaría de Infraestructura"
    assert visit.period_label == "enero de 2027"


def test_a_month_without_delay_plans_no_visit(office: Office, clock: HandClock) -> None:
    live_whole_life(office, file_one(office).filing_number)
    clock.to(LATE)

    assert plan_visits(office) == 0


def test_a_visit_ends_with_what_was_found_and_agreed(office: Office, clock: HandClock) -> None:
    _overdue(office)
    clock.to(LATE)
    plan_visits(office)
    (visit,) = list_office_tasks(office, SERVICE_HEAD)

    with pytest.raises(Invalid) as caught:
        finish_office_task(office, SERVICE_HEAD, visit.id, findings="Mal", commitments="")
    assert caught.value.fields.keys() == {"findings", "commitments"}
    finish_office_task(office, SERVICE_HEAD, visit.id, **FINDINGS)

    (done,) = list_office_tasks(office, CONTROL)
    assert done.done_by == SERVICE_HEAD.full_name
    assert done.findings == FINDINGS["findings"]
    with pytest.raises(Conflict):
        finish_office_task(office, SERVICE_HEAD, visit.id, **FINDINGS)


def test_only_citizen_service_visits(office: Office, clock: HandClock) -> None:
    _overdue(office)
    clock.to(LATE)
    plan_visits(office)
    (visit,) = list_office_tasks(office, SERVICE_HEAD)

    with pytest.raises(Forbidden):
        finish_office_task(office, CONTROL, visit.id, **FINDINGS)
    with pytest.raises(Forbidden):
        list_office_tasks(office, OFFICIAL)
    for unknown in (999, 2**70):
        with pytest.raises(NotFound):
            finish_office_task(office, SERVICE_HEAD, unknown, **FINDINGS)
        with pytest.raises(NotFound):
            read_office_task(office, SERVICE_HEAD, unknown)


def test_what_was_kept_long_enough_asks_for_an_act_and_destroys_nothing(
    office: Office, clock: HandClock
) -> None:
    number = file_one(office).filing_number
    live_whole_life(office, number)
    clock.to(datetime(2031, 12, 1, 12, 0, tzinfo=UTC))
    assert plan_retention(office) == 0

    clock.to(datetime(2032, 1, 2, 12, 0, tzinfo=UTC))
    assert plan_retention(office) == 1
    assert plan_retention(office) == 0

    (task,) = list_office_tasks(office, SERVICE_HEAD)
    with pytest.raises(Invalid) as caught:
        finish_office_task(office, SERVICE_HEAD, task.id, findings=FINDINGS["findings"], commitments="")
    assert caught.value.fields.keys() == {"act_number"}
    finish_office_task(
        office,
        SERVICE_HEAD,
        task.id,
        findings="La serie va al archivo central.",
        commitments="",
        act_number="Acta 4 de 2032",
    )

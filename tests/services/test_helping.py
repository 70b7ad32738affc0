"""Other departments contribute to an answer, all at once, while the term goes on."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from processes.common.errors import Forbidden, Invalid
from processes.common.outbox import MESSAGES
from processes.directory.tables import DEPARTMENTS
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.attachments import store_file
from processes.petitions.inbox import list_work_items
from processes.petitions.office import Office
from processes.petitions.people_file import HelpView, read_people_file
from processes.petitions.queries import list_petitions, petition_file, read_petition
from processes.petitions.tables import ALERTS
from processes.petitions.work import complete
from tests.builders.answers import do, elements
from tests.builders.level_three import PLANNER, QUESTION, ask, drafting, hire
from tests.builders.office import DEPARTMENT_HEAD, OFFICIAL, STRANGER, HandClock

CONTRIBUTION = "Sí: está en el plan, con cargo al rubro de malla vial."


def _help(office: Office, number: str) -> tuple[HelpView, ...]:
    return read_people_file(office, OFFICIAL, number).help


def _asked_by_mail(office: Office, number: str) -> list[str]:
    query = sa.select(MESSAGES.c.recipient).where(
        MESSAGES.c.stream == number, MESSAGES.c.template != "assigned"
    )
    with office.read() as connection:
        return [each.partition("@")[0] for each in connection.scalars(query.order_by(MESSAGES.c.id))]


def test_each_department_that_is_asked_gets_a_task_of_its_own_at_once(whole_office: Office) -> None:
    hire(whole_office, PLANNER, "Secretaría de Planeación")
    number = drafting(whole_office).filing_number

    ask(whole_office, number, "HAC", "PLA")

    assert elements(whole_office, STRANGER, number) == {"Contribute"}
    assert elements(whole_office, PLANNER, number) == {"Contribute"}
    assert elements(whole_office, OFFICIAL, number) == set()
    assert elements(whole_office, DEPARTMENT_HEAD, number) == set()


def test_whoever_is_asked_is_told_and_not_who_answers(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    before = _asked_by_mail(whole_office, number)

    ask(whole_office, number, "HAC")

    assert _asked_by_mail(whole_office, number)[len(before) :] == ["hugo"]


def test_a_department_reads_the_petition_from_when_it_is_asked(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    with pytest.raises(Forbidden, match="otra dependencia"):
        read_petition(whole_office, STRANGER, number)
    assert list_petitions(whole_office, STRANGER).items == ()

    ask(whole_office, number, "HAC")

    assert read_petition(whole_office, STRANGER, number).row.filing_number == number
    assert [row.filing_number for row in list_petitions(whole_office, STRANGER).items] == [number]


def test_the_draft_goes_on_when_the_last_contribution_is_there(whole_office: Office) -> None:
    hire(whole_office, PLANNER, "Secretaría de Planeación")
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC", "PLA")

    do(whole_office, PLANNER, number, "Contribute", contribution=CONTRIBUTION)
    assert elements(whole_office, OFFICIAL, number) == set()
    do(whole_office, STRANGER, number, "Contribute", contribution="Hay dinero para ello.")

    assert elements(whole_office, OFFICIAL, number) == {"Draft"}
    given = {
        each.department_name: (each.question, each.contribution, each.contributed_by)
        for each in _help(whole_office, number)
    }
    assert given == {
        "Secretaría de Hacienda": (QUESTION, "Hay dinero para ello.", "Hugo Salas"),
        "Secretaría de Planeación": (QUESTION, CONTRIBUTION, "Pablo Ríos"),
    }


def test_a_contribution_may_be_a_file_alone_and_never_nothing(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC")
    (item,) = list_work_items(whole_office, STRANGER).items
    file = store_file(whole_office.settings.files_folder, "plan.pdf", b"%PDF-1.4\n%plan", max_bytes=1000)

    with pytest.raises(Invalid, match="aporte"):
        complete(whole_office, STRANGER, number, item.task, {"contribution": ""})
    complete(whole_office, STRANGER, number, item.task, {"contribution": ""}, files=(file,))

    (given,) = _help(whole_office, number)
    assert given.contributed_by == "Hugo Salas"
    assert petition_file(whole_office, OFFICIAL, number, 1)[0].name == "plan.pdf"


def test_the_department_that_answers_does_not_ask_itself(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number

    with pytest.raises(Invalid) as refusal:
        ask(whole_office, number, "HAC", "INF")

    assert refusal.value.fields == {
        "asked_departments": "Marque otras dependencias: la que responde no se pregunta a sí misma."
    }
    assert _help(whole_office, number) == ()
    assert elements(whole_office, OFFICIAL, number) == {"Draft"}


def test_a_department_without_people_is_not_asked(whole_office: Office) -> None:
    number = drafting(whole_office).filing_number
    with whole_office.write() as connection:
        connection.execute(sa.insert(DEPARTMENTS), {"code": "VAC", "name": "Cultura", "active": True})

    with pytest.raises(Invalid) as refusal:
        ask(whole_office, number, "HAC", "VAC")

    assert "En Cultura no hay quien aporte" in refusal.value.fields["asked_departments"]
    assert _help(whole_office, number) == ()
    assert elements(whole_office, OFFICIAL, number) == {"Draft"}


def test_work_goes_on_without_whoever_lets_the_time_pass(whole_office: Office, clock: HandClock) -> None:
    hire(whole_office, PLANNER, "Secretaría de Planeación")
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC", "PLA")
    do(whole_office, PLANNER, number, "Contribute", contribution=CONTRIBUTION)
    assert [each.awaited for each in _help(whole_office, number)] == [True, False]
    with whole_office.read() as connection:
        ends_at = connection.scalar(sa.select(ALERTS.c.due_at).where(ALERTS.c.name == "help"))
    assert ends_at is not None

    clock.to(ends_at - timedelta(seconds=1))
    advance_due_alerts(whole_office)
    assert elements(whole_office, STRANGER, number) == {"Contribute"}
    clock.to(ends_at)
    advance_due_alerts(whole_office)

    assert elements(whole_office, STRANGER, number) == set()
    assert "Draft" in elements(whole_office, OFFICIAL, number)
    late, given = _help(whole_office, number)
    assert (late.awaited, late.contribution, given.contribution) == (False, "", CONTRIBUTION)


def test_who_was_late_once_may_be_asked_again(whole_office: Office, clock: HandClock) -> None:
    number = drafting(whole_office).filing_number
    ask(whole_office, number, "HAC")
    clock.forward(days=30)
    advance_due_alerts(whole_office)

    ask(whole_office, number, "HAC", question="Solo el número del certificado de disponibilidad.")
    do(whole_office, STRANGER, number, "Contribute", contribution="CDP 2026-118.")

    assert [each.contribution for each in _help(whole_office, number)] == ["", "CDP 2026-118."]

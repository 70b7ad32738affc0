"""What the office does by itself, on the administrator's page."""

from collections.abc import Callable

import pytest
import sqlalchemy as sa

from processes.directory.people import Person
from processes.directory.tables import ENTITY
from processes.flows import sweeps
from processes.petitions.office import Office
from processes.reports.jobs import JOBS
from tests.builders.office import ADMINISTRATOR, SERVICE_HEAD
from tests.pages.visitor import Visitor
from tests.support.web import free_port

SignIn = Callable[[Person], Visitor]


@pytest.fixture(autouse=True)
def _no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VENTANILLA_PREFECT_PORT", str(free_port()))


def test_each_job_says_when_it_last_ran_though_the_scheduler_is_away(
    signed_in: SignIn, office: Office
) -> None:
    sweeps.do_everything(office)

    page = signed_in(ADMINISTRATOR).open("/programacion")

    assert page.status == 200
    assert page.text.count("Última vez:") == len(JOBS)
    assert "El programador no responde" in page.text


def test_a_sample_says_whose_hours_those_are_and_a_real_entity_need_not(
    signed_in: SignIn, office: Office
) -> None:
    administrator = signed_in(ADMINISTRATOR)
    of_a_sample = administrator.open("/programacion").text
    with office.write() as connection:
        connection.execute(sa.update(ENTITY).values(demonstration=False))
    office.entities.forget_current()

    assert "Las horas de esta página son las del equipo." in of_a_sample
    assert "Las horas de esta página" not in administrator.open("/programacion").text


def test_only_an_administrator_sees_the_schedules(signed_in: SignIn) -> None:
    assert signed_in(SERVICE_HEAD).open("/programacion").status == 403

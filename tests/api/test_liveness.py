"""The health page turns red when time has stopped passing in the office."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from processes.common.office_clock import real_now
from processes.flows import sweeps
from processes.petitions.sweep_tables import SWEEP_RUNS
from tests.api.site import Site
from tests.builders.petitions import file_one


def _age_the_sweeps(site: Site, age: timedelta) -> None:
    with site.office.write() as connection:
        connection.execute(sa.update(SWEEP_RUNS).values(finished_at=real_now() - age))


def _patience(site: Site) -> timedelta:
    return 3 * timedelta(seconds=site.office.settings.sweep_seconds)


def test_an_office_that_was_just_opened_is_well(sqlite_site: Site) -> None:
    assert sqlite_site.client.get("/health").status_code == 200


@pytest.mark.parametrize(("lateness", "status"), [(-60, 200), (60, 503)])
def test_a_sweep_older_than_three_periods_turns_it_red(sqlite_site: Site, lateness: int, status: int) -> None:
    sweeps.sweep(sqlite_site.office)
    _age_the_sweeps(sqlite_site, _patience(sqlite_site) + timedelta(seconds=lateness))

    response = sqlite_site.client.get("/health")

    assert response.status_code == status
    assert sqlite_site.client.get("/health/web").status_code == 200
    assert ("Alertas" in response.text) == (status == 503)


def test_the_sweep_that_ends_again_turns_it_green(sqlite_site: Site) -> None:
    sweeps.sweep(sqlite_site.office)
    _age_the_sweeps(sqlite_site, 2 * _patience(sqlite_site))
    sweeps.sweep(sqlite_site.office)

    assert sqlite_site.client.get("/health").status_code == 200


def test_the_age_of_the_oldest_message_is_measured(sqlite_site: Site) -> None:
    def oldest() -> float:
        lines = sqlite_site.client.get("/metrics").text.splitlines()
        (value,) = (line for line in lines if line.startswith("ventanilla_oldest_message_seconds"))
        return float(value.split()[1])

    assert oldest() == 0
    file_one(sqlite_site.office)
    _MISSING
    assert oldest() == 600

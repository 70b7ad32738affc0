"""A furnished office, a clock that the test moves, and letters that go to a file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.directory.tables import ENTITY
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.office import HandClock, an_office


@pytest.fixture(autouse=True)
def _letters_at_any_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the hour of the machine, what is written leaves."""
    monkeypatch.setenv("VENTANILLA_STAFF_HOURS", "")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A real entity, whose clock nobody may speed up."""
    with an_office(sqlite_url, tmp_path, clock) as opened:
        with opened.write() as connection:
            connection.execute(sa.update(ENTITY).values(demonstration=False))
        yield opened
        assert violations(opened) == []


@pytest.fixture
def demonstration(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A sample entity."""
    with an_office(sqlite_url, tmp_path, clock) as opened:
        yield opened
        assert violations(opened) == []

"""An office on each kind of database, and a clock that the test moves."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from processes.common.resources import bpmn_folder
from processes.directory import entity
from processes.petitions import office as offices
from processes.petitions import shards
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.office import HandClock, an_office


@pytest.fixture(autouse=True)
def _as_on_a_machine_that_is_never_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an office looks again at what it knows, or a shard ends, in the middle of what is counted."""
    for module, what in (
        (offices, "_REREAD_SECONDS"),
        (entity, "_REREAD_SECONDS"),
        (shards, "HOLD_SECONDS"),
    ):
        # Finite: what is to be read again at once was read an infinite time ago.
        monkeypatch.setattr(module, what, 1e9)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A furnished office; whatever the test did, every invariant holds at its end."""
    with an_office(database_url, tmp_path, clock) as opened:
        yield opened
        assert violations(opened) == []


@pytest.fixture
def whole_office(database_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """The same with the whole procedure."""
    with an_office(database_url, tmp_path, clock, procedure=bpmn_folder()) as opened:
        yield opened
        assert violations(opened) == []

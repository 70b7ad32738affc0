"""What another process changed: each process looks again every few seconds, and not at each act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.resources import bpmn_folder
from processes.directory import entity
from processes.directory.tables import ENTITY
from processes.petitions import office as offices
from processes.petitions.office import Office
from tests.builders.office import an_office_again, publish_procedure


@pytest.fixture
def another_process(database_url: str, tmp_path: Path) -> Iterator[Office]:
    with an_office_again(database_url, tmp_path) as opened:
        yield opened


def test_what_another_process_published_is_the_procedure_once_this_one_looks_again(
    office: Office, another_process: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.definitions.current().hash
    after = publish_procedure(another_process, bpmn_folder())
    assert office.definitions.current().hash == before != after

    monkeypatch.setattr(offices, "_REREAD_SECONDS", -1.0)

    assert office.definitions.current().hash == after


def test_what_another_process_changed_of_the_entity_is_known_once_this_one_looks_again(
    office: Office, another_process: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = office.entity().name
    with another_process.write() as connection:
        connection.execute(sa.update(ENTITY).values(name="Alcaldía de Puerto Nuevo"))
    assert office.entity().name == before

    monkeypatch.setattr(entity, "_REREAD_SECONDS", -1.0)

    assert office.entity().name == "Alcaldía de Puerto Nuevo"

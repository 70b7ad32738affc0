"""One town hall for the petitions of a file; its clock only goes forward, so each is filed on its own day."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copyfile

import pytest

pytest.register_assert_rewrite("tests.acceptance.petitions.town")

from tests.acceptance.petitions.town import Town, town_hall  # noqa: E402 - rewritten as it is imported


@pytest.fixture(scope="module")
def running_town(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    home = tmp_path_factory.mktemp("puerto-claro")
    database = home / "ventanilla.sqlite3"
    copyfile(sqlite_template, database)
    with town_hall(f"sqlite:///{database}", home) as town:
        yield town


@pytest.fixture
def town(running_town: Town) -> Iterator[Town]:
    """The town hall at ten in the morning of a working day; at the end of the test everything is in order."""
    running_town.wait_working_days(1)
    yield running_town
    running_town.must_be_in_order()

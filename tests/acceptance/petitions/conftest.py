"""One town hall for the petitions of a file; its clock only goes forward, so each is filed on its own day."""

from collections.abc import Iterator
from shutil import copyfile

import pytest

pytest.register_assert_rewrite("tests.acceptance.petitions.town")

from tests.acceptance.petitions.town import Town, town_hall  # noqa: E402 - rewritten as it is imported


@pytest.fixture(scope="module")
def town_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a migrated database, of the kind that the file names in `DATABASE`."""
    if request.module.DATABASE == "sqlite":
        database = tmp_path_factory.mktemp("database") / "ventanilla.sqlite3"
        copyfile(request.getfixturevalue("sqlite_template"), database)
        yield f"sqlite:///{database}"
        return
    server = request.getfixturevalue("postgres")
    url = server.create_database(template=request.getfixturevalue("postgres_template").database)
    yield url.render_as_string(hide_password=False)
    server.drop_database(url)


@pytest.fixture(scope="module")
def running_town(town_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with town_hall(town_database, tmp_path_factory.mktemp("puerto-claro")) as town:
        yield town


@pytest.fixture
def town(running_town: Town) -> Iterator[Town]:
    """The town hall at ten in the morning of a working day; at the end of the test everything is in order."""
    running_town.wait_working_days(1)
    yield running_town
    running_town.must_be_in_order()

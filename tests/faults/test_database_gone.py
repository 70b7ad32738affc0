"""The database is gone while the office is open: errors in words, and then everything goes on."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from processes.common.database import upgrade
from processes.petitions.invariants import violations
from tests.builders.office import an_office_again
from tests.faults.aftermath import kept_petitions
from tests.faults.visitors import (
    PATIENCE_SECONDS,
    UNAVAILABLE,
    Citizen,
    Crowd,
    Staff,
    everything_told_is_true,
    furnish_for_visitors,
)
from tests.support.missing import MissingPart, skip_without
from tests.support.postgres import OwnServer, PostgresServer, own_server
from tests.support.web import web_process

IN_WORDS = "La base de datos no responde en este momento"


@pytest.fixture
def server() -> Iterator[OwnServer]:
    """A PostgreSQL server of this test's own, which forces what it promises to the disk."""
    try:
        with own_server(durable=True) as started:
            yield started
    except MissingPart as missing:
        skip_without(missing)


@pytest.fixture
def url(server: OwnServer) -> str:
    created = PostgresServer(server.url).create_database()
    address = created.render_as_string(hide_password=False)
    upgrade(address)
    return address


@pytest.mark.parametrize(
    "seconds", [pytest.param(0, id="a-moment"), pytest.param(20, id="twenty-seconds", marks=pytest.mark.long)]
)
def test_people_are_told_in_words_and_go_on_when_the_database_is_back(
    server: OwnServer, url: str, tmp_path: Path, seconds: float
) -> None:
    furnish_for_visitors(url, tmp_path)
    program, person = Citizen("1"), Citizen("2", by_page=True)
    staff = Staff()
    with web_process(tmp_path, url) as web, Crowd([program, person, staff]) as crowd:
        staff.sign_in(web.url)
        crowd.come(web.url)
        for end in (server.stop, server.crash):
            crowd.until_all_succeed()
            end()
            crowd.until_all_are_refused()
            crowd.stay(seconds)
            assert httpx.get(f"{web.url}/metrics", timeout=PATIENCE_SECONDS).status_code == UNAVAILABLE
            server.start()
        crowd.until_all_succeed()

    assert {answer.status_code for answer in program.answers} == {201, 503}
    assert {answer.status_code for answer in person.answers} == {303, 503}
    assert {answer.status_code for answer in staff.answers} <= {200, 409, 503}
    _refused_in_words(program.answers + staff.answers, media_type="application/problem+json")
    _refused_in_words(person.answers, media_type="text/html; charset=utf-8")
    assert (tmp_path / "web.log").read_text() == ""
    with an_office_again(url, tmp_path) as office:
        everything_told_is_true(office, [program, person], staff)
        assert len(kept_petitions(office)) == program.achieved + person.achieved
        assert violations(office) == []


def _refused_in_words(answers: list[httpx.Response], *, media_type: str) -> None:
    refused = [answer for answer in answers if answer.status_code == UNAVAILABLE]
    assert refused
    assert {answer.headers["content-type"] for answer in refused} == {media_type}
    for answer in refused:
        assert IN_WORDS in answer.text
        assert "psycopg" not in answer.text

"""An office with its doors open, and people who come to them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from processes.directory.people import Person
from processes.petitions.invariants import violations
from processes.petitions.office import Office
from tests.builders.office import HandClock, an_office
from tests.pages.visitor import Visitor


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    """A furnished office; whatever the test did, every invariant holds at its end."""
    with an_office(sqlite_url, tmp_path, clock) as opened:
        yield opened
        assert violations(opened) == []


@pytest.fixture
def comer(office: Office) -> Callable[[], Visitor]:
    """Makes visitors who share nothing but the office."""
    app = create_app(office)
    return lambda: Visitor(TestClient(app, base_url="http://127.0.0.1:8000"), office)


@pytest.fixture
def citizen(comer: Callable[[], Visitor]) -> Visitor:
    return comer()


@pytest.fixture
def signed_in(comer: Callable[[], Visitor]) -> Callable[[Person], Visitor]:
    """Makes visitors who signed in."""

    def enter(person: Person) -> Visitor:
        visitor = comer()
        assert visitor.sign_in(person).status == 200
        return visitor

    return enter

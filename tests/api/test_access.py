"""Every route and page states who may use it, and holds to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from api.access import PUBLIC, Access
from api.documentation import access_of
from processes.directory.people import Person
from tests.api.site import Site
from tests.builders.office import EVERYBODY

_VALUES = {"filing_number": "2026-000001", "task": "3", "number": "1", "seq": "1"}
_SIGN_IN_PAGE = "/ingresar"
ONE_OF_EACH_ROLE = tuple({person.roles: person for person in EVERYBODY}.values())


@dataclass(frozen=True)
class Door:
    """A route with a method, and its statements of who may use it."""

    method: str
    path: str
    stated: tuple[Access, ...]

    @property
    def address(self) -> str:
        return re.sub(r"\{(\w+)(:\w+)?\}", lambda found: _VALUES.get(found[1], "1"), self.path)

    @property
    def for_programs(self) -> bool:
        return self.path.startswith("/api")

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def doors(app: FastAPI) -> Iterator[Door]:
    for route in iter_route_contexts(app.routes):
        if isinstance(route.original_route, Mount):
            continue
        stated = tuple(access_of(route.dependant))
        for method in route.methods or ():
            yield Door(method, str(route.path), stated)


@pytest.fixture(scope="module")
def closed_doors(sqlite_site: Site) -> list[Door]:
    found = [door for door in doors(application(sqlite_site)) if set(door.stated) != {PUBLIC}]
    assert len(found) > 10
    return found


def application(site: Site) -> FastAPI:
    app = site.client.app
    assert isinstance(app, FastAPI)
    return app


def test_only_the_static_files_stand_outside_the_statements(sqlite_site: Site) -> None:
    mounts = [
        route.path
        for route in iter_route_contexts(application(sqlite_site).routes)
        if isinstance(route.original_route, Mount)
    ]

    assert mounts == ["/static"]


def test_every_route_states_who_may_use_it_and_only_once(sqlite_site: Site) -> None:
    found = list(doors(application(sqlite_site)))

    assert {str(door): len(set(door.stated)) for door in found if len(set(door.stated)) != 1} == {}
    assert {"/", "/radicar", "/bandeja", "/api/petitions", "/health"} <= {door.path for door in found}


def test_what_everybody_may_do_is_a_short_list(sqlite_site: Site) -> None:
    found = doors(application(sqlite_site))

    assert {str(door) for door in found if set(door.stated) == {PUBLIC} and door.for_programs} == {
        "GET /api/departments",
        "GET /api/docs",
        "GET /api/kinds",
        "GET /api/openapi.json",
        "GET /api/petitions/{filing_number}/tracking",
        "GET /api/petitions/{filing_number}/tracking/legal-file",
        "GET /api/published-reports",
        "GET /api/reports/{number}",
        "GET /api/territories",
        "GET /api/topics",
        "POST /api/petitions",
        "POST /api/petitions/{filing_number}/tracking/legal-acts",
        "POST /api/session",
    }


def test_nobody_passes_a_closed_door_without_signing_in(sqlite_site: Site, closed_doors: list[Door]) -> None:
    passed = {}
    for door in closed_doors:
        response = sqlite_site.client.request(door.method, door.address, follow_redirects=False)
        led_to_sign_in = response.headers.get("location", "").startswith(_SIGN_IN_PAGE)
        if response.status_code != 401 and not (led_to_sign_in and not door.for_programs):
            passed[str(door)] = response.status_code

    assert passed == {}


@pytest.mark.parametrize("person", ONE_OF_EACH_ROLE, ids=lambda person: person.username)
def test_nobody_passes_a_door_that_is_not_for_their_role(
    sqlite_site: Site, closed_doors: list[Door], person: Person
) -> None:
    headers = sqlite_site.bearer(person)
    passed = {}
    for door in closed_doors:
        (access,) = set(door.stated)
        if access.roles is not None and not person.has(*access.roles):
            status = sqlite_site.client.request(door.method, door.address, headers=headers).status_code
            if status != 403:
                passed[str(door)] = status

    assert passed == {}


def test_a_token_that_opens_nothing_is_no_token(sqlite_site: Site) -> None:
    for header in ("Bearer nothing", "Bearer ", "Basic YW5hOmFuYQ==", "Bearer " + "x" * 5000):
        response = sqlite_site.client.get("/api/session", headers={"Authorization": header})

        assert (response.status_code, response.headers["WWW-Authenticate"]) == (
            401,
            'Bearer realm="ventanilla"',
        )

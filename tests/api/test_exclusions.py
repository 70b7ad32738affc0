"""Whoever is kept apart from a petition finds it behind no door, as if it did not exist."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from processes.directory.people import Person
from processes.petitions.excluding import lift_exclusion, name_complained_of
from processes.petitions.people_tables import EXCLUSIONS
from processes.petitions.substituting import end_substitution
from tests.api.site import Site
from tests.api.test_access import Door, application, doors
from tests.api.test_work import waiting_for_its_answer
from tests.builders.absences import send_away
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
)

REASON = "La queja trata de su atención el martes en la oficina."
NOBODYS_NUMBER = "2026-099999"
_REQUEST = re.compile(r"[0-9a-f]{16}")


@pytest.fixture(scope="module")
def number(site: Site) -> str:
    found, _ = waiting_for_its_answer(site)
    return found


@pytest.fixture
def _apart(site: Site, number: str, person: Person) -> Iterator[None]:
    names = CLERK if person is not CLERK else SERVICE_HEAD
    name_complained_of(site.office, names, number, username=person.username, reason=REASON)
    yield
    if person is SERVICE_HEAD:  # nobody else of this office may lift it
        with site.office.write() as connection:
            connection.execute(sa.delete(EXCLUSIONS))
    else:
        lift_exclusion(site.office, SERVICE_HEAD, number, username=person.username, reason=REASON)


def _doors_of_one_petition(site: Site, person: Person) -> list[Door]:
    found = [door for door in doors(application(site)) if "{filing_number}" in door.path]
    return [
        door
        for door in found
        if all(access.roles is not None and person.has(*access.roles) for access in door.stated)
    ]


def _said(text: str) -> str:
    """What an answer says, without the number of the request."""
    return _REQUEST.sub("", text)


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize(
    ("site", "person"),
    [
        *(("sqlite", each) for each in (OFFICIAL, DEPARTMENT_HEAD, ADMINISTRATOR, CUSTODIAN, DIRECTOR)),
        ("sqlite", CLERK),
        ("sqlite", SERVICE_HEAD),
        # What keeps them apart is one and the same for everybody: the other database needs it asked once.
        ("postgresql", SERVICE_HEAD),
    ],
    indirect=["site"],
    ids=lambda value: value.username if isinstance(value, Person) else value,
)
def test_each_door_answers_as_for_a_number_that_nobody_has(site: Site, number: str, person: Person) -> None:
    assert _told_otherwise(site, number, person) == {}


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize("site", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "person",
    [DEPARTMENT_HEAD, CLERK, SERVICE_HEAD],
    ids=lambda person: person.username,
)
def test_each_door_answers_so_to_whoever_is_in_their_place(site: Site, number: str, person: Person) -> None:
    away = send_away(site.office, person, STRANGER)

    told = _told_otherwise(site, number, site.office.with_posts(STRANGER))

    end_substitution(site.office, ADMINISTRATOR, away)
    assert told == {}


def _told_otherwise(site: Site, number: str, person: Person) -> dict[str, tuple[int, int]]:
    """The doors that answer otherwise for `number` than for one that nobody has."""
    headers = site.bearer(person)
    told = {}
    for door in _doors_of_one_petition(site, person):
        apart, nobodys = (
            site.client.request(
                door.method,
                door.address.replace("2026-000001", each),
                headers=headers,
                follow_redirects=False,
            )
            for each in (number, NOBODYS_NUMBER)
        )
        same = _said(apart.text.replace(number, NOBODYS_NUMBER)) == _said(nobodys.text)
        if apart.status_code != nobodys.status_code or not same:
            told[str(door)] = (apart.status_code, nobodys.status_code)
    return told


@pytest.mark.usefixtures("_apart")
@pytest.mark.parametrize("person", [SERVICE_HEAD], ids=lambda person: person.username)
def test_no_list_names_a_petition_to_one_who_is_apart(site: Site, number: str, person: Person) -> None:
    lists = [door for door in doors(application(site)) if door.method == "GET" and "{" not in door.path]
    headers, others = site.bearer(person), [site.bearer(each) for each in (CLERK, DIRECTOR, ADMINISTRATOR)]

    naming = [str(door) for door in lists if number in site.client.get(door.path, headers=headers).text]
    named_to_others = {
        str(door)
        for door in lists
        for each in others
        if number in site.client.get(door.path, headers=each).text
    }

    assert naming == []
    assert {"GET /api/petitions", "GET /peticiones", "GET /api/messages", "GET /mensajes"} <= named_to_others

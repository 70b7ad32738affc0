"""One rule for mail addresses at every door: what the office accepts it can write to."""

from collections.abc import Callable

import pytest

from notifications.addresses import is_valid_address
from processes.common.audit import SYSTEM
from processes.common.errors import Invalid
from processes.directory.accounts import NewPerson, create_person
from processes.directory.founding import NewEntity, found_entity
from processes.petitions.office import Office
from tests.builders.office import MONDAY_MORNING
from tests.builders.petitions import a_form

Door = Callable[[Office, str], object]


def _citizen(_office: Office, address: str) -> object:
    return a_form(email=address)


def _person(office: Office, address: str) -> object:
    new = NewPerson("nueva", "Nueva", frozenset(), email=address)
    return create_person(office.engine, new, password="una clave bien larga", by=SYSTEM, now=MONDAY_MORNING)


def _entity(office: Office, address: str) -> None:
    found_entity(office.engine, NewEntity("Otra", email=address), by=SYSTEM, now=MONDAY_MORNING)


@pytest.mark.parametrize("door", [_citizen, _person, _entity])
@pytest.mark.parametrize(
    "address",
    ["rosa", "rosa@gmail", "rosa..diaz@correo.example", ".rosa@correo.example", "rosa.@gmail.com", "a@b,co"],
)
def test_an_address_that_cannot_be_written_to_is_refused_at_every_door(
    office: Office, door: Door, address: str
) -> None:
    assert not is_valid_address(address)
    with pytest.raises(Invalid) as refusal:
        door(office, address)
    assert set(refusal.value.fields) == {"email"}


@pytest.mark.parametrize("door", [_citizen, _person])
@pytest.mark.parametrize("address", ["ana@muñoz.co", "ñandú@correo.example", "ana+pqrsd@sub.correo.example"])
def test_an_address_that_can_be_written_to_is_accepted(office: Office, door: Door, address: str) -> None:
    assert is_valid_address(address)
    assert door(office, address)

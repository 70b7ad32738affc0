"""The page of messages says of a letter that waits for office hours when it leaves."""

from collections.abc import Callable
from datetime import UTC, datetime

from processes.directory.people import Person
from processes.petitions.office import Office
from tests.builders.office import SERVICE_HEAD, HandClock
from tests.builders.petitions import classify, distribute, file_one
from tests.pages.visitor import Visitor

NIGHT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
OPENING = "martes 24 de noviembre de 2026 a las 7:00"


def test_a_letter_that_waits_says_when_it_leaves_until_it_may(
    signed_in: Callable[[Person], Visitor], office: Office, clock: HandClock
) -> None:
    visitor = signed_in(SERVICE_HEAD)
    clock.to(NIGHT)
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)

    waiting = f"Sale el {OPENING}"
    newest, *_ = (link.get("href") for link in visitor.open("/mensajes").all("//ol[@class='rows']//h2/a"))
    assert waiting in visitor.open("/mensajes").text
    assert OPENING in visitor.open(newest).text

    clock.forward(hours=10)
    assert "Sale el" not in visitor.open("/mensajes").text

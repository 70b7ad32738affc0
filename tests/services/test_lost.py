"""«Ninguna petición perdida»: the nightly look at every open petition."""

import sqlalchemy as sa

from processes.common.audit import EVENTS, OFFICE
from processes.petitions.incidents import open_incidents
from processes.petitions.lost import CHECKED, check_none_lost
from processes.petitions.office import Office
from processes.petitions.tables import INCIDENTS, WORK_ITEMS, WorkItemStatus
from tests.builders.petitions import classify, distribute, file_one, live_whole_life


def test_each_open_petition_waits_for_somebody_or_something(office: Office) -> None:
    live_whole_life(office, file_one(office).filing_number)
    number = file_one(office).filing_number
    file_one(office)
    classify(office, number)
    distribute(office, number)

    found = check_none_lost(office)

    assert (found.open, found.lost) == (2, ())
    with office.read() as connection:
        kept = connection.scalar(
            sa.select(EVENTS.c.detail).where(EVENTS.c.stream == OFFICE, EVENTS.c.act == CHECKED)
        )
    assert kept is not None
    assert '"open":2' in kept.replace(" ", "")


def test_a_petition_that_nobody_would_see_again_becomes_an_incident(office: Office) -> None:
    number = file_one(office).filing_number
    taken = sa.update(WORK_ITEMS)
    with office.write() as connection:
        connection.execute(
            taken.values(status=WorkItemStatus.CANCELLED.value, closed_at=office.now(), closed_by="x")
        )

    assert check_none_lost(office).lost == (number,)
    assert [incident.filing_number for incident in open_incidents(office)] == [number]
    assert check_none_lost(office).lost == ()

    # What was broken by hand is mended by hand, so that the office is in order again.
    with office.write() as connection:
        connection.execute(sa.delete(INCIDENTS))
        connection.execute(taken.values(status=WorkItemStatus.OPEN.value, closed_at=None, closed_by=None))

"""«Ninguna petición perdida»: the nightly look at every open petition."""

from dataclasses import replace

import sqlalchemy as sa

from processes.common.audit import EVENTS, OFFICE
from processes.directory.tables import PEOPLE
from processes.petitions.desk import file_at_desk
from processes.petitions.incidents import open_incidents, retry_incident
from processes.petitions.lost import CHECKED, check_none_lost
from processes.petitions.office import Office
from processes.petitions.tables import INCIDENTS, WORK_ITEMS, WorkItemStatus
from tests.builders.answers import CLASSIFIED, do, elements
from tests.builders.level_three import LAWYER, dismiss, hire
from tests.builders.office import ADMINISTRATOR, CLERK, CUSTODIAN, HandClock
from tests.builders.petitions import ROSA, classify, distribute, file_one, live_whole_life

NO_MAIL = {"email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}


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


def test_a_task_of_a_role_that_nobody_has_becomes_an_incident_that_says_so(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    assert check_none_lost(office).lost == ()
    assert open_incidents(office) == ()

    of_the_department = PEOPLE.c.department == "INF"
    with office.write() as connection:
        connection.execute(sa.update(PEOPLE).where(of_the_department).values(active=False))
    check_none_lost(office)

    [incident] = open_incidents(office)
    assert incident.filing_number == number
    assert "Nadie de la entidad tiene el cargo que hace «Proyectar y enviar la respuesta»" in incident.message


def test_a_task_that_somebody_can_do_again_is_no_incident_any_more(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    here = sa.update(PEOPLE).where(PEOPLE.c.department == "INF")
    with office.write() as connection:
        connection.execute(here.values(active=False))
    check_none_lost(office)
    [incident] = open_incidents(office)

    with office.write() as connection:
        connection.execute(here.values(active=True))
    retry_incident(office, ADMINISTRATOR, number, incident.task)
    check_none_lost(office)

    assert open_incidents(office) == ()


def test_a_task_that_opens_for_a_role_that_nobody_has_is_told_at_once(whole_office: Office) -> None:
    number = file_one(whole_office).filing_number
    insult = {**CLASSIFIED, "level": 3, "admission": "disrespectful"}

    do(whole_office, CLERK, number, "ConfirmClassification", **insult)

    [incident] = open_incidents(whole_office)
    assert "Nadie puede hacer «Rechazar por irrespetuosa»: no hay una persona activa" in incident.message
    hire(whole_office, LAWYER)
    retry_incident(whole_office, ADMINISTRATOR, number, incident.task)
    assert open_incidents(whole_office) == ()
    assert elements(whole_office, LAWYER, number) == {"RejectDisrespectful"}


def test_a_letter_that_waits_too_long_is_counted_beside_the_petitions_that_are_not_lost(
    office: Office, clock: HandClock
) -> None:
    number = file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, "channel": "letter"}).filing_number
    assert check_none_lost(office).letters == ()

    clock.forward(days=3)

    assert check_none_lost(office).letters == (number,)


def test_a_reserved_letter_whose_custodian_left_becomes_an_incident_until_one_is_named(
    office: Office,
) -> None:
    kept = {"kind": "wrongdoing_report", "reserve_identity": "true"}
    number = file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, **kept, "channel": "letter"}).filing_number
    check_none_lost(office)
    assert open_incidents(office) == ()

    dismiss(office, CUSTODIAN)
    check_none_lost(office)
    [incident] = open_incidents(office)
    assert incident.filing_number == number
    assert "nombre a un custodio" in incident.message

    hire(office, replace(CUSTODIAN, username="gloria"))
    retry_incident(office, ADMINISTRATOR, number, incident.task)
    check_none_lost(office)
    assert open_incidents(office) == ()

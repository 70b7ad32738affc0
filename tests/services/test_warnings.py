"""What time makes the office say: the day's warnings and the circular, once each."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from notifications.storage import letter_from_json
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.petitions.desk import file_at_desk
from processes.petitions.duty_list import finish_duty
from processes.petitions.duty_tables import DutyKind
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.office import Office
from processes.petitions.paper import hand_over_letter, list_letters
from processes.petitions.people_tables import EXCLUSIONS
from processes.petitions.tables import PETITIONS
from processes.petitions.work import claim
from processes.reports.warnings import send_circular, warn_of_the_day
from processes.terms.events import LegalEventKind
from processes.terms.lengths import Length, TermUnit
from tests.builders.answers import do
from tests.builders.level_three import LAWYER, dismiss, hire
from tests.builders.office import (
    CLERK,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    HandClock,
)
from tests.builders.petitions import ROSA, answer, classify, distribute, file_one, live_whole_life, task_of

MORNING_BEFORE_IT_IS_DUE = datetime(2026, 12, 14, 12, 0, tzinfo=UTC)
DAY_AFTER = datetime(2026, 12, 17, 12, 0, tzinfo=UTC)
NO_MAIL = {"email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}
GIVEN_UP = LegalAct(kind=LegalEventKind.WITHDRAWN, reason="Escribió que desiste de su petición.")
SUNDAY = datetime(2026, 12, 13, 12, 0, tzinfo=UTC)


def _letters(office: Office, template: str) -> dict[str, str]:
    """What each addressee was told, as it will be read."""
    query = sa.select(MESSAGES.c.recipient, MESSAGES.c.template, MESSAGES.c.context).where(
        MESSAGES.c.template == template
    )
    with office.read() as connection:
        return {
            to.split("@")[0]: repr(letter_from_json(name, context))
            for to, name, context in connection.execute(query)
        }


def _keep_apart(office: Office, person: Person, number: str, clock: HandClock) -> None:
    row = {
        "username": person.username,
        "cause": "complained_of",
        "reason": "",
        "recorded_by": "bea",
        "recorded_at": clock.now(),
    }
    with office.write() as connection:
        petition = connection.scalar(sa.select(PETITIONS.c.id).where(PETITIONS.c.filing_number == number))
        connection.execute(sa.insert(EXCLUSIONS), {"petition_id": petition, **row})


def _at_work(office: Office) -> str:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    claim(office, OFFICIAL, number, task_of(office, OFFICIAL, number))
    return number


def test_each_person_gets_one_letter_a_working_day(office: Office, clock: HandClock) -> None:
    first, second = _at_work(office), _at_work(office)
    clock.to(MORNING_BEFORE_IT_IS_DUE)

    assert warn_of_the_day(office) == 2
    assert warn_of_the_day(office) == 0

    letters = _letters(office, "daily_warning")
    assert letters.keys() == {OFFICIAL.username, DEPARTMENT_HEAD.username}
    for text in letters.values():
        assert first in text
        assert second in text
    clock.forward(days=1)
    assert warn_of_the_day(office) == 2


def test_what_is_overdue_or_with_nobody_reaches_the_head_of_citizen_service(
    office: Office, clock: HandClock
) -> None:
    number = file_one(office).filing_number
    clock.to(DAY_AFTER)

    assert warn_of_the_day(office) == 1
    assert number in _letters(office, "daily_warning")["bea"]


def test_nobody_is_warned_on_a_day_of_rest(office: Office, clock: HandClock) -> None:
    _at_work(office)
    clock.to(SUNDAY)

    assert warn_of_the_day(office) == 0


def test_what_is_answered_or_far_off_warns_nobody(office: Office) -> None:
    answer(office, _at_work(office))
    _at_work(office)

    assert warn_of_the_day(office) == 0


def test_whoever_is_kept_apart_reads_nothing_of_a_petition(office: Office, clock: HandClock) -> None:
    number = _at_work(office)
    _keep_apart(office, DEPARTMENT_HEAD, number, clock)
    clock.to(MORNING_BEFORE_IT_IS_DUE)

    assert warn_of_the_day(office) == 1
    assert _letters(office, "daily_warning").keys() == {OFFICIAL.username}


def test_the_circular_leaves_on_its_day_once_and_counts_what_must_be_cleared(
    office: Office, clock: HandClock
) -> None:
    _at_work(office)
    # The report of the first fortnight of December is of Wednesday 16: three working days before, Friday 11.
    clock.to(datetime(2026, 12, 10, 15, 0, tzinfo=UTC))
    assert send_circular(office) == 0

    clock.to(datetime(2026, 12, 11, 12, 10, tzinfo=UTC))
    assert send_circular(office) == 2
    assert send_circular(office) == 0

    letters = _letters(office, "circular")
    assert letters.keys() == {DEPARTMENT_HEAD.username, "elena"}
    assert "overdue=0" in letters["elena"]
    assert "due=1" in letters["elena"]


def test_a_circular_that_was_missed_leaves_later(office: Office, clock: HandClock) -> None:
    _at_work(office)
    clock.to(datetime(2026, 12, 14, 15, 0, tzinfo=UTC))

    assert send_circular(office) == 2


def test_whoever_owes_a_duty_is_warned_of_it_and_the_directors_once_it_is_late(
    office: Office, clock: HandClock
) -> None:
    hire(office, LAWYER)
    number = file_one(office).filing_number
    live_whole_life(office, number)
    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED,
        length=Length(3, TermUnit.WORKING_DAYS),
        authority="Juzgado Segundo Civil",
    )
    record_legal_act(office, LAWYER, number, order)

    assert warn_of_the_day(office) == 1
    (told,) = _letters(office, "daily_warning").items()
    assert told[0] == LAWYER.username
    assert "Rendir el informe al juez" in told[1]
    assert number in told[1]

    clock.forward(days=7)
    assert warn_of_the_day(office) == 2
    assert _letters(office, "daily_warning").keys() == {LAWYER.username, DIRECTOR.username}


def test_what_presses_without_a_date_is_told_each_day_until_it_is_done(
    whole_office: Office, clock: HandClock
) -> None:
    number = file_one(whole_office, urgent="true").filing_number
    record_legal_act(whole_office, CLERK, number, GIVEN_UP)

    for _ in range(2):
        clock.forward(days=1)
        assert warn_of_the_day(whole_office) == 2
    letters = _letters(whole_office, "daily_warning")
    assert letters.keys() == {CLERK.username, SERVICE_HEAD.username}
    assert all("Atender el riesgo" in text and "waits=True" in text for text in letters.values())

    finish_duty(whole_office, CLERK, number, DutyKind.DANGER, note="La cuadrilla aseguró el poste hoy.")
    clock.forward(days=1)
    assert warn_of_the_day(whole_office) == 0


def test_a_duty_comes_before_the_petitions_of_a_long_warning(
    whole_office: Office, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("processes.reports.warnings.MOST_LINES", 1)
    file_one(whole_office)
    clock.to(DAY_AFTER)
    number = file_one(whole_office, urgent="true").filing_number
    record_legal_act(whole_office, CLERK, number, GIVEN_UP)

    warn_of_the_day(whole_office)

    told = _letters(whole_office, "daily_warning")[SERVICE_HEAD.username]
    assert told.count("DueLine(") == 1
    assert "Atender el riesgo" in told
    assert "more=1" in told


def test_whoever_answers_a_petition_is_not_warned_of_what_others_owe(
    office: Office, clock: HandClock
) -> None:
    hire(office, LAWYER)
    number = _at_work(office)
    ruling = LegalAct(
        kind=LegalEventKind.JUDGE_RULED,
        reason="Ordena responder de fondo la petición.",
        length=Length(2, TermUnit.WORKING_DAYS),
        authority="Juzgado Segundo Civil",
    )
    record_legal_act(office, LAWYER, number, ruling)
    clock.to(MORNING_BEFORE_IT_IS_DUE)

    warn_of_the_day(office)

    letters = _letters(office, "daily_warning")
    assert "Cumplir el fallo del juez" in letters[LAWYER.username]
    assert "Cumplir el fallo del juez" not in letters[OFFICIAL.username]
    assert letters[LAWYER.username].count("DueLine(") == 1


def test_a_letter_that_waits_too_long_at_the_desk_is_in_the_days_warning(
    office: Office, clock: HandClock
) -> None:
    number = file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, "channel": "letter"}).filing_number
    # Written on Monday 23; on Wednesday two working days have gone.
    clock.forward(days=2)
    assert warn_of_the_day(office) == 0
    assert [letter.late for letter in list_letters(office, CLERK).items] == [False]

    clock.forward(days=1)
    assert warn_of_the_day(office) == 2
    letters = _letters(office, "daily_warning")
    assert letters.keys() == {CLERK.username, SERVICE_HEAD.username}
    for text in letters.values():
        assert number in text
        assert "Entregar una carta en papel" in text
        assert "/cartas'" in text
    (waiting,) = list_letters(office, CLERK).items
    assert waiting.late
    hand_over_letter(office, CLERK, waiting.id, how="in_person", proof="La recibió Rosa Díaz.")
    clock.forward(days=1)
    assert warn_of_the_day(office) == 0


def test_how_long_a_letter_may_wait_is_a_setting_and_days_of_rest_do_not_count(
    office: Office, clock: HandClock
) -> None:
    patient = replace(office, settings=office.settings.model_copy(update={"letter_days": 4}))
    file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, "channel": "letter"})
    clock.to(datetime(2026, 11, 29, 12, 0, tzinfo=UTC))  # a Sunday
    assert [letter.late for letter in list_letters(patient, CLERK).items] == [False]

    clock.forward(days=1)
    assert warn_of_the_day(patient) == 2


def test_a_reserved_letter_that_waits_too_long_is_its_custodians_and_names_nobody(
    office: Office, clock: HandClock
) -> None:
    kept = {"kind": "wrongdoing_report", "reserve_identity": "true"}
    for _ in range(2):
        number = file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, **kept, "channel": "letter"}).filing_number
    clock.forward(days=3)

    assert warn_of_the_day(office) == 1
    (told,) = _letters(office, "daily_warning").items()
    assert told[0] == CUSTODIAN.username
    assert told[1].count("Entregar una carta en papel, de identidad reservada") == 2
    assert number in told[1]
    assert "Rosa" not in told[1]


def test_a_reserved_letter_without_a_custodian_is_told_to_the_head_of_citizen_service(
    office: Office, clock: HandClock
) -> None:
    kept = {"kind": "wrongdoing_report", "reserve_identity": "true"}
    file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, **kept, "channel": "letter"})
    dismiss(office, CUSTODIAN)
    clock.forward(days=3)

    assert warn_of_the_day(office) == 1
    letters = _letters(office, "daily_warning")
    assert letters.keys() == {SERVICE_HEAD.username}
    assert "falta nombrar un custodio" in letters[SERVICE_HEAD.username]


def test_a_reserved_letter_whose_custodian_is_kept_apart_is_told_to_the_head_of_citizen_service(
    office: Office, clock: HandClock
) -> None:
    kept = {"kind": "wrongdoing_report", "reserve_identity": "true"}
    number = file_at_desk(office, CLERK, {**ROSA, **NO_MAIL, **kept, "channel": "letter"}).filing_number
    _keep_apart(office, CUSTODIAN, number, clock)
    clock.forward(days=3)

    assert warn_of_the_day(office) == 1
    letters = _letters(office, "daily_warning")
    assert letters.keys() == {SERVICE_HEAD.username}
    assert "falta nombrar un custodio" in letters[SERVICE_HEAD.username]


def test_a_judges_report_that_is_a_task_is_told_by_its_own_date_from_the_first_morning(
    whole_office: Office, clock: HandClock
) -> None:
    hire(whole_office, LAWYER)
    number = file_one(whole_office).filing_number
    order = LegalAct(
        kind=LegalEventKind.JUDGE_ORDERED,
        length=Length(3, TermUnit.WORKING_DAYS),
        authority="Juzgado Segundo Civil",
    )
    record_legal_act(whole_office, LAWYER, number, order)
    clock.forward(days=1)

    assert warn_of_the_day(whole_office) == 1
    (told,) = _letters(whole_office, "daily_warning").items()
    assert told[0] == LAWYER.username
    assert "Rendir el informe al juez" in told[1]
    assert "datetime.date(2026, 11, 26), working_days_left=2" in told[1]

    clock.forward(days=3)  # Friday 27: the day after the judge's last one
    assert warn_of_the_day(whole_office) == 2
    assert _letters(whole_office, "daily_warning").keys() == {LAWYER.username, DIRECTOR.username}

    do(whole_office, LAWYER, number, "ReportToJudge", reason="Se informó al juzgado con el oficio 12.")
    clock.forward(days=3)
    assert warn_of_the_day(whole_office) == 0


def test_a_danger_that_is_a_task_is_told_each_day_until_somebody_attends_to_it(
    whole_office: Office, clock: HandClock
) -> None:
    number = file_one(whole_office, urgent="true").filing_number
    clock.forward(days=1)

    assert warn_of_the_day(whole_office) == 2
    letters = _letters(whole_office, "daily_warning")
    assert letters.keys() == {CLERK.username, SERVICE_HEAD.username}
    assert all("Atender el riesgo" in text and number in text for text in letters.values())

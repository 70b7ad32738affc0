"""Reports: made once for each period, traced to their cases, read by whom they are for."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, NotFound, SignInNeeded
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.petitions.desk import file_at_desk
from processes.petitions.excluding import name_complained_of
from processes.petitions.office import Office
from processes.petitions.surveys import answer_survey, replies_in
from processes.petitions.work import complete
from processes.reports.definitions import FORTNIGHTLY_TIMELINESS, REPORTS
from processes.reports.figures import Figure
from processes.reports.making import make_due_reports
from processes.reports.periods import Cadence
from processes.reports.reading import (
    ReportView,
    cases_behind,
    list_reports,
    published_reports,
    read_report,
    send_report,
)
from processes.reports.tables import ReportStatus
from tests.builders.absences import send_away
from tests.builders.answers import ANSWERED, CLASSIFIED, answered, deliver, do
from tests.builders.level_three import hire
from tests.builders.office import CLERK, CONTROL, DEPARTMENT_HEAD, DIRECTOR, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import CLASSIFIED as CLASSIFIED_AT_THREE
from tests.builders.petitions import ROSA, answer, classify, distribute, file_one, task_of

DISCIPLINARY = Person("zoe", "Zoe Mar", frozenset({Role.DISCIPLINARY_CONTROL}))
FIRST_OF_DECEMBER = datetime(2026, 12, 1, 12, 20, tzinfo=UTC)
SIXTEENTH = datetime(2026, 12, 16, 12, 20, tzinfo=UTC)
JANUARY = datetime(2027, 1, 1, 12, 20, tzinfo=UTC)
"""07:20 in Bogotá."""


def _made(office: Office, name: str) -> ReportView:
    row = next(row for row in list_reports(office, SERVICE_HEAD).items if row.definition.name == name)
    return read_report(office, SERVICE_HEAD, row.id)


def _figure(view: ReportView, key: str) -> Figure:
    return next(figure for figure in view.figures if figure.key == key)


def _addressees(office: Office, template: str) -> list[str]:
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == template)
    with office.read() as connection:
        return sorted(connection.scalars(query))


def test_a_report_is_made_the_day_after_its_period_and_only_once(office: Office, clock: HandClock) -> None:
    file_one(office)
    assert make_due_reports(office, cadences=[Cadence.FORTNIGHT]) == ()

    clock.to(FIRST_OF_DECEMBER)

    assert [made.period for made in make_due_reports(office, cadences=[Cadence.FORTNIGHT])] == [
        "segunda quincena de noviembre de 2026"
    ]
    assert make_due_reports(office, cadences=[Cadence.FORTNIGHT]) == ()


def test_an_office_without_petitions_has_nothing_to_report(office: Office, clock: HandClock) -> None:
    clock.to(FIRST_OF_DECEMBER)

    assert make_due_reports(office) == ()


def test_a_run_that_was_missed_is_made_up_for(office: Office, clock: HandClock) -> None:
    file_one(office)
    clock.to(FIRST_OF_DECEMBER.replace(day=5))

    assert len(make_due_reports(office, cadences=[Cadence.FORTNIGHT])) == 1


def test_what_is_overdue_is_counted_by_department_with_its_cases(office: Office, clock: HandClock) -> None:
    late, answered = file_one(office).filing_number, file_one(office).filing_number
    for number in (late, answered):
        classify(office, number)
        distribute(office, number)
    answer(office, answered)
    clock.to(SIXTEENTH)

    make_due_reports(office)

    view = _made(office, FORTNIGHTLY_TIMELINESS)
    (value,) = _figure(view, "overdue").values
    assert (value.bucket, value.value) == ("Secretaría de Infraestructura", 1.0)
    (case,) = cases_behind(office, SERVICE_HEAD, view.row.id, "overdue").items
    assert case.filing_number == late
    assert "SELECT" in _figure(view, "overdue").query


def test_timeliness_counts_the_last_day_as_in_time(office: Office, clock: HandClock) -> None:
    on_the_day, a_day_late = file_one(office), file_one(office)
    for receipt in (on_the_day, a_day_late):
        classify(office, receipt.filing_number)
        distribute(office, receipt.filing_number)
    due = on_the_day.due_on
    # The last minute of the last day in Bogotá is already the next day in UTC.
    clock.to(datetime(due.year, due.month, due.day + 1, 4, 59, tzinfo=UTC))
    answer(office, on_the_day.filing_number)
    clock.forward(hours=10)
    answer(office, a_day_late.filing_number)
    clock.to(datetime(2027, 1, 1, 12, 40, tzinfo=UTC))

    make_due_reports(office, cadences=[Cadence.MONTH])

    view = _made(office, "monthly_timeliness")
    assert _figure(view, "timely").total == 50.0
    assert _figure(view, "days_to_answer").total == 15.5


def test_what_nobody_answered_is_a_term_that_was_not_met(office: Office, clock: HandClock) -> None:
    in_time, never = file_one(office), file_one(office)
    for receipt in (in_time, never):
        classify(office, receipt.filing_number)
        distribute(office, receipt.filing_number)
    answer(office, in_time.filing_number)
    clock.to(JANUARY)

    make_due_reports(office, cadences=[Cadence.MONTH, Cadence.YEAR])

    december, year = _made(office, "monthly_timeliness"), _made(office, "yearly_summary")
    assert (_figure(december, "timely").total, _figure(december, "met_term").total) == (None, 50.0)
    assert (_figure(year, "timely").total, _figure(year, "met_term").total) == (100.0, 50.0)


def test_the_denied_requests_of_information_are_counted_by_their_first_answer(
    whole_office: Office, clock: HandClock
) -> None:
    numbers = [file_one(whole_office, kind="information_request").filing_number for _ in range(3)]
    for number, outcome in zip(numbers, ("denied", "partly_granted", "granted"), strict=True):
        do(
            whole_office,
            CLERK,
            number,
            "ConfirmClassification",
            **{**CLASSIFIED, "kind": "information_request"},
        )
        do(whole_office, CLERK, number, "AnswerAtOnce", **{**ANSWERED, "outcome": outcome})
    clock.to(JANUARY)

    make_due_reports(whole_office, cadences=[Cadence.QUARTER])

    denied = _figure(_made(whole_office, "information_requests"), "information_denied")
    assert [(value.bucket, value.cases) for value in denied.values] == [("partly_granted", 1), ("denied", 1)]


def test_the_surveys_are_counted_by_reply_and_the_silent_ones_only_as_sent(
    whole_office: Office, clock: HandClock
) -> None:
    satisfied, silent, hurt = (answered(whole_office) for _ in range(3))
    deliver(whole_office)
    replies = {
        satisfied: {"solved": "yes", "understood": "yes", "dignified": "yes", "rating": "5"},
        hurt: {"solved": "partly", "dignified": "no", "comment": "Me gritaron en la ventanilla."},
    }
    for receipt, said in replies.items():
        answer_survey(whole_office, receipt.filing_number, receipt.tracking_code, replies_in(said))
    clock.to(JANUARY)

    make_due_reports(whole_office, cadences=[Cadence.FOUR_MONTHS])

    view = _made(whole_office, "survey_results")
    totals = {figure.key: figure.total for figure in view.figures}
    assert totals == {
        "surveys_opened": 3.0,
        "surveys_answered": 66.7,
        "solved_by_reply": 2.0,
        "solved": 50.0,
        "understood": 100.0,
        "dignified": 50.0,
        "rating": 5.0,
    }
    assert [(value.bucket, value.cases) for value in _figure(view, "solved_by_reply").values] == [
        ("partly", 1),
        ("yes", 1),
    ]
    unanswered = cases_behind(whole_office, SERVICE_HEAD, view.row.id, "surveys_answered").items
    assert [case.filing_number for case in unanswered if not case.amount] == [silent.filing_number]
    assert "gritaron" not in repr(view)


def test_a_report_says_who_was_told_that_it_is_ready(office: Office, clock: HandClock) -> None:
    file_one(office)
    clock.to(SIXTEENTH)

    make_due_reports(office)

    assert _made(office, "monthly_transfers").told == ("Beatriz Lozano",)
    assert _made(office, FORTNIGHTLY_TIMELINESS).told == ()


def test_a_long_list_of_cases_is_read_in_pages(office: Office, clock: HandClock) -> None:
    numbers = [file_one(office).filing_number for _ in range(3)]
    clock.to(SIXTEENTH)
    make_due_reports(office, cadences=[Cadence.MONTH])
    report = _made(office, "monthly_timeliness").row.id

    first = cases_behind(office, SERVICE_HEAD, report, "filed_by_department", limit=2)
    rest = cases_behind(
        office, SERVICE_HEAD, report, "filed_by_department", cursor=first.next_cursor, limit=2
    )

    assert [case.filing_number for page in (first, rest) for case in page.items] == numbers
    assert rest.next_cursor is None


def test_whoever_is_kept_apart_does_not_read_the_number_in_a_report(office: Office, clock: HandClock) -> None:
    late = file_one(office).filing_number
    clock.to(SIXTEENTH)
    make_due_reports(office)
    view = _made(office, FORTNIGHTLY_TIMELINESS)

    name_complained_of(
        office, CLERK, late, username=SERVICE_HEAD.username, reason="La queja trata de su atención."
    )

    assert cases_behind(office, SERVICE_HEAD, view.row.id, "overdue").items == ()
    another = replace(SERVICE_HEAD, username="otra")
    (case,) = cases_behind(office, another, view.row.id, "overdue").items
    assert case.filing_number == late


def test_whoever_reads_a_report_in_the_place_of_one_who_is_kept_apart_does_not_either(
    office: Office, clock: HandClock
) -> None:
    late = file_one(office).filing_number
    send_away(office, DIRECTOR, DEPARTMENT_HEAD, last_on=date(2027, 1, 29))
    clock.to(SIXTEENTH)
    make_due_reports(office)
    report = _made(office, FORTNIGHTLY_TIMELINESS).row.id
    send_report(office, SERVICE_HEAD, report)
    reader = office.with_posts(DEPARTMENT_HEAD)
    (before,) = cases_behind(office, reader, report, "overdue").items

    name_complained_of(
        office, CLERK, late, username=DIRECTOR.username, reason="La queja trata de su atención."
    )

    assert before.filing_number == late
    assert cases_behind(office, reader, report, "overdue").items == ()


def test_what_is_no_petition_is_neither_filed_nor_closed_in_any_report(
    whole_office: Office, clock: HandClock
) -> None:
    petition, invoice = file_one(whole_office).filing_number, file_one(whole_office).filing_number
    do(whole_office, CLERK, invoice, "ConfirmClassification", nature="invoice")
    clock.to(JANUARY)

    make_due_reports(whole_office)

    read = {
        (row.definition.name, key): cases_behind(whole_office, SERVICE_HEAD, row.id, key).items
        for row in list_reports(whole_office, SERVICE_HEAD).items
        for key in (each.key for each in read_report(whole_office, SERVICE_HEAD, row.id).figures)
    }
    counted = {case.filing_number for cases in read.values() for case in cases}
    assert counted == {petition}
    assert any(key == "closed" for _, key in read)


def test_the_fortnightly_report_waits_for_its_reviewer(office: Office, clock: HandClock) -> None:
    file_one(office)
    clock.to(SIXTEENTH)
    make_due_reports(office, cadences=[Cadence.FORTNIGHT])
    view = _made(office, FORTNIGHTLY_TIMELINESS)
    assert view.row.status is ReportStatus.FOR_REVIEW
    assert _addressees(office, "report_ready") == ["bea@puertoclaro.example"]
    with pytest.raises(Forbidden):
        read_report(office, DISCIPLINARY, view.row.id)
    with pytest.raises(Forbidden):
        send_report(office, CONTROL, view.row.id)

    send_report(office, SERVICE_HEAD, view.row.id, remarks="Infraestructura ya tiene un plan.")

    sent = read_report(office, DISCIPLINARY, view.row.id)
    assert sent.remarks == "Infraestructura ya tiene un plan."
    with pytest.raises(Conflict):
        send_report(office, SERVICE_HEAD, view.row.id)


def test_a_report_says_nothing_of_anybody(office: Office, clock: HandClock) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")
    clock.to(SIXTEENTH)
    make_due_reports(office)

    for row in list_reports(office, SERVICE_HEAD).items:
        shown = repr(read_report(office, SERVICE_HEAD, row.id))
        assert "Rosa" not in shown
        assert "52123456" not in shown
        assert "hueco" not in shown


def test_anybody_reads_what_is_published_and_nothing_else(office: Office, clock: HandClock) -> None:
    file_one(office)
    clock.to(SIXTEENTH)
    make_due_reports(office)

    shown = {row.definition.name for row in published_reports(office).items}

    assert shown == {"monthly_timeliness"} & {name for name, each in REPORTS.items() if each.published}
    for row in list_reports(office, SERVICE_HEAD).items:
        if row.definition.name not in shown:
            with pytest.raises(SignInNeeded):
                read_report(office, None, row.id)


def test_an_official_has_no_list_of_reports_and_a_head_sees_what_is_published(
    office: Office, clock: HandClock
) -> None:
    file_one(office)
    clock.to(SIXTEENTH)
    make_due_reports(office)

    with pytest.raises(Forbidden):
        list_reports(office, OFFICIAL)
    assert {row.definition.name for row in list_reports(office, DEPARTMENT_HEAD).items} == {
        "monthly_timeliness"
    }


def test_a_figure_or_a_report_that_does_not_exist_is_not_found(office: Office, clock: HandClock) -> None:
    file_one(office)
    clock.to(SIXTEENTH)
    make_due_reports(office, cadences=[Cadence.FORTNIGHT])

    for unknown in (999, 0, 2**70, -(2**70)):
        with pytest.raises(NotFound):
            read_report(office, SERVICE_HEAD, unknown)
    with pytest.raises(NotFound):
        cases_behind(office, SERVICE_HEAD, _made(office, FORTNIGHTLY_TIMELINESS).row.id, "nothing")


def test_the_week_of_the_front_desks_is_told_by_desk_and_by_channel(office: Office, clock: HandClock) -> None:
    north = hire(office, Person("nora", "Nora Paz", CLERK.roles, department="NOR"), "Punto de atención Norte")
    file_one(office)
    file_at_desk(office, CLERK, {**ROSA, "channel": "verbal"})
    quick = file_at_desk(office, north, {**ROSA, "channel": "letter"}).filing_number
    slow = file_at_desk(office, north, {**ROSA, "channel": "letter"}).filing_number
    classify(office, quick)
    clock.forward(days=2)
    complete(office, north, slow, task_of(office, north, slow), CLASSIFIED_AT_THREE)
    clock.to(datetime(2026, 11, 30, 12, 30, tzinfo=UTC))

    make_due_reports(office, cadences=[Cadence.WEEK])

    view = _made(office, "weekly_front_desk")
    told = {
        key: {value.label: value.value for value in _figure(view, key).values}
        for key in ("filed_by_desk", "filed_by_channel", "desk_waits", "desk_waits_by_channel")
    }
    assert told == {
        "filed_by_desk": {
            "Punto de atención Norte": 2.0,
            "Sin ventanilla: llegó por la web o por otro sistema": 1.0,
            "Ventanilla única": 1.0,
        },
        "filed_by_channel": {
            "Correo postal o mensajero": 2.0,
            "De viva voz, en persona": 1.0,
            "Sitio web": 1.0,
        },
        "desk_waits": {"Punto de atención Norte": 2.0, "Ventanilla única": 0.0},
        "desk_waits_by_channel": {"Correo postal o mensajero": 1.0},
    }

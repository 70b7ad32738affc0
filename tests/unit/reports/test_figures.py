"""What a figure says, and the words of its query."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from processes.reports.definitions import REPORTS
from processes.reports.figures import Asked, is_late
from processes.reports.periods import Cadence, period_of
from processes.reports.queries import MET_TERM
from processes.reports.query_text import query_text
from processes.terms.holidays import build_calendar

TENTH = date(2026, 12, 10)
NOVEMBER = Asked(period_of(Cadence.MONTH, date(2026, 11, 3)), date(2026, 12, 1), build_calendar())


def test_an_answer_is_in_time_until_its_last_midnight_in_bogota() -> None:
    assert not is_late(TENTH, None, datetime(2026, 12, 11, 4, 59, tzinfo=UTC))
    assert is_late(TENTH, None, datetime(2026, 12, 11, 5, 0, tzinfo=UTC))


def test_a_term_in_hours_ends_at_its_instant() -> None:
    noon = datetime(2026, 12, 10, 17, 0, tzinfo=UTC)

    assert not is_late(TENTH, noon, noon)
    assert is_late(TENTH, noon, datetime(2026, 12, 10, 17, 1, tzinfo=UTC))


def test_the_query_of_a_figure_stands_a_clause_a_line_with_its_values() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        text = query_text(MET_TERM.query(NOVEMBER), connection)

    lines = text.splitlines()
    assert lines[0].startswith("SELECT coalesce(department.name")
    assert "  LEFT OUTER JOIN department ON department.code = petition.department" in lines
    assert "    AND petition.term_state != 'suspended')" in lines
    assert lines[-2:] == ["  AND petition.due_on <= '2026-11-30'", "ORDER BY petition.filing_number"]


def test_the_words_of_a_query_are_the_same_each_time() -> None:
    with sa.create_engine("sqlite://").connect() as connection:
        texts = [query_text(MET_TERM.query(NOVEMBER), connection) for _ in range(2)]

    assert texts[0] == texts[1]
    assert "'archived', 'closed', 'not_a_petition'" in texts[0]


def test_no_figure_reads_a_name_an_address_or_a_text() -> None:
    private = {"petitioner", "reserved_identity", "comment", "body", "subject", "answer_text"}
    with sa.create_engine("sqlite://").connect() as connection:
        words = {
            word
            for report in REPORTS.values()
            for figure in report.figures
            for word in query_text(figure.query(NOVEMBER), connection).replace(".", " ").split()
        }

    assert words & private == set()


def test_a_report_shows_no_figure_twice() -> None:
    for report in REPORTS.values():
        assert len({figure.key for figure in report.figures}) == len(report.figures)

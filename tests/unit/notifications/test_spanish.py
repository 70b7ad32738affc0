"""Dates and lists as they are spoken in Colombia."""

from datetime import UTC, date, datetime

import pytest

from notifications.spanish import listed, long_date, long_instant, one_line, paragraphs


def test_a_date_is_written_in_full() -> None:
    assert long_date(date(2026, 12, 15)) == "martes 15 de diciembre de 2026"
    assert long_date(date(2027, 1, 1)) == "viernes 1 de enero de 2027"


@pytest.mark.parametrize(
    ("utc", "spoken"),
    [
        (datetime(2026, 2, 3, 21, 59, tzinfo=UTC), "martes 3 de febrero de 2026 a las 4:59\u00a0p.\u00a0m."),
        (datetime(2026, 2, 3, 18, 5, tzinfo=UTC), "martes 3 de febrero de 2026 a la 1:05\u00a0p.\u00a0m."),
        (datetime(2026, 2, 4, 4, 59, tzinfo=UTC), "martes 3 de febrero de 2026 a las 11:59\u00a0p.\u00a0m."),
        (
            datetime(2026, 2, 4, 5, 0, tzinfo=UTC),
            "miércoles 4 de febrero de 2026 a las 12:00\u00a0a.\u00a0m.",
        ),
    ],
)
def test_an_instant_is_spoken_in_bogota(utc: datetime, spoken: str) -> None:
    assert long_instant(utc) == spoken


@pytest.mark.parametrize(
    ("items", "spoken"),
    [([], ""), (["a"], "a"), (["a", "b"], "a y b"), (["a", "b", "c"], "a, b y c")],
)
def test_a_list_is_spoken_with_its_conjunction(items: list[str], spoken: str) -> None:
    assert listed(items) == spoken


def test_a_value_on_one_line_has_no_control_characters() -> None:
    assert one_line(" a\r\nBcc:  b\u2028c\x1b[31m\x00 ") == "a Bcc: b c[31m"


def test_blank_lines_make_paragraphs_and_markup_stays_text() -> None:
    assert paragraphs("a < b\nc\n\n\n<b>d</b>\n") == ("<p>a &lt; b<br>\nc</p>\n<p>&lt;b&gt;d&lt;/b&gt;</p>")

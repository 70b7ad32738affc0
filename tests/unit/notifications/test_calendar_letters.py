"""What people read when the calendar moves a date."""

from dataclasses import replace
from datetime import date

from notifications.messages import compose
from tests.support.letters import CALENDAR_CHANGED, DUE_DATE_MOVED, spoken


def test_the_citizen_reads_the_date_that_they_were_told_the_new_one_and_why() -> None:
    letter = compose(DUE_DATE_MOVED)

    assert letter.subject == "Cambió la fecha de respuesta de su petición 2026-000123"
    for text in (letter.text, spoken(letter.html)):
        assert "a más tardar el martes 15 de diciembre de 2026. El plazo va ahora hasta el" in text
        assert "miércoles 16 de diciembre de 2026" in text
        assert "Decreto 012 del 01/12/2026" in text


def test_a_date_that_comes_earlier_is_not_told_as_more_time() -> None:
    letter = compose(replace(DUE_DATE_MOVED, due_on=date(2026, 12, 14)))

    for text in (letter.text, spoken(letter.html)):
        assert "La fecha se adelanta: le responderemos a más tardar el lunes 14 de diciembre de 2026" in text
        assert "El plazo va ahora" not in text


def test_an_official_reads_how_many_petitions_moved_in_one_letter() -> None:
    letter = compose(CALENDAR_CHANGED)

    assert letter.subject == "Cambió el calendario: 12 peticiones tienen otra fecha"
    assert "12 peticiones a su cargo tienen otra fecha de vencimiento" in letter.text
    assert "12 peticiones a su cargo tienen otra fecha de vencimiento" in spoken(letter.html)


def test_one_petition_is_not_spoken_of_as_many() -> None:
    letter = compose(replace(CALENDAR_CHANGED, moved=1))

    assert letter.subject == "Cambió el calendario: 1 petición tiene otra fecha"
    assert "1 petición a su cargo tiene otra fecha" in letter.text

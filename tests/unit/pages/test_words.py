"""How pages write dates, sizes, hours and the traffic light."""

from datetime import UTC, date, datetime, time

import pytest

from api.pages import words
from processes.common.calendar import OfficeHours, WorkCalendar, usual_hours
from processes.petitions.lights import Light

DUE_ON = date(2026, 12, 15)
CALENDAR = WorkCalendar(non_working=frozenset({date(2026, 12, 8)}))


def test_a_date_is_written_for_people_and_for_machines() -> None:
    assert words.day(DUE_ON) == '<time datetime="2026-12-15">martes 15 de diciembre de 2026</time>'


def test_an_instant_is_told_in_bogotas_time() -> None:
    after_midnight_in_utc = datetime(2026, 2, 4, 1, 0, 7, 999, tzinfo=UTC)

    assert words.moment(after_midnight_in_utc).replace("\xa0", " ") == (
        '<time datetime="2026-02-03T20:00:07-05:00">martes 3 de febrero de 2026 a las 8:00 p. m.</time>'
    )


@pytest.mark.parametrize(
    ("today", "light", "label", "detail"),
    [
        (date(2026, 12, 1), Light.ON_TRACK, "En término", "faltan 9 días hábiles"),
        (date(2026, 12, 10), Light.DUE_SOON, "Por vencer", "faltan 3 días hábiles"),
        (date(2026, 12, 14), Light.DUE_SOON, "Por vencer", "falta 1 día hábil"),
        (date(2026, 12, 15), Light.DUE_SOON, "Por vencer", "vence hoy; ya pasó la meta interna"),
        (date(2026, 12, 16), Light.OVERDUE, "Vencida", "venció hace 1 día hábil"),
        (date(2026, 12, 21), Light.OVERDUE, "Vencida", "venció hace 4 días hábiles"),
        (date(2026, 12, 21), Light.SUSPENDED, "Suspendida", "el término no corre mientras se espera"),
    ],
)
def test_the_traffic_light_says_in_words_what_its_colour_says(
    today: date, light: Light, label: str, detail: str
) -> None:
    told = words.traffic_light(light, DUE_ON, date(2026, 12, 14), today=today, calendar=CALENDAR)

    assert told == words.TrafficLight(light.value, label, detail)


def test_a_term_that_ended_on_a_friday_is_over_on_saturday() -> None:
    friday, saturday = date(2026, 12, 18), date(2026, 12, 19)

    assert words.days_left(friday, saturday, CALENDAR) == "el término ya venció"


@pytest.mark.parametrize(
    ("octets", "said"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (1_549, "1,5 kB"), (20_000_000, "20 MB")],
)
def test_sizes_are_told_with_a_decimal_comma(octets: int, said: str) -> None:
    assert words.size(octets) == said


def test_equal_days_share_one_line_of_office_hours() -> None:
    assert _told(usual_hours()) == ["Lunes a viernes: 8:00 a. m. a 5:00 p. m."]


def test_a_noon_pause_and_a_short_saturday_are_told() -> None:
    whole = ((time(8), time(12)), (time(14), time(17, 30)))
    hours = {0: whole, 1: whole, 3: whole, 5: ((time(8), time(11)),)}

    assert _told(hours) == [
        "Lunes y martes: 8:00 a. m. a 12:00 m. y 2:00 p. m. a 5:30 p. m.",
        "Jueves: 8:00 a. m. a 12:00 m. y 2:00 p. m. a 5:30 p. m.",
        "Sábado: 8:00 a. m. a 11:00 a. m.",
    ]


def _told(hours: OfficeHours) -> list[str]:
    return [line.replace("\xa0", " ") for line in words.office_hours(hours)]

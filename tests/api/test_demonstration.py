"""What whoever starts a demonstration is told to watch."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api.demonstration import run_fast
from processes.petitions.office import Office
from tests.builders.office import HandClock, an_office
from tests.builders.petitions import classify, distribute, file_one

A_DAY_A_MINUTE = 1440


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def office(sqlite_url: str, tmp_path: Path, clock: HandClock) -> Iterator[Office]:
    with an_office(sqlite_url, tmp_path, clock) as opened:
        yield opened


def test_it_names_the_next_alert_and_the_letters_of_the_fortnight_with_their_waits(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)

    run_fast(office, A_DAY_A_MINUTE)

    told = capsys.readouterr().out
    assert "1440 veces más rápido: 24 minutos por segundo." in told
    assert f"Mire la petición {number}, «Hueco en la calle 5»:" in told
    assert "vence el lunes 7 de diciembre a las 08:00 (hora de la oficina), dentro de 14 minutos." in told
    assert "la circular del informe quincenal, el jueves 26 de noviembre a las 07:00" in told
    assert "dentro de 3 minutos.\n" in told
    assert (
        "en «Informes», el martes 1 de diciembre a las 07:00 (hora de la oficina), dentro de 8 minutos."
        in told
    )


def test_a_circular_that_is_out_is_not_announced(
    office: Office, clock: HandClock, capsys: pytest.CaptureFixture[str]
) -> None:
    clock.to(datetime(2026, 11, 26, 15, 0, tzinfo=UTC))

    run_fast(office, 1)

    told = capsys.readouterr().out
    assert "No queda ninguna alerta por vencer" in told
    assert "circular" not in told
    assert "el martes 1 de diciembre a las 07:00 (hora de la oficina), dentro de 5 días." in told

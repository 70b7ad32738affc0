"""`ventanilla due-dates`: files in any shape, and what it says of the rows that it cannot answer."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from api.cli.due_dates import print_due_dates
from tests.architecture.repository import ROOT

HEADER = "id,received_at,kind,events,target\n"
GOOD = "D01,2026-02-02T10:00:00-05:00,peticion_general,,respuesta\n"
GOOD_DATES = "id,filing_date,due\nD01,2026-02-02,2026-02-23\n"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    return tmp_path / "cases.csv"


def _exit_code(cases: Path) -> int:
    with pytest.raises(typer.Exit) as end:
        print_due_dates(cases)
    return end.value.exit_code


@pytest.mark.parametrize(
    "text",
    [
        HEADER + GOOD,
        "\ufeff" + HEADER + GOOD,
        (HEADER + GOOD).replace("\n", "\r\n"),
        (HEADER + GOOD).replace(",", ";"),
        HEADER + "\n,,,,\n" + GOOD,
        "Kind , remark,ID,received_at\npeticion_general,x,D01,2026-02-02T10:00:00-05:00\n",
        "id,received_at,kind\nD01,2026-02-02T10:00:00-05:00,Petición general,más,celdas\n",
    ],
)
def test_a_file_may_have_its_columns_in_any_order(
    cases: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    cases.write_bytes(text.encode())

    print_due_dates(cases)

    assert capsys.readouterr() == (GOOD_DATES, "")


def test_a_refused_act_is_said_and_the_row_keeps_its_date(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases.write_text(HEADER + GOOD.replace(",,", ",prorroga_informada=2026-02-18;total_dias=40,"))

    print_due_dates(cases)

    said = capsys.readouterr()
    assert said.out == GOOD_DATES
    assert said.err.startswith("D01: «Prórroga informada» no procede: 40 días hábiles en total")


def test_it_goes_on_after_a_bad_row_and_says_so_at_the_end(
    cases: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases.write_text(f"{HEADER}X1,2026-02-02T10:00:00,queja,,\n,2026-02-02T10:00:00-05:00,plegaria,,\n{GOOD}")

    assert _exit_code(cases) == 1

    said = capsys.readouterr()
    assert said.out == "id,filing_date,due\nX1,,\nfila 2,,\nD01,2026-02-02,2026-02-23\n"
    assert [line.partition(":")[0] for line in said.err.splitlines()] == ["X1", "fila 2"]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "le falta la columna received_at"),
        (b"id,kind\n1,queja\n", "le falta la columna received_at"),
        (b"\xff\xfe\x00", "CSV en UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    cases: Path, capsys: pytest.CaptureFixture[str], content: bytes, why: str
) -> None:
    cases.write_bytes(content)

    assert _exit_code(cases) == 2

    assert why in capsys.readouterr().err


def test_a_file_that_is_not_there_is_refused(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _exit_code(cases) == 2

    assert "No se puede leer" in capsys.readouterr().err


def test_the_command_needs_no_installation(cases: Path, tmp_path: Path) -> None:
    cases.write_text(HEADER + GOOD)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    program = "import sys; from api.cli import main; sys.argv = ['ventanilla', *sys.argv[1:]]; main()"
    command = [sys.executable, "-c", program, "due-dates", str(cases)]

    ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True, text=True)

    assert (ran.stdout, ran.stderr) == (GOOD_DATES, "")
    assert [each.name for each in tmp_path.iterdir()] == [cases.name]

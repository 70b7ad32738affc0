"""`ventanilla due-dates`: worked cases in a CSV file, and the date that the law gives each."""

import csv
import sys
from pathlib import Path

import typer

from api.speech import complain
from processes.common.errors import Invalid, OfficeError
from processes.terms.cases.answer import answer_case
from processes.terms.cases.table import Row, read_rows

_UNREADABLE = 2
_MISSING_DATES = 1


def print_due_dates(cases: Path) -> None:
    """Print id, filing date and due date of each row; exit 1 when a row has none, 2 without a file."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    every_row_has_one = True
    try:
        rows = read_rows(_text(cases))
        out.writerow(("id", "filing_date", "due"))
        for row in rows:
            dates = _dates(row)
            out.writerow((row.name, *dates))
            every_row_has_one &= bool(dates[1])
    except Invalid as error:
        complain(error.message)
        raise typer.Exit(_UNREADABLE) from error
    sys.stdout.flush()
    if not every_row_has_one:
        raise typer.Exit(_MISSING_DATES)


def _text(cases: Path) -> str:
    try:
        return cases.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(f"No se puede leer «{cases}»: debe ser un archivo CSV en UTF-8.") from error


def _dates(row: Row) -> tuple[str, str]:
    if row.problem:
        complain(f"{row.name}: {row.problem}")
    if not row.readable:
        return "", ""
    try:
        answer = answer_case(row.cells)
    except OfficeError as error:
        complain(f"{row.name}: {error.message}")
        return "", ""
    for refusal in answer.refused:
        complain(f"{row.name}: {refusal}")
    return answer.filing_date, answer.due

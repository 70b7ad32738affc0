"""`ventanilla due-dates`: worked cases in a CSV file, and the date that the law gives each."""

import csv
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import typer

from api.speech import complain
from processes.common.errors import OfficeError
from processes.terms.cases.answer import answer_case

_COLUMNS = ("received_at", "kind")
_UNREADABLE = 2
_MISSING_DATES = 1


def print_due_dates(cases: Path) -> None:
    """Print id, filing date and due date of each row; exit 1 when a row has none, 2 without a file."""
    try:
        lines = cases.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    except (OSError, UnicodeDecodeError) as error:
        complain(f"No se puede leer «{cases}»: debe ser un archivo CSV en UTF-8.")
        raise typer.Exit(_UNREADABLE) from error
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("id", "filing_date", "due"))
    every_row_has_one = True
    for name, row in _rows(lines):
        dates = _dates(name, row)
        out.writerow((name, *dates))
        every_row_has_one &= bool(dates[1])
    sys.stdout.flush()
    if not every_row_has_one:
        raise typer.Exit(_MISSING_DATES)


def _rows(lines: list[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each row that holds something, by the names of its columns, with its id or its number."""
    reader = csv.reader(lines, delimiter=_delimiter(lines))
    names = [name.strip().lower() for name in next(reader, [])]
    missing = [name for name in _COLUMNS if name not in names]
    if missing:
        complain(
            f"Al archivo le falta la columna {missing[0]}. Tiene estas: {', '.join(names) or 'ninguna'}."
        )
        raise typer.Exit(_UNREADABLE)
    for number, cells in enumerate(_whole(reader), 1):
        row = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
        if any(row.values()):
            yield row.get("id") or f"fila {number}", row


def _whole(reader: Iterable[list[str]]) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        complain(f"El archivo no se puede leer más allá de este punto: {error}.")
        raise typer.Exit(_UNREADABLE) from error


def _delimiter(lines: list[str]) -> str:
    header = lines[0] if lines else ""
    return ";" if "," not in header and ";" in header else ","


def _dates(name: str, row: Mapping[str, str]) -> tuple[str, str]:
    try:
        answer = answer_case(row)
    except OfficeError as error:
        complain(f"{name}: {error.message}")
        return "", ""
    for refusal in answer.refused:
        complain(f"{name}: {refusal}")
    return answer.filing_date, answer.due

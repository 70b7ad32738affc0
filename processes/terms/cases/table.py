"""A CSV file of worked cases, row by row: what spoils one row is said there and takes no other with it."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from processes.common.errors import Invalid

_NEEDED = ("received_at", "kind")
_READ = ("id", *_NEEDED, "events", "target")


@dataclass(frozen=True, slots=True)
class Row:
    """One row by the names of its columns, with its id or its number.

    `problem` says in Spanish what is wrong with its text; `readable` is False when that leaves nothing
    to date.
    """

    name: str
    cells: Mapping[str, str]
    problem: str = ""
    readable: bool = True


def read_rows(text: str) -> Iterator[Row]:
    """The rows of a CSV text that hold something, after its header; commas or semicolons.

    Raises Invalid for a header without the columns that every row needs, or with one of them twice.
    """
    lines = list(io.StringIO(text, newline=""))
    first = next((place for place, line in enumerate(lines) if line.strip()), len(lines))
    header = "".join(lines[first : first + 1])
    delimiter = ";" if "," not in header and ";" in header else ","
    names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
    _check_header(names)
    table = _Table(lines[first + 1 :], delimiter, names)
    for number, row in enumerate(table.rows(), 1):
        if row.problem or any(row.cells.values()):
            yield row if row.name else Row(f"fila {number}", row.cells, row.problem, row.readable)


def _check_header(names: Sequence[str]) -> None:
    for name in _NEEDED:
        if name not in names:
            shown = ", ".join(" ".join(each.split()) for each in names if each) or "ninguna"
            raise Invalid(
                f"Al archivo le falta la columna {name}. Tiene estas: {shown}. "
                "Sepárelas con comas o con punto y coma."
            )
    twice = [name for name in _READ if names.count(name) > 1]
    if twice:
        raise Invalid(f"La columna {twice[0]} está dos veces. Deje una sola.")


@dataclass(frozen=True, slots=True)
class _Table:
    """The lines after the header."""

    lines: Sequence[str]
    delimiter: str
    names: Sequence[str]

    def rows(self) -> Iterator[Row]:
        place = 0
        while place < len(self.lines):
            cells, length = self._record(place)
            if cells is None or (length > 1 and self._swallows(place, length)):
                yield self._broken(place)
                place += 1
            else:
                yield self._row(cells)
                place += length

    def _record(self, place: int) -> tuple[list[str] | None, int]:
        """The cells of the record that begins at a line, and how many lines it takes; None: too long.

        A line of nothing after the last one tells a cell that never closes from one that closes there.
        """
        following = map(self.lines.__getitem__, range(place, len(self.lines)))
        reader = csv.reader(chain(following, ["\n"]), delimiter=self.delimiter)
        try:
            return next(reader), reader.line_num
        except csv.Error:
            return None, 1

    def _swallows(self, place: int, length: int) -> bool:
        """Whether a quoted cell never closes, or holds lines that are rows themselves."""
        held = self.lines[place + 1 : place + length]
        return len(held) < length - 1 or any(map(self._is_row, held))

    def _is_row(self, line: str) -> bool:
        try:
            cells = next(csv.reader([line], delimiter=self.delimiter), [])
            datetime.fromisoformat(cells[self.names.index("received_at")].strip())
        except (csv.Error, IndexError, ValueError):
            return False
        return True

    def _broken(self, place: int) -> Row:
        """A line alone: its cells before the quote that does not close are still what they were."""
        try:
            cells = next(csv.reader([self.lines[place]], delimiter=self.delimiter), [])
        except csv.Error:
            return Row("", {}, "Una celda es demasiado larga; la fila no se puede leer.", readable=False)
        row = self._row(cells)
        last_read = max(self.names.index(name) for name in _READ if name in self.names)
        problem = "Unas comillas se abren y no se cierran; la fila se lee sola, hasta el fin de su línea."
        if len(cells) - 1 > last_read:
            return Row(row.name, row.cells, problem)
        return Row(row.name, row.cells, "Unas comillas se abren y no se cierran. Ciérrelas.", readable=False)

    def _row(self, cells: Sequence[str]) -> Row:
        named = {name: cell.strip() for name, cell in zip(self.names, cells, strict=False)}
        return Row(named.get("id", ""), named)

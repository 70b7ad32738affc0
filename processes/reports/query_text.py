"""The words of a query, laid out for a person who checks a figure by hand."""

import re
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

_BREAKS = re.compile(r" *\n|(?<!OUTER) (?=LEFT OUTER JOIN |JOIN |AND |ORDER BY )")
_COLUMNS = re.compile(r", (?=\w+\.|coalesce\(|CASE )")
_NO_FRACTION = re.compile(r"(:\d\d)\.000000\b")
_WITHIN_A_CLAUSE = ("LEFT OUTER JOIN ", "JOIN ", "AND ")


def query_text(query: sa.Select[Any], connection: sa.Connection) -> str:
    """The SQL of `query` with its values in it, a clause a line, as the database of `connection` reads it.

    Instants stand in UTC, as they are stored.
    """
    text = str(query.compile(connection, compile_kwargs={"literal_binds": True}))
    lines = _BREAKS.split(_NO_FRACTION.sub(r"\1", text))
    lines[0] = _COLUMNS.sub(",\n  ", lines[0])
    return "\n".join(_indented(lines))


def _indented(lines: list[str]) -> Iterator[str]:
    """A condition stands under its clause, and one more to the right for each bracket that is open."""
    depth = 0
    for line in lines:
        yield f"{'  ' * (depth + 1)}{line}" if line.startswith(_WITHIN_A_CLAUSE) else line
        depth += line.count("(") - line.count(")")

"""`python -m tests.benchmarks`: every figure beside its bar; exit 1 when one misses it in three runs."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import count
from pathlib import Path
from typing import TypeAlias

import sqlalchemy as sa

from api.logs import configure_logs
from tests.benchmarks import decisions, engine, http, mail, recalculation, steps, sweeps, terms, web, whole
from tests.benchmarks.figures import Figure, best_of_runs
from tests.support.missing import MissingPart
from tests.support.postgres import PostgresServer, postgres_server

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
Measure: TypeAlias = Callable[[str, str, Path], Sequence[Figure]]
"""Takes the kind of database, its address and a home; gives figures."""


def main() -> int:
    """Measure everything, PostgreSQL too where it can be started (with its writes forced to the disk)."""
    configure_logs("ERROR")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ventanilla-bench-")))
        try:
            server = stack.enter_context(postgres_server(durable=True))
        except MissingPart as missing:
            print(f"Without PostgreSQL: {missing}")  # noqa: T201 - this program speaks by printing
            server = None
        figures = _all(folder, server)
    missed = [figure for figure in figures if not figure.met]
    print(f"{len(figures) - len(missed)} of {len(figures)} bars met")  # noqa: T201 - the same
    return 1 if missed else 0


def _all(folder: Path, server: PostgresServer | None) -> list[Figure]:
    homes = (folder / str(number) for number in count())

    def home() -> Path:
        made = next(homes)
        made.mkdir()
        return made

    def on_sqlite(measure: Measure) -> Sequence[Figure]:
        place = home()
        return measure(SQLITE, f"sqlite:///{place / 'ventanilla.sqlite3'}", place)

    def on_postgresql(measure: Measure) -> Sequence[Figure]:
        url = server.create_database() if server else sa.make_url("")
        return measure(POSTGRESQL, url.render_as_string(hide_password=False), home())

    pure = (terms.measure, decisions.measure, engine.measure, web.measure)
    acts = (steps.measure, http.measure, whole.measure)
    kinds = (on_sqlite, on_postgresql) if server else (on_sqlite,)
    groups = [partial(on_sqlite, each) for each in pure]
    groups += [partial(kind, each) for kind in kinds for each in acts]
    # Last: the disk goes on writing what very many cases left.
    groups += [partial(kind, each) for each in (recalculation.measure, sweeps.measure) for kind in kinds]
    groups.append(partial(on_sqlite, mail.measure))
    figures: list[Figure] = []
    for group in groups:
        for figure in best_of_runs(group):
            print(figure, flush=True)  # noqa: T201 - the same
            figures.append(figure)
    return figures


if __name__ == "__main__":
    sys.exit(main())

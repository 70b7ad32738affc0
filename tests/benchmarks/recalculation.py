"""A hundred thousand open petitions and a day that closes: its preview, and the dates moved."""

from pathlib import Path

import sqlalchemy as sa

from processes.common.database import upgrade
from processes.petitions.office import Office
from processes.petitions.recalculation import apply_change, continue_recalculation
from processes.petitions.recalculation_preview import preview_change
from processes.petitions.tables import PETITIONS
from tests.benchmarks.figures import Figure, timed
from tests.builders.calendars import REASON, prepare
from tests.builders.many import fill_with_petitions
from tests.builders.office import ADMINISTRATOR, an_office

CASES = 100_000
PREVIEW_SECONDS, APPLY_SECONDS = 10.0, 60.0


def measure(database: str, url: str, home: Path) -> list[Figure]:
    """Seconds for the preview, and from the act to the last date moved, its letters written."""
    upgrade(url)
    with an_office(url, home) as office:
        fill_with_petitions(office, CASES)
        revision = prepare(office)
        preview_time, preview = timed(lambda: preview_change(office, ADMINISTRATOR))
        apply_time, moved = timed(lambda: _carry_through(office, revision))
        _check(office, moved, preview.moved)
    detail = f"{moved} of {CASES} dates"
    return [
        Figure(f"preview of a change, {database}", preview_time / 1000, PREVIEW_SECONDS, "s", detail=detail),
        Figure(f"change carried through, {database}", apply_time / 1000, APPLY_SECONDS, "s", detail=detail),
    ]


def _carry_through(office: Office, revision: int) -> int:
    apply_change(office, ADMINISTRATOR, revision=revision, reason=REASON)
    return continue_recalculation(office)


def _check(office: Office, moved: int, foreseen: int) -> None:
    with office.read() as connection:
        left = connection.scalar(
            sa.select(sa.func.count()).select_from(PETITIONS).where(PETITIONS.c.calendar == 1)
        )
    if (moved, left) != (foreseen, 0):
        message = f"{moved} dates moved of {foreseen} foreseen, {left} petitions left"
        raise RuntimeError(message)

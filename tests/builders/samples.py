"""Sample offices: an empty one in which a sample may be made, and the short sample, made."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from processes.common.database import upgrade
from processes.common.settings import Settings
from processes.petitions.office import Office, open_office
from processes.petitions.tables import PETITIONS
from processes.samples.entities import sample_of
from processes.samples.making import SignIn, make_sample
from tests.builders.office import HandClock
from tests.support.engines import sharing_engine

SAN_JACINTO = sample_of("san-jacinto")
"""The short sample, which is made where none is asked for."""


@dataclass(frozen=True)
class Made:
    """The short sample, made once for the tests that only look at it, and its sign-ins."""

    office: Office
    shown: tuple[SignIn, ...]

    def number_of(self, story: str) -> str:
        """The filing number of a story's petition."""
        subject = SAN_JACINTO.wordings[story].placed(SAN_JACINTO.words).subject
        query = sa.select(PETITIONS.c.filing_number).where(PETITIONS.c.subject == subject)
        with self.office.read() as connection:
            number: str = connection.execute(query).scalar_one()
        return number


@contextmanager
def an_empty_office(database_url: str, home: Path, clock: HandClock | None = None) -> Iterator[Office]:
    """An office without an entity. Its mail goes by SMTP to nobody: a sample that tried it would fail."""
    engine = sharing_engine(database_url)
    settings = Settings(home=home, mail="smtp", smtp_port=1)
    yield open_office(settings, clock=clock or HandClock(), engine=engine)
    engine.dispose()


@contextmanager
def a_short_sample(home: Path) -> Iterator[Made]:
    """The short sample on a database of its own in `home`."""
    url = Settings(home=home).url
    upgrade(url)
    shown: list[SignIn] = []
    with an_empty_office(url, home) as office:
        make_sample(office, show=shown.extend)
        yield Made(office, tuple(shown))

"""How far the sample of an installation is; asked at every start, so it loads little."""

import sqlalchemy as sa

from processes.common.audit import EVENTS, OFFICE
from processes.common.database import read
from processes.directory.tables import ENTITY

MADE = "sample_made"
"""The act in the office's journal that ends a making."""


def sample_is_unfinished(engine: sa.Engine) -> bool:
    """Whether the installation is empty, or its sample entity was begun and never finished."""
    made = sa.select(EVENTS.c.seq).where(EVENTS.c.stream == OFFICE, EVENTS.c.act == MADE)
    with read(engine) as connection:
        demonstration = connection.scalar(sa.select(ENTITY.c.demonstration))
        return demonstration is None or (demonstration and connection.scalar(made) is None)

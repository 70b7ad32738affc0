"""Alembic's entry: every table of the office, on the database that the caller names."""

import os

from alembic import context
from sqlmodel import SQLModel

from processes.common import audit, database, office_clock, outbox
from processes.directory import tables as directory_tables
from processes.petitions import tables as petition_tables

TABLES = (audit, office_clock, outbox, directory_tables, petition_tables)
"""Modules that declare tables; importing them fills the metadata."""


def migrate() -> None:
    """Run the steps in one transaction."""
    url = context.config.attributes.get("url") or os.environ["VENTANILLA_DATABASE_URL"]
    engine = database.make_engine(url)
    with database.write(engine) as connection:
        context.configure(
            connection=connection,
            target_metadata=SQLModel.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


migrate()

"""Alembic's entry: every table of the office, on the database that the caller names."""

import os
from typing import Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from processes.common import audit, database, office_clock, outbox
from processes.common.database import UtcDateTime
from processes.directory import substitution_tables
from processes.directory import tables as directory_tables
from processes.petitions import (
    alert_tables,
    answer_tables,
    duty_tables,
    filing_tables,
    legal_tables,
    note_tables,
    people_tables,
    proposal_tables,
    recalculation_tables,
    reception_tables,
    sweep_tables,
)
from processes.petitions import tables as petition_tables
from processes.reports import tables as report_tables

TABLES = (
    audit,
    office_clock,
    outbox,
    directory_tables,
    substitution_tables,
    petition_tables,
    alert_tables,
    answer_tables,
    duty_tables,
    filing_tables,
    legal_tables,
    note_tables,
    people_tables,
    proposal_tables,
    reception_tables,
    recalculation_tables,
    report_tables,
    sweep_tables,
)
"""Modules that declare tables; importing them fills the metadata."""


def _render(kind: str, column_type: object, _context: object) -> str | Literal[False]:
    """Plain types in the steps: they must not change when a class of ours or of SQLModel does."""
    if kind == "type" and isinstance(column_type, AutoString):
        return "sa.String()" if column_type.length is None else f"sa.String({column_type.length})"
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(column_type, UtcDateTime) else False


def migrate() -> None:
    """Run the steps in one transaction."""
    url = context.config.attributes.get("url") or os.environ["VENTANILLA_DATABASE_URL"]
    engine = database.make_engine(url, create=True)
    try:
        with database.write_schema(engine) as connection:
            context.configure(
                connection=connection,
                target_metadata=SQLModel.metadata,
                render_as_batch=connection.dialect.name == "sqlite",
                compare_type=True,
                user_module_prefix="",
                render_item=_render,
            )
            with context.begin_transaction():
                context.run_migrations()
    finally:
        engine.dispose()


migrate()

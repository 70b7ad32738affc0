"""The migrations make the tables that the code declares, on both kinds of database."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlmodel import SQLModel

from processes.common.database import make_engine
from tests.architecture.repository import ROOT


def check_against_the_code(database_url: str) -> None:
    config = Config(ROOT / "processes" / "migrations" / "alembic.ini")
    config.attributes["url"] = database_url
    command.check(config)


def test_the_migrations_make_the_tables_of_the_code(database_url: str) -> None:
    check_against_the_code(database_url)  # raises when the two differ, and names the difference


def test_the_migrations_make_every_check_that_the_code_declares(database_url: str) -> None:
    check_against_the_code(database_url)
    engine = make_engine(database_url)
    declared = {
        (table.name, str(constraint.name))
        for table in SQLModel.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, sa.CheckConstraint)
    }

    inspector = sa.inspect(engine)
    kept = {
        (table, check["name"])
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }
    engine.dispose()

    assert declared
    assert declared - kept == set()

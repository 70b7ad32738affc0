"""A later release changes a table that others refer to, with rows in it."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from processes.common.database import BrokenReferences, upgrade, write_schema
from processes.common.errors import Unavailable
from processes.petitions.office import Office
from processes.petitions.verification import verify_audit
from tests.architecture.repository import ROOT
from tests.builders.petitions import file_one, live_whole_life

LATER_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("petition") as petition:
        petition.drop_constraint(op.f("ck_petition_level"), type_="check")
        petition.create_check_constraint(op.f("ck_petition_level"), "level IS NULL OR level BETWEEN 1 AND 4")
    {more}
"""


def _upgrade_to_a_later_release(office: Office, folder: Path, *, more: str = "") -> None:
    """Upgrade the way the product does, with one more step that makes `petition` anew."""
    shutil.copytree(ROOT / "processes" / "migrations", folder)
    (folder / "versions" / "9999_later.py").write_text(LATER_STEP.format(more=more), encoding="utf-8")
    config = Config(str(folder / "alembic.ini"))
    config.set_main_option("script_location", str(folder))
    config.attributes["url"] = office.engine.url.render_as_string(hide_password=False)
    command.upgrade(config, "head")


def _counts(office: Office) -> dict[str, int]:
    with office.read() as connection:
        tables = sorted(sa.inspect(connection).get_table_names())
        return {
            name: connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one()
            for name in tables
        }


def test_a_table_with_rows_that_others_refer_to_can_be_made_anew(office: Office, tmp_path: Path) -> None:
    live_whole_life(office, file_one(office).filing_number)
    before = _counts(office)

    _upgrade_to_a_later_release(office, tmp_path / "later")

    assert _counts(office) == before
    assert before["petition"] == 1
    assert before["audit_event"] > 0
    assert verify_audit(office.engine) == []
    assert file_one(office).filing_number == "2026-000002"


def test_a_release_that_loses_what_others_refer_to_changes_nothing(office: Office, tmp_path: Path) -> None:
    file_one(office)
    before = _counts(office)

    with pytest.raises((BrokenReferences, sa.exc.IntegrityError)):
        _upgrade_to_a_later_release(office, tmp_path / "later", more='op.execute("DELETE FROM petition")')

    assert _counts(office) == before


def test_references_are_enforced_again_after_a_change_of_tables(office: Office) -> None:
    with write_schema(office.engine) as connection:
        connection.execute(sa.text("CREATE TABLE later (id INTEGER)"))

    with pytest.raises(sa.exc.IntegrityError), office.write() as connection:
        connection.execute(sa.text("INSERT INTO person_role (person_id, role) VALUES (999, 'official')"))


def test_an_older_release_leaves_a_newer_database_alone_and_says_so(office: Office, tmp_path: Path) -> None:
    _upgrade_to_a_later_release(office, tmp_path / "later")

    with pytest.raises(Unavailable, match="versión más nueva de Ventanilla"):
        upgrade(office.engine.url.render_as_string(hide_password=False))

import pytest
import sqlalchemy as sa

from processes.petitions.office import Office
from processes.petitions.verification import anchor_audit, verify_audit
from tests.builders.petitions import file_one, live_whole_life


@pytest.fixture
def number(office: Office) -> str:
    number = file_one(office).filing_number
    live_whole_life(office, number)
    return number


def _undone(office: Office, statement: str, **values: object) -> list[str]:
    """What the check says after `statement`, which is then undone so that the office is in order again."""
    with office.engine.connect() as connection:
        saved = connection.execute(sa.text("SELECT * FROM audit_event")).mappings().all()
    with office.write() as connection:
        connection.execute(sa.text(statement), values)
    found = [str(problem) for problem in verify_audit(office.engine)]
    with office.write() as connection:
        connection.execute(sa.text("DELETE FROM audit_event"))
        columns = ", ".join(map(str, saved[0]))
        marks = ", ".join(f":{name}" for name in saved[0])
        connection.execute(
            sa.text(f"INSERT INTO audit_event ({columns}) VALUES ({marks})"),  # noqa: S608 - our own columns
            [dict(row) for row in saved],
        )
    return found


def test_a_journal_left_alone_is_whole(office: Office, number: str) -> None:
    assert number == "2026-000001"
    assert verify_audit(office.engine) == []


def test_the_first_row_that_was_changed_is_named(office: Office, number: str) -> None:
    found = _undone(
        office, "UPDATE audit_event SET actor = 'person:nadie' WHERE stream = :n AND seq >= 5", n=number
    )
    assert found == [f"{number}, asiento 5: este asiento se cambió o se insertó a mano."]


def test_a_row_removed_from_the_middle_is_named(office: Office, number: str) -> None:
    found = _undone(office, "DELETE FROM audit_event WHERE stream = :n AND seq = 4", n=number)
    assert found == [f"{number}, asiento 4: falta este asiento: se borró a mano."]


def test_rows_cut_from_the_end_are_named(office: Office, number: str) -> None:
    found = _undone(office, "DELETE FROM audit_event WHERE stream = :n AND seq >= 9", n=number)
    assert found == [f"{number}, asiento 9: falta este asiento: se borró a mano."]


def test_a_row_inserted_at_the_end_is_named(office: Office, number: str) -> None:
    found = _undone(
        office,
        "INSERT INTO audit_event SELECT stream, seq + 1, at, actor, act, detail, hash FROM audit_event e "
        "WHERE stream = :n AND seq = (SELECT max(seq) FROM audit_event WHERE stream = :n)",
        n=number,
    )
    assert len(found) == 1
    assert "este asiento se cambió o se insertó a mano" in found[0]


def test_a_whole_stream_removed_is_named(office: Office, number: str) -> None:
    found = _undone(office, "DELETE FROM audit_event WHERE stream = :n", n=number)
    assert found == [f"{number}, asiento 1: se borraron todos sus asientos."]


def test_a_stream_of_no_petition_is_named(office: Office, number: str) -> None:
    found = _undone(
        office,
        "INSERT INTO audit_event SELECT '2026-999999', seq, at, actor, act, detail, hash "
        "FROM audit_event WHERE stream = :n AND seq = 1",
        n=number,
    )
    assert any(line.startswith("2026-999999") for line in found)


def test_an_anchor_notices_a_stream_that_was_written_anew_from_its_start(office: Office, number: str) -> None:
    assert anchor_audit(office) == 2  # the petition and the office itself
    assert anchor_audit(office) == 0
    with office.write() as connection:
        connection.execute(
            sa.text("UPDATE audit_anchor_head SET hash = :h WHERE stream = :n"), {"h": b"x" * 32, "n": number}
        )
    found = [str(problem) for problem in verify_audit(office.engine)]
    assert any("ancla 1" in line for line in found)
    with office.write() as connection:
        connection.execute(sa.text("DELETE FROM audit_anchor_head"))
        connection.execute(sa.text("DELETE FROM audit_anchor"))

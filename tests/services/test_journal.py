from datetime import timedelta, timezone

import orjson
import pytest
import sqlalchemy as sa
import structlog

from processes.common.audit import ANCHOR_HEADS, ANCHORS, EVENTS, GENESIS, OFFICE, Head, event_hash
from processes.petitions.office import Office
from processes.petitions.tables import PETITIONS
from processes.petitions.verification import anchor_audit, verify_audit
from tests.builders.office import MONDAY_MORNING
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
    before = _rewrite(office, number)
    found = [str(problem) for problem in verify_audit(office.engine)]
    with office.write() as connection:
        connection.execute(sa.delete(ANCHOR_HEADS))
        connection.execute(sa.delete(ANCHORS))

    assert len(found) == 1
    assert found[0].startswith(f"{number}, asiento {before.seq}: no es el asiento que selló el ancla 1")
    assert verify_audit(office.engine) == []  # but for the anchor, the new stream is without a fault


def _rewrite(office: Office, number: str) -> Head:
    """Tell the petition's story anew, each link and the head as they should be; the head that was."""
    with office.write() as connection:
        of_petition = sa.select(EVENTS).where(EVENTS.c.stream == number).order_by(EVENTS.c.seq)
        rows = [dict(row) for row in connection.execute(of_petition).mappings()]
        previous = GENESIS
        for row in rows:
            digest = event_hash(previous, {**row, "actor": "person:nadie"})
            this = sa.and_(EVENTS.c.stream == number, EVENTS.c.seq == row["seq"])
            connection.execute(sa.update(EVENTS).where(this).values(actor="person:nadie", hash=digest))
            previous = digest
        connection.execute(sa.update(PETITIONS).values(audit_hash=previous))
        return Head(rows[-1]["seq"], bytes(rows[-1]["hash"]))


@pytest.mark.parametrize("changed", ["day = '2020-01-01'", "at = '2020-01-01 00:00:00.000000'"])
@pytest.mark.usefixtures("number")
def test_an_anchor_whose_date_was_changed_is_named(office: Office, changed: str) -> None:
    anchor_audit(office)
    with office.write() as connection:
        kept = connection.execute(sa.select(ANCHORS)).mappings().one()
        connection.execute(sa.text(f"UPDATE audit_anchor SET {changed}"))  # noqa: S608 - written above
    found = [str(problem) for problem in verify_audit(office.engine)]
    with office.write() as connection:
        connection.execute(sa.update(ANCHORS).values(dict(kept)))
    assert any("el ancla se cambió a mano" in line for line in found)


@pytest.mark.usefixtures("number")
def test_the_hash_of_an_anchor_leaves_the_database_and_enters_the_offices_own_stream(office: Office) -> None:
    with structlog.testing.capture_logs() as log:
        anchor_audit(office)

    with office.read() as connection:
        anchor = bytes(connection.execute(sa.select(ANCHORS.c.hash)).scalar_one()).hex()
        last = sa.select(EVENTS.c.act, EVENTS.c.detail).where(EVENTS.c.stream == OFFICE)
        act, detail = connection.execute(last.order_by(EVENTS.c.seq.desc()).limit(1)).one()
    assert [(line["number"], line["hash"]) for line in log if line["event"] == "journal_sealed"] == [
        (1, anchor)
    ]
    assert (act, orjson.loads(detail)) == ("journal_sealed", {"number": 1, "hash": anchor})
    assert verify_audit(office.engine) == []


def test_a_seal_is_no_reason_for_another_and_the_next_one_covers_it(office: Office, number: str) -> None:
    assert number == "2026-000001"
    assert [anchor_audit(office) for _ in range(3)] == [2, 0, 0]
    file_one(office)
    assert anchor_audit(office) == 2  # the new petition, and the office's act of sealing
    assert anchor_audit(office) == 0
    assert verify_audit(office.engine) == []


def test_an_event_has_one_hash_whatever_zone_its_instant_is_told_in() -> None:
    event = {"stream": OFFICE, "seq": 1, "at": MONDAY_MORNING, "actor": "system", "act": "x", "detail": "{}"}
    elsewhere = MONDAY_MORNING.astimezone(timezone(timedelta(hours=-5)))

    assert event_hash(GENESIS, {**event, "at": elsewhere}) == event_hash(GENESIS, event)

"""PostgreSQL: no wait without an end, and what a wait that ended is called."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from processes.common.database import Busy, Contention, make_engine, write
from processes.common.errors import Unavailable
from processes.petitions.case import in_one_transaction
from processes.petitions.office import Office
from tests.builders.office import an_office
from tests.builders.petitions import file_one

PATIENCE_SECONDS = 60


@pytest.fixture
def office(postgresql_url: str, tmp_path: Path) -> Iterator[Office]:
    """A furnished office on PostgreSQL."""
    with an_office(postgresql_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def impatient(office: Office, postgresql_url: str) -> Iterator[Office]:
    """The same office to somebody who waits for a lock a fifth of a second."""
    engine = make_engine(postgresql_url, busy_seconds=0.2)
    yield replace(office, engine=engine)
    engine.dispose()


def test_a_filing_does_not_wait_forever_for_somebody_who_hangs_in_a_transaction(
    office: Office, impatient: Office
) -> None:
    file_one(office)
    with office.engine.connect() as hanging:
        hanging.execute(sa.text("UPDATE filing_counter SET last = last"))
        with pytest.raises(Busy, match="Nada de lo que envió quedó registrado"):
            file_one(impatient)
    assert file_one(impatient).filing_number == "2026-000002"


def test_two_acts_that_wait_for_each_other_are_told_apart_from_a_database_that_is_gone(
    office: Office,
) -> None:
    first_holds = threading.Barrier(2, timeout=PATIENCE_SECONDS)
    endings: list[Unavailable | None] = []

    def cross(mine: str, others: str) -> None:
        taken = sa.text("UPDATE department SET active = active WHERE code = :code")
        try:
            with write(office.engine) as connection:
                connection.execute(taken, {"code": mine})
                first_holds.wait()
                connection.execute(taken, {"code": others})
        except Unavailable as error:
            endings.append(error)
        else:
            endings.append(None)

    rivals = [threading.Thread(target=cross, args=pair) for pair in (("INF", "HAC"), ("HAC", "INF"))]
    for rival in rivals:
        rival.start()
    for rival in rivals:
        rival.join(PATIENCE_SECONDS)

    assert [type(ending) for ending in endings if ending is not None] == [Contention]
    assert len(endings) == 2


@pytest.mark.parametrize("code", ["40P01", "40001"])
def test_an_act_that_stood_in_anothers_way_starts_again(office: Office, code: str) -> None:
    tries: list[int] = []

    def act(connection: sa.Connection) -> str:
        tries.append(1)
        if len(tries) < 3:
            connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$")
        return "hecho"

    assert in_one_transaction(office, act) == "hecho"
    assert len(tries) == 3


def test_an_act_that_is_always_in_anothers_way_ends_in_words(office: Office) -> None:
    def act(connection: sa.Connection) -> None:
        connection.exec_driver_sql("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '40P01'; END $$")

    with pytest.raises(Contention, match="intente de nuevo"):
        in_one_transaction(office, act)


@pytest.mark.parametrize(
    ("own", "expected"), [("", ("30s", "1min")), ("&options=-c%20lock_timeout%3D7s", ("7s", "1min"))]
)
def test_every_wait_is_bounded_and_the_address_may_choose_its_own_bound(
    postgresql_url: str, own: str, expected: tuple[str, str]
) -> None:
    joint = own if "?" in postgresql_url else own.replace("&", "?", 1)
    engine = make_engine(postgresql_url + joint)
    with engine.connect() as connection:
        found = tuple(
            connection.execute(sa.text(f"SHOW {name}")).scalar_one()
            for name in ("lock_timeout", "idle_in_transaction_session_timeout")
        )
    engine.dispose()
    assert found == expected

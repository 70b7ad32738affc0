"""Signing in: passwords, sessions, guesses that have to wait."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from processes.common.audit import EVENTS, SYSTEM
from processes.common.errors import Conflict, Invalid, NotFound, SignInNeeded, TooMany
from processes.directory import accounts
from processes.directory.accounts import (
    NewPerson,
    create_person,
    purge,
    session_person,
    set_password,
    sign_out,
)
from processes.directory.roles import Role
from processes.directory.tables import PEOPLE, SIGN_IN_ATTEMPTS, WEB_SESSIONS
from processes.petitions.office import Office
from tests.support.passwords import hashed_as_installed

NOON = datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
HOURS = timedelta(hours=10)
PASSWORD = "un puente muy largo"
LAURA = NewPerson("laura.rios", "Laura Ríos", frozenset({Role.OFFICIAL, Role.LEGAL_OFFICE}), department="INF")


@pytest.fixture
def engine(office: Office) -> sa.Engine:
    create_person(office.engine, LAURA, password=PASSWORD, by=SYSTEM, now=NOON)
    return office.engine


@pytest.fixture
def _hashed_as_installed() -> Iterator[None]:
    with hashed_as_installed():
        yield


def sign_in(
    engine: sa.Engine, username: str = "laura.rios", password: str = PASSWORD, *, at: datetime = NOON
) -> accounts.SignedIn:
    return accounts.sign_in(engine, username, password, real_now=at, lasting=HOURS)


def fail(engine: sa.Engine, username: str, *, times: int, at: datetime = NOON) -> None:
    for _ in range(times):
        with pytest.raises(SignInNeeded):
            sign_in(engine, username, "otra contraseña", at=at)


def rows(engine: sa.Engine, table: sa.Table) -> list[sa.RowMapping]:
    with engine.connect() as connection:
        return list(connection.execute(sa.select(table)).mappings())


def test_a_person_signs_in_with_roles_and_department(engine: sa.Engine) -> None:
    signed_in = sign_in(engine)

    assert signed_in.person.full_name == "Laura Ríos"
    assert signed_in.person.roles == {Role.OFFICIAL, Role.LEGAL_OFFICE}
    assert signed_in.person.department == "INF"
    assert session_person(engine, signed_in.token, real_now=NOON) == signed_in.person


def test_user_names_do_not_depend_on_case_or_blanks(engine: sa.Engine) -> None:
    assert sign_in(engine, "  Laura.Rios ").person.username == "laura.rios"


def test_an_accent_may_be_typed_in_either_form(engine: sa.Engine) -> None:
    set_password(engine, "laura.rios", password="contrasen\u0303a segura", by=SYSTEM, now=NOON)

    assert sign_in(engine, password="contrase\u00f1a segura").person.username == "laura.rios"


def test_the_database_keeps_neither_password_nor_token(engine: sa.Engine) -> None:
    token = sign_in(engine).token

    (person,) = [row for row in rows(engine, PEOPLE) if row["username"] == "laura.rios"]
    (session,) = rows(engine, WEB_SESSIONS)
    assert person["password_hash"].startswith("$argon2id$")
    assert token.encode() not in bytes(session["token_hash"])


def test_a_wrong_password_an_unknown_name_and_a_dismissed_person_are_told_the_same(engine: sa.Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == "carlos").values(active=False))
    told = set()

    for username in ("laura.rios", "nadie", "carlos", "ana", "no es un usuario", "x" * 5000, "nul\x00o"):
        with pytest.raises(SignInNeeded) as refusal:
            sign_in(engine, username, "otra contraseña")
        told.add(refusal.value.message)

    assert len(told) == 1


@pytest.mark.usefixtures("_hashed_as_installed")
def test_an_unknown_name_costs_the_work_of_a_password(
    engine: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    verify = accounts._HASHER.verify_and_update

    def counted(password: bytes, hashed: str) -> tuple[bool, str | None]:
        verified.append(hashed)
        return verify(password, hashed)

    monkeypatch.setattr(accounts._HASHER, "verify_and_update", counted)
    fail(engine, "nadie", times=1)
    fail(engine, "laura.rios", times=1)

    unknown, known = (hashed.split("$")[1:4] for hashed in verified)
    assert unknown == known


def test_a_session_ends_at_its_hour(engine: sa.Engine) -> None:
    token = sign_in(engine).token

    assert session_person(engine, token, real_now=NOON + HOURS - timedelta(seconds=1)) is not None
    assert session_person(engine, token, real_now=NOON + HOURS) is None


def test_signing_out_ends_this_session_alone(engine: sa.Engine) -> None:
    here, there = sign_in(engine).token, sign_in(engine).token

    sign_out(engine, here)

    assert session_person(engine, here, real_now=NOON) is None
    assert session_person(engine, there, real_now=NOON) is not None


def test_a_dismissed_person_has_no_session_any_more(engine: sa.Engine) -> None:
    token = sign_in(engine).token
    with engine.begin() as connection:
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == "laura.rios").values(active=False))

    assert session_person(engine, token, real_now=NOON) is None


def test_a_new_password_ends_every_session(engine: sa.Engine) -> None:
    token = sign_in(engine).token

    set_password(engine, "laura.rios", password="otra contraseña larga", by=SYSTEM, now=NOON)

    assert session_person(engine, token, real_now=NOON) is None
    assert sign_in(engine, password="otra contraseña larga").person.username == "laura.rios"


def test_the_fifth_failure_in_a_row_makes_even_the_right_password_wait(engine: sa.Engine) -> None:
    fail(engine, "laura.rios", times=5)

    with pytest.raises(TooMany) as refusal:
        sign_in(engine)

    assert refusal.value.retry_after_seconds == 61
    assert sign_in(engine, at=NOON + timedelta(seconds=61)).person.username == "laura.rios"


def test_a_name_that_does_not_exist_waits_like_one_that_does(engine: sa.Engine) -> None:
    fail(engine, "nadie", times=5)

    with pytest.raises(TooMany):
        sign_in(engine, "nadie")


def test_each_failure_after_the_fifth_doubles_the_wait_up_to_a_quarter_of_an_hour(engine: sa.Engine) -> None:
    fail(engine, "laura.rios", times=5)
    at, waits = NOON, []

    for _ in range(6):
        with pytest.raises(TooMany) as refusal:
            sign_in(engine, at=at)
        waits.append(refusal.value.retry_after_seconds - 1)
        at += timedelta(seconds=waits[-1])
        fail(engine, "laura.rios", times=1, at=at)

    assert waits == [60, 120, 240, 480, 900, 900]


def test_the_right_password_forgets_earlier_failures(engine: sa.Engine) -> None:
    fail(engine, "laura.rios", times=4)
    sign_in(engine)

    fail(engine, "laura.rios", times=4)

    assert sign_in(engine).person.username == "laura.rios"


def test_failures_long_past_do_not_count(engine: sa.Engine) -> None:
    fail(engine, "laura.rios", times=4)

    fail(engine, "laura.rios", times=4, at=NOON + timedelta(minutes=31))

    assert sign_in(engine, at=NOON + timedelta(minutes=31)).person.username == "laura.rios"


@pytest.mark.usefixtures("_hashed_as_installed")
def test_a_hash_of_weaker_settings_is_replaced_at_the_next_sign_in(engine: sa.Engine) -> None:
    weaker = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=1024, parallelism=1)])
    with engine.begin() as connection:
        update = sa.update(PEOPLE).where(PEOPLE.c.username == "laura.rios")
        connection.execute(update.values(password_hash=weaker.hash(PASSWORD)))

    sign_in(engine)

    (person,) = [row for row in rows(engine, PEOPLE) if row["username"] == "laura.rios"]
    assert "m=19456,t=2" in person["password_hash"]


def test_purging_removes_what_ended_and_keeps_what_lives(engine: sa.Engine) -> None:
    sign_in(engine, at=NOON - HOURS)
    lives = sign_in(engine).token
    fail(engine, "nadie", times=1, at=NOON - timedelta(hours=1))
    fail(engine, "ana", times=1)

    removed = purge(engine, real_now=NOON)

    assert removed == 2
    assert session_person(engine, lives, real_now=NOON) is not None
    assert [row["username"] for row in rows(engine, SIGN_IN_ATTEMPTS)] == ["ana"]


def test_a_new_person_goes_to_the_journal_without_the_password(engine: sa.Engine) -> None:
    (event,) = [row for row in rows(engine, EVENTS) if row["act"] == "person_created"]

    assert '"laura.rios"' in event["detail"]
    assert PASSWORD not in event["detail"]


def test_a_user_name_belongs_to_one_person(engine: sa.Engine) -> None:
    with pytest.raises(Conflict, match=r"laura\.rios"):
        create_person(engine, LAURA, password=PASSWORD, by=SYSTEM, now=NOON)


def test_what_is_wrong_with_a_new_person_is_told_field_by_field(engine: sa.Engine) -> None:
    nobody = NewPerson("¿quién?", " ", frozenset(), position="x" * 121)

    with pytest.raises(Invalid) as refusal:
        create_person(engine, nobody, password=PASSWORD, by=SYSTEM, now=NOON)

    assert refusal.value.fields.keys() == {"username", "full_name", "position"}


def test_a_department_must_exist(engine: sa.Engine) -> None:
    lost = NewPerson("pedro", "Pedro Paz", frozenset({Role.OFFICIAL}), department="NADA")

    with pytest.raises(Invalid) as refusal:
        create_person(engine, lost, password=PASSWORD, by=SYSTEM, now=NOON)

    assert refusal.value.fields.keys() == {"department"}


@pytest.mark.parametrize("password", ["corta", "", "x" * 201])
def test_a_password_has_a_sensible_length(engine: sa.Engine, password: str) -> None:
    with pytest.raises(Invalid) as refusal:
        set_password(engine, "laura.rios", password=password, by=SYSTEM, now=NOON)

    assert refusal.value.fields.keys() == {"password"}


def test_nobody_gets_a_password_without_being_in_the_directory(engine: sa.Engine) -> None:
    with pytest.raises(NotFound):
        set_password(engine, "nadie", password=PASSWORD, by=SYSTEM, now=NOON)


def test_a_clock_that_goes_back_makes_nobody_wait_after_one_wrong_password(engine: sa.Engine) -> None:
    fail(engine, "laura.rios", times=1)
    assert sign_in(engine, at=NOON - timedelta(hours=1)).person.username == "laura.rios"

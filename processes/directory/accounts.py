"""People who sign in: their passwords (argon2), their sessions, and the slowing of guesses.

Sessions and locks count real time: a demonstration whose office clock runs fast signs nobody out.
"""

import hashlib
import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from pwdlib import PasswordHash
from pwdlib.exceptions import UnknownHashError
from pwdlib.hashers.argon2 import Argon2Hasher

from processes.common.audit import Act, Actor, record_office_act
from processes.common.database import insert_or, read, read_one, write
from processes.common.errors import Conflict, Invalid, NotFound, SignInNeeded, TooMany
from processes.common.text import clean_address, clean_line
from processes.directory.people import Person
from processes.directory.roles import Role
from processes.directory.tables import DEPARTMENTS, PEOPLE, PERSON_ROLES, SIGN_IN_ATTEMPTS, WEB_SESSIONS

MIN_PASSWORD = 12
MAX_PASSWORD = 200
FREE_FAILURES = 5
"""Failures in a row before a user name has to wait."""

_USERNAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,58}[a-z0-9])?")
_FIRST_LOCK = timedelta(minutes=1)
_LONGEST_LOCK = timedelta(minutes=15)
_FORGOTTEN_AFTER = timedelta(minutes=30)
# OWASP's argon2id with 19 MiB: two at once stay far below what a web process may take.
_HASHER = PasswordHash([Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1)])
_ROOM_TO_HASH = threading.BoundedSemaphore(2)
_REFUSED = "El usuario o la contraseña no son correctos."


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be added to the directory. `department` is a code."""

    username: str
    full_name: str
    roles: frozenset[Role]
    email: str = ""
    position: str = ""
    department: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session just opened. The token is shown this once; only its hash is kept."""

    token: str
    person: Person
    expires_at: datetime


def create_person(engine: sa.Engine, new: NewPerson, *, password: str, by: Actor, now: datetime) -> Person:
    """Add a person who signs in with `password`; `now` is office time, for the journal.

    User names are kept in lower case. Raises Invalid with a sentence for each wrong field, and
    Conflict when the user name is taken.
    """
    person, email = _checked(new)
    _check_password(password)
    hashed = _hash(password)
    with write(engine) as connection:
        _check_department(connection, person.department)
        row = {
            "username": person.username,
            "full_name": person.full_name,
            "email": email,
            "position": person.position,
            "department": person.department,
            "password_hash": hashed,
            "active": True,
        }
        insert = insert_or(connection)(PEOPLE).on_conflict_do_nothing(index_elements=["username"])
        person_id = connection.scalar(insert.returning(PEOPLE.c.id), row)
        if person_id is None:
            raise Conflict(f"Ya hay una persona con el usuario «{person.username}».")
        roles = [{"person_id": person_id, "role": role.value} for role in sorted(person.roles)]
        if roles:
            connection.execute(sa.insert(PERSON_ROLES), roles)
        detail = {"username": person.username, "roles": sorted(person.roles), "department": person.department}
        record_office_act(connection, Act("person_created", by, detail), at=now)
    return person


def set_password(engine: sa.Engine, username: str, *, password: str, by: Actor, now: datetime) -> None:
    """Change a password; every session of the person ends. Raises Invalid and NotFound."""
    _check_password(password)
    hashed = _hash(password)
    with write(engine) as connection:
        update = sa.update(PEOPLE).where(PEOPLE.c.username == _normal(username)).values(password_hash=hashed)
        person_id = connection.scalar(update.returning(PEOPLE.c.id))
        if person_id is None:
            raise NotFound(f"No hay ninguna persona con el usuario «{username[:60]}».")
        connection.execute(sa.delete(WEB_SESSIONS).where(WEB_SESSIONS.c.person_id == person_id))
        record_office_act(connection, Act("password_set", by, {"username": _normal(username)}), at=now)


def sign_in(
    engine: sa.Engine, username: str, password: str, *, real_now: datetime, lasting: timedelta
) -> SignedIn:
    """Open a session for `lasting`. Raises SignInNeeded, and TooMany while the user name has to wait.

    A user name that does not exist costs the same time, waits the same and is told the same as one
    with a wrong password. A guess is counted before it is tried, so that many at once gain nothing.
    """
    name = _normal(username)
    if not _USERNAME.fullmatch(name):
        _verify(password, _nobodys_hash())
        raise SignInNeeded(_REFUSED)
    _count_attempt(engine, name, real_now)
    with read(engine) as connection:
        row = connection.execute(_PASSWORD, {"username": name}).one_or_none()
    right, better_hash = _verify(password, row.password_hash if row else _nobodys_hash())
    if row is None or not right:
        raise SignInNeeded(_REFUSED)
    token = secrets.token_urlsafe(32)
    expires_at = real_now + lasting
    session = {
        "token_hash": _token_hash(token),
        "person_id": row.id,
        "created_at": real_now,
        "expires_at": expires_at,
    }
    with write(engine) as connection:
        connection.execute(sa.delete(SIGN_IN_ATTEMPTS).where(SIGN_IN_ATTEMPTS.c.username == name))
        connection.execute(sa.insert(WEB_SESSIONS), session)
        if better_hash is not None:
            update = sa.update(PEOPLE).where(PEOPLE.c.id == row.id)
            connection.execute(update.values(password_hash=better_hash))
    person = session_person(engine, token, real_now=real_now)
    if person is None:
        raise SignInNeeded(_REFUSED)
    return SignedIn(token, person, expires_at)


_PASSWORD = sa.select(PEOPLE.c.id, PEOPLE.c.password_hash).where(
    PEOPLE.c.username == sa.bindparam("username"), PEOPLE.c.active
)
_SESSION = (
    sa.select(
        PEOPLE.c.username, PEOPLE.c.full_name, PEOPLE.c.department, PEOPLE.c.position, PERSON_ROLES.c.role
    )
    .select_from(WEB_SESSIONS)
    .join(PEOPLE, PEOPLE.c.id == WEB_SESSIONS.c.person_id)
    .outerjoin(PERSON_ROLES, PERSON_ROLES.c.person_id == PEOPLE.c.id)
    .where(
        WEB_SESSIONS.c.token_hash == sa.bindparam("token_hash"),
        WEB_SESSIONS.c.expires_at > sa.bindparam("real_now", type_=WEB_SESSIONS.c.expires_at.type),
        PEOPLE.c.active,
    )
)


def session_person(engine: sa.Engine, token: str, *, real_now: datetime) -> Person | None:
    """Who is signed in with `token`; None when nobody is. One statement."""
    with read_one(engine) as connection:
        rows = connection.execute(_SESSION, {"token_hash": _token_hash(token), "real_now": real_now}).all()
    if not rows:
        return None
    first = rows[0]
    roles = frozenset(Role(row.role) for row in rows if row.role is not None)
    return Person(first.username, first.full_name, roles, first.department, first.position)


def sign_out(engine: sa.Engine, token: str) -> None:
    """End the session of `token`; nothing happens when there is none."""
    with write(engine) as connection:
        connection.execute(sa.delete(WEB_SESSIONS).where(WEB_SESSIONS.c.token_hash == _token_hash(token)))


def purge(engine: sa.Engine, *, real_now: datetime) -> int:
    """Remove sessions that ended and guesses long past; how many rows went."""
    long_past = SIGN_IN_ATTEMPTS.c.locked_until <= real_now - _FORGOTTEN_AFTER
    ended = sa.delete(WEB_SESSIONS).where(WEB_SESSIONS.c.expires_at <= real_now)
    forgotten = sa.delete(SIGN_IN_ATTEMPTS).where(long_past)
    with write(engine) as connection:
        return connection.execute(ended).rowcount + connection.execute(forgotten).rowcount


def _count_attempt(engine: sa.Engine, username: str, real_now: datetime) -> None:
    """Count a guess as failed until it proves right. Raises TooMany while the user name has to wait."""
    table = SIGN_IN_ATTEMPTS.c
    with write(engine) as connection:
        insert = insert_or(connection)(SIGN_IN_ATTEMPTS)
        row = {"username": username, "failures": 0, "locked_until": real_now}
        # The update that changes nothing takes the row's lock on PostgreSQL.
        unchanged = {"failures": table.failures}
        locked = insert.values(row).on_conflict_do_update(index_elements=["username"], set_=unchanged)
        failures, until = connection.execute(locked.returning(table.failures, table.locked_until)).one()
        # Before the first lock `until` is when the last guess was: a clock set back makes nobody wait.
        if failures >= FREE_FAILURES and until > real_now:
            wait = until - real_now
            raise TooMany(_wait_message(wait), retry_after_seconds=int(wait.total_seconds()) + 1)
        failures = 1 if until < real_now - _FORGOTTEN_AFTER else failures + 1
        values = {"failures": failures, "locked_until": real_now + _lock(failures)}
        connection.execute(sa.update(SIGN_IN_ATTEMPTS).where(table.username == username).values(values))


def _lock(failures: int) -> timedelta:
    """How long a user name waits after its nth failure in a row: nothing at first, then 1 to 15 minutes."""
    if failures < FREE_FAILURES:
        return timedelta(0)
    doublings = min(failures - FREE_FAILURES, 10)
    return min(_FIRST_LOCK * (1 << doublings), _LONGEST_LOCK)


def _wait_message(wait: timedelta) -> str:
    minutes = int(wait.total_seconds() // 60) + 1
    unit = "minuto" if minutes == 1 else "minutos"
    return f"Hubo demasiados intentos fallidos con ese usuario. Espere {minutes} {unit} e intente de nuevo."


def _checked(new: NewPerson) -> tuple[Person, str]:
    problems: dict[str, str] = {}
    username = _normal(new.username)
    if not _USERNAME.fullmatch(username):
        problems["username"] = "Use de 1 a 60 letras sin tilde, cifras, punto, guion o guion bajo."
    texts: dict[str, str] = {}
    for name, given, max_length in (
        ("full_name", new.full_name, 200),
        ("position", new.position, 120),
    ):
        try:
            texts[name] = clean_line(given, field=name, max_length=max_length)
        except Invalid as error:
            problems.update(error.fields)
    try:
        texts["email"] = clean_address(new.email, field="email")
    except Invalid as error:
        problems.update(error.fields)
    if texts.get("full_name") == "":
        problems["full_name"] = "Escriba el nombre completo."
    if problems:
        raise Invalid("Revise los datos de la persona.", problems)
    person = Person(username, texts["full_name"], new.roles, new.department, texts["position"])
    return person, texts["email"]


def _check_department(connection: sa.Connection, code: str | None) -> None:
    if code is None:
        return
    if connection.scalar(sa.select(DEPARTMENTS.c.code).where(DEPARTMENTS.c.code == code)) is None:
        reason = f"No hay una dependencia con el código «{code[:20]}»."
        raise Invalid(reason, {"department": reason})


def _check_password(password: str) -> None:
    if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
        reason = f"La contraseña debe tener entre {MIN_PASSWORD} y {MAX_PASSWORD} caracteres."
        raise Invalid(reason, {"password": reason})


def _normal(username: str) -> str:
    return username.strip().lower()


def _token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()


def _as_bytes(password: str) -> bytes:
    """One form for a password, however a keyboard composes its accents."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def _hash(password: str) -> str:
    with _ROOM_TO_HASH:
        return _HASHER.hash(_as_bytes(password))


def _verify(password: str, hashed: str) -> tuple[bool, str | None]:
    """Whether the password is right, and a better hash when the kept one is of weaker settings."""
    given = _as_bytes(password[: MAX_PASSWORD + 1])
    with _ROOM_TO_HASH:
        try:
            return _HASHER.verify_and_update(given, hashed)
        except UnknownHashError:  # a person without a password, who never signs in
            return False, None


@cache
def _nobodys_hash() -> str:
    return _hash(secrets.token_urlsafe())

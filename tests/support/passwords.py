"""Passwords of a thousandth of the work: what a test does after signing in is not the work of a guess."""

from collections.abc import Iterator
from contextlib import contextmanager

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from processes.directory import accounts

_QUICK = PasswordHash([Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)])
_AS_INSTALLED = accounts._HASHER


def hash_quickly() -> None:
    """From now on in this process. A hash of either kind opens; an installed office renews a quick one."""
    _use(_QUICK)


@contextmanager
def hashed_as_installed() -> Iterator[None]:
    """The work that an installed office does, while the block lasts."""
    before = accounts._HASHER
    _use(_AS_INSTALLED)
    yield
    _use(before)


def _use(hasher: PasswordHash) -> None:
    accounts._HASHER = hasher
    accounts._nobodys_hash.cache_clear()

"""One supervisor for each home: a lock that the system lets go of when its holders end."""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes.common.errors import Conflict

_NAME = "ventanilla.lock"
_PRIVATE_FILE = 0o600
_ROUNDS = 100
_PAUSE_SECONDS = 0.1
_NUMBER_LENGTH = 20


@contextmanager
def home_lock(home: Path) -> Iterator[int]:
    """Hold the home's lock; gives its descriptor. Raises Conflict while another supervisor holds it.

    After a supervisor that was killed, waits up to ten seconds for its guardian to clear up.
    """
    descriptor = os.open(home / _NAME, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
    try:
        _take(descriptor, home)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield descriptor
    finally:
        os.close(descriptor)


def is_held(home: Path) -> bool:
    """Whether a supervisor runs with this home."""
    descriptor = os.open(home / _NAME, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def _take(descriptor: int, home: Path) -> None:
    for _ in range(_ROUNDS):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(descriptor)
            if holder is not None and _is_alive(holder):
                raise _already_running(home, holder) from None
            threading.Event().wait(_PAUSE_SECONDS)
        else:
            return
    raise _already_running(home, None)


def _already_running(home: Path, holder: int | None) -> Conflict:
    who = "" if holder is None else f" (proceso {holder})"
    return Conflict(
        f"Ventanilla ya está en marcha con la carpeta {home}{who}. Deténgala antes de iniciar otra, "
        "o use otra carpeta con VENTANILLA_HOME."
    )


def _holder(descriptor: int) -> int | None:
    written = os.pread(descriptor, _NUMBER_LENGTH, 0)
    return int(written) if written.isdigit() else None


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True

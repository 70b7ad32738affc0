"""The guardian: ends what the supervisor started when the supervisor itself is gone, however it went.

A process of its own that reads from the supervisor: `watch N` and `forget N`, N a process group. When
the other end of the pipe closes, even by `kill -9`, it kills what it watches and waits for it to go.
It holds the home's lock meanwhile, so that a new start waits for the ports of the old one. Run by its
path, with nothing but the standard library: it must be small and start at once.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterable

_ROUNDS = 100
_PAUSE_SECONDS = 0.05


def watch(orders: Iterable[str]) -> None:
    """Follow `orders` until they end, then kill every group still watched."""
    groups: set[int] = set()
    for line in orders:
        order, number = line.split()
        if order == "watch":
            groups.add(int(number))
        else:
            groups.discard(int(number))
    for _ in range(_ROUNDS):
        groups = {group for group in groups if _is_there_after_kill(group)}
        if not groups:
            return
        threading.Event().wait(_PAUSE_SECONDS)


def _is_there_after_kill(group: int) -> bool:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return False
    return True


if __name__ == "__main__":
    watch(sys.stdin)

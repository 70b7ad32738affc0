"""Child processes: started in a group of their own, kept alive, and ended without a trace."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from api import guardian
from api.rotating_log import RotatingLog

GRACE_SECONDS = 20.0
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 30.0
STEADY_SECONDS = 60.0
"""A child that lived this long starts again at once when it dies, as if it were its first time."""

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Program:
    """What a child runs. `label` names it in Spanish, with its article; `name` is its log's."""

    name: str
    label: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    folder: Path


class Guardian:
    """Our end of the guardian process (`guardian`)."""

    def __init__(self, lock: int) -> None:
        self._lock = lock
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-S",
            guardian.__file__,
            stdin=asyncio.subprocess.PIPE,
            pass_fds=(self._lock,),
            start_new_session=True,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            await self._process.wait()

    def watch(self, group: int) -> None:
        """Have the group killed when this process is gone."""
        self._order(f"watch {group}\n")

    def forget(self, group: int) -> None:
        """The group ended by itself."""
        self._order(f"forget {group}\n")

    def _order(self, order: str) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(order.encode())


class Keeper:
    """Runs programs until `stopping` is set; each that dies starts again, after a pause that doubles."""

    def __init__(
        self, *, logs: Path, guardian: Guardian, stopping: asyncio.Event, say: Callable[[str], None]
    ) -> None:
        self._logs = logs
        self._guardian = guardian
        self._stopping = stopping
        self._say = say

    async def keep(self, program: Program, *, first: Callable[[], Awaitable[object]] | None = None) -> None:
        """Keep `program` alive; `first` is awaited before each start."""
        wait_seconds = FIRST_WAIT_SECONDS
        log = RotatingLog(self._logs / f"{program.name}.log")
        while not self._stopping.is_set():
            if first is not None and not await self.unless_stopping(first()):
                return
            started = time.monotonic()
            code = await self._run(program, log)
            if code is None:
                return
            if time.monotonic() - started > STEADY_SECONDS:
                wait_seconds = FIRST_WAIT_SECONDS
            self._say(
                f"Se detuvo {program.label} (código {code}); se inicia de nuevo en {wait_seconds:.0f} s. "
                f"Detalle en {log.path}"
            )
            await self.pause(wait_seconds)
            wait_seconds = min(wait_seconds * 2, LONGEST_WAIT_SECONDS)

    async def run_once(self, program: Program) -> int | None:
        """Run `program` to its end, on our own terminal; its exit code, or None when we were stopped."""
        return await self._run(program, None)

    async def unless_stopping(self, awaitable: Awaitable[object]) -> bool:
        """Await it; False when `stopping` came first."""
        waited = asyncio.ensure_future(awaitable)
        stopped = asyncio.ensure_future(self._stopping.wait())
        await asyncio.wait({waited, stopped}, return_when=asyncio.FIRST_COMPLETED)
        if waited.done():
            waited.result()
        for task in (waited, stopped):
            task.cancel()
        return not self._stopping.is_set()

    async def pause(self, seconds: float) -> None:
        """Wait so long, or until `stopping`."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), seconds)

    async def _run(self, program: Program, log: RotatingLog | None) -> int | None:
        output = None if log is None else asyncio.subprocess.PIPE
        child = await asyncio.create_subprocess_exec(
            *program.command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=None if log is None else asyncio.subprocess.STDOUT,
            env=dict(program.environment),
            cwd=program.folder,
            start_new_session=True,
        )
        self._guardian.watch(child.pid)
        pump = asyncio.create_task(_pump(child.stdout, log))
        ended = asyncio.ensure_future(child.wait())
        lived = await self.unless_stopping(asyncio.shield(ended))
        if not lived:
            await _end(child, ended)
        _clear_group(child.pid)
        self._guardian.forget(child.pid)
        await pump
        return await ended if lived else None


async def _end(child: asyncio.subprocess.Process, ended: Awaitable[int]) -> None:
    """Ask the child to stop, and insist after the grace."""
    with suppress(ProcessLookupError):
        child.terminate()
    try:
        await asyncio.wait_for(asyncio.shield(ended), GRACE_SECONDS)
    except TimeoutError:
        _clear_group(child.pid)
        await ended


def _clear_group(group: int) -> None:
    """Kill what a child left behind in its group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


async def _pump(stream: asyncio.StreamReader | None, log: RotatingLog | None) -> None:
    if stream is None or log is None:
        return
    while said := await stream.read(_CHUNK):
        log.write(said)

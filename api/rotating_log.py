"""A file that takes what a child process says, and never grows beyond twice its bound."""

from contextlib import suppress
from pathlib import Path

MAX_BYTES = 5_000_000


class RotatingLog:
    """Appends to `path`; when it is full it becomes `path` with `.1` at its end, and a new one begins."""

    def __init__(self, path: Path, *, max_bytes: int = MAX_BYTES) -> None:
        self.path = path
        self._max_bytes = max_bytes
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)

    def write(self, said: bytes) -> None:
        """Add what was said. What finds no room is lost: whoever said it must go on being heard."""
        with suppress(OSError):
            self._append(said)

    def _append(self, said: bytes) -> None:
        if self.path.exists() and self.path.stat().st_size + len(said) > self._max_bytes:
            self.path.replace(self.path.with_name(f"{self.path.name}.1"))
        with self.path.open("ab") as file:
            file.write(said)

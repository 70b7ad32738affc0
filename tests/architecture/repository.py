"""What git keeps of this project, as the tests of its order read it."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.missing import MissingPart, skip_without

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Line:
    """A line of a tracked text file."""

    file: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.number}: {self.text.strip()[:120]}"


@cache
def tracked_files() -> tuple[str, ...]:
    """Paths from the root of what git tracks and the working tree holds."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        skip_without(MissingPart("this is no git checkout", how_to_get_it="git clone"))
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    return tuple(name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file())


def tracked_lines(*endings: str) -> Iterator[Line]:
    """Every line of the tracked text files whose names end so; of all, without an ending."""
    for file in tracked_files():
        if not endings or file.endswith(endings):
            try:
                text = (ROOT / file).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue
            for number, line in enumerate(text.splitlines(), start=1):
                yield Line(file, number, line)

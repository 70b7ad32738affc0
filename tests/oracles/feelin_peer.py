"""feelin, another implementation of FEEL, asked by one Node process that lives as long as the tests."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.oracles.tagged import DOES_NOT_PARSE, Tagged
from tests.support.missing import MissingPart

FOLDER = Path(__file__).parent / "feelin"
FACTS: Mapping[str, Any] = json.loads((FOLDER / "facts.json").read_text(encoding="utf-8"))
ROOT = Path(__file__).parents[2]


def expressions() -> list[str]:
    """The expressions of our writing, in their order."""
    return _lines("expressions.feel")


def unary_tests() -> list[tuple[str, str]]:
    """The cells of our writing, each with every value that it is asked about."""
    lines = (line.rsplit(" | ", 1) for line in _lines("unary_tests.feel"))
    return [(text, value) for text, values in lines for value in values.split(" ; ")]


def _lines(name: str) -> list[str]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("//")]


class Peer:
    """Asks feelin about expressions and cells; the facts are those of `FACTS`."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def answer(self, text: str) -> Tagged:
        """What it answers to an expression, or that it does not parse."""
        return self._ask({"text": text})

    def verdict(self, text: str, value: str) -> Tagged:
        """Whether a value, written in FEEL, passes the cell."""
        return self._ask({"text": text, "value": value})

    def _ask(self, question: Mapping[str, str]) -> Tagged:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(question)}\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        value: Tagged = DOES_NOT_PARSE if "error" in answer else answer["value"]
        return value


@contextmanager
def feelin() -> Iterator[Peer]:
    """feelin, until the block ends. Raises MissingPart where it is not installed."""
    if not (ROOT / "node_modules" / "feelin").is_dir():
        raise MissingPart("feelin is not installed", how_to_get_it="make test")
    shell = shutil.which("sh") or "/bin/sh"
    program = [shell, str(ROOT / "tools" / "node.sh"), "node", str(FOLDER / "answer.mjs"), json.dumps(FACTS)]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT
    ) as process:
        yield Peer(process)
        process.communicate()

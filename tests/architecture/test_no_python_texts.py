"""Nothing in the product runs a text as Python: a cell, a form and a setting are never code."""

import ast
import re
from collections.abc import Iterator

from tests.architecture.repository import ROOT, tracked_files, tracked_lines

PRODUCT = ("api/", "notifications/", "processes/")
FORBIDDEN = frozenset({"eval", "exec", "compile", "__import__"})
WORDS = re.compile(r"\b(eval|exec)\s*\(|RestrictedPython|literal_eval|\bpickle\b|\bmarshal\b")


def _calls() -> Iterator[tuple[str, int, str]]:
    """Every call of a plain name in the product: file, line, name."""
    for file in tracked_files():
        if file.startswith(PRODUCT) and file.endswith(".py"):
            for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield file, node.lineno, node.func.id


def test_the_product_calls_no_function_that_runs_a_text() -> None:
    calls = list(_calls())

    assert len(calls) > 5_000
    assert [call for call in calls if call[2] in FORBIDDEN] == []


def test_the_product_does_not_even_speak_of_running_python() -> None:
    lines = [line for line in tracked_lines(".py") if line.file.startswith(PRODUCT)]

    assert lines
    assert [str(line) for line in lines if WORDS.search(line.text)] == []


def test_no_locked_package_runs_restricted_python() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").lower()

    assert "restrictedpython" not in lock

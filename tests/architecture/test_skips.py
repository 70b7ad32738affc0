"""A test that cannot run says what is missing; where everything must run, that is a failure."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT

A_TEST_THAT_LACKS_A_PART = """
from tests.support.missing import MissingPart, skip_without

def test_printing():
    skip_without(MissingPart("there is no printer", how_to_get_it="buy one"))
"""
A_FILE_THAT_LACKS_A_PART = """
import pytest
pytest.importorskip("a_module_that_nobody_wrote", reason="there is no scanner")
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "test_printer.py").write_text(A_TEST_THAT_LACKS_A_PART, encoding="utf-8")
    (tmp_path / "test_scanner.py").write_text(A_FILE_THAT_LACKS_A_PART, encoding="utf-8")
    return tmp_path


def run(folder: Path, *, require_all: bool) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-ra", str(folder)],
        cwd=ROOT,
        env={**os.environ, "REQUIRE_ALL": "1" if require_all else "0"},
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_skip_says_what_is_missing_and_how_to_get_it(folder: Path) -> None:
    ran = run(folder, require_all=False)

    assert ran.returncode == pytest.ExitCode.OK
    assert "there is no printer. To get it: buy one" in ran.stdout
    assert "2 skipped" in ran.stdout


def test_where_everything_must_run_a_test_that_skips_fails(folder: Path) -> None:
    (folder / "test_scanner.py").unlink()

    ran = run(folder, require_all=True)

    assert ran.returncode == pytest.ExitCode.TESTS_FAILED
    assert "REQUIRE_ALL=1 allows no skip" in ran.stdout
    assert "there is no printer. To get it: buy one" in ran.stdout


def test_where_everything_must_run_a_file_that_skips_fails(folder: Path) -> None:
    ran = run(folder, require_all=True)

    assert ran.returncode == pytest.ExitCode.INTERRUPTED
    assert "REQUIRE_ALL=1 allows no skip" in ran.stdout
    assert "there is no scanner" in ran.stdout

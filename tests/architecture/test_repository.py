"""The order of the repository: remarks that were made twice and became checks."""

import json
import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.architecture.repository import ROOT, Line, tracked_files, tracked_lines

# Spelled in two halves, or this file would name what it forbids.
REGISTRY_HOSTS = re.compile(
    "|".join(
        re.escape(f"{first}.{rest}")
        for first, rest in (
            ("pypi", "org"),
            ("files", "pythonhosted.org"),
            ("registry", "npmjs.org"),
            ("registry", "yarnpkg.com"),
            ("deb", "debian.org"),
        )
    )
)
HOME_FOLDERS = re.compile(r"(?<![\w.}])/((home|Users)/[a-z][\w-]*|root)/")
MAX_KILOBYTES = 400
MAX_MODULE_LINES = {"tests": 600}  # a file of tests is read a sentence at a time
USUAL_MODULE_LINES = 300


def test_no_tracked_file_names_a_package_registry() -> None:
    assert _told(line for line in tracked_lines() if REGISTRY_HOSTS.search(line.text)) == []


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    def names_a_machine(line: Line) -> bool:
        return f"{ROOT}/" in line.text or bool(HOME_FOLDERS.search(line.text))

    assert _told(line for line in tracked_lines() if names_a_machine(line)) == []


def test_every_locked_python_package_has_one_version_and_its_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in lock.splitlines() if line and not line.lstrip().startswith("#")]

    unpinned = [each for each in entries if not re.match(r"[\w.\-\[\]]+==\S+ .*--hash=sha256:", each)]

    assert entries
    assert unpinned == []


def test_every_locked_browser_package_has_its_hash_and_no_address() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}

    assert packages
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []


def test_third_party_code_is_installed_and_never_committed() -> None:
    foreign = ("node_modules/", "api/static/bundle/", "vendor/", "third_party/", ".venv/")

    assert [name for name in tracked_files() if any(f"/{each}" in f"/{name}" for each in foreign)] == []
    assert [name for name in tracked_files() if name.endswith((".min.js", ".min.css"))] == []


def test_every_silenced_rule_says_why_on_its_line() -> None:
    silences = re.compile(r"#\s*(noqa|type:\s*ignore|pragma: no cover)(?P<rest>.*)")
    # A code alone is no reason: words must follow it.
    explained = re.compile(r"(:\s*[A-Z]+\d+(,\s*[A-Z]+\d+)*|\[[\w\-, ]+\])\s+[-#]?\s*\S+\s+\S+")

    def is_silent_about_it(line: Line) -> bool:
        match = silences.search(line.text)
        return bool(match and not explained.match(match["rest"]))

    found = (line for line in tracked_lines(".py") if is_silent_about_it(line))
    assert _told(line for line in found if line.file != _this_file()) == []


def test_no_test_is_switched_off() -> None:
    switches = re.compile(r"pytest\.mark\.(skip|skipif|xfail)|pytest\.(xfail|importorskip)\(")

    about_skips = {_this_file(), "tests/architecture/test_skips.py"}
    found = (line for line in tracked_lines(".py") if switches.search(line.text))
    assert _told(line for line in found if line.file not in about_skips) == []


def test_no_tracked_file_is_too_large_to_read_in_a_review() -> None:
    locks = ("requirements.lock", "package-lock.json")
    sizes = {name: (ROOT / name).stat().st_size // 1024 for name in tracked_files()}

    assert {name: size for name, size in sizes.items() if size > MAX_KILOBYTES and name not in locks} == {}


@pytest.mark.parametrize("room", ["api", "notifications", "processes", "tests"])
def test_a_module_fits_in_the_head(room: str) -> None:
    modules = [
        name
        for name in tracked_files()
        if name.startswith(f"{room}/") and name.endswith(".py") and "/migrations/versions/" not in name
    ]
    lines = {name: len((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in modules}

    assert {
        name: length
        for name, length in lines.items()
        if length > MAX_MODULE_LINES.get(room, USUAL_MODULE_LINES)
    } == {}


def _this_file() -> str:
    return str(Path(__file__).relative_to(ROOT))


def _told(lines: Iterable[Line]) -> list[str]:
    return [str(line) for line in lines]

"""An installation made from the wheel alone serves its pages: no checkout, no Node, no test package."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import httpx
import pytest

from tests.architecture.repository import ROOT, tracked_files
from tests.support.web import free_port

START_SECONDS = 120
STOP_SECONDS = 60
POLL_SECONDS = 0.1
UV = Path(sys.executable).with_name("uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(folder.glob("ventanilla-*.whl"))


@dataclass(frozen=True)
class Installation:
    """An environment with the wheel and what it needs to run, far from the checkout."""

    programs: Path
    home: Path
    port: int

    def environment(self) -> dict[str, str]:
        return {
            "PATH": f"{self.programs}:/usr/bin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "VENTANILLA_HOME": str(self.home / "var"),
            "VENTANILLA_PORT": str(self.port),
            "VENTANILLA_PREFECT_PORT": str(free_port()),
        }


@pytest.fixture(scope="module")
def installation(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    folder = tmp_path_factory.mktemp("installation")
    python = folder / "env" / "bin" / "python"
    uv(folder, "venv", "--python", sys.executable, folder / "env")
    # The lock as constraints: its versions, of which only what a wheel needs to run.
    constraints = ("--constraints", ROOT / "requirements.lock")
    uv(folder, "pip", "install", "--python", python, *constraints, wheel)
    return Installation(programs=python.parent, home=folder, port=free_port())


def uv(folder: Path, *arguments: str | Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    done = subprocess.run(
        [UV, "--quiet", *arguments], cwd=folder, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def served(installation: Installation) -> Iterator[str]:
    log = installation.home / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [installation.programs / "ventanilla", "serve"],
            cwd=installation.home,
            env=installation.environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{installation.port}"
    try:
        await_answer(process, address, log)
        yield address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(STOP_SECONDS)


def await_answer(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    for _ in range(int(START_SECONDS / POLL_SECONDS)):
        try:
            httpx.get(f"{address}/health", timeout=START_SECONDS)
        except httpx.TransportError:
            try:
                process.wait(POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            break
        return
    pytest.fail(f"the installed Ventanilla does not answer:\n{log.read_text(encoding='utf-8')}")


def test_the_wheel_carries_every_file_that_is_not_code(wheel: Path) -> None:
    def inside(name: str) -> str:
        return f"processes/{name}" if name.startswith("bpmn/") else name

    rooms = ("api/", "bpmn/", "notifications/", "processes/")
    tracked = [name for name in tracked_files() if name.startswith(rooms)]
    needed = {inside(name) for name in tracked if not name.startswith("api/web/")}
    bundle = {f"api/static/bundle/{name}" for name in ("viewer.js", "viewer.css", "LICENSES.txt")}

    with ZipFile(wheel) as archive:
        carried = set(archive.namelist())

    assert (needed | bundle) - carried == set()
    assert not {name for name in carried if name.startswith(("tests/", "api/web/", "bpmn/"))}


@pytest.mark.long
def test_an_installation_from_the_wheel_serves_a_page(served: str) -> None:
    page = httpx.get(served, follow_redirects=True, timeout=START_SECONDS)

    assert page.status_code == httpx.codes.OK
    assert 'lang="es' in page.text


@pytest.mark.long
def test_an_installation_from_the_wheel_serves_the_browser_bundle(served: str) -> None:
    script = httpx.get(f"{served}/static/bundle/viewer.js", timeout=START_SECONDS)

    assert script.status_code == httpx.codes.OK
    assert "javascript" in script.headers["content-type"]


@pytest.mark.long
def test_an_installation_from_the_wheel_finds_the_procedure(installation: Installation) -> None:
    asked = "from processes.common.resources import bpmn_folder; print(bpmn_folder())"

    found = subprocess.run(
        [installation.programs / "python", "-c", asked],
        cwd=installation.home,
        env=installation.environment(),
        check=True,
        capture_output=True,
        text=True,
    )

    assert found.stdout.strip().endswith("site-packages/processes/bpmn")

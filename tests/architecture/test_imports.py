"""Who may import whom: the contracts of pyproject.toml, and what the doors load when they run."""

import subprocess
import sys

from importlinter import cli

from tests.architecture.repository import ROOT

LOAD_EVERY_DOOR = """
import importlib, pkgutil, sys
import api
for module in pkgutil.walk_packages(api.__path__, "api."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
loaded = sorted({name.partition(".")[0] for name in sys.modules} & {"prefect", "alembic"})
sys.exit(f"loaded at import: {loaded}" if loaded else 0)
"""


def test_every_import_points_down() -> None:
    assert cli.lint_imports(config_filename=str(ROOT / "pyproject.toml")) == cli.EXIT_STATUS_SUCCESS


def test_the_doors_load_neither_prefect_nor_the_migrations() -> None:
    loading = subprocess.run(
        [sys.executable, "-c", LOAD_EVERY_DOOR],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (loading.returncode, loading.stderr) == (0, "")

"""The web process: how soon its first page comes, what it weighs, what it never imports."""

import time
from pathlib import Path

import httpx

from tests.benchmarks.figures import Figure
from tests.benchmarks.http import prepare
from tests.support.web import web_process

_WITH_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""An installation has its bytecode, which whoever installs it writes; who measures may have it forbidden."""


def measure(_database: str, url: str, home: Path) -> list[Figure]:
    """Seconds to the first page after the start, and resident memory after it and a hundred more."""
    prepare(url, home)
    with web_process(home, url, **_WITH_BYTECODE):
        pass
    started = time.perf_counter()
    with web_process(home, url, **_WITH_BYTECODE) as web, httpx.Client(base_url=web.url) as visitor:
        visitor.get("/").raise_for_status()
        first_page = time.perf_counter() - started
        for _ in range(100):
            visitor.get("/radicar").raise_for_status()
        resident = web.resident_megabytes()
    return [
        Figure("web process, first page after its start", first_page, 3.0, "s"),
        Figure("web process, resident memory", resident, 200.0, "MB"),
    ]

"""A witness of what the processes of a home ask the network for, by the name of each host."""

import os
from pathlib import Path

LOG = "WITNESS_LOG"


def witnessed(log: Path) -> dict[str, str]:
    """The variables that make every process write down in `log` which hosts it looks up or reaches."""
    path = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH"))))
    return {"PYTHONPATH": path, LOG: str(log)}


def hosts_by_program(log: Path) -> dict[str, set[str]]:
    """The hosts that each program looked up or reached, by its module."""
    found: dict[str, set[str]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        program, host = line.split("\t")
        found.setdefault(program, set()).add(host)
    return found

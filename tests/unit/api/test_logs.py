"""What is logged of a failure: where, and of which kind, and no value."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from api.logs import failure_without_values

ROOT = Path(__file__).parents[3]
LOG_A_FAILURE = """
import logging, structlog
from api.logs import configure_logs
configure_logs("INFO")
structlog.get_logger("office").info("request", status=200)
structlog.get_logger("office").debug("hidden")
try:
    raise ValueError("rosa@correo.example")
except ValueError:
    structlog.get_logger("office").exception("failed")
logging.getLogger("sqlalchemy").warning("lost %s", "rosa@correo.example")
logging.getLogger("uvicorn.error").info("hidden")
"""


def raised(message: str) -> BaseException:
    with pytest.raises(ValueError, match=message) as told:
        _fail(message)
    return told.value


def _fail(message: str) -> None:
    try:
        dict[str, str]()[message]
    except KeyError as cause:
        raise ValueError(message) from cause


def test_a_failure_is_told_by_kind_and_place_with_its_cause() -> None:
    event = failure_without_values(logging.getLogger(), "error", {"exc_info": raised("Rosa Díaz")})

    first, cause = event["failure"]
    assert (first["error"], cause["error"]) == ("ValueError", "KeyError")
    assert first["where"][-1].endswith(" _fail")
    assert "Rosa" not in str(event)


def test_an_event_without_a_failure_stays_as_it_is() -> None:
    assert failure_without_values(logging.getLogger(), "info", {"event": "x"}) == {"event": "x"}


@pytest.fixture(scope="module")
def lines() -> list[dict[str, object]]:
    ran = subprocess.run(
        [sys.executable, "-c", LOG_A_FAILURE], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return [json.loads(line) for line in ran.stderr.splitlines()]


def test_each_line_of_the_log_is_an_object(lines: list[dict[str, object]]) -> None:
    assert [(line["level"], line["event"]) for line in lines] == [
        ("info", "request"),
        ("error", "failed"),
        ("warning", "library"),
    ]


def test_neither_messages_of_errors_nor_values_of_libraries_are_logged(
    lines: list[dict[str, object]],
) -> None:
    assert "rosa" not in json.dumps(lines)
    assert lines[2]["text"] == "lost %s"

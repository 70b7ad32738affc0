"""A command's logs, in a process that other tests share."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog


@contextmanager
def own_logs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What is configured here of the logs ends here: the stream that they go to is closed after the test."""
    before, root = structlog.get_config(), logging.getLogger()
    handlers, level, configure = root.handlers, root.level, structlog.configure

    def configure_for_now(**chosen: Any) -> None:  # noqa: ANN401 - what the library takes
        configure(**{**chosen, "cache_logger_on_first_use": False})

    with monkeypatch.context() as patched:
        patched.setattr(structlog, "configure", configure_for_now)
        try:
            yield
        finally:
            configure(**before)
            root.handlers, root.level = handlers, level

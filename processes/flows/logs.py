"""The runs' log: what failed, and where it was raised, never with the values at hand, which name people."""

import logging
import sys
import traceback

import structlog
from structlog.typing import EventDict, WrappedLogger


def configure_logs() -> None:
    """Log what went wrong, a JSON object a line, to the standard error, where the supervisor keeps it."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _failure_without_values,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


def places(error: BaseException) -> list[str]:
    """Where an error was raised, the innermost last."""
    return [
        f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
    ]


def _failure_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    error = sys.exc_info()[1] if event.pop("exc_info", None) else None
    if error is not None:
        event["failure"] = type(error).__qualname__
        event["where"] = places(error)
    return event

"""Structured logs, a JSON object a line, without personal data.

No address, query, body or code is ever logged, and of an error only its type and where it was
raised: its message, or the values in its frames, could name somebody.
"""

import logging
import sys
import traceback
from types import TracebackType

import orjson
import structlog
from structlog.typing import EventDict, WrappedLogger

_DEEPEST = 40
_QUIET = ("uvicorn.access", "uvicorn.error")
_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]


def configure_logs(level: str) -> None:
    """Log from `level` on to the standard error; the libraries' logs in the same form, from WARNING on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            failure_without_values,
            structlog.processors.JSONRenderer(serializer=_to_json),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    root = logging.getLogger()
    root.handlers = [_ToStructlog()]
    root.setLevel(logging.WARNING)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)


def failure_without_values(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace an exception by its types and places, from the cause outwards."""
    exc_info = event.pop("exc_info", None)
    if exc_info is True:
        exc_info = sys.exc_info()
    error = exc_info[1] if isinstance(exc_info, tuple) else exc_info
    if isinstance(error, BaseException):
        event["failure"] = _places(error)
    return event


def _places(error: BaseException) -> list[dict[str, object]]:
    places: list[dict[str, object]] = []
    current: BaseException | None = error
    while current is not None and len(places) < _DEEPEST:
        frames = traceback.extract_tb(current.__traceback__)[-_DEEPEST:]
        where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        places.append({"error": type(current).__qualname__, "where": where})
        current = current.__cause__ or current.__context__
    return places


class _ToStructlog(logging.Handler):
    """What libraries log: their own fixed text, and never the values that they put into it."""

    def emit(self, record: logging.LogRecord) -> None:
        """Pass one record on."""
        logger = structlog.get_logger(record.name)
        event = {"logger": record.name, "text": record.msg if isinstance(record.msg, str) else ""}
        exc_info: _ExcInfo | None = record.exc_info if record.exc_info and record.exc_info[0] else None
        logger.log(record.levelno, "library", exc_info=exc_info, **event)


def _to_json(event: object, **_: object) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()

"""JSON answers, written once from the services' own frozen values."""

from collections.abc import Mapping

import orjson
from fastapi import Response

from processes.terms.explained import DayCount


def answer(value: object, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """`value` as JSON: instants with their offset, dates and instants in ISO 8601.

    Routes name the value's type as their `response_model`: it documents, and costs nothing here.
    """
    return Response(
        orjson.dumps(value, default=_plain),
        status_code=status,
        media_type="application/json",
        headers=headers,
    )


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, DayCount):
        return {"date": value.date, "counted": value.counted, "number": value.number, "why": value.why}
    raise TypeError(type(value).__name__)

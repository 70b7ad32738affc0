"""Functions of booleans (DMN 1.5, table 72)."""

from processes.decisions.budget import Run
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.values import Kind, Value


def _not(_run: Run, negand: bool | None) -> Value:  # noqa: FBT001  # FEEL passes it by position
    return None if negand is None else not negand


FUNCTIONS: tuple[Function, ...] = (function("not", way(of("negand", Kind.BOOLEAN, Kind.NULL), body=_not)),)

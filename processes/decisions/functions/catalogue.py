"""The functions that an expression can call, by name. Nothing else can be called."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.decisions.functions import (
    contexts,
    conversion,
    days,
    lists,
    logic,
    moments,
    numeric,
    ordering,
    patterns,
    ranges,
    relations,
    statistics,
    texts,
)
from processes.decisions.functions.signature import Function

_ROOMS = (
    contexts,
    conversion,
    days,
    lists,
    logic,
    moments,
    numeric,
    ordering,
    patterns,
    ranges,
    relations,
    statistics,
    texts,
)

CATALOGUE: Mapping[str, Function] = MappingProxyType(
    {entry.name: entry for room in _ROOMS for entry in room.FUNCTIONS}
)

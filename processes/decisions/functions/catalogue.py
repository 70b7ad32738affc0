"""The functions that an expression can call, by name. Nothing else can be called."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.decisions.functions import conversion, days, lists, logic, numeric, texts
from processes.decisions.functions.signature import Function

CATALOGUE: Mapping[str, Function] = MappingProxyType(
    {
        entry.name: entry
        for room in (conversion, days, lists, logic, numeric, texts)
        for entry in room.FUNCTIONS
    }
)

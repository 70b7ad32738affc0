"""Values that JSON gives back exactly as they were, and what the codec does with them."""

import math
from typing import Any

from processes.engine.state_errors import UnstorableState

_GREATEST_INTEGER = 2**63 - 1


def copied(value: Any) -> Any:
    """The same value with no dict or list in common with the first."""
    if type(value) is dict:
        return {key: copied(part) for key, part in value.items()}
    if type(value) is list:
        return [copied(part) for part in value]
    return value


def same(one: Any, other: Any) -> bool:
    """Equal in type too: Python, and the engine after it, takes 0 for False and 1 for True."""
    if type(one) is not type(other):
        return False
    if type(one) is dict:
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if type(one) is list:
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def require_plain(name: str, value: Any) -> None:
    """Refuse with UnstorableState what JSON would change in silence or not take at all."""
    kind = type(value)
    if kind is dict:
        for key, part in value.items():
            if type(key) is not str:
                raise UnstorableState(name)
            require_plain(name, key)
            require_plain(name, part)
    elif kind is list:
        for part in value:
            require_plain(name, part)
    elif not _is_plain_scalar(value):
        raise UnstorableState(name)


def _is_plain_scalar(value: Any) -> bool:
    kind = type(value)
    if kind is float:
        return bool(math.isfinite(value))
    if kind is int:
        return bool(-_GREATEST_INTEGER <= value <= _GREATEST_INTEGER)
    return value is None or kind is bool or (kind is str and _is_unicode(value))


def _is_unicode(text: str) -> bool:
    """Half of a surrogate pair is a Python string but no text."""
    return text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)

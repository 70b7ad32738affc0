"""Engines that share what was compiled: each statement becomes SQL once in a process, not once a test."""

import sqlalchemy as sa
from sqlalchemy.util import LRUCache

from processes.common.database import make_engine

_STATEMENTS = 5000
_shared: dict[str, sa.Engine] = {}


def sharing_engine(url: str) -> sa.Engine:
    """An engine for `url` with a pool of its own, and the dialect and the statements of all the others."""
    engine = make_engine(url)
    if engine.dialect.name not in _shared:
        engine._compiled_cache = LRUCache(_STATEMENTS)
        # A dialect learns from its first connection what server it speaks to.
        engine.connect().close()
        _shared[engine.dialect.name] = engine
    first = _shared[engine.dialect.name]
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    return engine

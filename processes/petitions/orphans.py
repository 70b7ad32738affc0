"""Files that no petition names: of forms that were refused, of drafts that a cut left behind."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
import structlog

from processes.petitions.office import Office
from processes.petitions.tables import ATTACHMENTS

KEPT_FOR = timedelta(days=1)
"""A file is kept before the row that names it is written, and a form that came back lives hours."""

_CONTENT = re.compile(r"[0-9a-f]{64}")
_BATCH = 500
_log = structlog.get_logger(__name__)


def remove_orphans(office: Office, *, real_now: datetime) -> int:
    """Remove files older than a day at `real_now` that no attachment names; how many went.

    Whoever sends the same content again makes its file young before the row is written (`store_file`),
    and a file is looked at again right before it goes. Files that are not ours to name are left alone.
    """
    before = (real_now - KEPT_FOR).timestamp()
    removed = 0
    batch: list[Path] = []
    for path in _old_files(office.settings.files_folder, before):
        batch.append(path)
        if len(batch) == _BATCH:
            removed += _remove_unnamed(office, batch, before)
            batch = []
    removed += _remove_unnamed(office, batch, before)
    if removed:
        _log.info("orphan_files_removed", count=removed)
    return removed


def _old_files(folder: Path, before: float) -> Iterator[Path]:
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        if _content_of(path) and _is_old(path, before):
            yield path


def _content_of(path: Path) -> str:
    """The hash that a file or a draft of it (`.hash.random`) is kept under; nothing for another file."""
    found = _CONTENT.match(path.name.removeprefix("."))
    is_draft = path.name.startswith(".")
    return found[0] if found and (is_draft or found[0] == path.name) else ""


def _remove_unnamed(office: Office, paths: list[Path], before: float) -> int:
    contents = {_content_of(path) for path in paths}
    column = ATTACHMENTS.c.sha256
    with office.read() as connection:
        named = set(connection.scalars(sa.select(column).where(column.in_(contents)).distinct()))
    # A draft is never what a row names: its content lies beside it under its own name.
    unnamed = [path for path in paths if path.name.startswith(".") or path.name not in named]
    return sum(_remove(path, before) for path in unnamed)


def _is_old(path: Path, before: float) -> bool:
    with suppress(OSError):
        return path.is_file() and path.stat().st_mtime < before
    return False


def _remove(path: Path, before: float) -> bool:
    if not _is_old(path, before):
        return False
    with suppress(OSError):
        path.unlink()
        return True
    return False

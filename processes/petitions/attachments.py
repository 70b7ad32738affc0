"""Files of a petition: kept by the hash of their content, before the row that names them."""

import errno
import hashlib
import os
import secrets
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from processes.common.audit import Actor
from processes.common.errors import Invalid, NotFound, TooLarge, Unavailable
from processes.common.text import clean_line
from processes.petitions.form import StoredFile
from processes.petitions.sniffing import ending_of

ALLOWED = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".txt": "text/plain",
}
"""What is accepted, by content: the ending that the file gets, and its media type."""

ALLOWED_LABEL = "PDF, JPG, PNG, Word (docx), Excel (xlsx), OpenDocument (odt) o texto (txt)"
_NAME_LENGTH = 120
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def store_file(folder: Path, name: str, content: bytes, *, max_bytes: int) -> StoredFile:
    """Keep `content` under its SHA-256; the same content is kept once.

    The sender's `name` is only shown, with the ending that the content deserves; it never becomes a
    path. Raises TooLarge, Invalid (empty, or of a type that is not accepted) and Unavailable (no
    room).
    """
    shown = clean_line(name.replace("\\", "/").rsplit("/", 1)[-1], field="files", max_length=10_000)
    if not content:
        raise Invalid("Hay un archivo vacío.", {"files": f"El archivo «{shown[:60]}» está vacío."})
    if len(content) > max_bytes:
        raise TooLarge(
            f"El archivo «{shown[:60]}» pesa más de {max_bytes // 1_000_000} MB, el máximo por archivo."
        )
    ending = ending_of(content)
    if ending is None:
        reason = f"El archivo «{shown[:60]}» no es de un tipo admitido: {ALLOWED_LABEL}."
        raise Invalid(reason, {"files": reason})
    digest = hashlib.sha256(content).hexdigest()
    _keep(folder / digest[:2] / digest, content)
    stem = shown.rsplit(".", 1)[0][:_NAME_LENGTH] or "archivo"
    return StoredFile(name=f"{stem}{ending}", media_type=ALLOWED[ending], size=len(content), sha256=digest)


def still_kept(folder: Path, file: StoredFile) -> bool:
    """Whether a file that was kept earlier is still there; if so it stays for another day at least."""
    return _keep_longer(folder / file.sha256[:2] / file.sha256)


def read_file(folder: Path, sha256: str) -> bytes:
    """The content kept under `sha256`.

    Raises NotFound when it is gone or is no longer itself, and Unavailable when it cannot be read.
    """
    path = folder / sha256[:2] / sha256
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise NotFound("El archivo no está en la carpeta de archivos. Avise al administrador.") from error
    except OSError as error:
        raise Unavailable("En este momento no se puede leer el archivo. Avise al administrador.") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotFound("El archivo guardado está dañado. Avise al administrador.")
    return content


def attachment_rows(
    files: Iterable[StoredFile], *, petition_id: int, after: int, direction: str, actor: Actor, now: datetime
) -> list[dict[str, object]]:
    """Rows for `files`, numbered after the `after` that the petition has."""
    return [
        {
            "petition_id": petition_id,
            "seq": seq,
            "direction": direction,
            "name": file.name,
            "media_type": file.media_type,
            "size": file.size,
            "sha256": file.sha256,
            "added_at": now,
            "added_by": str(actor),
        }
        for seq, file in enumerate(files, after + 1)
    ]


def _keep(path: Path, content: bytes) -> None:
    if _keep_longer(path):
        return
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _settle(path.parent)
    except OSError as error:
        with suppress(OSError):
            draft.unlink()
        trouble = "No hay espacio para" if error.errno in _FULL else "En este momento no se puede"
        raise Unavailable(
            f"{trouble} guardar el archivo. Nada de lo que envió quedó registrado; avise al administrador."
        ) from error


def _keep_longer(path: Path) -> bool:
    """Make a file that is there young again, so that it outlives its form; False without one."""
    try:
        os.utime(path)
    except OSError:
        return path.exists()
    return True


def _settle(folder: Path) -> None:
    """Force the folder's new entry to the disk: a power cut must not take a file that a row names."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

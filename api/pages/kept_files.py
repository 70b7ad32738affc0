"""Files of a form that came back for correction: they are here already, so nobody chooses them twice.

The form carries a token for each. It is signed, so that nobody attaches a file that they never sent.
"""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

import orjson

from api.bodies import SentForm
from api.pages import words
from processes.common.errors import Invalid, TooLarge
from processes.common.settings import Settings
from processes.petitions.attachments import ALLOWED, ALLOWED_LABEL, still_kept, store_file
from processes.petitions.form import StoredFile

FIELD = "files"
KEPT_FIELD = "kept_files"
_SECRET = "kept-files"  # noqa: S105 - the secret's name, not the secret
_SIGNATURE = hashlib.sha256().digest_size


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that the office has, and the token that names it in the form."""

    file: StoredFile
    token: str


@dataclass(frozen=True, slots=True)
class ReceivedFiles:
    """The files of a form, and in `problem` what is wrong with the others; empty when nothing is."""

    files: tuple[StoredFile, ...]
    problem: str


def receive_files(settings: Settings, sent: SentForm) -> ReceivedFiles:
    """Keep what was chosen now, beside what was kept before. One bad file costs no other."""
    kept = (_unseal(settings, token) for token in sent.data.getlist(KEPT_FIELD) if isinstance(token, str))
    files: list[StoredFile] = []
    problems: list[str] = []
    for earlier in kept:
        if earlier is not None and still_kept(settings.files_folder, earlier):
            files.append(earlier)
        elif earlier is not None:
            problems.append(f"El archivo «{earlier.name}» ya no está guardado. Elíjalo de nuevo.")
    for field, upload in sent.uploads():
        if field != FIELD:
            continue
        content = upload.file.read(settings.max_upload_bytes + 1)
        try:
            file = store_file(
                settings.files_folder,
                upload.filename or "archivo",
                content,
                max_bytes=settings.max_upload_bytes,
            )
        except (Invalid, TooLarge) as refusal:
            problems.append(
                refusal.fields.get(FIELD, refusal.message)
                if isinstance(refusal, Invalid)
                else refusal.message
            )
        else:
            files.append(file)
    if len(files) > settings.max_uploads:
        problems.append(f"Son {len(files)} archivos; el máximo es {settings.max_uploads}.")
    return ReceivedFiles(tuple(files), " ".join(problems))


def keep(settings: Settings, files: Iterable[StoredFile]) -> tuple[KeptFile, ...]:
    """`files` with the tokens that bring them back."""
    return tuple(KeptFile(file, _seal(settings, file)) for file in files)


def file_limits(settings: Settings) -> dict[str, object]:
    """How many files a form takes, how large, and of which types."""
    return {
        "files": settings.max_uploads,
        "file_size": words.size(settings.max_upload_bytes),
        "types": ALLOWED_LABEL,
        "accept": ",".join((*ALLOWED, ".jpeg")),
    }


def _seal(settings: Settings, file: StoredFile) -> str:
    content = orjson.dumps([file.name, file.media_type, file.size, file.sha256])
    return base64.urlsafe_b64encode(_sign(settings, content) + content).decode()


def _unseal(settings: Settings, token: str) -> StoredFile | None:
    """The file of `token`; None for one that this installation never gave."""
    try:
        sealed = base64.b64decode(token.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    signature, content = sealed[:_SIGNATURE], sealed[_SIGNATURE:]
    if not hmac.compare_digest(signature, _sign(settings, content)):
        return None
    name, media_type, size, sha256 = orjson.loads(content)
    return StoredFile(name, media_type, size, sha256)


def _sign(settings: Settings, content: bytes) -> bytes:
    return hmac.new(settings.secret(_SECRET).encode(), content, hashlib.sha256).digest()

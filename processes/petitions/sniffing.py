"""What a file is by its content, whatever its name says."""

import io
import re
import zipfile
import zlib

import puremagic

_DOCUMENTS = {"word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_ODT = b"application/vnd.oasis.opendocument.text"
_MACROS = "vbaproject.bin"
_MAX_ENTRIES = 5_000
_MAX_UNPACKED = 500_000_000
_ZIP = b"PK\x03\x04"
_PDF = re.compile(rb"%PDF-[0-9]")
_IMAGES = {".jpg": ".jpg", ".jpeg": ".jpg", ".jfif": ".jpg", ".png": ".png"}
# A signature within text would make a letter that begins with "BM" or "II" a picture.
_SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
_BOM = b"\xef\xbb\xbf"


def ending_of(content: bytes) -> str | None:
    """The accepted ending that `content` deserves; None for anything else.

    A PDF, an image or an office document must begin as one; a zip must hold the parts of the document
    that it claims to be, without macros and within bounds. Text is UTF-8 or Windows-1252, without
    controls.
    """
    if _PDF.match(content):
        return ".pdf"
    if content.startswith(_ZIP):
        return _document(content)
    if content.startswith(_SIGNATURES):
        return _image(content)
    return ".txt" if is_text(content) else None


def is_text(content: bytes) -> bool:
    """Whether `content` reads as text, without control characters; `%PDF-` never does."""
    if content.startswith(b"%PDF-"):
        return False
    try:
        text = content.removeprefix(_BOM).decode("utf-8")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError:
            return False
    return all(sign.isprintable() or sign in "\n\r\t\xa0\xad" for sign in text)


def _image(content: bytes) -> str | None:
    try:
        guesses = [match.extension.lower() for match in puremagic.magic_string(content)]
    except (puremagic.PureError, ValueError):
        return None
    return next((_IMAGES[guess] for guess in guesses if guess in _IMAGES), None)


def _document(content: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _document_within(archive)
    # A broken directory, entry or stream, or a way of packing that no office program uses.
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, NotImplementedError, OSError):
        return None


def _document_within(archive: zipfile.ZipFile) -> str | None:
    entries = archive.infolist()
    if len(entries) > _MAX_ENTRIES or sum(entry.file_size for entry in entries) > _MAX_UNPACKED:
        return None
    names = {entry.filename for entry in entries}
    if any(name.lower().endswith(_MACROS) for name in names):
        return None
    if "[Content_Types].xml" in names:
        return next((ending for part, ending in _DOCUMENTS.items() if part in names), None)
    if "mimetype" in names and "content.xml" in names:
        with archive.open("mimetype") as part:
            return ".odt" if part.read(len(_ODT) + 1).strip() == _ODT else None
    return None

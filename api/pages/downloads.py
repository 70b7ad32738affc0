"""Files that leave the office."""

from urllib.parse import quote

from fastapi import Response

from processes.petitions.form import StoredFile


def download(file: StoredFile, content: bytes) -> Response:
    """`content` to be saved, never opened inside our pages, whatever it holds."""
    plain = "".join(
        sign if sign.isascii() and sign.isprintable() and sign not in '"\\' else "_" for sign in file.name
    )
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(file.name, safe='')}"
    return Response(
        content,
        media_type=file.media_type,
        headers={
            "Content-Disposition": disposition,
            "Cache-Control": "private, no-store",
            "X-Content-Type-Options": "nosniff",
        },
    )

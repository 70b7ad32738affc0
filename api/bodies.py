"""What callers send, read within bounds: JSON, forms and files, refused in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

import orjson
from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from api.problems import Malformed
from processes.common.errors import Invalid
from processes.common.settings import Settings
from processes.petitions.attachments import store_file
from processes.petitions.form import StoredFile

MAX_TEXT_BYTES = 1_000_000
"""A body of text (JSON, a form without files) may have this many bytes, and so may a form's field."""
MAX_FIELDS = 200
FORMS = "ventanilla.forms"
"""Where a request's scope keeps the forms that were read, which the edge closes after the answer."""

_FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent: texts and files by the name of their field."""

    data: FormData

    def text(self, name: str) -> str:
        """The first text of a field; empty when it has none."""
        return next((value for value in self.data.getlist(name) if isinstance(value, str)), "")

    def texts(self) -> dict[str, str]:
        """The first text of each field."""
        texts: dict[str, str] = {}
        for name, value in self.data.multi_items():
            if isinstance(value, str):
                texts.setdefault(name, value)
        return texts

    def values(self) -> dict[str, str | list[str]]:
        """The text of each field, a list where it came more than once."""
        values: dict[str, str | list[str]] = {}
        for name in self.data:
            texts = [value for value in self.data.getlist(name) if isinstance(value, str)]
            if texts:
                values[name] = texts if len(texts) > 1 else texts[0]
        return values

    def uploads(self) -> Iterator[tuple[str, UploadFile]]:
        """Each file that was chosen, with the name of its field."""
        for name, value in self.data.multi_items():
            # A browser sends an empty, nameless file for a field that was left alone.
            if isinstance(value, UploadFile) and (value.filename or value.size):
                yield name, value


def is_form(request: Request) -> bool:
    """Whether the body says that it is a form."""
    return request.headers.get("content-type", "").lower().startswith(_FORM_TYPES)


async def read_form(request: Request) -> SentForm:
    """The form in the body, empty when it holds none; read once, however often it is asked for.

    Raises Malformed for what is no form or has too many parts.
    """
    if not is_form(request):
        return SentForm(FormData())
    settings: Settings = request.app.state.office.settings
    try:
        data = await request.form(
            max_files=settings.max_uploads, max_fields=MAX_FIELDS, max_part_size=MAX_TEXT_BYTES
        )
    except HTTPException as refusal:
        if refusal.status_code != Malformed.status:
            raise
        raise Malformed(
            f"No se pudo leer el formulario: admite hasta {MAX_FIELDS} campos y {settings.max_uploads} "
            "archivos, y debe estar bien formado."
        ) from refusal
    request.scope.setdefault(FORMS, []).append(data)
    return SentForm(data)


async def read_json(request: Request) -> Mapping[str, object]:
    """The JSON object in the body. Raises Malformed."""
    try:
        value = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise Malformed("El cuerpo no es JSON válido en UTF-8, o tiene demasiados niveles.") from error
    if not isinstance(value, dict):
        raise Malformed("El cuerpo debe ser un objeto JSON: {…}.")
    return value


def store_uploads(settings: Settings, form: SentForm) -> dict[str, tuple[StoredFile, ...]]:
    """Keep the form's files, by the name of their field. Raises Invalid, TooLarge and Unavailable."""
    stored: dict[str, tuple[StoredFile, ...]] = {}
    for count, (field, upload) in enumerate(form.uploads(), start=1):
        if count > settings.max_uploads:
            reason = f"Envíe {settings.max_uploads} archivos como máximo."
            raise Invalid(reason, {field[:80]: reason})
        content = upload.file.read(settings.max_upload_bytes + 1)
        file = store_file(
            settings.files_folder, upload.filename or "archivo", content, max_bytes=settings.max_upload_bytes
        )
        stored[field] = (*stored.get(field, ()), file)
    return stored


FormDep = Annotated[SentForm, Depends(read_form)]

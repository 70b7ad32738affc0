"""XML from outside (diagrams and tables are untrusted input), read within bounds.

lxml 6 refuses external entities and entity bombs, but expands internal entities; so any DOCTYPE is
refused, and size and depth are capped before a tree is built.
"""

import codecs
import re
from io import BytesIO

from lxml import etree

from processes.common.errors import Invalid

MAX_BYTES = 2_000_000
MAX_DEPTH = 200
_DECLARED_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")


class UnsafeXml(Invalid):
    """The file is not XML that we read; the message names the file and the reason."""

    code = "unsafe-xml"


def parse_xml(
    data: bytes, *, source: str, max_bytes: int = MAX_BYTES, max_depth: int = MAX_DEPTH
) -> etree._Element:
    """Root element of `data`; `source` is the file's name, for messages.

    UTF-8 (with or without a mark) only. Raises UnsafeXml for a file that is empty, larger than
    `max_bytes`, nested deeper than `max_depth`, in another encoding, not well-formed (with its
    line), or that declares a document type or entities.
    """
    if not data.strip():
        raise UnsafeXml(f"{source}: el archivo está vacío.")
    if len(data) > max_bytes:
        raise UnsafeXml(f"{source}: pesa {len(data)} bytes; el máximo es {max_bytes}.")
    text = _utf8(data, source)
    found: list[etree._Element] = []
    depth = 0
    try:
        events = etree.iterparse(
            BytesIO(text), events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False
        )
        for event, element in events:
            if not found:
                found.append(element)
                _refuse_doctype(element, source)
            depth += 1 if event == "start" else -1
            if depth > max_depth:
                raise UnsafeXml(f"{source}: tiene más de {max_depth} niveles de anidamiento.")
    except etree.XMLSyntaxError as error:
        line = error.lineno or 0
        raise UnsafeXml(f"{source}: no es XML bien formado (línea {line}).") from error
    return found[0]  # without an element the parser has raised


def _utf8(data: bytes, source: str) -> bytes:
    body = data.removeprefix(codecs.BOM_UTF8)
    declared = _DECLARED_ENCODING.match(body.lstrip())
    if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
        raise UnsafeXml(
            f"{source}: declara la codificación «{declared[1].decode('ascii')}»; guárdelo en UTF-8."
        )
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnsafeXml(f"{source}: no está en UTF-8 (byte {error.start}); guárdelo en UTF-8.") from error
    return body


def _refuse_doctype(root: etree._Element, source: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnsafeXml(f"{source}: declara un DOCTYPE; los diagramas no lo necesitan y no se admite.")

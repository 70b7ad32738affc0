"""A file is what its content says, and only what the office accepts."""

import io
import zipfile

import pytest

from processes.petitions.sniffing import ending_of

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
)
JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xdb"
TYPES = {"[Content_Types].xml": "<Types/>"}
ODT = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}


def _zip(parts: dict[str, str]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        pytest.param(b"%PDF-1.4\n%%EOF", ".pdf", id="pdf"),
        pytest.param(PNG, ".png", id="png"),
        pytest.param(JPG, ".jpg", id="jpg"),
        pytest.param(_zip({**TYPES, "word/document.xml": "<x/>"}), ".docx", id="docx"),
        pytest.param(_zip({**TYPES, "xl/workbook.xml": "<x/>"}), ".xlsx", id="xlsx"),
        pytest.param(_zip(ODT), ".odt", id="odt"),
        pytest.param("Señor alcalde:\r\n\tel hueco.".encode(), ".txt", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfHola se\xc3\xb1or", ".txt", id="utf-8-with-mark"),
        pytest.param("señor «alcalde», 5 €".encode("cp1252"), ".txt", id="windows-1252"),
    ],
)
def test_what_the_office_accepts_is_known_by_its_content(content: bytes, ending: str) -> None:
    assert ending_of(content) == ending


@pytest.mark.parametrize(
    "start",
    [
        "BM",
        "GIF",
        "ID3",
        "II",
        "MM",
        "PK",
        "RIFF",
        '{"a":1}',
        "From: a",
        "#!/bin/sh",
        "%!PS",
        "P1",
        "Z",
        "FWS",
    ],
)
def test_a_letter_is_text_however_it_begins(start: str) -> None:
    assert ending_of(f"{start} y quiero pedir que arreglen la calle".encode()) == ".txt"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_zip({"virus.exe": "MZ"}), id="a-zip-with-a-program"),
        pytest.param(_zip({"META-INF/MANIFEST.MF": "Manifest-Version: 1.0", "A.class": "x"}), id="jar"),
        pytest.param(
            _zip({**TYPES, "word/document.xml": "x", "word/vbaProject.bin": "x"}), id="a-document-with-macros"
        ),
        pytest.param(_zip({**TYPES, "nothing.xml": "x"}), id="a-container-of-nothing"),
        pytest.param(_zip({**ODT, "mimetype": "application/epub+zip"}), id="another-mimetype"),
        pytest.param(_zip({**TYPES, "word/document.xml": "x"})[:-30], id="a-zip-cut-short"),
        pytest.param(
            _zip({**TYPES, "word/document.xml": "x"} | {f"{n}": "" for n in range(5001)}), id="too-many-parts"
        ),
        pytest.param(b"%PDF-<script>alert(1)</script>", id="a-page-that-says-pdf"),
        pytest.param(b"\x00" * 200 + b"%PDF-1.4", id="pdf-at-the-end"),
        pytest.param(b"MZ\x90\x00" + b"\x00" * 200, id="a-program"),
        pytest.param("hola".encode("utf-16"), id="utf-16"),
        pytest.param(b"hola\x07", id="a-control-character"),
        pytest.param(b"hola\x81", id="no-encoding"),
    ],
)
def test_what_is_not_what_it_pretends_to_be_is_refused(content: bytes) -> None:
    assert ending_of(content) is None


def test_a_document_that_would_unpack_beyond_all_bounds_is_refused() -> None:
    content = bytearray(_zip({**TYPES, "word/document.xml": "x"}))
    # The declared size of the last part, in the central directory.
    at = content.rindex(b"PK\x01\x02") + 24
    content[at : at + 4] = (600_000_000).to_bytes(4, "little")
    assert ending_of(bytes(content)) is None

"""Hostile bytes on the wire of a real web process: refused, bounded, and the next visitor is served."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from processes.petitions.invariants import violations
from tests.builders.office import an_office_again
from tests.faults.visitors import ROSA_IN_JSON, furnish_for_visitors
from tests.support.web import WebProcess, web_process

PATIENCE_SECONDS = 60.0
SILENCE_SECONDS = 1.0
"""Whoever says nothing for so long waits for more than we shall send."""
MEGABYTE = 1_000_000
HOST = b"Host: localhost\r\nConnection: close\r\n"
JSON = b"Content-Type: application/json\r\n"
FILE = b"POST /api/petitions HTTP/1.1\r\n" + HOST + JSON
CHUNKED = FILE + b"Transfer-Encoding: chunked\r\n\r\n"
PAGE = b"GET /radicar HTTP/1.1\r\n" + HOST


@pytest.fixture(scope="module")
def web(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebProcess]:
    """A web process; whatever was sent, it serves at the end, no failure is logged, every invariant holds."""
    home = tmp_path_factory.mktemp("web")
    url = f"sqlite:///{shutil.copyfile(sqlite_template, home / 'ventanilla.sqlite3')}"
    furnish_for_visitors(url, home)
    with web_process(home, url) as running:
        yield running
        assert httpx.get(f"{running.url}/health", timeout=PATIENCE_SECONDS).status_code == 200
    assert (home / "web.log").read_text() == ""
    with an_office_again(url, home) as office:
        assert violations(office) == []


REQUESTS: dict[str, bytes] = {
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200),
    "HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n\r\n",
    "noise": b"\x00\xff" * 500 + b"\r\n\r\n",
    "a method that is none": b"G\x00T / HTTP/1.1\r\n\r\n",
    "a made-up method": b"BREW /api/petitions HTTP/1.1\r\n" + HOST + b"\r\n",
    "a tunnel": b"CONNECT example.com:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "a star": b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    "a trace": b"TRACE / HTTP/1.1\r\n" + HOST + b"\r\n",
    "a whole address": b"GET http://evil.example/bandeja HTTP/1.1\r\n" + HOST + b"\r\n",
    "a way up": b"GET /static/../../../../etc/passwd HTTP/1.1\r\n" + HOST + b"\r\n",
    "a hidden way up": b"GET /static/%2e%2e/%2e%2e%2fapp.py HTTP/1.1\r\n" + HOST + b"\r\n",
    "a NUL in the address": b"GET /static/css/base.css%00.png HTTP/1.1\r\n" + HOST + b"\r\n",
    "raw bytes in the address": b"GET /consultar/\xff\xfe?x=\xff HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long address": b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "two slashes": b"GET //[ HTTP/1.1\r\n" + HOST + b"\r\n",
    "a long header": PAGE + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "many headers": PAGE + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"\r\n",
    "a NUL in a header": PAGE + b"Cookie: ventanilla=\x00\r\n\r\n",
    "a header without a name": PAGE + b": nada\r\n\r\n",
    "a length that is none": FILE + b"Content-Length: mucho\r\n\r\n{}",
    "a length below nothing": FILE + b"Content-Length: -1\r\n\r\n{}",
    "two lengths": FILE + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
    "a length beyond counting": FILE + b"Content-Length: " + b"9" * 30 + b"\r\n\r\n{}",
    "a length and chunks": FILE + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a chunk beyond counting": CHUNKED + b"FFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n",
    "a chunk that is none": CHUNKED + b"zz\r\n{}\r\n0\r\n\r\n",
    "another transfer": FILE + b"Transfer-Encoding: gzip\r\n\r\n{}",
    "an expectation": FILE + b"Content-Length: 2\r\nExpect: 200-ok\r\n\r\n{}",
    "an upgrade": b"GET /radicar HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\n"
    b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
}


HEADERS = (
    (b"Origin", b"http://["),
    (b"Origin", b"null"),
    (b"Origin", b"\xff"),
    (b"Sec-Fetch-Site", b"\xff"),
    (b"Authorization", b"Bearer \xff\xfe"),
    (b"Authorization", b"Bearer"),
    (b"Cookie", b"ventanilla=\xff; =; ;;; a"),
    (b"Cookie", b"ventanilla=" + b"a" * 8000),
    (b"Idempotency-Key", b"\xc3\xb1"),
    (b"X-CSRF-Token", b"\xff"),
    (b"X-Forwarded-For", b"\xff, 1.2.3.4.5"),
    (b"Accept", b"*/*;q=ninguno"),
    (b"Range", b"bytes=-9999999999"),
    (b"If-Modified-Since", b"ayer"),
    (b"Content-Type", b"multipart/form-data; boundary=" + b"a" * 4000),
    (b"Content-Type", b"multipart/form-data; boundary=x; charset=zlib"),
    (b"Content-Type", b"\xff/\xff"),
    (b"Content-Type", b';;;=;"'),
)


def test_no_request_on_the_wire_makes_the_office_fail(web: WebProcess) -> None:
    for name, request in REQUESTS.items():
        answer = _answer(web, request, silence_seconds=SILENCE_SECONDS)
        assert _status(answer) in {None, *range(200, 500)}, f"{name}: {answer[:300]!r}"
        assert b"Traceback" not in answer, name
    filed = httpx.post(f"{web.url}/api/petitions", json=ROSA_IN_JSON, timeout=PATIENCE_SECONDS)
    assert filed.status_code == 201


def test_headers_from_elsewhere_do_not_make_the_office_fail(web: WebProcess) -> None:
    for header, value in HEADERS:
        for start in (
            FILE,
            b"POST /ingresar HTTP/1.1\r\n" + HOST,
            b"GET /bandeja HTTP/1.1\r\n" + HOST,
        ):
            request = start + header + b": " + value + b"\r\nContent-Length: 2\r\n\r\n{}"
            # Nothing more is to come: whoever hangs up early on a slow machine hears nothing.
            answer = _answer(web, request, silence_seconds=PATIENCE_SECONDS)
            assert _status(answer) in range(200, 500), f"{header!r}: {value!r}: {answer[:300]!r}"


def test_whoever_hangs_up_in_the_middle_leaves_nothing_behind(web: WebProcess) -> None:
    for part in (b"", b'{"kind":', b"x" * 100_000):
        with _connected(web) as line:
            line.sendall(FILE + b"Content-Length: 900000\r\n\r\n" + part)
    assert httpx.get(f"{web.url}/api/kinds", timeout=PATIENCE_SECONDS).status_code == 200


def test_a_body_without_an_end_is_refused_early_and_takes_no_memory(web: WebProcess) -> None:
    assert httpx.get(f"{web.url}/radicar", timeout=PATIENCE_SECONDS).status_code == 200
    before = web.resident_megabytes()
    chunk = b"%x\r\n" % 100_000 + b"a" * 100_000 + b"\r\n"
    sent = 0
    with _connected(web) as line:
        line.sendall(CHUNKED)
        with suppress(ConnectionError):
            while sent < 100 * MEGABYTE:
                line.sendall(chunk)
                sent += len(chunk)
    assert sent < 20 * MEGABYTE
    assert web.resident_megabytes() - before < 20


def _connected(web: WebProcess) -> socket.socket:
    address = urlsplit(web.url)
    assert address.hostname is not None
    return socket.create_connection((address.hostname, address.port or 80), timeout=PATIENCE_SECONDS)


def _answer(web: WebProcess, request: bytes, *, silence_seconds: float) -> bytes:
    """Whatever comes back until the office hangs up, or we do after so long without a word."""
    answer = b""
    with _connected(web) as line, suppress(ConnectionError, TimeoutError):
        line.sendall(request)
        line.settimeout(silence_seconds)
        try:
            answer = line.recv(65_536)
        except TimeoutError:
            line.shutdown(socket.SHUT_WR)
        line.settimeout(PATIENCE_SECONDS)
        while part := line.recv(65_536):
            answer += part
    return answer


def _status(answer: bytes) -> int | None:
    """The status of an answer; None when the office hung up without one."""
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/") else None


@pytest.mark.long
def test_a_body_that_drips_is_not_waited_for(web: WebProcess) -> None:
    with _connected(web) as line:
        line.settimeout(60)
        line.sendall(FILE + b"Content-Length: 900000\r\n\r\n{")
        assert _status(line.recv(65_536)) == 408

"""The outermost layer of the web process: plain ASGI, the same for every route.

It bounds bodies, puts the security headers on every answer, writes one line of log and the metrics
for each request, and turns what nobody foresaw into an answer without a trace.
"""

import asyncio
import secrets
import time
from collections.abc import Mapping

import structlog
from fastapi import Request
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.bodies import FORMS, MAX_TEXT_BYTES
from api.errors import answer_to
from api.metrics import Metrics
from processes.common.errors import OfficeError
from processes.common.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS: Mapping[str, str] = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: with it browsers send `Origin: null` from our own forms.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# What was not read is not waited for.
_HANG_UP = {"Connection": "close"}
_CLIENT_GONE = 499
_FIRST_SECONDS = 30.0
_SLOWEST_BYTES_A_SECOND = 1000.0
_YEAR_OF_HTTPS = "max-age=31536000"
_NOT_KEPT = (b"cache-control", b"no-store")
_log = structlog.get_logger(__name__)


class UnexpectedFailure(OfficeError):
    """Something that nobody foresaw; the log tells the rest under the same request id."""

    def __init__(self, request_id: str) -> None:
        super().__init__(
            "Ventanilla tuvo una falla que no esperaba. Intente de nuevo; si se repite, avise al "
            f"administrador y dele este código: {request_id}."
        )


class Edge:
    """Wraps the whole application."""

    def __init__(self, app: ASGIApp, *, settings: Settings, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics
        self._max_upload = settings.max_uploads * settings.max_upload_bytes + MAX_TEXT_BYTES
        headers = dict(_HEADERS)
        if settings.secure_cookies:
            headers["strict-transport-security"] = _YEAR_OF_HTTPS
        self._headers = [(name.encode(), value.encode()) for name, value in headers.items()]
        self._names = frozenset(name for name, _ in self._headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; whatever is no HTTP passes through."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        request_id = scope["ventanilla.request_id"] = secrets.token_hex(8)
        forms: list[FormData] = []
        scope[FORMS] = forms
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(message, request_id)
            await send(message)

        try:
            await self._app(scope, self._bounded(scope, receive), send_with_headers)
        except ClientDisconnect:
            # Nobody waits for an answer any more, and nothing was done: the body never came whole.
            status = status or _CLIENT_GONE
        except Exception as error:
            # The last resort: nobody may see a trace, and the process goes on.
            _log.exception("request_failed", request_id=request_id, error=type(error).__name__)
            if status:
                raise
            response = await answer_to(Request(scope), UnexpectedFailure(request_id))
            await response(scope, receive, send_with_headers)
        finally:
            for form in forms:
                await form.close()
            self._note(scope, status, time.perf_counter() - started, request_id)

    def _add_headers(self, message: Message, request_id: str) -> None:
        given = [header for header in message["headers"] if header[0] not in self._names]
        if all(name != b"cache-control" for name, _ in given):
            given.append(_NOT_KEPT)
        message["headers"] = [*given, *self._headers, (b"x-request-id", request_id.encode())]

    def _bounded(self, scope: Scope, receive: Receive) -> Receive:
        """`receive` that refuses to read past the limit, declared or not."""
        declared, is_upload = _body_headers(scope)
        limit = self._max_upload if is_upload else MAX_TEXT_BYTES
        read, coming = 0, True
        started = time.perf_counter()

        async def receive_bounded() -> Message:
            nonlocal read, coming
            if declared > limit:
                raise _too_large(limit)
            # A body may take its time, but not for ever: who sends byte by byte holds a connection.
            patience = _FIRST_SECONDS + read / _SLOWEST_BYTES_A_SECOND - (time.perf_counter() - started)
            try:
                async with asyncio.timeout(patience if coming else None):
                    message = await receive()
            except TimeoutError as error:
                raise _too_slow() from error
            read += len(message.get("body", b""))
            coming = message.get("more_body", False)
            if read > limit:
                raise _too_large(limit)
            return message

        return receive_bounded

    def _note(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "")
        self._metrics.note_request(scope["method"], route, status, seconds)
        _log.info(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            milliseconds=round(seconds * 1000, 1),
            request_id=request_id,
        )


def _too_large(limit: int) -> HTTPException:
    # Not an OfficeError: the framework lets only its own pass while it reads a body.
    words = f"Lo que envió es demasiado grande: se admiten hasta {limit // 1_000_000} MB."
    return HTTPException(413, words, _HANG_UP)


def _too_slow() -> HTTPException:
    return HTTPException(408, "Lo que envió llegó demasiado despacio.", _HANG_UP)


def _body_headers(scope: Scope) -> tuple[int, bool]:
    """How many bytes are announced (0 when none are), and whether files may be among them."""
    declared, is_upload = 0, False
    for name, value in scope["headers"]:
        if name == b"content-length":
            declared = int(value) if value.isdigit() else 0
        elif name == b"content-type":
            is_upload = value.lower().startswith(b"multipart/form-data")
    return declared, is_upload

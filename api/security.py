"""Who calls: the session's token in a header or a cookie, and proof that a form is our own.

Programs send `Authorization: Bearer`, which no browser adds by itself. Pages keep the same token in
a cookie (HttpOnly, SameSite=Lax), so each act of a signed-in page also carries a token derived from
the session, and nothing that another site makes a browser send is accepted.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request, Response

from api.bodies import read_form
from processes.common.errors import Forbidden
from processes.common.settings import Settings

CSRF_FIELD = "csrf_token"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITE = frozenset({"same-origin", "none"})
_BEARER = "bearer "


@dataclass(frozen=True, slots=True)
class Credential:
    """A session's token as it came; a browser sends a cookie by itself, a header never."""

    token: str
    by_cookie: bool


def cookie_name(settings: Settings) -> str:
    """The session's cookie; over HTTPS its prefix binds it to this host (RFC 6265bis, 4.1.3)."""
    return "__Host-ventanilla" if settings.secure_cookies else "ventanilla"


def credential_of(request: Request) -> Credential | None:
    """The token that came with `request`; a header counts before a cookie."""
    header = request.headers.get("authorization", "")
    if header[: len(_BEARER)].lower() == _BEARER:
        return Credential(header[len(_BEARER) :].strip(), by_cookie=False)
    token = request.cookies.get(cookie_name(_settings(request)))
    return Credential(token, by_cookie=True) if token else None


def keep_session(response: Response, settings: Settings, *, token: str, expires_at: datetime) -> None:
    """Put the session's cookie on `response`."""
    response.set_cookie(
        cookie_name(settings),
        token,
        expires=expires_at,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def forget_session(response: Response, settings: Settings) -> None:
    """Take the session's cookie away."""
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.secure_cookies, httponly=True, samesite="lax"
    )


def csrf_token(request: Request) -> str:
    """What a form of a signed-in page carries in `csrf_token`; empty when nobody is signed in."""
    credential = credential_of(request)
    return _csrf_token(request, credential.token) if credential and credential.by_cookie else ""


async def check_csrf(request: Request, credential: Credential) -> None:
    """Refuse an act that a cookie alone vouches for. Raises Forbidden."""
    if not credential.by_cookie or request.method in SAFE_METHODS:
        return
    given = request.headers.get(CSRF_HEADER)
    if given is None:
        given = (await read_form(request)).text(CSRF_FIELD)
    if not hmac.compare_digest(given.encode(), _csrf_token(request, credential.token).encode()):
        raise Forbidden("Esta página venció. Vuelva atrás, recárguela y envíe de nuevo; no se registró nada.")


def check_origin(request: Request) -> None:
    """Refuse an act that a page of another site makes a browser send. Raises Forbidden.

    Browsers tell where a request comes from, and programs say nothing.
    """
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if site is not None:
        own = site in _OWN_SITE
    elif origin is not None:
        own_hosts = {request.headers.get("host"), urlsplit(_settings(request).public_url).netloc}
        own = origin != "null" and _host_of(origin) in own_hosts
    else:
        own = True
    if not own:
        raise Forbidden(
            "La solicitud viene de otro sitio web y no se aceptó. Entre a Ventanilla y hágala desde aquí."
        )


def _host_of(origin: str) -> str:
    """The host of an origin, with its port; empty for what is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _csrf_token(request: Request, token: str) -> str:
    key: bytes = request.app.state.csrf_key
    return hmac.new(key, token.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.office.settings
    return settings

"""Refusals as pages: what happened, what to do next, and a way out."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.responses import RedirectResponse

from api.pages.menu import first_page
from api.pages.typed import sent_texts
from api.pages.visit import Visit, bare_visit
from processes.common.errors import Invalid, OfficeError, SignInNeeded
from processes.directory.people import Person

_BACK = "Vuelva atrás con el botón de su navegador: lo que escribió sigue allí."
_HEADINGS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("No pudimos leer lo que envió", _BACK),
        401: ("Ingrese para continuar", ""),
        403: ("Esta página no es para su cargo", ""),
        404: ("No encontramos lo que busca", "Revise la dirección o vuelva a empezar."),
        405: ("Esta página no se abre así", "Vuelva al inicio y siga desde allí."),
        408: ("Lo que envió llegó demasiado despacio", _BACK),
        409: ("Alguien actuó antes", "Vuelva a abrir la página para ver cómo quedó."),
        413: ("Lo que envió es demasiado grande", _BACK),
        422: ("Hay algo por corregir", _BACK),
        429: ("Espere un momento", _BACK),
        503: ("En este momento no podemos atenderle", _BACK),
    }
)
_UNKNOWN = ("Algo falló en Ventanilla", "No es culpa suya. " + _BACK)


@dataclass(frozen=True, slots=True)
class WayOut:
    """A link that leads on from an error."""

    href: str
    label: str


def render_error(request: Request, error: OfficeError) -> Response:
    """The page that tells `error`, with its status.

    Whoever only opens a page without being signed in is led to sign in and back; whoever sends
    something after their session ended is shown what they wrote.
    """
    visit = bare_visit(request)
    if isinstance(error, SignInNeeded):
        if request.method in {"GET", "HEAD"}:
            return RedirectResponse(sign_in_address(request), 303)
        return _session_over(visit, error)
    heading, next_step = _HEADINGS.get(error.status, _UNKNOWN)
    return visit.show(
        "error.html",
        status=error.status,
        heading=heading,
        message=error.message,
        next_step=next_step,
        fields=tuple(error.fields.values()) if isinstance(error, Invalid) else (),
        error_status=error.status,
        way_out=_way_out(visit.person),
        typed=(),
    )


def sign_in_address(request: Request) -> str:
    """The sign-in page that leads back to the page of `request`."""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"/ingresar?volver={quote(request.url.path + query, safe='')}"


def _session_over(visit: Visit[Person | None], error: SignInNeeded) -> Response:
    return visit.show(
        "error.html",
        status=error.status,
        heading="Su sesión terminó antes de enviar",
        message="Lo que envió no quedó registrado. Ingrese de nuevo y repita la acción.",
        next_step="",
        fields=(),
        error_status=error.status,
        way_out=WayOut("/ingresar", "Ingresar de nuevo"),
        typed=sent_texts(visit.request),
    )


def _way_out(person: Person | None) -> WayOut:
    if person is None:
        return WayOut("/", "Ir al inicio")
    return WayOut(first_page(person), "Ir a mi trabajo")

"""Refusals as answers: problem+json for programs, a page for people, never a trace."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import orjson
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.pages.errors import render_error
from api.problems import MEDIA_TYPE, Malformed, MethodNotAllowed, TooSlow, problem
from processes.common.errors import Invalid, NotFound, OfficeError, SignInNeeded, TooLarge, TooMany

_FOR_PROGRAMS = ("/api", "/health", "/metrics")
_SPANISH: Mapping[str, str] = MappingProxyType(
    {
        "missing": "Este dato es obligatorio.",
        "extra_forbidden": "Este campo no existe.",
        "string_type": "Debe ser un texto.",
        "string_too_short": "Es demasiado corto.",
        "string_too_long": "Es demasiado largo.",
        "string_pattern_mismatch": "No tiene la forma esperada.",
        "bool_type": "Debe ser verdadero o falso.",
        "bool_parsing": "Debe ser verdadero o falso.",
        "int_type": "Debe ser un número entero.",
        "int_parsing": "Debe ser un número entero.",
        "int_parsing_size": "El número es demasiado grande.",
        "greater_than_equal": "El número es demasiado pequeño.",
        "less_than_equal": "El número es demasiado grande.",
        "dict_type": "Debe ser un objeto JSON.",
        "model_attributes_type": "El cuerpo debe ser un objeto JSON, con «Content-Type: application/json».",
        "enum": "No es una de las opciones.",
        "timezone_aware": "Escriba el instante con su huso, por ejemplo 2026-02-03T16:59:00-05:00.",
        "literal_error": "No es una de las opciones.",
    }
)
_NOT_FIELDS = frozenset({"body", "query", "path", "header", "cookie"})


def install_error_handlers(app: FastAPI) -> None:
    """Let every refusal of `app` speak."""
    app.add_exception_handler(OfficeError, _office_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(RequestValidationError, _validation_error)


async def answer_to(request: Request, error: OfficeError) -> Response:
    """The answer that tells `error`, in the form that this address speaks."""
    if request.scope["path"].startswith(_FOR_PROGRAMS):
        response = _problem(request, error)
    else:
        # The page names the entity, which may have to be read.
        response = await run_in_threadpool(render_error, request, error)
    if isinstance(error, TooMany):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def invalid_of(errors: Sequence[Mapping[str, Any]]) -> Invalid:
    """Pydantic's findings as a sentence for each field; what was sent is not repeated."""
    fields: dict[str, str] = {}
    for error in errors:
        parts = [str(part)[:80] for part in error["loc"]]
        name = ".".join(parts[1:] if parts and parts[0] in _NOT_FIELDS else parts) or "body"
        fields.setdefault(name, _SPANISH.get(error["type"], "El valor no es válido."))
    return Invalid("Revise los datos señalados.", fields)


async def _office_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, OfficeError):
        raise error
    return await answer_to(request, error)


async def _validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    found = error.errors()
    if any(each["type"] == "json_invalid" for each in found):
        return await answer_to(request, Malformed("El cuerpo no es JSON válido en UTF-8."))
    return await answer_to(request, invalid_of(found))


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    response = await answer_to(request, _refusal(error))
    response.headers.update(error.headers or {})
    return response


def _refusal(error: HTTPException) -> OfficeError:
    """The framework's own refusals, in our words."""
    match error.status_code:
        case MethodNotAllowed.status:
            return MethodNotAllowed("Esta dirección no admite ese método.")
        case TooLarge.status:
            return TooLarge(error.detail)
        case TooSlow.status:
            return TooSlow(error.detail)
        case Malformed.status:
            return Malformed("No se pudo leer lo que se envió.")
        case _:
            return NotFound("No hay nada en esta dirección. Revise que esté bien escrita.")


def _problem(request: Request, error: OfficeError) -> Response:
    docs_url = f"{request.app.state.office.settings.public_url}/api/docs"
    members = problem(error, docs_url=docs_url, request_id=request.scope.get("ventanilla.request_id", ""))
    response = Response(orjson.dumps(members), status_code=error.status, media_type=MEDIA_TYPE)
    if isinstance(error, SignInNeeded):
        response.headers["WWW-Authenticate"] = 'Bearer realm="ventanilla"'
    return response

"""The OpenAPI document: what the routes say of themselves, who may use each, how each refuses."""

from collections.abc import Iterator, Mapping
from importlib import metadata
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import iter_route_contexts

from api.access import Access
from api.problems import MEDIA_TYPE, PROBLEM_TYPES
from processes.directory.roles import ROLE_LABELS, Role

_INTRODUCTION = (
    "La API de Ventanilla. Todo es JSON en UTF-8; las fechas son ISO 8601 y los instantes llevan su huso. "
    "Las listas van por páginas: pida la siguiente con «cursor». "
    "Los errores son «application/problem+json» (RFC 9457)."
)
_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "Un problema (RFC 9457).",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Dirección que explica este tipo de problema.",
        },
        "title": {"type": "string", "description": "El tipo de problema, en pocas palabras."},
        "status": {"type": "integer", "description": "El código HTTP."},
        "detail": {"type": "string", "description": "Qué pasó y qué hacer, para mostrar a una persona."},
        "code": {"type": "string", "enum": [*PROBLEM_TYPES], "description": "El tipo, para programas."},
        "request_id": {"type": "string", "description": "Identifica la solicitud en los registros."},
        "citation": {"type": "string", "description": "La norma, cuando la ley no permite el acto."},
        "errors": {
            "type": "array",
            "description": "Qué corregir en cada campo.",
            "items": {
                "type": "object",
                "required": ["field", "detail"],
                "properties": {"field": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


_DAY: Mapping[str, Any] = {
    "type": "object",
    "description": "Un día de un término: se contó o se saltó, y por qué.",
    "required": ["date", "counted", "number", "why"],
    "properties": {
        "date": {"type": "string", "format": "date"},
        "counted": {"type": "boolean"},
        "number": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "why": {"type": "string"},
    },
}
"""How `answer` writes a `DayCount`, which as a named tuple would be told as an array."""


def access_of(dependant: Dependant) -> Iterator[Access]:
    """Every statement of who may use a route, its own and those of what it depends on."""
    for inner in dependant.dependencies:
        if isinstance(inner.call, Access):
            yield inner.call
        yield from access_of(inner)


def who_may(access: Access) -> str:
    """Who `access` lets through, in words."""
    if access.roles is None:
        return "Cualquiera, sin identificarse."
    if access.roles == frozenset(Role):
        return "Cualquier persona de la entidad, con su token."
    return " · ".join(label for role, label in ROLE_LABELS.items() if role in access.roles)


def describe(app: FastAPI) -> None:
    """Let `app` tell its document, made at the first question."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend the document


def _document(app: FastAPI) -> dict[str, Any]:
    version = metadata.version("ventanilla")
    document = get_openapi(title=app.title, version=version, description=_INTRODUCTION, routes=app.routes)
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schemas["Problem"] = dict(_PROBLEM)
    schemas["DayCount"] = dict(_DAY)
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for route in iter_route_contexts(app.routes):
        for method in route.methods or ():
            operation = document["paths"].get(route.path_format, {}).get(method.lower())
            if operation is not None:
                _complete(operation, route.dependant)
    return document


def _complete(operation: dict[str, Any], dependant: Dependant) -> None:
    """Add who may use the operation, and how it refuses."""
    (access,) = set(access_of(dependant))
    operation["x-who"] = who_may(access)
    if access.roles is not None:
        operation["security"] = [{"token": []}]
        operation["x-roles"] = sorted(access.roles)
    responses = operation["responses"]
    responses.pop("422", None)
    responses["default"] = {
        "description": "Un problema.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }

"""The OpenAPI document read for people: each operation with its fields, an example, a command to try it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import orjson

Schema = Mapping[str, Any]
_METHODS = ("get", "post", "put", "delete")
_JSON = "application/json"
_REFERENCE = "#/components/schemas/"
_TYPES = {
    "string": "texto",
    "integer": "entero",
    "number": "número",
    "boolean": "verdadero o falso",
    "array": "lista",
    "object": "objeto",
    "null": "nulo",
}
_FORMATS = {"date": "fecha", "date-time": "instante", "binary": "archivo", "uri": "dirección"}
_WORTH_SHOWING = ("Idempotency-Key",)
_EXAMPLE_PATH = {"filing_number": "2026-000123", "task": "4", "number": "1"}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field; `place` is where it goes: camino, consulta, cabecera, or empty for a body."""

    name: str
    kind: str
    required: bool
    description: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing that a program can ask."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    who: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    with_files: bool
    command: str
    status: str
    answer: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Operations that belong together."""

    title: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Manual:
    """The whole API."""

    introduction: str
    version: str
    address: str
    chapters: tuple[Chapter, ...]
    problem: tuple[Field, ...]


def manual_of(document: Mapping[str, Any], address: str) -> Manual:
    """The manual of an OpenAPI `document`, whose commands go to `address`."""
    chapters: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method in _METHODS:
            if method in methods:
                operation = _operation(document, address, path, method)
                chapters.setdefault(methods[method]["tags"][0], []).append(operation)
    return Manual(
        introduction=document["info"]["description"],
        version=document["info"]["version"],
        address=address,
        chapters=tuple(Chapter(title, tuple(operations)) for title, operations in chapters.items()),
        problem=_fields(document, document["components"]["schemas"]["Problem"]),
    )


def _operation(document: Mapping[str, Any], address: str, path: str, method: str) -> Operation:
    told = document["paths"][path][method]
    content = told.get("requestBody", {}).get("content", {})
    status, answer = _answer(document, told["responses"])
    return Operation(
        anchor=told["operationId"],
        method=method.upper(),
        path=path,
        summary=told["summary"],
        description=told["description"],
        who=told["x-who"],
        parameters=tuple(_parameters(told.get("parameters", []))),
        body=_fields(document, content.get(_JSON, {}).get("schema", {})),
        with_files="multipart/form-data" in content,
        command=_command(document, address, path, method),
        status=status,
        answer=answer,
    )


def _parameters(parameters: list[Mapping[str, Any]]) -> Iterator[Field]:
    places = {"path": "en la dirección", "query": "en la consulta", "header": "cabecera"}
    for each in parameters:
        kind = _kind(each["schema"])
        yield Field(
            each["name"], kind, each.get("required", False), each.get("description", ""), places[each["in"]]
        )


def _answer(document: Mapping[str, Any], responses: Mapping[str, Any]) -> tuple[str, tuple[Field, ...]]:
    status = next(code for code in responses if code.startswith("2"))
    schema = responses[status].get("content", {}).get(_JSON, {}).get("schema", {})
    return status, _fields(document, schema)


def _fields(document: Mapping[str, Any], schema: Schema) -> tuple[Field, ...]:
    """The fields of an object, or of each item of a list."""
    resolved = _resolved(document, schema)
    if resolved.get("type") == "array":
        resolved = _resolved(document, resolved["items"])
    required = resolved.get("required", ())
    return tuple(
        Field(name, _kind(_resolved(document, inner)), name in required, inner.get("description", ""))
        for name, inner in resolved.get("properties", {}).items()
    )


def _resolved(document: Mapping[str, Any], schema: Schema) -> Schema:
    reference: str | None = schema.get("$ref")
    if reference is None:
        return schema
    found: Schema = document["components"]["schemas"][reference.removeprefix(_REFERENCE)]
    return found


def _kind(schema: Schema) -> str:
    """The type in words: «texto», «fecha o nulo», «uno de: a, b»."""
    if "anyOf" in schema:
        return " o ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if "enum" in schema:
        return "uno de: " + ", ".join(str(value) for value in schema["enum"] if value != "")
    if "$ref" in schema:
        return _TYPES["object"]
    if schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    return _TYPES.get(str(schema.get("type", "")), "cualquier valor")


def _command(document: Mapping[str, Any], address: str, path: str, method: str) -> str:
    """A curl command that does it, in the words of a shell."""
    told = document["paths"][path][method]
    parts = ["curl"] if method == "get" else [f"curl -X {method.upper()}"]
    if "security" in told:
        parts.append("-H 'Authorization: Bearer TOKEN'")
    parts.extend(
        f"-H '{parameter['name']}: …'"
        for parameter in told.get("parameters", [])
        if parameter["in"] == "header" and (parameter.get("required") or parameter["name"] in _WORTH_SHOWING)
    )
    example = _example(document, told)
    if example is not None:
        body = orjson.dumps(example, option=orjson.OPT_INDENT_2).decode().replace("'", "'\\''")
        parts.extend(("-H 'Content-Type: application/json'", f"-d '{body}'"))
    for name, value in _EXAMPLE_PATH.items():
        path = path.replace(f"{{{name}}}", quote(value))
    parts.append(f"'{address}{path}'")
    return " \\\n  ".join(parts)


def _example(document: Mapping[str, Any], told: Mapping[str, Any]) -> object:
    content = told.get("requestBody", {}).get("content", {}).get(_JSON)
    if content is None:
        return None
    examples = _resolved(document, content["schema"]).get("examples", [None])
    return content.get("example", examples[0])

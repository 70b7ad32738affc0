"""The OpenAPI document and its page: whole, in Spanish, and good enough for a stranger."""

import re
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from api.problems import PROBLEM_TYPES
from processes.common.errors import OfficeError
from tests.api.site import Site


@pytest.fixture(scope="module")
def document(sqlite_site: Site) -> dict[str, Any]:
    told: dict[str, Any] = sqlite_site.client.get("/api/openapi.json").json()
    return told


@pytest.fixture(scope="module")
def page(sqlite_site: Site) -> str:
    response = sqlite_site.client.get("/api/docs")
    assert response.status_code == 200
    return response.text


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def test_the_document_holds_the_api_and_no_page(document: dict[str, Any]) -> None:
    assert len(document["paths"]) > 15
    assert [path for path in document["paths"] if not path.startswith("/api/")] == []


def test_every_operation_says_what_it_does_and_who_may(document: dict[str, Any]) -> None:
    missing = {
        name
        for name, operation in operations(document)
        for key in ("summary", "description", "tags", "x-who")
        if not operation.get(key)
    }

    assert missing == set()


def test_every_operation_refuses_with_a_problem(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        content = operation["responses"]["default"]["content"]
        assert content.keys() == {"application/problem+json"}, name
        assert "422" not in operation["responses"], name


def test_every_operation_that_needs_somebody_says_so(document: dict[str, Any]) -> None:
    for name, operation in operations(document):
        public = operation["x-who"].startswith("Cualquiera, sin")
        assert ("security" in operation) != public, name


def test_every_parameter_and_field_of_a_body_is_explained(document: dict[str, Any]) -> None:
    unexplained = [
        f"{name}: {parameter['name']}"
        for name, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if not parameter.get("description")
    ]
    body = document["paths"]["/api/petitions"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    unexplained += [name for name, field in body["properties"].items() if not field.get("description")]

    assert unexplained == []


def test_every_refusal_of_the_office_is_a_documented_problem() -> None:
    def kinds(error: type[OfficeError]) -> Iterator[type[OfficeError]]:
        yield error
        for heir in error.__subclasses__():
            yield from kinds(heir)

    undocumented = {
        kind.__name__: (kind.code, kind.status)
        for kind in kinds(OfficeError)
        if kind.code not in PROBLEM_TYPES or PROBLEM_TYPES[kind.code].status != kind.status
    }

    assert undocumented == {}


def test_the_page_shows_every_operation_and_every_problem(document: dict[str, Any], page: str) -> None:
    for _, operation in operations(document):
        assert f'id="{operation["operationId"]}"' in page
    for code in PROBLEM_TYPES:
        assert f'id="{code}"' in page


def test_the_page_needs_nothing_from_outside(page: str) -> None:
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page)

    assert [address for address in addresses if not address.startswith(("/", "#"))] == []
    assert "<style" not in page
    assert "style=" not in page
    assert "<script" not in page


def test_the_commands_of_the_page_are_commands_of_a_shell(page: str) -> None:
    commands = re.findall(r"<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    unescaped = [re.sub(r"&#39;|&#34;|&lt;|&gt;|&amp;", _sign, command) for command in commands]

    read = subprocess.run(
        ["sh", "-n"], input="\n".join(unescaped), text=True, capture_output=True, check=False
    )

    assert len(commands) > 15
    assert (read.returncode, read.stderr) == (0, "")


def test_the_example_of_the_page_files_a_petition(sqlite_site: Site, document: dict[str, Any]) -> None:
    content = document["paths"]["/api/petitions"]["post"]["requestBody"]["content"]

    response = sqlite_site.client.post("/api/petitions", json=content["application/json"]["example"])

    assert response.status_code == 201


def _sign(found: re.Match[str]) -> str:
    return {"&#39;": "'", "&#34;": '"', "&lt;": "<", "&gt;": ">", "&amp;": "&"}[found[0]]

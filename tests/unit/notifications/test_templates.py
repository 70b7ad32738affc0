"""Every template: accessible, whole, and deaf to what values try to say."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any, get_type_hints

import pytest
from jinja2 import meta
from lxml import html

from notifications.letters_of_time import LETTERS_OF_TIME
from notifications.messages import LETTERS, Letter, compose
from notifications.render import TEMPLATES, RenderError, _environment, render, template_names
from tests.support.letters import ACKNOWLEDGEMENT, EVERY_LETTER, NOTICES

LETTERS_OF_ALL_KINDS = (*LETTERS, *LETTERS_OF_TIME)
SET_BY_THE_LAYOUT = {"subject_line", "details", "link", "listed", "why", "words"}
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% for x in y %}"


def _name(letter: Letter) -> str:
    told = getattr(letter, "event", getattr(letter, "notice", ""))
    return f"{letter.template}-{told}" if told else letter.template


@pytest.mark.parametrize("letter", [*EVERY_LETTER, *NOTICES], ids=_name)
def test_a_letter_is_accessible_and_loads_nothing_from_outside(letter: Letter) -> None:
    rendered = compose(letter)

    page = html.fromstring(rendered.html.encode())
    assert page.get("lang") == "es"
    assert page.findtext(".//title") == rendered.subject
    assert len(page.findall(".//h1")) == 1
    assert not page.xpath("//script | //link | //img | //style | //@src | //*[contains(@style, 'url')]")
    assert page.xpath("//th[not(@scope)]") == []
    assert rendered.text.rstrip().endswith("Calle 5 n.º 4-20 · (606) 123 4567")


@pytest.mark.parametrize("letter", EVERY_LETTER, ids=_name)
def test_markup_and_template_syntax_in_any_value_stay_literal(letter: Letter) -> None:
    hints = get_type_hints(type(letter))
    texts = [name for name in hints if hints[name] in (str, str | None)]
    changes: dict[str, Any] = dict.fromkeys(texts, f"linea\n{HOSTILE}")
    hostile = replace(letter, **changes)

    rendered = compose(hostile)

    assert "<script>" not in rendered.html
    assert "{{ 7*7 }}" in rendered.html
    assert HOSTILE in rendered.text
    assert "49" not in rendered.text
    assert "\n" not in rendered.subject


def test_every_template_has_a_letter_that_declares_its_values() -> None:
    assert {letter.template for letter in LETTERS_OF_ALL_KINDS} == template_names()


@pytest.mark.parametrize("letter", LETTERS_OF_ALL_KINDS, ids=lambda letter: letter.template)
def test_a_template_uses_every_value_that_its_letter_declares(letter: type[Letter]) -> None:
    environment = _environment()
    shared = ["layout.html", "signature.txt"]
    own = [str(path.relative_to(TEMPLATES)) for path in (TEMPLATES / letter.template).rglob("*.*")]

    used: set[str] = set()
    for name in own + shared:
        source = (TEMPLATES / name).read_text(encoding="utf-8")
        used |= meta.find_undeclared_variables(environment.parse(source))

    assert used - SET_BY_THE_LAYOUT == {field.name for field in fields(letter)}


def test_an_unknown_template_is_refused_by_name() -> None:
    with pytest.raises(RenderError, match=r"No existe la plantilla de mensaje «\.\./layout»"):
        render("../layout", {})


def test_a_missing_value_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(RenderError, match=r"«acknowledgement» no se pudo escribir.*is_petition"):
        render("acknowledgement", {"letterhead": {"entity": "Alcaldía", "contact": ""}})


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "2026-12-15"), ("received_at", datetime(2026, 11, 21))],  # noqa: DTZ001 - the fault under test
)
def test_a_date_of_the_wrong_type_is_refused(field: str, value: object) -> None:
    context = {f.name: getattr(ACKNOWLEDGEMENT, f.name) for f in fields(ACKNOWLEDGEMENT)}

    with pytest.raises(RenderError, match="no se pudo escribir"):
        render("acknowledgement", {**context, field: value})

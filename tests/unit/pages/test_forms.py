"""A task's form as a page shows it, for every component of the subset."""

import pytest
from lxml import html
from starlette.datastructures import FormData

from api.pages.forms import form_fields, proposed_values, sent_values
from api.pages.rendering import environment

FORM = {
    "components": [
        {"type": "text", "text": "Lea <con> cuidado."},
        {"type": "textfield", "key": "name", "label": "Nombre", "validate": {"required": True}},
        {"type": "textarea", "key": "reason", "label": "Motivo", "description": "Breve."},
        {"type": "number", "key": "count", "label": "Cuántos", "defaultValue": 2},
        {"type": "number", "key": "share", "label": "Parte", "decimalDigits": 2},
        {"type": "datetime", "key": "day", "label": "Día"},
        {"type": "datetime", "key": "instant", "label": "Hora", "subtype": "datetime"},
        {"type": "checkbox", "key": "urgent", "label": "Urgente"},
        {
            "type": "radio",
            "key": "level",
            "label": "Nivel",
            "values": [{"label": "Uno", "value": 1}, {"label": "Dos", "value": 2}],
        },
        {
            "type": "select",
            "key": "kind",
            "label": "Clase",
            "optionsFrom": "kinds",
            "ventanilla": {"suggest": "proposed_kind"},
        },
        {
            "type": "checklist",
            "key": "checks",
            "label": "Comprobado",
            "values": [{"label": "Clara", "value": "clear"}, {"label": "Completa", "value": "whole"}],
        },
        {"type": "filepicker", "key": "files", "label": "Anexos", "accept": ".pdf", "multiple": True},
    ]
}
OPTIONS = {"kinds": (("request", "Petición"), ("complaint", "Queja"))}


def _draw(values: dict[str, object], errors: dict[str, str] | None = None) -> html.HtmlElement:
    fields = form_fields(FORM, values=values, errors=errors or {}, options=OPTIONS)
    macro = environment().get_template("task_form.html").module.task_field  # type: ignore[attr-defined]  # macros have no types
    return html.fromstring(f"<form>{''.join(map(str, map(macro, fields)))}</form>")


def _values(form: html.HtmlElement) -> list[tuple[str, object]]:
    return [(name, value.strip()) for name, value in form.form_values() if isinstance(value, str)]


def test_what_is_drawn_sends_back_what_it_holds() -> None:
    values: dict[str, object] = {
        "name": 'Rosa "la" <b>',
        "reason": "\nUna línea\ny otra",
        "count": 3.0,
        "share": 0.5,
        "day": "2026-03-31",
        "instant": "2026-03-31T14:30",
        "urgent": True,
        "level": 2,
        "kind": "complaint",
        "checks": ["clear", "whole"],
    }

    assert _values(_draw(values)) == [
        ("name", 'Rosa "la" <b>'),
        ("reason", "Una línea\ny otra"),
        ("count", "3"),
        ("share", "0.5"),
        ("day", "2026-03-31"),
        ("instant", "2026-03-31T14:30"),
        ("urgent", "true"),
        ("level", "2"),
        ("kind", "complaint"),
        ("checks", "clear"),
        ("checks", "whole"),
    ]


def test_every_field_has_a_label_that_names_it() -> None:
    form = _draw({})

    for field in form.xpath("//input | //select | //textarea"):
        assert form.xpath(f"//label[@for='{field.get('id')}']"), field.get("name")


def test_hints_and_errors_are_tied_to_their_fields() -> None:
    form = _draw({}, {"reason": "Falta el motivo."})

    (field,) = form.xpath("//textarea")
    assert field.get("aria-describedby") == "reason-hint reason-error"
    assert field.get("aria-invalid") == "true"
    assert "Falta el motivo." in form.get_element_by_id("reason-error").text_content()


@pytest.mark.parametrize("key", ["level", "checks"])
def test_an_error_of_a_group_leads_to_its_first_option(key: str) -> None:
    form = _draw({}, {key: "Elija."})

    assert form.get_element_by_id(key).get("name") == key
    assert form.xpath(f"//fieldset[@aria-describedby='{key}-error']")


def test_only_what_may_be_left_out_is_called_optional() -> None:
    form = _draw({})

    assert "(opcional)" not in form.xpath("//label[@for='name']")[0].text_content()
    assert "(opcional)" in form.xpath("//label[@for='reason']")[0].text_content()


def test_the_text_of_a_form_is_never_markup() -> None:
    assert "Lea <con> cuidado." in _draw({}).text_content()


def test_a_fresh_form_holds_what_the_procedure_proposes_and_the_defaults() -> None:
    assert proposed_values(FORM, {"proposed_kind": "complaint"}, {}) == {"count": 2, "kind": "complaint"}


def test_a_text_that_was_begun_is_gone_on_with() -> None:
    draft = {"key": "answer_text", "type": "textarea", "ventanilla": {"to": "column"}}
    own = {"key": "distribution_note", "type": "textarea", "ventanilla": {"to": "note"}}
    form = {"components": [draft, own]}
    written = {"answer_text": "Cordial saludo.", "distribution_note": "Con la cuadrilla."}

    assert proposed_values(form, {}, written) == {"answer_text": "Cordial saludo."}
    assert proposed_values(form, {}, {"answer_text": ""}) == {}


def test_what_a_browser_sends_is_read_by_component() -> None:
    sent = FormData(
        [
            ("csrf_token", "x"),
            ("name", "Rosa"),
            ("urgent", "true"),
            ("level", "1"),
            ("checks", "clear"),
            ("checks", "whole"),
            ("stranger", "no"),
        ]
    )

    values = sent_values(FORM, sent)

    assert "stranger" not in values
    assert "files" not in values
    assert values["name"] == "Rosa"
    assert values["reason"] == ""
    assert values["urgent"] is True
    assert values["checks"] == ["clear", "whole"]


def test_an_unmarked_box_is_sent_as_no() -> None:
    assert sent_values(FORM, FormData([]))["urgent"] is False


def test_options_that_came_to_be_removed_are_simply_not_chosen() -> None:
    fields = form_fields(FORM, values={"kind": "gone"}, errors={}, options=OPTIONS)
    (kind,) = [field for field in fields if field.key == "kind"]

    assert [choice.chosen for choice in kind.choices] == [False, False]


def test_a_field_says_at_which_options_it_is_asked_for() -> None:
    options = [
        {"label": "Sí", "value": "yes"},
        {"label": "No", "value": "no"},
        {"label": "Tal vez", "value": "x"},
    ]
    why = {
        "type": "textfield",
        "key": "why",
        "label": "Por qué",
        "ventanilla": {"when": {"next": ["no", "x"]}},
    }
    decides = {"type": "radio", "key": "next", "label": "¿Sigue?", "values": options}
    always = {"type": "textfield", "key": "note", "label": "Nota"}

    fields = form_fields({"components": [decides, why, always]}, values={}, errors={}, options={})

    assert [(field.key, field.decides, field.asked_at) for field in fields] == [
        ("next", True, ()),
        ("why", False, (2, 3)),
        ("note", False, ()),
    ]


def test_fields_that_depend_on_several_are_always_shown() -> None:
    box = {"type": "checkbox", "key": "a", "label": "A"}
    other = {"type": "radio", "key": "b", "label": "B", "values": [{"label": "Uno", "value": 1}]}
    first = {"type": "textfield", "key": "c", "label": "C", "ventanilla": {"when": {"a": [True]}}}
    second = {"type": "textfield", "key": "d", "label": "D", "ventanilla": {"when": {"b": [1]}}}

    fields = form_fields({"components": [box, other, first, second]}, values={}, errors={}, options={})

    assert not any(field.decides or field.asked_at for field in fields)

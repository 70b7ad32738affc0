"""Forms: what a submission becomes, and which forms there can be."""

from collections.abc import Mapping
from typing import Any

import pytest

from processes.common.errors import Invalid
from processes.decisions import FactType
from processes.engine.form_check import check_form
from processes.engine.forms import validate_submission

_FACTS = {
    "kind": FactType.STRING,
    "level": FactType.NUMBER,
    "open": FactType.BOOLEAN,
    "received": FactType.DATE,
    "note": FactType.STRING,
}
_COLUMN = {"to": "column"}
_COLUMNS = frozenset({"answer_text", "amount", "checks"})


def _form(*components: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "default", "components": [{"label": "Etiqueta", **c} for c in components]}


_ALL = _form(
    {"type": "text", "text": "Explicación", "label": "x"},
    {"type": "select", "key": "kind", "optionsFrom": "kinds", "validate": {"required": True}},
    {
        "type": "radio",
        "key": "level",
        "values": [{"label": "Uno", "value": 1}, {"label": "Dos", "value": 2}],
    },
    {"type": "checkbox", "key": "open"},
    {"type": "datetime", "key": "received"},
    {"type": "textfield", "key": "note", "validate": {"minLength": 3, "maxLength": 10}},
    {"type": "textarea", "key": "answer_text", "ventanilla": _COLUMN},
    {"type": "number", "key": "amount", "validate": {"min": 1, "max": 9}, "ventanilla": _COLUMN},
    {
        "type": "checklist",
        "key": "checks",
        "values": [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}],
        "ventanilla": _COLUMN,
    },
    {"type": "filepicker", "key": "files", "multiple": True, "ventanilla": _COLUMN},
)
_OPTIONS = {"kinds": {"request", "complaint"}}


def _refused(**values: object) -> Mapping[str, str]:
    with pytest.raises(Invalid) as error:
        validate_submission(_ALL, {"kind": "request", **values}, options=_OPTIONS)
    return error.value.fields


def test_the_whole_subset_can_be_published() -> None:
    assert check_form(_ALL, facts=_FACTS, columns=_COLUMNS) == []


def test_values_from_a_page_get_their_types() -> None:
    sent = {
        "kind": "complaint",
        "level": "2",
        "open": "on",
        "received": "2026-03-31",
        "note": "  tres  palabras ",
        "answer_text": "Uno\r\ndos",
        "amount": "2,5",
        "checks": "a",
        "files": ["f1", "f2"],
    }
    sent["note"] = " tres  más "
    submission = validate_submission(_ALL, sent, options=_OPTIONS)
    assert submission.facts == {
        "kind": "complaint",
        "level": 2,
        "open": True,
        "received": "2026-03-31",
        "note": "tres más",
    }
    assert submission.columns == {
        "answer_text": "Uno\ndos",
        "amount": 2.5,
        "checks": ("a",),
        "files": ("f1", "f2"),
    }


def test_values_from_json_keep_their_types() -> None:
    sent = {"kind": "request", "level": 1, "open": False, "amount": 3, "checks": ["a", "b"]}
    submission = validate_submission(_ALL, sent, options=_OPTIONS)
    assert submission.facts["level"] == 1
    assert submission.facts["open"] is False
    assert submission.columns["checks"] == ("a", "b")


def test_a_required_question_may_be_answered_with_no() -> None:
    options = [{"label": "Sí", "value": True}, {"label": "No", "value": False}]
    required = {"required": True}
    asked = _form({"type": "radio", "key": "open", "values": options, "validate": required})
    box = _form({"type": "checkbox", "key": "open", "validate": required})

    assert validate_submission(asked, {"open": "false"}).facts == {"open": False}
    with pytest.raises(Invalid):
        validate_submission(box, {"open": "false"})


def test_what_was_left_empty_is_nothing() -> None:
    submission = validate_submission(_ALL, {"kind": "request"}, options=_OPTIONS)
    assert submission.facts == {
        "kind": "request",
        "level": None,
        "open": False,
        "received": None,
        "note": None,
    }
    assert submission.columns == {"answer_text": None, "amount": None, "checks": (), "files": ()}


@pytest.mark.parametrize(
    ("field", "value", "word"),
    [
        ("kind", "", "obligatorio"),
        ("kind", "bribe", "opciones"),
        ("kind", ["request"], "opciones"),
        ("level", "3", "opciones"),
        ("level", True, "opciones"),
        ("open", "maybe", "sí o no"),
        ("open", 1, "sí o no"),
        ("received", "2026-02-30", "No es una fecha"),
        ("received", "31/03/2026", "No es una fecha"),
        ("received", 20260331, "No es una fecha"),
        ("note", "ab", "al menos 3"),
        ("note", "x" * 11, "el máximo es 10"),
        ("note", "ab\x00cd", "caracteres de control"),
        ("note", "ab\ud800cd", "caracteres de control"),
        ("note", {"$ne": 1}, "texto"),
        ("answer_text", "x" * 10_001, "el máximo es 10000"),
        ("amount", "nueve", "número"),
        ("amount", "NaN", "número"),
        ("amount", "Infinity", "número"),
        ("amount", "1e999999999", "número"),
        ("amount", "9" * 500, "número"),
        ("amount", True, "número"),
        pytest.param("amount", 10**5000, "número", id="amount of 5000 digits"),
        ("amount", float("inf"), "número"),
        ("amount", "1e3", "número"),
        ("amount", "٣", "número"),
        ("amount", "1.000", "Escriba 1000, sin separar los miles"),
        ("amount", "1_000", "Escriba 1000,"),
        ("amount", "1 000 000", "Escriba 1000000,"),
        ("amount", "-1.000,50", "Escriba -1000,50,"),
        ("amount", "1,000,000.5", "Escriba 1000000,5,"),
        pytest.param("level", 10**5000, "opciones", id="level of 5000 digits"),
        ("level", float("nan"), "opciones"),
        ("amount", "10", "máximo es 9"),
        ("amount", 0, "mínimo es 1"),
        ("checks", ["a", "c"], "opciones"),
        ("checks", [1], "lista"),
        ("checks", ["a"] * 51, "máximo es 50"),
        ("files", {"a": 1}, "lista"),
        ("files", ["x" * 201], "máximo es 200"),
        ("stranger", "x", "no tiene este campo"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_field(field: str, value: object, word: str) -> None:
    fields = _refused(**{field: value})
    assert list(fields) == [field]
    assert word in fields[field]


@pytest.mark.parametrize(("sent", "kept"), [("0.125", 0.125), ("1,125", 1.125), ("-2.5", -2.5), ("8", 8)])
def test_a_number_may_have_a_point_or_a_comma(sent: str, kept: float) -> None:
    field = {"type": "number", "key": "amount", "ventanilla": _COLUMN}
    assert validate_submission(_form(field), {"amount": sent}).columns == {"amount": kept}


@pytest.mark.parametrize(
    ("decimals", "sent", "word"), [(0, "2,5", "un número entero"), (1, "2,55", "hasta 1 decimales")]
)
def test_a_number_has_the_decimals_that_its_field_allows(decimals: int, sent: str, word: str) -> None:
    form = _form({"type": "number", "key": "amount", "decimalDigits": decimals, "ventanilla": _COLUMN})
    with pytest.raises(Invalid) as error:
        validate_submission(form, {"amount": sent})
    assert word in error.value.fields["amount"]
    assert validate_submission(form, {"amount": "3,0"}).columns == {"amount": 3}


@pytest.mark.parametrize(
    ("rule", "sent", "word"),
    [
        ({"validate": {"required": True}}, [""], "obligatorio"),
        ({"validate": {"required": True}}, [" ", ""], "obligatorio"),
        ({}, ["a.pdf", "b.pdf"], "un solo archivo"),
        ({"accept": ".pdf, .jpg"}, ["a.exe"], "Se admiten archivos .pdf, .jpg"),
        ({"accept": ".pdf"}, ["pdf.exe"], "Se admiten archivos .pdf"),
        ({"accept": ".pdf", "multiple": True}, ["a.pdf", "b"], "Se admiten archivos .pdf"),
    ],
)
def test_files_are_as_many_and_of_the_kinds_that_the_field_says(
    rule: Mapping[str, Any], sent: list[str], word: str
) -> None:
    form = _form({"type": "filepicker", "key": "files", "ventanilla": _COLUMN, **rule})
    with pytest.raises(Invalid) as error:
        validate_submission(form, {"files": sent})
    assert word in error.value.fields["files"]


def test_a_browser_s_empty_file_is_no_file() -> None:
    form = _form({"type": "filepicker", "key": "files", "accept": ".pdf,.jpg", "ventanilla": _COLUMN})
    assert validate_submission(form, {"files": ["", "Foto.JPEG"]}).columns == {"files": ("Foto.JPEG",)}
    assert validate_submission(form, {"files": [""]}).columns == {"files": ()}


def test_every_field_that_does_not_fit_is_told_at_once() -> None:
    assert set(_refused(kind="", level="9", received="x")) == {"kind", "level", "received"}


def test_markup_is_kept_as_it_is() -> None:
    sent = {"kind": "request", "answer_text": "<b>{{ 7*7 }}</b>"}
    assert validate_submission(_ALL, sent, options=_OPTIONS).columns["answer_text"] == "<b>{{ 7*7 }}</b>"


def test_options_that_the_installation_does_not_give_admit_nothing() -> None:
    with pytest.raises(Invalid):
        validate_submission(_ALL, {"kind": "request"})


@pytest.mark.parametrize(
    ("component", "word"),
    [
        ({"type": "html", "content": "<b>"}, "«html»"),
        ({"type": "button"}, "«button»"),
        ({"type": "textfield", "key": "Note"}, "minúsculas"),
        ({"type": "textfield", "key": "note", "label": " "}, "no tiene etiqueta"),
        ({"type": "textfield", "key": "note", "validate": {"pattern": "a+"}}, "«pattern»"),
        ({"type": "textfield", "key": "note", "validate": {"maxLength": 5000}}, "guarda 200"),
        ({"type": "textfield", "key": "note", "validate": {"maxLength": "9"}}, "«maxLength»"),
        ({"type": "textfield", "key": "note", "conditional": {"hide": "=x"}}, "«conditional»"),
        ({"type": "textfield", "key": "ghost"}, "no declara"),
        ({"type": "textfield", "key": "level"}, "«number»"),
        ({"type": "checklist", "key": "note", "values": [{"label": "A", "value": "a"}]}, "columna"),
        ({"type": "filepicker", "key": "note"}, "columna"),
        ({"type": "select", "key": "kind"}, "no tiene opciones"),
        ({"type": "select", "key": "kind", "optionsFrom": "neighbours"}, "«neighbours»"),
        ({"type": "select", "key": "kind", "values": [{"label": "", "value": "a"}]}, "sin etiqueta"),
        ({"type": "textfield", "key": "note", "ventanilla": {"to": "mail"}}, "«mail»"),
        ({"type": "textfield", "key": "note", "ventanilla": {"suggest": "ghost"}}, "«ghost»"),
        ({"type": "text", "text": " "}, "vacío"),
        ({"type": "datetime", "key": "received", "subtype": "time"}, "«date» o «datetime»"),
        ({"type": "datetime", "key": "received", "subtype": "datetime"}, "su dato es de tipo «date»"),
        ({"type": "number", "key": "level", "validate": {"min": 2, "max": 1}}, "«min» (2) es mayor"),
        (
            {"type": "textfield", "key": "note", "validate": {"minLength": 9, "maxLength": 1}},
            "«minLength» (9)",
        ),
        ({"type": "number", "key": "level", "validate": {"max": 10**400}}, "la validación «max»"),
        ({"type": "number", "key": "level", "validate": {"max": float("inf")}}, "la validación «max»"),
        ({"type": "number", "key": "level", "decimalDigits": -1}, "«decimalDigits»"),
        ({"type": "number", "key": "level", "decimalDigits": True}, "«decimalDigits»"),
        ({"type": "filepicker", "key": "files", "accept": "image/*", "ventanilla": _COLUMN}, "«accept»"),
        ({"type": "select", "key": "level", "optionsFrom": "kinds"}, "textos de la instalación"),
        ({"type": "radio", "key": "open", "values": [{"label": "Sí", "value": "sí"}]}, "la opción «sí»"),
    ],
)
def test_a_form_outside_the_subset_is_told(component: Mapping[str, Any], word: str) -> None:
    [message] = check_form(_form(component), facts=_FACTS, columns=_COLUMNS)
    assert word in message


def test_two_fields_with_one_key_are_told() -> None:
    twice = _form({"type": "textfield", "key": "note"}, {"type": "textarea", "key": "note"})
    [message] = check_form(twice, facts=_FACTS, columns=_COLUMNS)
    assert "«note»" in message


def test_a_field_cannot_write_to_a_column_of_the_office() -> None:
    component = {"type": "textfield", "key": "tracking_code", "label": "Código", "ventanilla": _COLUMN}
    [message] = check_form(_form(component), facts=_FACTS, columns=_COLUMNS)
    assert message == (
        "El campo «tracking_code» va a una columna que no existe; hay «amount», «answer_text», «checks»."
    )


_CHOICE = {
    "type": "radio",
    "key": "note",
    "values": [{"label": "Sí", "value": "yes"}, {"label": "No", "value": "no"}],
}


def _depends(on: Mapping[str, object], **more: object) -> dict[str, Any]:
    return {"type": "textarea", "key": "why", "ventanilla": {"to": "note", "when": on, **more}}


def test_notes_and_what_is_handed_to_the_intents_are_apart_from_facts_and_columns() -> None:
    form = _form(
        _CHOICE,
        {"type": "textarea", "key": "comment", "ventanilla": {"to": "note"}},
        {"type": "textarea", "key": "reason", "ventanilla": {"to": "intent"}},
        {"type": "textarea", "key": "empty", "ventanilla": {"to": "note"}},
    )
    values = {"note": "yes", "comment": "Falta una firma.", "reason": "No es de aquí.", "empty": ""}

    submission = validate_submission(form, values)

    assert submission.facts == {"note": "yes"}
    assert submission.columns == {}
    assert submission.notes == {"comment": "Falta una firma."}
    assert submission.intents == {"reason": "No es de aquí."}


def test_how_many_were_marked_is_a_fact() -> None:
    options = [{"label": "A", "value": "a"}, {"label": "B", "value": "b"}, {"label": "C", "value": "c"}]
    target = {"to": "intent", "count": "level"}
    form = _form({"type": "checklist", "key": "asked", "values": options, "ventanilla": target})

    submission = validate_submission(form, {"asked": ["a", "c"]})

    assert (submission.facts, submission.intents) == ({"level": 2}, {"asked": ("a", "c")})


@pytest.mark.parametrize(("chosen", "told"), [("yes", {"why": "Este campo es obligatorio."}), ("no", {})])
def test_a_field_that_depends_on_another_is_required_only_then(chosen: str, told: Mapping[str, str]) -> None:
    form = _form(_CHOICE, {**_depends({"note": ["yes"]}), "validate": {"required": True}})

    errors: Mapping[str, str] = {}
    try:
        validate_submission(form, {"note": chosen, "why": ""})
    except Invalid as error:
        errors = error.fields

    assert errors == told


_ANSWER = {
    "type": "textarea",
    "key": "answer_text",
    "validate": {"required": True, "minLength": 10},
    "ventanilla": {"to": "column", "requiredWhen": {"note": ["yes"]}},
}


def test_a_field_that_is_required_at_times_is_taken_at_any_time() -> None:
    submission = validate_submission(_form(_CHOICE, _ANSWER), {"note": "no", "answer_text": "A medias"})

    assert submission.columns == {"answer_text": "A medias"}


@pytest.mark.parametrize("typed", ["", "A medias"])
def test_a_field_that_is_required_at_times_must_be_complete_then(typed: str) -> None:
    with pytest.raises(Invalid) as wrong:
        validate_submission(_form(_CHOICE, _ANSWER), {"note": "yes", "answer_text": typed})

    assert set(wrong.value.fields) == {"answer_text"}


def test_what_was_typed_in_a_field_that_does_not_count_is_left_out() -> None:
    form = _form(_CHOICE, _depends({"note": ["yes"]}))

    assert validate_submission(form, {"note": "no", "why": "Algo"}).notes == {}


@pytest.mark.parametrize(
    ("component", "word"),
    [
        (_depends({"ghost": ["yes"]}), "«ghost»"),
        (_depends({"note": ["maybe"]}), "no puede tener"),
        (_depends({"note": []}), "no puede tener"),
        (_depends({"why": ["yes"]}), "no es un campo de opciones"),
        (_depends({}, requiredWhen={"ghost": ["yes"]}), "«ghost»"),
        (_depends({}, requiredWhen={"note": ["maybe"]}), "no puede tener"),
        (_depends({"note": ["yes"]}, count="level"), "no es una lista de casillas"),
        ({"type": "number", "key": "why", "ventanilla": {"to": "note"}}, "no es un texto"),
        ({"type": "textarea", "key": "why", "ventanilla": {"to": "intent"}}, "no lo lee"),
        (
            {
                "type": "checklist",
                "key": "why",
                "values": [{"label": "A", "value": "a"}],
                "ventanilla": {"to": "column", "count": "open"},
            },
            "no es un dato numérico",
        ),
    ],
)
def test_a_destination_that_leads_nowhere_is_told(component: Mapping[str, Any], word: str) -> None:
    found = check_form(_form(_CHOICE, component), facts=_FACTS, columns={"why"}, intent_fields={"reason"})

    assert [word in message for message in found] == [True]


@pytest.mark.parametrize(
    ("told", "problems"),
    [
        ({"notBy": ["author", "signer"]}, 0),
        ({"notBy": ["mayor"]}, 1),
        ({"notBy": [["author"]]}, 1),
        ({"by": ["author"]}, 1),
        ("author", 1),
        ({"notBy": ["author"], "duty": "danger"}, 0),
        ({"duty": "judge_report"}, 0),
        ({"duty": "appeal"}, 1),
        ({"duty": ["danger"]}, 1),
    ],
)
def test_a_form_says_of_its_task_only_what_the_office_knows(told: object, problems: int) -> None:
    form = {**_form(_CHOICE), "ventanilla": told}

    assert len(check_form(form, facts=_FACTS, columns=_COLUMNS)) == problems

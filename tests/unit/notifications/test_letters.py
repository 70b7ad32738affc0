"""The letters, as the people who receive them read them."""

from dataclasses import fields, replace
from datetime import date, datetime
from typing import Any, get_type_hints

import pytest
from jinja2 import meta
from lxml import html

from notifications.messages import (
    LETTERS,
    Acknowledgement,
    Answer,
    Assigned,
    Escalation,
    Letter,
    Letterhead,
    compose,
)
from notifications.render import TEMPLATES, RenderError, _environment, render, template_names
from notifications.spanish import BOGOTA

LETTERHEAD = Letterhead(entity="Alcaldía de Villa del Río", contact="Calle 5 n.º 4-20 · (606) 123 4567")
ACKNOWLEDGEMENT = Acknowledgement(
    letterhead=LETTERHEAD,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    tracking_code="K7QF-9XMB-24TD",
    received_at=datetime(2026, 11, 21, 23, 5, tzinfo=BOGOTA),
    filed_on=date(2026, 11, 23),
    filing_reason="Lo que llega en un día no hábil se radica el día hábil siguiente.",
    kind_label="Petición",
    due_on=date(2026, 12, 15),
    term_label="15 días hábiles",
    citation="Ley 1437 de 2011, artículo 14",
    attachments=("PDF", "JPG", "PNG"),
    tracking_url="https://villa.example/consulta",
)
ANSWER = Answer(
    letterhead=LETTERHEAD,
    petitioner_name="Ana María Ruiz",
    filing_number="2026-000123",
    filed_on=date(2026, 11, 23),
    outgoing_number="S-2026-000045",
    text="El poste ya fue reparado.\n\nGracias por avisar.\nHasta pronto.",
    attachments=(),
    is_consultation=False,
    signer_name="Luis Peña",
    signer_title="Secretario de Infraestructura",
    department="Secretaría de Infraestructura",
    tracking_url="https://villa.example/consulta",
)
ASSIGNED = Assigned(
    letterhead=LETTERHEAD,
    filing_number="2026-000123",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    due_on=date(2026, 12, 15),
    internal_target_on=date(2026, 12, 14),
    term_label="15 días hábiles",
    citation="Ley 1437 de 2011, artículo 14",
    priority_reason="",
    url="https://villa.example/tareas/7",
)
ESCALATION = Escalation(
    letterhead=LETTERHEAD,
    filing_number="2026-000123",
    kind_label="Petición",
    department="Secretaría de Infraestructura",
    official_name="Luis Peña",
    due_on=date(2026, 12, 15),
    today=date(2026, 12, 10),
    working_days_left=3,
    url="https://villa.example/peticiones/2026-000123",
)
EVERY_LETTER = (ACKNOWLEDGEMENT, ANSWER, ASSIGNED, ESCALATION)
SET_BY_THE_LAYOUT = {"subject_line", "details", "link"}
HOSTILE = "<script>alert(1)</script>{{ 7*7 }}{% for x in y %}"


def _spoken(markup: str) -> str:
    """What a screen reader speaks of a page."""
    return " ".join(str(html.fromstring(markup.encode()).xpath("string()")).split())


def test_the_acknowledgement_says_the_number_and_the_date_in_words() -> None:
    letter = compose(ACKNOWLEDGEMENT)

    promise = (
        "Su petición quedó radicada con el número 2026-000123. "
        "Le responderemos a más tardar el martes 15 de diciembre de 2026."
    )
    assert letter.subject == "Su petición quedó radicada con el número 2026-000123"
    assert promise in letter.text
    assert promise in _spoken(letter.html)


def test_the_acknowledgement_prints_reception_and_filing_and_why_they_differ() -> None:
    letter = compose(ACKNOWLEDGEMENT)

    for text in (letter.text, _spoken(letter.html)):
        assert "sábado 21 de noviembre de 2026 a las 11:05 p. m." in text
        assert "lunes 23 de noviembre de 2026" in text
        assert "Por qué se radicó en otra fecha: lo que llega en un día no hábil" in text
        assert "3 (PDF, JPG y PNG)" in text
        assert "15 días hábiles" in text
        assert "Ley 1437 de 2011, artículo 14" in text


def test_a_petition_filed_on_the_day_it_came_needs_no_reason() -> None:
    same_day = replace(ACKNOWLEDGEMENT, filed_on=date(2026, 11, 21), filing_reason="")

    letter = compose(same_day)

    assert "otra fecha" not in letter.text
    assert "otra fecha" not in letter.html


def test_an_acknowledgement_without_files_counts_none() -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, attachments=()))

    assert "Archivos adjuntos: 0\n" in letter.text
    assert "Archivos adjuntos0" in _spoken(letter.html)


def test_the_tracking_code_is_in_no_link() -> None:
    page = html.fromstring(compose(ACKNOWLEDGEMENT).html.encode())

    assert page.xpath("//a/@href") == ["https://villa.example/consulta"]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Ana María Ruiz", "Cordial saludo, Ana María Ruiz:"),
        ("O'Neill & Hijos S.A.S. (3M)", "Cordial saludo, O'Neill & Hijos S.A.S. (3M):"),
        (None, "Cordial saludo:"),
        ("", "Cordial saludo:"),
        ("Gane dinero en premios.example", "Cordial saludo:"),
        ("Gane https://premios", "Cordial saludo:"),
        ("Gane\nmucho", "Cordial saludo:"),
        ("A" * 81, "Cordial saludo:"),
    ],
)
def test_a_letter_greets_by_name_but_carries_no_strangers_link(name: str | None, greeting: str) -> None:
    letter = compose(replace(ACKNOWLEDGEMENT, petitioner_name=name))

    assert letter.text.splitlines()[0] == greeting
    assert greeting in _spoken(letter.html)


def test_the_answer_carries_its_number_its_text_and_its_signature() -> None:
    letter = compose(ANSWER)

    assert letter.subject == "Respuesta a su petición 2026-000123"
    assert "Número de salida: S-2026-000045" in letter.text
    assert "El poste ya fue reparado.\n\nGracias por avisar.\nHasta pronto.\n" in letter.text
    assert "Luis Peña\nSecretario de Infraestructura\n" in letter.text
    assert "<p>Gracias por avisar.<br>\nHasta pronto.</p>" in letter.html
    assert "adjunto" not in letter.text


@pytest.mark.parametrize(
    ("attachments", "note"),
    [
        (("informe.pdf",), "un archivo adjunto: informe.pdf. Para descargarlo,"),
        (("informe.pdf", "fotos.zip"), "2 archivos adjuntos: informe.pdf y fotos.zip."),
    ],
)
def test_the_answer_says_where_its_files_are(attachments: tuple[str, ...], note: str) -> None:
    letter = compose(replace(ANSWER, attachments=attachments))

    assert note in letter.text
    assert note in _spoken(letter.html)


def test_the_answer_to_a_consultation_says_that_it_does_not_bind() -> None:
    note = "no son de obligatorio cumplimiento o ejecución (Ley 1437 de 2011, artículo 28)"

    consultation = compose(replace(ANSWER, is_consultation=True))

    assert note in consultation.text
    assert note in _spoken(consultation.html)
    assert "artículo 28" not in compose(ANSWER).text


@pytest.mark.parametrize(
    ("today", "days_left", "subject", "sentence"),
    [
        (
            date(2026, 12, 10),
            3,
            "Petición 2026-000123: quedan 3 días hábiles",
            "le quedan 3 días hábiles: vence el martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 14),
            1,
            "Petición 2026-000123: queda 1 día hábil",
            "le queda 1 día hábil: vence el martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 15),
            0,
            "Petición 2026-000123: vence hoy",
            "vence hoy, martes 15 de diciembre de 2026",
        ),
        (
            date(2026, 12, 19),
            -3,
            "Petición 2026-000123: venció el martes 15 de diciembre de 2026",
            "tenía plazo hasta el martes 15 de diciembre de 2026",
        ),
    ],
)
def test_an_escalation_says_how_much_time_is_left(
    today: date, days_left: int, subject: str, sentence: str
) -> None:
    letter = compose(replace(ESCALATION, today=today, working_days_left=days_left))

    assert letter.subject == subject
    assert sentence in letter.text
    assert sentence in _spoken(letter.html)


def test_an_escalation_says_when_nobody_has_the_task() -> None:
    letter = compose(replace(ESCALATION, official_name=None))

    assert "Responsable: nadie ha tomado la tarea todavía" in letter.text


@pytest.mark.parametrize("letter", [Assigned, Escalation])
def test_a_letter_to_officials_has_no_place_for_the_citizens_data(letter: type[Letter]) -> None:
    names = {field.name for field in fields(letter)}

    assert names.isdisjoint({"petitioner_name", "tracking_code", "text"})


def test_the_assignment_says_both_dates_and_why_it_goes_first() -> None:
    letter = compose(replace(ASSIGNED, priority_reason="La presenta una persona mayor."))

    for text in (letter.text, _spoken(letter.html)):
        assert "lunes 14 de diciembre de 2026" in text
        assert "martes 15 de diciembre de 2026" in text
        assert "La presenta una persona mayor." in text
    assert "prioritaria" not in compose(ASSIGNED).text


@pytest.mark.parametrize("letter", EVERY_LETTER, ids=lambda letter: letter.template)
def test_a_letter_is_accessible_and_loads_nothing_from_outside(letter: Letter) -> None:
    rendered = compose(letter)

    page = html.fromstring(rendered.html.encode())
    assert page.get("lang") == "es"
    assert page.findtext(".//title") == rendered.subject
    assert len(page.findall(".//h1")) == 1
    assert not page.xpath("//script | //link | //img | //style | //@src | //*[contains(@style, 'url')]")
    assert page.xpath("//th[not(@scope)]") == []
    assert rendered.text.rstrip().endswith("Calle 5 n.º 4-20 · (606) 123 4567")


@pytest.mark.parametrize("letter", EVERY_LETTER, ids=lambda letter: letter.template)
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
    assert {letter.template for letter in LETTERS} == template_names()


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: letter.template)
def test_a_template_uses_every_value_that_its_letter_declares(letter: type[Letter]) -> None:
    environment = _environment()
    shared = ["layout.html", "signature.txt"]
    own = [f"{letter.template}/{part}" for part in ("subject.txt", "body.txt", "body.html")]

    used: set[str] = set()
    for name in own + shared:
        source = (TEMPLATES / name).read_text(encoding="utf-8")
        used |= meta.find_undeclared_variables(environment.parse(source))

    assert used - SET_BY_THE_LAYOUT == {field.name for field in fields(letter)}


def test_an_unknown_template_is_refused_by_name() -> None:
    with pytest.raises(RenderError, match=r"No existe la plantilla de mensaje «\.\./layout»"):
        render("../layout", {})


def test_a_missing_value_is_an_error_and_not_a_blank() -> None:
    with pytest.raises(RenderError, match=r"«acknowledgement» no se pudo escribir.*filing_number"):
        render("acknowledgement", {"letterhead": {"entity": "Alcaldía", "contact": ""}})


@pytest.mark.parametrize(
    ("field", "value"),
    [("due_on", "2026-12-15"), ("received_at", datetime(2026, 11, 21))],  # noqa: DTZ001 - the fault under test
)
def test_a_date_of_the_wrong_type_is_refused(field: str, value: object) -> None:
    context = {f.name: getattr(ACKNOWLEDGEMENT, f.name) for f in fields(ACKNOWLEDGEMENT)}

    with pytest.raises(RenderError, match="no se pudo escribir"):
        render("acknowledgement", {**context, field: value})

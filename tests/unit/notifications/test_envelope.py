"""Addresses and the mail as it travels."""

import io
from dataclasses import replace
from datetime import datetime
from email.headerregistry import Address
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications.addresses import is_valid_address, to_address, to_mailbox
from notifications.envelope import PermanentFailure, build_mail
from notifications.send import ConsoleSender, SmtpSettings
from tests.support.letters import MESSAGE

OFFICE = Address("Alcaldía de Villa del Río", "pqrsd", "villa.example")


@pytest.mark.parametrize(
    "address",
    [
        "ana@correo.example",
        "ana.maria+pqrsd@sub.correo.example",
        "ñandú@correo.example",
        "ana@muñoz.example",
        "ana@localhost",
        "a" * 64 + "@correo.example",
    ],
)
def test_an_address_that_can_be_written_to(address: str) -> None:
    assert is_valid_address(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ana",
        "ana@",
        "@correo.example",
        "ana@correo",
        "ana@@correo.example",
        "ana maria@correo.example",
        "ana@correo..example",
        "ana@-correo.example",
        "ana@correo-.example",
        "ana@correo.example.",
        ".ana@correo.example",
        "ana..b@correo.example",
        "ana@[127.0.0.1]",
        '"ana"@correo.example',
        "ana@correo.example\r\nBcc: otra@correo.example",
        "ana@correo.example\n",
        "ana@correo.example,otra@correo.example",
        "Ana <ana@correo.example>",
        "a" * 65 + "@correo.example",
        "ana@" + "b" * 64 + ".example",
        "ana@" + "b." * 130 + "example",
        "\x00ana@correo.example",
        "\ud800@correo.example",
    ],
)
def test_an_address_that_cannot_be_written_to(address: str) -> None:
    assert not is_valid_address(address)
    with pytest.raises(ValueError, match="not a mail address"):
        to_address(address)


@settings(deadline=None)
@given(st.text(st.sampled_from('añ@.-_ <>,"\r\n\x00é1[]:;()\\'), max_size=30))
def test_whatever_is_valid_makes_a_header_of_one_line(text: str) -> None:
    if not is_valid_address(text):
        return
    mail = build_mail(replace(MESSAGE, to=text), OFFICE)

    assert len(mail["To"].addresses) == 1
    assert "\n" not in str(mail["To"])


def test_a_domain_travels_in_ascii() -> None:
    assert to_address("ana@muñoz.example").addr_spec == "ana@xn--muoz-hqa.example"


def test_a_mailbox_may_carry_a_name() -> None:
    named = to_mailbox("Alcaldía de Villa <pqrsd@villa.example>")

    assert (named.display_name, named.addr_spec) == ("Alcaldía de Villa", "pqrsd@villa.example")
    assert to_mailbox("pqrsd@villa.example").display_name == ""


def test_a_mail_has_both_bodies_a_date_and_a_stable_identity() -> None:
    mail = build_mail(MESSAGE, OFFICE)

    assert mail["Message-ID"] == "<0192f0c1-1@villa.example>"
    assert mail["Date"].datetime == MESSAGE.sent_at
    assert mail["From"] == "Alcaldía de Villa del Río <pqrsd@villa.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "multipart/alternative"
    plain, rich = mail.iter_parts()
    assert plain.get_content() == MESSAGE.text
    assert rich.get_content().strip() == MESSAGE.html
    assert all(byte < 128 for byte in mail.as_bytes())


def test_a_message_without_html_is_plain_text() -> None:
    mail = build_mail(replace(MESSAGE, html=""), OFFICE)

    assert mail.get_content_type() == "text/plain"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": "ana@correo.example\r\nBcc: otra@correo.example"}, "dirección"),
        ({"subject": "Hola\r\nBcc: otra@correo.example"}, "asunto"),
        ({"subject": "Hola\nX-Mal: sí"}, "asunto"),
        ({"subject": "Hola\u2028X-Mal: sí"}, "asunto"),
        ({"subject": "Hola\x00"}, "asunto"),
        ({"subject": "\ud800"}, "asunto"),
        ({"subject": " "}, "asunto"),
        ({"subject": "a" * 501}, "asunto"),
        ({"message_id": "<a@b>\r\nBcc: <c@d>"}, "identificador"),
        ({"message_id": "a@b"}, "identificador"),
        ({"text": "\ud800"}, "caracteres"),
        ({"html": "\udfff"}, "caracteres"),
        ({"sent_at": datetime(2026, 11, 24)}, "zona horaria"),  # noqa: DTZ001 - the fault under test
    ],
)
def test_a_value_that_could_break_a_header_is_refused_for_good(change: dict[str, Any], words: str) -> None:
    broken = replace(MESSAGE, **change)

    with pytest.raises(PermanentFailure, match=words):
        build_mail(broken, OFFICE)


def test_the_console_shows_the_message_and_no_terminal_codes() -> None:
    stream = io.StringIO()

    ConsoleSender(stream).send(replace(MESSAGE, text="Hola\x1b[2J, Ana.\nAdiós."))

    assert stream.getvalue() == (
        "Para: ana@correo.example\n"
        "Asunto: Su petición quedó radicada con el número 2026-000123\n\n"
        "Hola[2J, Ana.\nAdiós.\n"
    )


def test_the_console_refuses_what_a_mail_server_would_refuse() -> None:
    with pytest.raises(PermanentFailure):
        ConsoleSender(io.StringIO()).send(replace(MESSAGE, to="nadie"))


def test_a_mail_password_leaves_the_machine_only_encrypted() -> None:
    with pytest.raises(ValueError, match="encrypted"):
        SmtpSettings(host="correo.example", port=25, sender="a@b.example", user="a", security="none")


def test_a_mail_password_is_in_no_printed_settings() -> None:
    kept = SmtpSettings(host="correo.example", port=587, sender="a@b.example", user="a", password="secreto-7")

    assert "secreto-7" not in repr(kept)

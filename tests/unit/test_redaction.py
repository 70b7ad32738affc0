"""What of a person is still legible in a text for the public."""

import pytest

from processes.petitions.redaction import KnownPerson, personal_data_in

ROSA = KnownPerson(
    full_name="Rosa María Díaz del Río",
    document_number="52.123.456",
    email="rosa@correo.example",
    phone="300 123 4567",
    address="Calle 5 # 4-21",
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Señora Rosa Díaz: taparemos el hueco.", "el nombre de quien la presentó"),
        ("Respondemos a la señora ROSA DIAZ DEL RIO.", "el nombre de quien la presentó"),
        ("Usted, con cédula 52123456, pidió copias.", "su número de documento"),
        ("Documento 52 123 456.", "su número de documento"),
        ("Le escribimos a ROSA@correo.example.", "su correo"),
        ("Llamamos al 3001234567.", "su teléfono"),
        ("Visitamos la CALLE 5 # 4-21.", "su dirección"),
        ("El vecino Pedro, C.C. 10.222.333, firmó.", "un número de documento"),
        ("Escriba a vecino@correo.example.", "un correo"),
        ("Llame al 310 555 66 77.", "un teléfono"),
    ],
)
def test_what_names_a_person_is_found_however_it_is_written(text: str, found: str) -> None:
    assert personal_data_in(text, ROSA) == (found,)


@pytest.mark.parametrize(
    "text",
    [
        "Taparemos el hueco de la calle 5 el martes 1 de diciembre de 2026.",
        "La obra cuesta 52.123.999 pesos (contrato 300-2026).",
        "En el barrio Santa Rosa la cuadrilla trabaja desde el 15 de enero.",
        "Radicado 2026-000123, oficio 2026-S-000045.",
    ],
)
def test_what_names_nobody_may_be_published(text: str) -> None:
    assert personal_data_in(text, ROSA) == ()


def test_of_an_anonymous_petition_only_what_looks_like_a_persons_is_found() -> None:
    text = "La cédula de ciudadanía n.º 52.123.456 y el correo ana@correo.example quedaron anotados."

    assert personal_data_in(text, KnownPerson()) == ("un número de documento", "un correo")


def test_a_person_with_one_name_is_found_by_it() -> None:
    assert personal_data_in("Señor Yepes: gracias.", KnownPerson(full_name="Yepes")) == (
        "el nombre de quien la presentó",
    )

"""Filing and following a petition by JSON."""

import hashlib
from typing import Any

import pytest
import sqlalchemy as sa

from processes.petitions.tables import ATTACHMENTS, PETITIONS
from tests.api.site import PETITION, Site

PDF = b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"
FORM = {**PETITION, "privacy_notice": "true"}


def count(site: Site, table: sa.Table) -> int:
    with site.office.read() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def test_a_filed_petition_gives_number_code_and_dates(site: Site) -> None:
    response = site.client.post("/api/petitions", json=PETITION)

    assert response.status_code == 201
    receipt = response.json()
    number = receipt["filing_number"]
    dates = {"received_at", "filed_on", "filing_reason", "due_on"}
    assert receipt.keys() == {"filing_number", "tracking_code", "kind", *dates}
    assert (receipt["filed_on"], receipt["due_on"], receipt["kind"]) == (
        "2026-11-23",
        "2026-12-15",
        "request",
    )
    assert receipt["received_at"] == "2026-11-23T15:00:00+00:00"
    assert response.headers["Location"] == f"/api/petitions/{number}/tracking"


def test_a_citizen_follows_a_petition_with_its_number_and_code(site: Site) -> None:
    receipt = site.file()

    response = site.client.get(
        f"/api/petitions/{receipt['filing_number']}/tracking",
        headers={"Tracking-Code": receipt["tracking_code"].lower().replace("-", "")},
    )

    assert response.status_code == 200
    tracked = response.json()
    assert (tracked["status"], tracked["subject"], tracked["answer"]) == ("filed", PETITION["subject"], None)
    assert sum(day["counted"] for day in tracked["explanation"]["days"]) == 15


def test_a_wrong_code_and_a_wrong_number_are_told_the_same(site: Site) -> None:
    receipt = site.file()
    tracking = "/api/petitions/{}/tracking"

    wrong_code = site.client.get(
        tracking.format(receipt["filing_number"]), headers={"Tracking-Code": "AAAAA-AAAA-AAAA"}
    )
    wrong_number = site.client.get(
        tracking.format("2026-999999"), headers={"Tracking-Code": receipt["tracking_code"]}
    )

    assert (wrong_code.status_code, wrong_number.status_code) == (404, 404)
    assert wrong_code.json()["detail"] == wrong_number.json()["detail"]


def test_the_code_is_not_accepted_in_the_address(site: Site) -> None:
    receipt = site.file()

    response = site.client.get(
        f"/api/petitions/{receipt['filing_number']}/tracking",
        params={"tracking_code": receipt["tracking_code"]},
    )

    assert response.status_code == 422
    assert response.json()["errors"] == [{"field": "Tracking-Code", "detail": "Este dato es obligatorio."}]


def test_a_repeated_request_with_the_same_key_gives_the_same_receipt(site: Site) -> None:
    before = count(site, PETITIONS)
    headers = {"Idempotency-Key": "5c1f5a0e-7d0c-4b8b-a5b9-0b5d7a6e0001"}

    first = site.client.post("/api/petitions", json=PETITION, headers=headers)
    second = site.client.post("/api/petitions", json=PETITION, headers=headers)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert ("Idempotent-Replayed" in first.headers, second.headers["Idempotent-Replayed"]) == (False, "true")
    assert count(site, PETITIONS) == before + 1


def test_the_same_key_with_another_petition_is_refused(site: Site) -> None:
    headers = {"Idempotency-Key": "a-key"}
    site.client.post("/api/petitions", json=PETITION, headers=headers)

    other = site.client.post("/api/petitions", json={**PETITION, "subject": "Otro asunto"}, headers=headers)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency-key-reused")


@pytest.mark.parametrize("key", ["", "with blanks", "x" * 201, "ñ".encode().decode("latin-1")])
def test_a_key_that_is_no_key_is_refused(site: Site, key: str) -> None:
    response = site.client.post(
        "/api/petitions", json=PETITION, headers={b"Idempotency-Key": key.encode("latin-1")}
    )

    assert response.status_code == 422


def test_files_come_with_a_multipart_form(site: Site) -> None:
    files = [("files", ("Soporte de pago.pdf", PDF)), ("files", ("nota.txt", b"Ver el soporte.\n"))]

    response = site.client.post("/api/petitions", data=FORM, files=files)

    assert response.status_code == 201
    with site.office.read() as connection:
        query = (
            sa.select(ATTACHMENTS.c.name, ATTACHMENTS.c.media_type, ATTACHMENTS.c.sha256)
            .join(PETITIONS, PETITIONS.c.id == ATTACHMENTS.c.petition_id)
            .where(PETITIONS.c.filing_number == response.json()["filing_number"])
            .order_by(ATTACHMENTS.c.seq)
        )
        kept = [tuple(row) for row in connection.execute(query)]
    assert kept == [
        ("Soporte de pago.pdf", "application/pdf", hashlib.sha256(PDF).hexdigest()),
        ("nota.txt", "text/plain", hashlib.sha256(b"Ver el soporte.\n").hexdigest()),
    ]


def test_a_program_in_disguise_is_no_document(site: Site) -> None:
    files = {"files": ("factura.pdf", b"MZ\x90\x00\x03\x00\x00\x00\x04")}

    response = site.client.post("/api/petitions", data=FORM, files=files)

    assert response.status_code == 422
    assert "factura.pdf" in response.json()["detail"]


def test_files_go_into_their_own_field(site: Site) -> None:
    response = site.client.post("/api/petitions", data=FORM, files={"subject": ("a.pdf", PDF)})

    assert response.status_code == 422


def test_every_wrong_field_is_told_at_once_in_spanish(site: Site) -> None:
    wrong = {**PETITION, "kind": "caprice", "subject": "", "email": "rosa", "privacy_notice": False}

    response = site.client.post("/api/petitions", json=wrong)

    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert {error["field"] for error in response.json()["errors"]} == {
        "kind",
        "subject",
        "email",
        "privacy_notice",
    }


def test_a_field_that_does_not_exist_is_told(site: Site) -> None:
    misspelt: dict[str, Any] = {**PETITION, "anonimous": True}

    response = site.client.post("/api/petitions", json=misspelt)

    assert response.json()["errors"] == [{"field": "anonimous", "detail": "Este campo no existe."}]


def test_an_anonymous_petition_needs_no_identity(site: Site) -> None:
    anonymous = {name: PETITION[name] for name in ("kind", "subject", "body", "privacy_notice")}

    response = site.client.post("/api/petitions", json={**anonymous, "anonymous": True})

    assert response.status_code == 201


def test_the_kinds_that_a_citizen_may_file_are_listed_with_their_names(site: Site) -> None:
    kinds = site.client.get("/api/kinds").json()

    assert {"request", "wrongdoing_report"} <= {each["kind"] for each in kinds}
    assert all(each["label"] and each["explanation"] for each in kinds)


def test_the_departments_are_listed(site: Site) -> None:
    assert site.client.get("/api/departments").json() == [
        {"code": "HAC", "name": "Secretaría de Hacienda"},
        {"code": "INF", "name": "Secretaría de Infraestructura"},
    ]


def test_the_acknowledgement_leaves_right_after_the_filing(site: Site) -> None:
    recipient = "acuse@correo.example"

    receipt = site.file(email=recipient)

    assert receipt["filing_number"] in site.mail.await_one_to(recipient).text

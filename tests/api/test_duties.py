"""Duties for programs: what is owed aside from the answers, and that it was done."""

from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.terms.events import LegalEventKind
from tests.api.site import Site
from tests.builders.office import CLERK, OFFICIAL
from tests.builders.petitions import live_whole_life


def test_a_program_reads_the_duties_and_notes_one_as_done(site: Site) -> None:
    number = site.file()["filing_number"]
    live_whole_life(site.office, number)
    kind = LegalEventKind.NOTICE_RETURNED
    record_legal_act(
        site.office, CLERK, number, LegalAct(kind=kind, of=LegalEventKind.ANSWERED, reason="Rebotó.")
    )
    address = f"/api/petitions/{number}/duties/returned_answer/done"
    unsaid = {"note": "La recogió en persona con su cédula."}
    note = {**unsaid, "delivered_how": "in_person"}
    headers = site.bearer(CLERK)

    (duty,) = site.client.get("/api/duties", headers=headers).json()
    assert (duty["filing_number"], duty["kind"], duty["due_on"]) == (number, "returned_answer", None)
    assert site.client.get("/api/duties", headers=site.bearer(OFFICIAL)).status_code == 403
    assert site.client.post(address, json={"note": "Ya"}, headers=headers).status_code == 422
    refused = site.client.post(address, json=unsaid, headers=headers)
    assert refused.status_code == 422
    assert "Escoja cómo se entregó la respuesta." in refused.text
    assert "delivered_how" in refused.text
    assert (
        site.client.post(address, json={**unsaid, "delivered_how": "pigeon"}, headers=headers).status_code
        == 422
    )
    assert site.client.post(address, json=note, headers=headers).status_code == 204
    assert site.client.post(address, json=note, headers=headers).status_code == 409
    assert site.client.get("/api/duties", headers=headers).json() == []

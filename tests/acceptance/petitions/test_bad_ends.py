"""Petitions that end badly, lawfully: silence, lateness, mail that comes back, nobody who is competent."""

from tests.acceptance.petitions import writings
from tests.acceptance.petitions.office_work import classify, draft, finish, petitioner
from tests.acceptance.petitions.people import (
    DEPUTY_HEAD,
    FORESTER,
    GREEN_HEAD,
    LAWYER,
    RECEPTIONIST,
    TRAFFIC_HEAD,
    TRAFFIC_OFFICER,
    mail_of,
)
from tests.acceptance.petitions.town import Filing, Town
from tests.builders.office import CLERK, DIRECTOR, SERVICE_HEAD

DATABASE = "sqlite"


def _acts(town: Town, filing: Filing) -> list[str]:
    """What happened to a petition in the eyes of the law."""
    return [str(event["kind"]) for event in town.legal_file(SERVICE_HEAD, filing)["events"]]


def test_who_does_not_complete_within_a_month_is_deemed_to_withdraw_by_a_signed_act(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="subcidio",
        body=writings.VAGUE_SUBSIDY,
        **petitioner("Nelcy Pacheco", "57111222", "nelcy"),
    )
    classify(town, filing, level=2, admission="incomplete")
    town.does(CLERK, filing, "AskForMissing", reason="Díganos cuál subsidio pidió y en qué fecha.")
    town.wait_working_days(25)
    told = town.letters_to(mail_of(LAWYER), filing)
    reason = "Venció el mes sin que dijera cuál subsidio; puede presentarla de nuevo."
    fields = {"citizen_reply": "deemed_withdrawn", "reason": reason, "act_number": "Resolución 34 de 2026"}
    town.does(LAWYER, filing, "DecideSilence", **fields)
    town.deliver()

    letters = town.letters_to("nelcy@correo.example", filing)
    assert told
    assert "puede presentarla de nuevo" in letters[-1].text
    assert "Resolución 34 de 2026" in letters[-1].text
    assert "artículos 17 y 76" in letters[-1].text
    assert "reposición" in letters[-1].text
    assert town.standing(filing)["status"] == "withdrawn"
    assert _acts(town, filing)[-1] == "deemed_withdrawn"


def test_what_nobody_understands_and_nobody_clarifies_is_archived(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="lo de siempre",
        body=writings.RIDDLE,
        **petitioner("Comité Veredal", "900123456", "comite"),
    )
    classify(town, filing, admission="unclear")
    town.does(CLERK, filing, "ReturnUnclear", reason="Díganos qué pidieron, dónde y desde cuándo.")
    town.wait_working_days(12)
    reason = "Pasaron diez días y no se sabe qué se pide."
    fields = {"citizen_reply": "archived_unclear", "reason": reason, "act_number": "Resolución 35 de 2026"}
    town.does(LAWYER, filing, "DecideSilence", **fields)
    town.deliver()

    letters = town.letters_to("comite@correo.example", filing)
    assert town.standing(filing)["status"] == "archived"
    assert reason in letters[-1].text
    assert "artículo 19" in letters[-1].text
    assert _acts(town, filing)[-2:] == ["returned_unclear", "archived_unclear"]


def test_an_answer_after_the_due_date_is_late_and_everybody_above_was_told_before(town: Town) -> None:
    filing = town.file(
        kind="service_claim",
        subject="no recojen la basura",
        body=writings.GARBAGE,
        topic="garbage",
        territory="c2",
        **petitioner("Néstor Iván Cabarcas", "72333444", "nestor"),
    )
    classify(town, filing, level=3)
    town.wait_working_days(18)
    told = [letter.to for letter in town.letters_about(filing)]
    tracked = town.tracking(filing)
    text = "Señor Néstor: le pedimos excusas por la demora. El carro ya pasa los lunes y los jueves."
    draft(town, filing, text, by=FORESTER, head=GREEN_HEAD)
    finish(town, filing)

    assert {mail_of(GREEN_HEAD), mail_of(SERVICE_HEAD), mail_of(DIRECTOR)} <= set(told)
    assert tracked["due_on"] == str(town.standing(filing)["due_on"])
    assert str(town.standing(filing)["sent_at"])[:10] > str(town.standing(filing)["due_on"])
    assert any(text in letter.text for letter in town.letters_to("nestor@correo.example", filing))


def test_mail_that_comes_back_is_tried_on_paper_and_then_published(town: Town) -> None:
    town.post_office.unknown.add("wilson@correo.example")
    filing = town.file(
        kind="service_claim",
        subject="semaforo y foto multa",
        body=writings.TRAFFIC_LIGHT,
        topic="traffic",
        territory="c1",
        address="Calle 99 # 0-00",
        **petitioner("Wilson Ariza", "72555666", "wilson"),
    )
    classify(town, filing, level=3)
    text = "Señor Wilson: el semáforo se arregló ayer y la foto multa del 14 de octubre se revoca."
    draft(town, filing, text, by=TRAFFIC_OFFICER, head=TRAFFIC_HEAD)
    assert town.standing(filing)["status"] == "returned_by_mail"
    town.does(SERVICE_HEAD, filing, "TryAgain", reply_by="letter", new_address="Calle 9 # 10-11")
    town.does(CLERK, filing, "DeliverLetter", delivery="returned", undelivered_reason="Allí nadie lo conoce.")
    public = (
        "El semáforo de la calle quinta con once se arregló; la foto multa por la que se preguntó se revoca."
    )
    fields = {"public_title": "Semáforo de la quinta", "public_text": public, "public_confirmed": True}
    town.does(SERVICE_HEAD, filing, "Publish", **fields)
    finish(town, filing)

    page = town.opens(f"/publicaciones/{filing.number}")
    assert "se revoca" in page
    assert "Wilson" not in page
    assert town.letters_to("wilson@correo.example", filing) == []
    assert town.tracking(filing)["status"] == "closed"


def test_what_no_body_is_competent_for_is_said_to_the_citizen_in_the_answer(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="la antena del satelite",
        body=writings.SATELLITE_DISH,
        **petitioner("Emérita Guao", "36550111", "emerita"),
    )
    classify(town, filing, level=2, admission="not_ours")
    note = "Ninguna entidad ordena apagar un satélite; la antena del vecino no emite."
    town.does(SERVICE_HEAD, filing, "TransferWhole", admission="ours", competence_note=note)
    text = "Señora Emérita: ninguna entidad es competente para eso; venga y la acompañamos al hospital."
    town.does(RECEPTIONIST, filing, "AnswerAtPoint", work_next="answer", answer_text=text, outcome="informed")
    town.deliver()
    finish(town, filing)

    letters = town.letters_to("emerita@correo.example", filing)
    assert any("ninguna entidad es competente" in letter.text for letter in letters)
    assert "transferred_out" not in _acts(town, filing)


def test_what_is_another_body_s_is_transferred_and_the_citizen_knows_where_it_went(town: Town) -> None:
    filing = town.file(
        kind="service_claim",
        subject="recibo de energia",
        body=writings.TRAFFIC_LIGHT,
        **petitioner("Emérita Guao", "36550111", "emerita"),
    )
    classify(town, filing, admission="not_ours")
    town.does(
        DEPUTY_HEAD,
        filing,
        "TransferWhole",
        admission="not_ours",
        authority="Superintendencia de Servicios Públicos",
        reason="La Superintendencia vigila a la empresa que le cobra la energía.",
    )
    town.deliver()

    letters = town.letters_to("emerita@correo.example", filing)
    assert "Superintendencia de Servicios Públicos" in letters[-1].text
    assert "artículo 21" in letters[-1].text
    assert town.standing(filing)["status"] == "transferred"

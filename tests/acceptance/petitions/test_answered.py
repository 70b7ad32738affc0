"""Petitions that are answered: each asks for something else, and goes another way to its close."""

from datetime import date, timedelta

import httpx

from tests.acceptance.petitions import writings
from tests.acceptance.petitions.office_work import (
    classify,
    close,
    draft,
    finish,
    petitioner,
    survey,
)
from tests.acceptance.petitions.people import (
    DEPUTY_HEAD,
    DOCTOR,
    FORESTER,
    GOVERNMENT_HEAD,
    GREEN_HEAD,
    HEALTH_HEAD,
    INSPECTOR,
    LAWYER,
    RECEPTIONIST,
    TREASURER,
    mail_of,
)
from tests.acceptance.petitions.town import Town
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    DEPARTMENT_HEAD,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
)

DATABASE = "sqlite"

UNPROCESSABLE, CONFLICT = httpx.codes.UNPROCESSABLE_ENTITY, httpx.codes.CONFLICT


def test_street_lights_go_by_the_table_to_public_works_and_shine_again(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="alunbrado publico",
        body=writings.STREET_LIGHTS,
        topic="lights",
        territory="c1",
        **petitioner("Luz Dary Quintero", "39045123", "luzdary"),
    )

    classify(town, filing)
    draft(town, filing, "Señora Luz Dary: los seis postes de la carrera 7 se arreglan el jueves 26.")
    survey(town, filing, comment="Ya prendieron, Dios les pague")
    close(town, filing)

    acknowledgement, reply, asked = town.letters_to("luzdary@correo.example", filing)
    assert filing.code in acknowledgement.text
    assert "15 días hábiles" in acknowledgement.text
    assert "los seis postes de la carrera 7 se arreglan el jueves 26" in reply.text
    assert "encuesta" in asked.text
    assert town.letters_to(mail_of(DEPARTMENT_HEAD), filing)
    assert town.tracking(filing)["status"] == "closed"


def test_a_road_and_its_contract_are_three_matters_with_help_copies_an_extension_and_two_signatures(
    town: Town,
) -> None:
    filing = town.file(
        kind="request",
        subject="Derecho de peticion via vereda El Rosario",
        body=writings.POTHOLES_AND_CONTRACT,
        topic="roads",
        territory="v1",
        **petitioner("Ramiro Antonio Vélez", "7654321", "ramiro"),
    )
    matters = [
        {"kind": "request", "text": "Que se repare la vía a la vereda El Rosario."},
        {"kind": "document_request", "text": "Copia del contrato y de las actas de interventoría."},
        {"kind": "information_request", "text": "Cuánto debe el contratista de industria y comercio."},
    ]
    classify(town, filing)
    numbered = town.sends(RECEPTIONIST, f"/api/petitions/{filing.number}/matters", matters=matters)
    assert numbered.json()["due_on"] == str(town.working_day(10))

    question = "¿Cuánto debe el contratista de industria y comercio?"
    town.does(OFFICIAL, filing, "Draft", work_next="ask_help", asked_departments=["HAC"], question=question)
    town.does(STRANGER, filing, "Contribute", contribution="El contratista debe $ 1.250.000 de 2025.")
    price = {"copies": 40, "copies_price": 8000, "question": "Se pagan en la caja del primer piso."}
    town.does(OFFICIAL, filing, "Draft", work_next="ask_payment", **price)
    town.does(CLERK, filing, "NotePayment", receipt="Recibo de caja 4471")
    town.acts(
        DEPARTMENT_HEAD,
        filing,
        "extension_told",
        reason="La interventoría entrega las actas la semana entrante.",
        length={"amount": 18, "unit": "working_days"},
    )
    town.wait_working_days(12)
    text = "Señor Ramiro: la vía se repara en enero; van las copias, y el contratista debe $ 1.250.000."
    town.does(OFFICIAL, filing, "Draft", work_next="review", answer_text=text, outcome="partly_granted")
    town.does(DEPARTMENT_HEAD, filing, "Review", review="approve", signatories=["diana", "elena"])
    town.does(DEPARTMENT_HEAD, filing, "Sign", signature_refused=False)
    town.does(DIRECTOR, filing, "Sign", signature_refused=False)
    town.deliver()
    survey(town, filing, solved="partly")
    close(town, filing)

    letters = town.letters_to("ramiro@correo.example", filing)
    told = " ".join(letter.text for letter in letters)
    assert "8.000" in told
    assert "La interventoría entrega las actas la semana entrante" in told
    assert "van las copias" in told
    assert "Elena Cruz" in told
    assert town.standing(filing)["outcome"] == "partly_granted"
    assert town.tracking(filing)["status"] == "closed"


def test_a_property_tax_that_lacks_a_paper_waits_for_the_citizen_and_climbs_to_the_treasury(
    town: Town,
) -> None:
    filing = town.file(
        kind="service_claim",
        subject="predial muy caro",
        body=writings.PROPERTY_TAX,
        topic="tax",
        territory="c2",
        **petitioner("Carmen Elisa Polo", "26789012", "carmen"),
    )
    classify(town, filing, level=2, admission="incomplete")
    missing = "Traiga el recibo de 2019 que pagó, para revisar si se lo cobraron dos veces."
    town.does(CLERK, filing, "AskForMissing", reason=missing)
    assert town.standing(filing)["term_state"] == "suspended"
    town.wait_working_days(6)
    due_before = town.standing(filing)["due_on"]

    town.citizen_does(filing, "completed", "aki les mando la foto del resivo del 2019 pagado en el banco")
    town.does(RECEPTIONIST, filing, "ReviewReply", admission="ours")
    handover = "Vive en Santa Ana, pagó 2019 y trae el recibo; pide revisar el avalúo."
    town.does(RECEPTIONIST, filing, "AnswerAtPoint", work_next="hand_over", handover=handover)
    text = "Señora Carmen: 2019 está pago y se quita de su cuenta; el avalúo se revisa el 15 de enero."
    draft(town, filing, text, by=STRANGER, head=TREASURER)
    survey(town, filing)
    close(town, filing)

    _, asked, *_, reply, _ = town.letters_to("carmen@correo.example", filing)
    assert "el recibo de 2019 que pagó" in asked.text
    assert "2019 está pago" in reply.text
    assert str(town.standing(filing)["due_on"]) > str(due_before)
    assert {"completion_requested", "completed"} <= {
        event["kind"] for event in town.legal_file(SERVICE_HEAD, filing)["events"]
    }


def test_a_question_about_the_sisben_is_answered_at_once_and_its_survey_holds_nothing_open(
    town: Town,
) -> None:
    filing = town.file_at_desk(
        CLERK,
        kind="information_request",
        channel="messaging",
        subject="sisben",
        body=writings.SISBEN,
        topic="sisben",
        **petitioner("Yina Paola Ospino", "1082345678", "yina"),
    )
    classify(town, filing, level=1)
    text = "Traiga la cédula de su mamá y un recibo de la luz a la oficina del SISBEN, de 8 a 11."
    town.does(CLERK, filing, "AnswerAtOnce", work_next="answer", answer_text=text, outcome="informed")
    town.deliver()
    finish(town, filing)

    _, reply, survey_letter, reminder = town.letters_to("yina@correo.example", filing)
    assert "un recibo de la luz" in reply.text
    assert "encuesta" in survey_letter.text
    assert "encuesta" in reminder.text
    assert town.standing(filing)["department"] is None


def test_noise_goes_to_the_wrong_department_comes_back_once_and_is_not_solved_at_first(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="ruido Donde Nando",
        body=writings.NOISE,
        topic="roads",
        territory="c1",
        **petitioner("Edilberto Manjarrés", "12600700", "edilberto"),
    )
    classify(town, filing)
    due_on = town.standing(filing)["due_on"]
    back = f"/api/petitions/{filing.number}/return"
    reason = "El control del ruido no es de obras: es de la Secretaría de Gobierno."
    assert town.sends(DEPARTMENT_HEAD, back, reason=reason).is_success
    town.does(SERVICE_HEAD, filing, "DecideReturn", department="GOB", return_note=reason)
    assert town.standing(filing)["due_on"] == due_on

    text = "Señor Edilberto: el viernes se mide el ruido del establecimiento y se revisan sus papeles."
    town.does(INSPECTOR, filing, "Draft", work_next="review", answer_text=text, outcome="granted")
    town.does(GOVERNMENT_HEAD, filing, "Review", review="return", observations="Diga la hora de la visita.")
    draft(town, filing, f"{text} La visita es a las 11 de la noche.", by=INSPECTOR, head=GOVERNMENT_HEAD)
    survey(town, filing, solved="no", comment="vinieron, midieron y siguen con la bulla igual")
    close(town, filing, closing="back", not_solved="El ciudadano dice que el ruido sigue igual.")
    town.does(GOVERNMENT_HEAD, filing, "ReviewUnsolved", rework="Se abre el proceso y se sella el equipo.")
    sealed = "Señor Edilberto: ayer se selló el equipo de sonido y se abrió el proceso policivo."
    draft(town, filing, sealed, by=INSPECTOR, head=GOVERNMENT_HEAD)
    survey(town, filing)
    again = town.tries(DEPUTY_HEAD, filing, "Verify", closing="back", not_solved="Que vuelva otra vez.")
    close(town, filing)

    replies = [letter.text for letter in town.letters_to("edilberto@correo.example", filing)]
    assert any("a las 11 de la noche" in reply for reply in replies)
    assert any("se selló el equipo de sonido" in reply for reply in replies)
    assert again.status_code in (UNPROCESSABLE, CONFLICT)
    assert [act for act in town.journal(filing) if act.startswith("answer_")] == [
        "answer_sent",
        "answer_delivered",
        "answer_completed",
        "answer_delivered",
    ]


def test_a_tree_about_to_fall_rings_at_any_hour_until_somebody_takes_it_in_hand(town: Town) -> None:
    on_call = town.changes(ADMINISTRATOR, "/api/on-call/abel", email="abel.turno@puertoclaro.example")
    town.move_to(town.office.now() + timedelta(hours=11))
    filing = town.file(
        kind="request",
        subject="ARBOL A PUNTO DE CAERSE",
        body=writings.FALLING_TREE,
        topic="trees",
        territory="c1",
        urgent=True,
        **petitioner("Maryuris Escorcia", "57430111", "maryuris"),
    )
    town.move_to(town.office.now() + timedelta(minutes=16))
    alarmed = [letter.to for letter in town.letters_about(filing)]
    town.does(CLERK, filing, "AttendDanger", danger_note="Bomberos acordonó y la cuadrilla lo baja hoy.")
    town.move_to(town.office.now() + timedelta(minutes=40))
    rung = [letter.to for letter in town.letters_about(filing)]
    town.wait_working_days(1)
    classify(town, filing)
    text = "Señora Maryuris: el árbol se taló anoche y la escuela quedó segura."
    draft(town, filing, text, by=FORESTER, head=GREEN_HEAD)
    finish(town, filing)

    assert on_call.is_success
    assert "abel.turno@puertoclaro.example" in alarmed
    assert {mail_of(SERVICE_HEAD), mail_of(DIRECTOR)} <= set(alarmed)
    assert rung == alarmed
    assert town.standing(filing)["priority"]
    assert any(text in letter.text for letter in town.letters_to("maryuris@correo.example", filing))


def test_a_child_s_medicine_goes_first_and_the_judge_gets_the_report_before_the_close(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="medicamento de mi hijo",
        body=writings.MEDICINE,
        topic="health",
        territory="c2",
        petitioner_type="minor",
        representative_name="Yuleidis Barrios",
        representative_document="CC 1083000111",
        special_care=["minor"],
        full_name="Santiago Barrios",
        document_type="TI",
        document_number="1084555666",
        email="yuleidis@correo.example",
        privacy_notice=True,
    )
    classify(town, filing)
    assert town.standing(filing)["priority"]
    town.acts(
        LAWYER,
        filing,
        "judge_ordered",
        reason=writings.GUARDIANSHIP_ORDER,
        authority="Juzgado Segundo Promiscuo Municipal",
        length={"amount": 2, "unit": "working_days"},
    )
    text = "Señora Yuleidis: la EPS entrega hoy el ácido valproico en la farmacia del hospital."
    draft(town, filing, text, by=DOCTOR, head=HEALTH_HEAD)
    town.wait_working_days(4)
    survey(town, filing)
    assert "Verify" not in town.tasks(DEPUTY_HEAD, filing)
    town.does(LAWYER, filing, "ReportToJudge", reason="Se rindió con el oficio 118 de hoy.")
    close(town, filing)

    assert town.letters_to(mail_of(LAWYER), filing)
    assert town.letters_to(mail_of(DIRECTOR), filing)
    assert any("ácido valproico" in each.text for each in town.letters_to("yuleidis@correo.example", filing))


def test_a_handwritten_suggestion_gets_its_receipt_and_its_answer_on_paper(town: Town) -> None:
    filing = town.file_at_desk(
        CLERK,
        kind="suggestion",
        channel="letter",
        subject="Sugerencia: sillas y ventilador",
        body=writings.SUGGESTION,
        reply_by="letter",
        full_name="Teófilo Cantillo",
        document_type="CC",
        document_number="1700123",
        address="Calle 3 # 8-21",
        neighbourhood="Barrio Abajo",
        municipality="Puerto Claro",
        privacy_notice=True,
    )
    town.does(CLERK, filing, "GiveReceiptOnPaper", receipt_note="Se le entregó en la mano.")
    classify(town, filing, level=2)
    text = "Don Teófilo: desde el lunes hay diez sillas y un ventilador en la fila del predial."
    town.does(RECEPTIONIST, filing, "AnswerAtPoint", work_next="answer", answer_text=text, outcome="granted")
    assert town.standing(filing)["status"] == "sent"
    town.wait_working_days(6)
    late = town.letters_to(mail_of(SERVICE_HEAD), filing)
    town.does(
        CLERK, filing, "DeliverLetter", delivery="delivered", delivered_how="letter", delivered_to="Su nieta"
    )
    assert town.standing(filing)["status"] == "notified"
    finish(town, filing)

    assert late
    assert town.tracking(filing)["status"] == "closed"
    assert date.fromisoformat(str(town.standing(filing)["filed_on"])) < town.today


def test_a_sidewalk_is_worked_on_while_the_citizen_adds_what_was_left_out(town: Town) -> None:
    filing = town.file(
        kind="request",
        subject="anden roto",
        body=writings.SIDEWALK,
        topic="roads",
        territory="c1",
        special_care=["disability"],
        **petitioner("Wilmer de la Hoz", "72111222", "wilmer"),
    )
    classify(town, filing)
    town.opens("/consultar/agregar", filing, text="se me olvido la direccion, es carrera 4 # 10-15")
    told = town.letters_to(mail_of(OFFICIAL), filing) + town.letters_to(mail_of(DEPARTMENT_HEAD), filing)
    draft(town, filing, "Señor Wilmer: el andén de la carrera 4 # 10-15 se repone mañana, sin costo.")
    survey(town, filing)
    close(town, filing)

    assert any("envió" in letter.text or "agregó" in letter.text for letter in told)
    assert town.standing(filing)["priority"]

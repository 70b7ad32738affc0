"""The single form: what it asks, what the desk adds, what a case begins with."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.common.resources import bpmn_folder
from processes.directory.roles import Lane
from processes.petitions import form_lists
from processes.petitions.acknowledgements import (
    paper_acknowledgement,
    print_acknowledgement,
    read_acknowledgement,
)
from processes.petitions.arrival import facts_at_filing, with_suggestion
from processes.petitions.desk import file_at_desk
from processes.petitions.filing import file_petition
from processes.petitions.form import DocumentType, NewPetition
from processes.petitions.legal_file import read_legal_file
from processes.petitions.office import Office
from processes.petitions.queries import read_petition
from processes.petitions.reception import Nature, PetitionerType, ReplyBy, SpecialCare
from processes.petitions.reception_words import SPOKEN_CHANNELS
from processes.petitions.receptions import read_reception
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONERS, PETITIONS, RESERVED_IDENTITIES, Channel
from processes.petitions.tracking import track_petition
from processes.terms.kinds import PetitionKind
from tests.builders.office import (
    CLERK,
    CONTROL,
    DIRECTOR,
    OFFICIAL,
    SERVICE_HEAD,
    HandClock,
    publish_procedure,
)
from tests.builders.petitions import ROSA, a_form, file_one

AT_THE_DESK = {**ROSA, "channel": "verbal", "email": "", "reply_by": "letter", "address": "Calle 5 # 4-20"}
UNKNOWN = dict.fromkeys(("document_type", "document_number", "email", "address", "reply_by"), "")


def refused(**changes: str) -> set[str]:
    """The fields that the public form finds wrong."""
    with pytest.raises(Invalid) as refusal:
        a_form(**changes)
    return set(refusal.value.fields)


def refused_at_the_desk(office: Office, **changes: str) -> set[str]:
    with pytest.raises(Invalid) as refusal:
        file_at_desk(office, CLERK, {**AT_THE_DESK, **changes})
    return set(refusal.value.fields)


def test_whoever_speaks_for_another_says_who_they_are() -> None:
    assert refused(petitioner_type="proxy") == {"representative_name", "representative_document"}

    form = a_form(petitioner_type="proxy", representative_name="Luis Gil", representative_document="CC 7")
    assert form.identity is not None
    assert (form.identity.full_name, form.identity.representative_name) == ("Rosa Díaz", "Luis Gil")


def test_a_company_has_its_tax_number_and_a_child_may_have_no_document_at_hand() -> None:
    company = a_form(petitioner_type="legal_entity", document_type="", document_number="900123456-1")
    child = a_form(petitioner_type="minor", document_type="", document_number="")

    assert company.identity is not None
    assert company.identity.document_type is DocumentType.NIT
    assert child.identity is not None
    assert child.identity.document_type is DocumentType.NONE
    assert refused(document_type="", document_number="") == {"document_type", "document_number"}
    assert refused(document_type="none", document_number="") == {"document_type", "document_number"}


def test_choosing_mail_accepts_notices_there_and_needs_an_address_of_mail() -> None:
    chosen, not_asked = a_form(), a_form(reply_by="")

    assert chosen.identity is not None
    assert not_asked.identity is not None
    assert (chosen.identity.electronic_notice, not_asked.identity.electronic_notice) == (True, False)
    assert refused(email="", address="Calle 5") == {"email"}
    assert refused(reply_by="letter") == refused(reply_by="letter", email="") == {"address"}
    assert refused(reply_by="publication") == {"reply_by"}


@pytest.mark.parametrize(
    ("changes", "way"),
    [
        ({}, ReplyBy.EMAIL),
        ({"reply_by": "letter", "address": "Calle 5"}, ReplyBy.LETTER),
        ({"reply_by": ""}, ReplyBy.EMAIL),
        ({"reply_by": "", "email": "", "address": "Calle 5"}, ReplyBy.LETTER),
        ({"petitioner_type": "anonymous"}, ReplyBy.PUBLICATION),
    ],
)
def test_the_answer_goes_as_was_chosen_or_as_what_was_left_allows(
    changes: dict[str, str], way: ReplyBy
) -> None:
    assert a_form(**changes).answered_by is way


def test_what_is_outside_the_closed_sets_is_refused_field_by_field() -> None:
    wrong = {"petitioner_type": "robot", "region": "Atlántida", "special_care": "elderly,rich"}

    assert refused(**wrong) == set(wrong)


def test_the_desk_is_no_part_of_the_public_form() -> None:
    form = a_form(nature="invoice", channel="verbal", insists="true", missing="Todo")

    assert (form.nature, form.channel, form.reception) == (Nature.PETITION, Channel.WEB, None)


def test_a_case_begins_with_what_the_form_said(office: Office) -> None:
    topic = form_lists.save_topic(office, SERVICE_HEAD, name="Alumbrado público", department="INF")
    place = form_lists.save_territory(office, SERVICE_HEAD, name="Vereda El Rosario")
    form = a_form(
        petitioner_type="minor", urgent="true", topic=topic.code, territory=place.code, special_care="victim"
    )

    assert facts_at_filing(form, office.entity()) == {
        "kind": "request",
        "channel": "web",
        "anonymous": False,
        "nature": "petition",
        "urgent": True,
        "special_care": True,
        "minor": True,
        "topic": "alumbrado_publico",
        "territory": "vereda_el_rosario",
        "suggested_department": "INF",
        "reply_by": "email",
    }


def test_without_more_than_the_law_asks_every_fact_has_its_plain_value(office: Office) -> None:
    facts = facts_at_filing(a_form(), office.entity())

    assert (facts["urgent"], facts["special_care"], facts["minor"]) == (False, False, False)
    assert (facts["topic"], facts["territory"], facts["suggested_department"]) == ("", "", None)


def test_whoever_corrects_the_topic_corrects_the_department_that_is_suggested(office: Office) -> None:
    form_lists.save_topic(office, SERVICE_HEAD, name="Predial", department="HAC")
    entity, declared = office.entity(), {"topic", "suggested_department"}

    assert with_suggestion({"topic": "predial"}, entity, declared)["suggested_department"] == "HAC"
    assert with_suggestion({"topic": None}, entity, declared)["suggested_department"] is None
    assert with_suggestion({"kind": "request"}, entity, declared) == {"kind": "request"}
    assert with_suggestion({"topic": "predial"}, entity, {"topic"}) == {"topic": "predial"}


def test_a_topic_that_the_entity_does_not_offer_is_refused(office: Office) -> None:
    topic = form_lists.save_topic(office, SERVICE_HEAD, name="Alumbrado")
    number = file_one(office, topic=topic.code).filing_number
    form_lists.withdraw_topic(office, SERVICE_HEAD, topic.code)

    with pytest.raises(Invalid) as wrong:
        file_one(office, topic=topic.code, territory="marte")
    assert set(wrong.value.fields) == {"topic", "territory"}
    assert read_reception(office, CLERK, number).topic_name == "Alumbrado"


def test_only_its_keepers_say_what_the_form_offers(office: Office) -> None:
    with pytest.raises(Forbidden):
        form_lists.save_topic(office, CLERK, name="Alumbrado")
    with pytest.raises(Invalid):
        form_lists.save_topic(office, SERVICE_HEAD, name="Alumbrado", department="XXX")
    with pytest.raises(Invalid):
        form_lists.save_topic(office, SERVICE_HEAD, name=" … ")
    with pytest.raises(NotFound):
        form_lists.withdraw_territory(office, SERVICE_HEAD, "marte")


def test_conditions_are_kept_apart_and_nobody_else_is_told(office: Office) -> None:
    number = file_one(office, special_care="elderly,disability").filing_number

    told = read_reception(office, CLERK, number)
    assert told.special_care == (SpecialCare.DISABILITY, SpecialCare.ELDERLY)
    with pytest.raises(Forbidden):
        read_reception(office, OFFICIAL, number)
    with office.read() as connection:
        row = connection.execute(sa.select(PETITIONS)).mappings().one()
    assert row["special_care"] is True
    assert not any("elderly" in str(value) for value in row.values())


def test_a_reserved_identity_takes_its_place_and_its_proxy_with_it(office: Office) -> None:
    file_one(
        office,
        kind="wrongdoing_report",
        reserve_identity="true",
        petitioner_type="proxy",
        representative_name="Luis Gil",
        representative_document="CC 7",
        neighbourhood="Los Rosales",
    )

    with office.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(PETITIONERS)) == 0
        kept = connection.execute(sa.select(RESERVED_IDENTITIES)).mappings().one()
    assert (kept["representative_name"], kept["neighbourhood"]) == ("Luis Gil", "Los Rosales")


def test_the_proof_of_a_verbal_petition_says_all_that_the_decree_asks(
    office: Office, clock: HandClock
) -> None:
    filed = file_at_desk(
        office,
        CLERK,
        {
            **AT_THE_DESK,
            "received_at": "2026-11-20T09:30",
            "received_by": "Luis Gil",
            "paper_annexes": "2 folios",
            "language": "Wayuunaiki",
        },
    )

    proof = read_acknowledgement(office, filed.filing_number, filed.tracking_code)

    told = proof.reception.reception
    assert told is not None
    assert (told.verbal, told.received_by, told.paper_annexes) == (True, "Luis Gil", "2 folios")
    assert told.language == "Wayuunaiki"
    assert proof.received_at == datetime(2026, 11, 20, 14, 30, tzinfo=UTC)
    assert proof.received_at < clock.now()
    assert (proof.petitioner_name, proof.subject) == ("Rosa Díaz", ROSA["subject"])
    assert proof.body == ROSA["body"]
    assert filed.filed_on == date(2026, 11, 20)


@pytest.mark.parametrize("channel", sorted(SPOKEN_CHANNELS | {Channel.FAIR}))
def test_what_is_spoken_is_verbal_and_a_transfer_of_it_is_due_at_once(
    office: Office, channel: Channel
) -> None:
    number = file_at_desk(office, CLERK, {**AT_THE_DESK, "channel": channel.value}).filing_number

    told = read_reception(office, CLERK, number).reception
    assert told is not None
    assert told.verbal is (channel in SPOKEN_CHANNELS)
    assert told.received_by == "Ana Ruiz"


def test_every_channel_but_the_citizens_own_is_one_of_the_desk(office: Office) -> None:
    channels = [channel for channel in Channel if channel not in {Channel.WEB, Channel.API}]

    numbers = [
        file_at_desk(office, CLERK, {**AT_THE_DESK, "channel": channel}).filing_number for channel in channels
    ]

    assert [read_petition(office, CLERK, number).channel for number in numbers] == channels
    assert refused_at_the_desk(office, channel="web") == {"channel"}


def test_whoever_insists_is_filed_with_the_note_of_what_is_missing(office: Office) -> None:
    assert refused_at_the_desk(office, **UNKNOWN) == {"document_type", "document_number", "email"}
    assert refused_at_the_desk(office, **UNKNOWN, insists="true") == {"missing"}

    note = "No trae documento ni dirección. Se le explicó e insiste."
    filed = file_at_desk(office, CLERK, {**AT_THE_DESK, **UNKNOWN, "insists": "true", "missing": note})

    told = read_reception(office, CLERK, filed.filing_number)
    assert told.reception is not None
    assert (told.reception.missing, told.reply_by) == (note, ReplyBy.PUBLICATION)
    identity = read_petition(office, CLERK, filed.filing_number).identity
    assert identity is not None
    assert (identity.full_name, identity.document_type) == ("Rosa Díaz", DocumentType.NONE)
    history = read_petition(office, CLERK, filed.filing_number).timeline[0].text
    assert "insistió en radicar" in history
    assert "viva voz" in history


def test_a_note_without_insistence_is_not_kept(office: Office) -> None:
    number = file_at_desk(office, CLERK, {**AT_THE_DESK, "missing": "Nada"}).filing_number

    told = read_reception(office, CLERK, number).reception
    assert told is not None
    assert told.missing == ""


@pytest.mark.parametrize("nature", [Nature.JUDICIAL_NOTICE, Nature.INVOICE, Nature.OTHER])
def test_what_is_no_petition_needs_a_subject_and_a_sender(office: Office, nature: Nature) -> None:
    sent = {"channel": "email", "nature": nature.value, "subject": "Auto 123", "full_name": "Juzgado Segundo"}

    number = file_at_desk(office, CLERK, sent).filing_number

    assert read_reception(office, CLERK, number).nature is nature
    assert "Comunicación radicada" in read_petition(office, CLERK, number).timeline[0].text
    with pytest.raises(Invalid) as wrong:
        file_at_desk(office, CLERK, {**sent, "subject": "", "full_name": ""})
    assert set(wrong.value.fields) == {"subject", "full_name"}


def test_a_judge_says_when_the_answer_is_due(office: Office) -> None:
    judge = {"kind": "judge_request", "channel": "letter"}
    assert refused_at_the_desk(office, **judge) == {"fixed_amount"}
    assert refused_at_the_desk(office, **judge, fixed_amount="dos") == {"fixed_amount"}
    assert refused_at_the_desk(office, **judge, fixed_amount="900", fixed_unit="months") == {"fixed_amount"}

    filed = file_at_desk(office, CLERK, {**AT_THE_DESK, **judge, "fixed_amount": "2"})

    assert (filed.kind, filed.due_on) == (PetitionKind.JUDGE_REQUEST, date(2026, 11, 25))


@pytest.mark.parametrize("moment", ["2026-11-24T10:00", "2026-08-01T10:00", "ayer", "2026-02-30T10:00"])
def test_nothing_came_tomorrow_nor_long_ago(office: Office, moment: str) -> None:
    assert refused_at_the_desk(office, received_at=moment) == {"received_at"}


def test_only_the_desk_files_for_others(office: Office) -> None:
    for person in (OFFICIAL, DIRECTOR, CONTROL):
        with pytest.raises(Forbidden):
            file_at_desk(office, person, AT_THE_DESK)


def test_a_double_click_at_the_desk_files_once(office: Office) -> None:
    first = file_at_desk(office, CLERK, AT_THE_DESK, idempotency_key="doble")
    second = file_at_desk(office, CLERK, AT_THE_DESK, idempotency_key="doble")

    assert (first.filing_number, second.repeated) == (second.filing_number, True)


def test_paper_is_handed_over_with_its_code_to_whoever_has_no_mail(office: Office) -> None:
    filed = file_at_desk(office, CLERK, AT_THE_DESK)
    number = filed.filing_number

    assert paper_acknowledgement(office, CLERK, number).tracking_code == ""
    assert print_acknowledgement(office, CLERK, number).tracking_code == filed.tracking_code
    history = [entry.text for entry in read_petition(office, CLERK, number).timeline]
    assert history[-1] == "Imprimió la constancia con su código, para entregarla en papel."


def test_the_code_of_others_is_not_the_desks_to_print(office: Office) -> None:
    by_mail = file_at_desk(office, CLERK, {**ROSA, "channel": "phone"})
    own = file_one(office, petitioner_type="anonymous")
    reserved = file_at_desk(
        office, CLERK, {**AT_THE_DESK, "kind": "wrongdoing_report", "reserve_identity": "true"}
    )
    for filed in (by_mail, own, reserved):
        with pytest.raises(Conflict):
            print_acknowledgement(office, CLERK, filed.filing_number)
    with pytest.raises(Forbidden):
        print_acknowledgement(office, OFFICIAL, by_mail.filing_number)


def test_a_proof_opens_with_its_code_alone(office: Office) -> None:
    filed = file_at_desk(office, CLERK, AT_THE_DESK)

    with pytest.raises(NotFound):
        read_acknowledgement(office, filed.filing_number, "AAAAA-AAAA-AAAA")
    assert track_petition(office, filed.filing_number, filed.tracking_code).subject == ROSA["subject"]


def test_a_petition_made_by_hand_is_anonymous_without_an_identity(office: Office) -> None:
    form = NewPetition(PetitionKind.REQUEST, "Carta", "Pido que arreglen la vía.", Channel.LETTER)

    number = file_petition(office, form).filing_number

    told = read_reception(office, CLERK, number)
    assert (told.petitioner_type, told.reply_by) == (PetitionerType.ANONYMOUS, ReplyBy.PUBLICATION)


def test_what_was_spoken_at_a_fair_is_transferred_at_once_like_a_call(office: Office) -> None:
    spoken = file_at_desk(office, CLERK, {**AT_THE_DESK, "channel": "fair", "verbal": "true"})
    written = file_at_desk(office, CLERK, {**AT_THE_DESK, "channel": "fair"})

    with office.read() as connection:
        verbal = dict(
            connection.execute(sa.select(PETITIONS.c.filing_number, PETITIONS.c.verbal)).tuples().all()
        )
    limits = [
        read_legal_file(office, CLERK, filed.filing_number).reckoning.filing.verbal
        for filed in (spoken, written)
    ]

    assert limits == [True, False]
    assert verbal == {spoken.filing_number: True, written.filing_number: False}


def test_what_is_no_petition_goes_its_own_way_at_once(office: Office) -> None:
    publish_procedure(office, bpmn_folder())
    form_lists.save_contacts(
        office, SERVICE_HEAD, emergency_phone="", invoice_email="facturas@entidad.example"
    )
    sent = {"channel": "email", "subject": "Para su trámite", "full_name": "Juzgado Segundo"}

    order = file_at_desk(office, CLERK, {**sent, "nature": "judicial_notice"}).filing_number
    invoice = file_at_desk(office, CLERK, {**sent, "nature": "invoice"}).filing_number

    with office.read() as connection:
        told = connection.execute(sa.select(MESSAGES.c.stream, MESSAGES.c.recipient)).tuples().all()
    assert (invoice, "facturas@entidad.example") in told
    (task,) = read_petition(office, CLERK, order).tasks
    assert task.lane == Lane.LEGAL_OFFICE
    assert read_petition(office, CLERK, invoice).row.status is PetitionStatus.NOT_A_PETITION

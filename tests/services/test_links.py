"""What is really a new petition, or an appeal, becomes one when the answer is verified."""

import pytest
import sqlalchemy as sa

from processes.common.errors import Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.excluding import name_complained_of
from processes.petitions.legal_file import read_legal_file
from processes.petitions.note_tables import PETITION_LINKS
from processes.petitions.office import Office
from processes.petitions.people_file import read_people_file
from processes.petitions.queries import PetitionView, list_petitions, read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS, RESERVED_IDENTITIES
from processes.terms.events import LegalEventKind
from tests.builders.answers import answered, deliver, do
from tests.builders.level_three import LAWYER, hire
from tests.builders.office import CLERK, DEPARTMENT_HEAD, SERVICE_HEAD, HandClock

NEW = {"new_subject": "Andén de la calle 5", "new_text": "Ya que vienen, pido que arreglen también el andén."}
APPEAL = {
    "new_subject": "Recurso de reposición",
    "new_text": "No estoy de acuerdo: el hueco no se tapa, se repavimenta.",
}
RESERVED = {"kind": "wrongdoing_report", "reserve_identity": "true"}


def _to_verify(office: Office, clock: HandClock, **changes: str) -> str:
    number = answered(office, **changes).filing_number
    deliver(office)
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(office)
    return number


def _close(office: Office, number: str, closing: str, **fields: str) -> None:
    do(office, SERVICE_HEAD, number, "Verify", closing=closing, closing_checks=["substantive"], **fields)


def _newest(office: Office) -> PetitionView:
    row, *_ = list_petitions(office, CLERK).items
    return read_petition(office, CLERK, row.filing_number)


def test_a_new_petition_has_its_own_number_and_a_term_from_today(
    whole_office: Office, clock: HandClock
) -> None:
    number = _to_verify(whole_office, clock)

    _close(whole_office, number, "new_petition", **NEW)

    new, old = _newest(whole_office), read_petition(whole_office, CLERK, number)
    assert (old.row.status, new.row.status) == (PetitionStatus.CLOSED, PetitionStatus.FILED)
    assert (new.row.filing_number, new.row.subject, new.body) == (
        "2026-000002",
        NEW["new_subject"],
        NEW["new_text"],
    )
    assert new.row.filed_on == clock.now().date()
    assert new.row.due_on > old.row.due_on
    assert new.identity == old.identity


def test_the_new_petition_is_linked_to_the_one_that_it_follows(
    whole_office: Office, clock: HandClock
) -> None:
    number = _to_verify(whole_office, clock)

    _close(whole_office, number, "new_petition", **NEW)

    assert read_people_file(whole_office, CLERK, number).linked == ("2026-000002",)
    assert read_people_file(whole_office, CLERK, "2026-000002").linked == (number,)


def test_the_citizen_is_told_the_new_number_and_code(whole_office: Office, clock: HandClock) -> None:
    number = _to_verify(whole_office, clock)

    _close(whole_office, number, "new_petition", **NEW)

    letters = [each for each in deliver(whole_office) if "2026-000002" in each.subject]
    assert [each.to for each in letters] == ["rosa@correo.example"]


def test_a_reserved_identity_stays_reserved_in_the_new_petition(
    whole_office: Office, clock: HandClock
) -> None:
    number = _to_verify(whole_office, clock, **RESERVED)

    _close(whole_office, number, "new_petition", **NEW)

    new = _newest(whole_office)
    assert (new.reserved_identity, new.identity) == (True, None)
    with whole_office.read() as connection:
        names = list(connection.scalars(sa.select(RESERVED_IDENTITIES.c.full_name)))
    assert names == ["Rosa Díaz", "Rosa Díaz"]


def test_whoever_is_kept_apart_does_not_find_what_follows_either(
    whole_office: Office, clock: HandClock
) -> None:
    number = _to_verify(whole_office, clock)
    complaint = "La petición trata de su atención en la obra."
    name_complained_of(whole_office, CLERK, number, username="diana", reason=complaint)

    _close(whole_office, number, "new_petition", **NEW)

    with pytest.raises(NotFound):
        read_petition(whole_office, DEPARTMENT_HEAD, "2026-000002")
    (apart,) = read_people_file(whole_office, CLERK, "2026-000002").apart
    assert (apart.username, apart.reason) == ("diana", complaint)


def test_an_anonymous_petition_is_followed_by_an_anonymous_one(
    whole_office: Office, clock: HandClock
) -> None:
    number = answered(
        whole_office, anonymous="true", kind="wrongdoing_report", reply_by="publication"
    ).filing_number
    do(
        whole_office,
        SERVICE_HEAD,
        number,
        "Publish",
        public_title="Hueco",
        public_text="Se tapará el martes.",
    )
    for _ in range(4):
        clock.forward(days=7)
        advance_due_alerts(whole_office)

    _close(whole_office, number, "new_petition", **NEW)

    assert _newest(whole_office).anonymous


def test_a_new_petition_needs_its_words_and_nothing_is_closed_without(
    whole_office: Office, clock: HandClock
) -> None:
    number = _to_verify(whole_office, clock)

    with pytest.raises(Invalid) as refusal:
        _close(whole_office, number, "new_petition", new_subject="", new_text="")

    assert set(refusal.value.fields) == {"new_subject", "new_text"}
    assert read_petition(whole_office, CLERK, number).row.status is not PetitionStatus.CLOSED
    with whole_office.read() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(PETITIONS)) == 1


def test_an_appeal_is_recorded_and_the_legal_office_is_told(whole_office: Office, clock: HandClock) -> None:
    hire(whole_office, LAWYER)
    number = _to_verify(whole_office, clock)

    _close(whole_office, number, "appeal", **APPEAL)

    event = read_legal_file(whole_office, SERVICE_HEAD, number).events[-1]
    assert event.kind is LegalEventKind.APPEALED
    assert APPEAL["new_text"] in event.text
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == "citizen_acted")
    with whole_office.read() as connection:
        assert list(connection.scalars(query)) == ["lucia@puertoclaro.example"]
        assert connection.execute(sa.select(PETITION_LINKS)).first() is None
    assert read_petition(whole_office, CLERK, number).row.status is PetitionStatus.CLOSED

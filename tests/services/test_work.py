from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.common.outbox import MESSAGES
from processes.directory.people import Person
from processes.directory.tables import PEOPLE
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.attachments import store_file
from processes.petitions.case import StaleCase, read_case
from processes.petitions.identities import read_reserved_identity
from processes.petitions.inbox import list_work_items, read_work_item
from processes.petitions.office import Office
from processes.petitions.queries import list_petitions, petition_file, read_petition
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS
from processes.petitions.tracking import track_petition, tracked_file
from processes.petitions.voiding import void_petition
from processes.petitions.work import Completed, _set_item, claim, complete, release, save_draft
from tests.builders.office import (
    ADMINISTRATOR,
    CLERK,
    CUSTODIAN,
    DEPARTMENT_HEAD,
    OFFICIAL,
    OTHER_OFFICIAL,
    SERVICE_HEAD,
    STRANGER,
    HandClock,
)
from tests.builders.petitions import (
    ANSWERED,
    CLASSIFIED,
    answer,
    classify,
    distribute,
    file_one,
    live_whole_life,
    task_of,
    verify,
)


def test_a_petition_lives_from_filing_to_close(office: Office) -> None:
    receipt = file_one(office)
    number = receipt.filing_number
    assert classify(office, number).status is PetitionStatus.IN_DISTRIBUTION
    assert distribute(office, number).status is PetitionStatus.ASSIGNED
    assert answer(office, number).status is PetitionStatus.SENT
    assert verify(office, number).status is PetitionStatus.CLOSED
    tracked = track_petition(office, number, receipt.tracking_code)
    assert tracked.answer is not None
    assert tracked.answer.outgoing_number == "2026-S-000001"
    assert len(tracked.steps) == 5


def test_a_reclassification_moves_the_due_date_and_says_so(office: Office) -> None:
    number = file_one(office).filing_number
    longer = {**CLASSIFIED, "kind": "consultation"}
    complete(office, SERVICE_HEAD, number, task_of(office, CLERK, number), longer)
    view = read_petition(office, SERVICE_HEAD, number)
    assert view.row.due_on.isoformat() == "2027-01-07"
    assert any("antes, el 15/12/2026" in entry.text for entry in view.timeline)


def test_a_clerk_may_not_lengthen_the_term_by_changing_the_kind(office: Office) -> None:
    number = file_one(office).filing_number
    with pytest.raises(Invalid, match="jefatura de relación con el ciudadano"):
        classify(office, number, kind="consultation")
    assert read_petition(office, SERVICE_HEAD, number).row.due_on.isoformat() == "2026-12-15"


def test_each_person_sees_the_tasks_of_their_lanes_and_department(office: Office) -> None:
    number = file_one(office).filing_number
    assert [item.name for item in list_work_items(office, CLERK).items] == ["Confirmar clasificación"]
    assert list_work_items(office, OFFICIAL).items == ()
    classify(office, number)
    distribute(office, number)
    assert len(list_work_items(office, OFFICIAL).items) == 1
    assert list_work_items(office, STRANGER).items == ()


def test_a_person_of_another_department_neither_works_nor_reads(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    for attempt in (
        lambda: claim(office, STRANGER, number, task),
        lambda: read_work_item(office, STRANGER, number, task),
        lambda: complete(office, STRANGER, number, task, ANSWERED),
        lambda: read_petition(office, STRANGER, number),
    ):
        with pytest.raises(Forbidden):
            attempt()
    assert list_petitions(office, STRANGER).items == ()


def test_two_people_complete_one_task_and_the_second_learns_who_was_first(office: Office) -> None:
    number = file_one(office).filing_number
    task = task_of(office, CLERK, number)

    def attempt(person: Person) -> Completed | Conflict:
        try:
            return complete(office, person, number, task, CLASSIFIED)
        except Conflict as conflict:
            return conflict

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(attempt, (CLERK, SERVICE_HEAD)))
    done = [outcome for outcome in outcomes if isinstance(outcome, Completed)]
    refused = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert (len(done), len(refused)) == (1, 1)
    winner = CLERK if isinstance(outcomes[0], Completed) else SERVICE_HEAD
    assert winner.full_name in refused[0].message
    assert "ya completó esta tarea el 23/11/2026 a las 10:00" in refused[0].message


def test_a_task_taken_by_another_is_left_alone(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    claim(office, OFFICIAL, number, task)
    for attempt in (claim, release):
        with pytest.raises(Conflict, match="Carlos Mejía"):
            attempt(office, OTHER_OFFICIAL, number, task)
    with pytest.raises(Conflict, match="Carlos Mejía"):
        complete(office, OTHER_OFFICIAL, number, task, ANSWERED)


def test_a_draft_survives_giving_the_task_to_somebody_else(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    save_draft(office, OFFICIAL, number, task, {"answer_text": "Cordial saludo. Vamos a"})
    release(office, OFFICIAL, number, task)
    claim(office, OTHER_OFFICIAL, number, task)
    detail = read_work_item(office, OTHER_OFFICIAL, number, task)
    assert detail.draft == {"answer_text": "Cordial saludo. Vamos a"}
    assert detail.view.assignee_name == "Clara Niño"


def test_a_form_with_wrong_fields_changes_nothing(office: Office) -> None:
    number = file_one(office).filing_number
    task = task_of(office, CLERK, number)
    with pytest.raises(Invalid) as refused:
        complete(office, CLERK, number, task, {"kind": "nada", "level": 9, "sobra": "x"})
    assert set(refused.value.fields) == {"kind", "level", "sobra"}
    assert task_of(office, CLERK, number) == task


def test_files_of_the_answer_reach_the_citizen(office: Office) -> None:
    receipt = file_one(office)
    number = receipt.filing_number
    classify(office, number)
    distribute(office, number)
    folder = office.settings.files_folder
    letter = store_file(folder, "../../etc/Plano final.pdf", b"%PDF-1.4\n%plano", max_bytes=1000)
    task = task_of(office, OFFICIAL, number)
    complete(office, OFFICIAL, number, task, ANSWERED, files=(letter,))
    tracked = track_petition(office, number, receipt.tracking_code)
    assert tracked.answer is not None
    assert [found.file.name for found in tracked.answer.files] == ["Plano final.pdf"]
    _, content = tracked_file(office, number, receipt.tracking_code, tracked.answer.files[0].seq)
    assert content == b"%PDF-1.4\n%plano"
    assert petition_file(office, OFFICIAL, number, 1)[1] == content


def test_completing_a_task_costs_at_most_ten_statements_and_one_commit(office: Office) -> None:
    counted = {"statements": 0, "commits": 0}

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        counted["statements"] += not statement.startswith(("BEGIN", "PRAGMA"))

    def commit(_connection: object) -> None:
        counted["commits"] += 1

    live_whole_life(office, file_one(office).filing_number)  # everything is compiled and cached
    number = file_one(office).filing_number
    found: list[tuple[int, int]] = []
    sa.event.listen(office.engine, "before_cursor_execute", count)
    sa.event.listen(office.engine, "commit", commit)
    for act in (
        lambda: file_one(office),
        lambda: complete(office, CLERK, number, 3, CLASSIFIED),
        lambda: complete(office, SERVICE_HEAD, number, 5, {"department": "INF", "distribution_note": ""}),
    ):
        counted.update(statements=0, commits=0)
        act()
        found.append((counted["statements"], counted["commits"]))
    task = task_of(office, OFFICIAL, number)
    files = (store_file(office.settings.files_folder, "a.pdf", b"%PDF-1.4 x", max_bytes=1000),)
    counted.update(statements=0, commits=0)
    complete(office, OFFICIAL, number, task, ANSWERED, files=files)
    found.append((counted["statements"], counted["commits"]))
    filing, *completing = found
    assert filing[0] <= 16
    assert max(statements for statements, _ in completing) <= 10
    # A read ends with a commit of its own that writes nothing: filing reads the current bundle first.
    assert [commits for _, commits in completing] == [1, 1, 1]


def test_only_the_custodian_reads_a_reserved_identity_and_each_reading_is_kept(office: Office) -> None:
    number = file_one(office, kind="wrongdoing_report", reserve_identity="true").filing_number
    for person in (CLERK, SERVICE_HEAD, ADMINISTRATOR):
        with pytest.raises(Forbidden):
            read_reserved_identity(office, person, number, reason="Curiosidad")
    with pytest.raises(Invalid):
        read_reserved_identity(office, CUSTODIAN, number, reason="  ")
    identity = read_reserved_identity(office, CUSTODIAN, number, reason="Oficio 12 de la Fiscalía")
    assert identity.full_name == "Rosa Díaz"
    view = read_petition(office, CUSTODIAN, number)
    assert view.identity is None
    assert [entry.text for entry in view.timeline if entry.actor == "Fabio Gil"] == [
        "Consultó la identidad reservada. Motivo: Oficio 12 de la Fiscalía"
    ]


def test_a_voided_number_stays_with_its_reason_and_nobody_works_on_it(office: Office) -> None:
    receipt = file_one(office)
    number = receipt.filing_number
    reason = "Se radicó dos veces el mismo oficio por error de digitación."
    with pytest.raises(Forbidden):
        void_petition(office, CLERK, number, reason=reason)
    with pytest.raises(Invalid):
        void_petition(office, SERVICE_HEAD, number, reason="error")
    void_petition(office, SERVICE_HEAD, number, reason=reason)
    assert list_work_items(office, CLERK).items == ()
    tracked = track_petition(office, number, receipt.tracking_code)
    assert (tracked.status, tracked.void_reason) == (PetitionStatus.VOIDED, reason)
    assert file_one(office).filing_number == "2026-000002"


def test_an_answered_petition_is_not_voided(office: Office) -> None:
    number = file_one(office).filing_number
    live_whole_life(office, number)
    with pytest.raises(Conflict, match="Cerrada"):
        void_petition(office, SERVICE_HEAD, number, reason="Se radicó dos veces el mismo oficio.")


def test_lists_are_paged_without_repeats_or_gaps(office: Office) -> None:
    numbers = [file_one(office).filing_number for _ in range(7)]
    seen: list[str] = []
    cursor = None
    for _ in range(4):
        page = list_work_items(office, CLERK, cursor=cursor, limit=2)
        seen.extend(item.filing_number for item in page.items)
        cursor = page.next_cursor
    assert (seen, cursor) == (numbers, None)
    first = list_petitions(office, CLERK, limit=5)
    rest = list_petitions(office, CLERK, limit=5, cursor=first.next_cursor)
    assert [row.filing_number for row in (*first.items, *rest.items)] == numbers[::-1]
    with pytest.raises(Invalid):
        list_petitions(office, CLERK, cursor="no-es-un-cursor")


def test_the_database_itself_refuses_a_state_that_does_not_exist(office: Office) -> None:
    file_one(office)
    with pytest.raises(sa.exc.IntegrityError), office.write() as connection:
        connection.execute(sa.update(PETITIONS).values(status="perdida"))


def test_the_head_of_the_department_takes_a_task_away_from_who_holds_it(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    save_draft(office, OFFICIAL, number, task, {"answer_text": "Cordial saludo."})
    release(office, DEPARTMENT_HEAD, number, task)
    claim(office, OTHER_OFFICIAL, number, task)
    release(office, SERVICE_HEAD, number, task)
    assert read_work_item(office, OFFICIAL, number, task).view.assignee is None
    assert read_work_item(office, OFFICIAL, number, task).draft == {"answer_text": "Cordial saludo."}


def test_a_task_of_somebody_who_left_is_free(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    with office.write() as connection:
        connection.execute(
            sa.update(PEOPLE).where(PEOPLE.c.username == OFFICIAL.username).values(active=False)
        )
    claim(office, OTHER_OFFICIAL, number, task)
    assert complete(office, OTHER_OFFICIAL, number, task, ANSWERED).status is PetitionStatus.SENT


def test_a_draft_that_comes_late_overwrites_nothing(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    task = task_of(office, OFFICIAL, number)
    claim(office, OFFICIAL, number, task)
    with office.read() as connection:
        case = read_case(connection, number, task=task)
    assert case.item is not None
    release(office, OFFICIAL, number, task)
    claim(office, OTHER_OFFICIAL, number, task)
    with pytest.raises(StaleCase), office.write() as connection:
        _set_item(connection, case, case.item, draft='{"answer_text": "tarde"}')
    assert read_work_item(office, OTHER_OFFICIAL, number, task).draft == {}


def test_a_number_is_voided_once_and_its_alert_with_it(office: Office, clock: HandClock) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    first = "Se radicó dos veces el mismo oficio por error."
    void_petition(office, SERVICE_HEAD, number, reason=first)
    with pytest.raises(Conflict, match="Anulada"):
        void_petition(office, SERVICE_HEAD, number, reason="Otra razón cualquiera, más tarde.")
    clock.forward(days=60)
    assert advance_due_alerts(office) == 0
    assert read_petition(office, SERVICE_HEAD, number).void_reason == first


@pytest.mark.parametrize(
    "number", ["", "\x00", "2026-000001\x00", "2026-1", "\ud800", "2026-000001' --", "9" * 99]
)
def test_what_is_no_filing_number_is_not_found(office: Office, number: str) -> None:
    for attempt in (
        lambda: read_petition(office, SERVICE_HEAD, number),
        lambda: claim(office, CLERK, number, 3),
        lambda: read_work_item(office, CLERK, number, 3),
        lambda: track_petition(office, number, "AAAAA-AAAA-AAAA"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_every_step_posts_its_own_messages(office: Office) -> None:
    number = file_one(office).filing_number
    classify(office, number)
    distribute(office, number)
    answer(office, number)
    with office.read() as connection:
        keys = list(connection.scalars(sa.select(MESSAGES.c.key)))
        posted = [
            orjson.loads(detail)
            for detail in connection.scalars(
                sa.select(EVENTS.c.detail).where(EVENTS.c.act == "notice_posted")
            )
        ]
    assert len(keys) == sum(len(each.get("people", ["ciudadano"])) for each in posted)

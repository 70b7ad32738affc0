from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from processes.common.audit import EVENTS
from processes.common.errors import Conflict, Forbidden
from processes.common.outbox import MESSAGES
from processes.directory.calendar_checks import WrittenClosure
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.calendars import discard_draft, draft_undoing
from processes.petitions.office import Office, open_office
from processes.petitions.queries import read_petition
from processes.petitions.recalculation import apply_change, continue_recalculation
from processes.petitions.recalculation_preview import (
    Shift,
    list_moves,
    list_versions,
    preview_change,
    read_version_view,
)
from processes.petitions.recalculation_writing import Occasion, recount
from processes.petitions.tables import ALERTS, PETITIONS
from processes.petitions.work import claim, complete
from tests.builders.calendars import FAIR, apply, close_a_day, drafted, prepare, undo
from tests.builders.office import ADMINISTRATOR, CONTROL, OFFICIAL, SERVICE_HEAD, HandClock
from tests.builders.petitions import (
    ANSWERED,
    answer,
    classify,
    distribute,
    file_one,
    live_whole_life,
    task_of,
)

BEFORE, AFTER = date(2026, 12, 15), date(2026, 12, 16)


def _due(office: Office) -> list[date]:
    with office.read() as connection:
        return list(connection.scalars(sa.select(PETITIONS.c.due_on).order_by(PETITIONS.c.id)))


def _recipients(office: Office, template: str) -> list[str]:
    query = sa.select(MESSAGES.c.recipient).where(MESSAGES.c.template == template)
    with office.read() as connection:
        return [each.partition("@")[0] for each in connection.scalars(query.order_by(MESSAGES.c.id))]


def _at_work(office: Office, **changes: str) -> str:
    number = file_one(office, **changes).filing_number
    classify(office, number)
    distribute(office, number)
    return number


def _another_process(office: Office) -> Office:
    """The same office in a process that read the calendar a moment ago."""
    other = open_office(office.settings, clock=office.clock, engine=office.engine)
    assert other.entity() == office.entity()
    return other


def test_the_preview_shows_what_moves_and_by_how_much(office: Office) -> None:
    moving = file_one(office, kind="consultation").filing_number
    file_one(office, kind="information_request")
    live_whole_life(office, file_one(office).filing_number)
    prepare(office, replace(FAIR, on="2026-12-11"))

    preview = preview_change(office, ADMINISTRATOR)

    assert (preview.open_petitions, preview.moved, preview.refused) == (2, 1, 0)
    assert preview.shifts == (Shift(days=1, petitions=1),)
    assert [each.filing_number for each in preview.page.items] == [moving]


def test_the_preview_comes_in_pages_with_the_totals_of_all(office: Office) -> None:
    numbers = [file_one(office).filing_number for _ in range(5)]
    prepare(office)

    first = preview_change(office, ADMINISTRATOR, limit=2)
    second = preview_change(office, ADMINISTRATOR, limit=2, cursor=first.page.next_cursor)
    third = preview_change(office, ADMINISTRATOR, limit=2, cursor=second.page.next_cursor)

    pages = (first.page, second.page, third.page)
    assert [each.filing_number for page in pages for each in page.items] == numbers
    assert third.page.next_cursor is None
    assert {preview.moved for preview in (first, second, third)} == {5}
    assert (first.page.items[0].due_before, first.page.items[0].due_after) == (BEFORE, AFTER)


def test_the_preview_counts_those_that_would_be_late_or_not_late_any_more(
    office: Office, clock: HandClock
) -> None:
    file_one(office)
    close_a_day(office)
    clock.to(datetime(2026, 12, 16, 15, tzinfo=UTC))
    draft_undoing(office, ADMINISTRATOR)
    assert preview_change(office, ADMINISTRATOR).fall_overdue == 1
    discard_draft(office, ADMINISTRATOR)

    clock.to(datetime(2026, 12, 17, 15, tzinfo=UTC))
    prepare(office, replace(FAIR, on="2026-12-09"))
    assert preview_change(office, ADMINISTRATOR).saved == 1


def test_a_preview_needs_a_draft_and_a_keeper(office: Office) -> None:
    with pytest.raises(Conflict, match="No hay un cambio"):
        preview_change(office, ADMINISTRATOR)
    with pytest.raises(Forbidden):
        preview_change(office, CONTROL)


def test_applying_moves_the_date_and_the_journal_says_why(office: Office) -> None:
    number = file_one(office).filing_number

    assert close_a_day(office) == 1

    assert _due(office) == [AFTER]
    assert "Decreto 012" in read_petition(office, SERVICE_HEAD, number).timeline[-2].text
    with office.read() as connection:
        query = sa.select(EVENTS.c.actor, EVENTS.c.detail).where(EVENTS.c.act == "due_date_moved")
        ((actor, detail),) = connection.execute(query).all()
    assert actor == "person:gina"
    assert "Decreto 012 del 20/11/2026" in detail


def test_an_alert_moves_with_its_date_and_no_case_is_woken(office: Office, clock: HandClock) -> None:
    _at_work(office)
    with office.read() as connection:
        state = connection.scalar(sa.text("SELECT state FROM case_state"))

    close_a_day(office)

    with office.read() as connection:
        assert connection.scalar(sa.text("SELECT state FROM case_state")) == state
        due_at = connection.scalar(sa.select(ALERTS.c.due_at))
        assert connection.scalar(sa.select(PETITIONS.c.next_wake_at)) == due_at
    # Five working days before the 16th, with the 7th and the 8th closed.
    assert due_at == datetime(2026, 12, 9, 13, tzinfo=UTC)
    clock.to(datetime(2026, 12, 9, 12, 59, tzinfo=UTC))
    assert advance_due_alerts(office) == 0
    clock.to(datetime(2026, 12, 9, 13, 0, tzinfo=UTC))
    assert advance_due_alerts(office) == 1


def test_an_alert_on_a_day_that_closes_moves_though_the_date_stays(office: Office) -> None:
    _at_work(office)
    with office.write() as connection:
        connection.execute(
            sa.update(ALERTS).values(working_days_before=-2, due_at=datetime(2026, 12, 17, 13, tzinfo=UTC))
        )
        connection.execute(sa.update(PETITIONS).values(next_wake_at=datetime(2026, 12, 17, 13, tzinfo=UTC)))

    assert close_a_day(office, replace(FAIR, on="2026-12-16")) == 0

    assert _due(office) == [BEFORE]
    with office.read() as connection:
        assert connection.scalar(sa.select(ALERTS.c.due_at)) == datetime(2026, 12, 18, 13, tzinfo=UTC)


def test_whom_it_concerns_is_told_once(office: Office) -> None:
    for _ in range(3):
        number = _at_work(office)
        claim(office, OFFICIAL, number, task_of(office, OFFICIAL, number))
    file_one(office, anonymous="true", full_name="", document_number="", email="")

    assert close_a_day(office) == 4

    assert _recipients(office, "due_date_moved") == ["rosa", "rosa", "rosa"]
    assert sorted(_recipients(office, "calendar_changed")) == ["bea", "carlos", "diana"]
    assert continue_recalculation(office) == 0
    assert len(_recipients(office, "calendar_changed")) == 3


def test_a_reserved_identity_is_told_under_seal(office: Office) -> None:
    file_one(office, kind="wrongdoing_report", reserve_identity="true")

    assert close_a_day(office) == 1

    assert _recipients(office, "due_date_moved") == ["identidad reservada"]


def test_nobody_is_told_when_nothing_moves(office: Office) -> None:
    file_one(office)

    assert close_a_day(office, replace(FAIR, on="2027-06-01")) == 0

    assert _recipients(office, "calendar_changed") == _recipients(office, "due_date_moved") == []


def test_what_was_answered_keeps_its_date(office: Office) -> None:
    number = _at_work(office)
    answer(office, number)

    assert close_a_day(office) == 0
    assert _due(office) == [BEFORE]


def test_undoing_is_an_act_of_its_own_and_brings_every_date_back(office: Office) -> None:
    _at_work(office)
    with office.read() as connection:
        alert = connection.scalar(sa.select(ALERTS.c.due_at))
    close_a_day(office)

    assert undo(office) == 1

    assert _due(office) == [BEFORE]
    with office.read() as connection:
        assert connection.scalar(sa.select(ALERTS.c.due_at)) == alert
        acts = connection.scalars(
            sa.select(EVENTS.c.act).where(EVENTS.c.stream == "oficina").order_by(EVENTS.c.seq)
        ).all()
    assert acts[-4:] == [
        "calendar_changed",
        "calendar_carried_through",
        "calendar_change_undone",
        "calendar_carried_through",
    ]
    assert _recipients(office, "due_date_moved") == ["rosa", "rosa"]


def test_the_history_tells_each_version_and_what_it_moved(office: Office) -> None:
    number = file_one(office).filing_number
    close_a_day(office)
    undo(office)

    versions = list_versions(office, CONTROL)

    assert [(each.number, each.moved, each.left, each.undoes) for each in versions] == [
        (3, 1, 0, 2),
        (2, 1, 0, None),
        (1, 0, 0, None),
    ]
    assert versions[0].changes[0].startswith("Se quita el cierre del 07/12/2026")
    assert [each.filing_number for each in list_moves(office, CONTROL, 2).items] == [number]


def test_what_is_cut_off_goes_on_where_it_was(office: Office) -> None:
    for _ in range(5):
        file_one(office)
    apply(office)
    office.entities.forget_current()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("processes.petitions.recalculation.recount", _cut_after(2))
        with pytest.raises(KeyboardInterrupt):
            continue_recalculation(office, batch=1)
    assert _due(office) == [AFTER, AFTER, BEFORE, BEFORE, BEFORE]
    assert read_version_view(office, ADMINISTRATOR, 2).left == 3

    assert continue_recalculation(office, batch=2) == 3

    assert _due(office) == [AFTER] * 5
    assert len(_recipients(office, "due_date_moved")) == 5
    assert read_version_view(office, ADMINISTRATOR, 2).left == 0


def _cut_after(chunks: int) -> Callable[..., int]:
    left = iter(range(chunks))

    def cut(connection: sa.Connection, occasion: Occasion, ids: Sequence[int]) -> int:
        moved = recount(connection, occasion, ids)
        if next(left, None) is None:
            raise KeyboardInterrupt
        return moved

    return cut


def test_a_filing_by_the_old_calendar_is_found_afterwards(office: Office) -> None:
    other = _another_process(office)
    close_a_day(office)

    assert file_one(other).due_on == BEFORE

    assert continue_recalculation(office) == 1
    assert _due(office) == [AFTER]


def test_a_step_by_the_old_calendar_leaves_its_case_to_be_counted_again(office: Office) -> None:
    number = file_one(office).filing_number
    other = _another_process(office)
    close_a_day(office)

    classify(other, number)

    assert continue_recalculation(office) == 1
    assert _due(office) == [AFTER]


def test_two_that_carry_one_change_through_at_once_move_each_date_once(office: Office) -> None:
    for _ in range(20):
        file_one(office)
    apply(office)
    office.entity()
    with ThreadPoolExecutor(4) as pool:
        moved = list(pool.map(lambda _: continue_recalculation(office, batch=3), range(4)))
    continue_recalculation(office)

    assert sum(moved) == 20
    assert _due(office) == [AFTER] * 20
    assert len(_recipients(office, "due_date_moved")) == 20
    assert len(_recipients(office, "calendar_changed")) == 1


def test_work_and_a_change_at_once_lose_nothing_of_either(office: Office) -> None:
    numbers = [_at_work(office) for _ in range(6)]
    tasks = {number: task_of(office, OFFICIAL, number) for number in numbers}
    apply(office)
    office.entity()
    with ThreadPoolExecutor(4) as pool:
        taken = [pool.submit(claim, office, OFFICIAL, number, tasks[number]) for number in numbers]
        carried = pool.submit(continue_recalculation, office, batch=2)
        for each in taken:
            each.result()
        carried.result()
    continue_recalculation(office)

    assert _due(office) == [AFTER] * 6
    for number in numbers:
        complete(office, OFFICIAL, number, tasks[number], ANSWERED)


def test_looking_for_what_is_left_asks_the_petitions_once(office: Office) -> None:
    file_one(office)
    close_a_day(office)
    counted: list[str] = []
    sa.event.listen(office.engine, "before_cursor_execute", lambda *args: counted.append(str(args[2])))

    continue_recalculation(office)

    assert len([each for each in counted if "FROM petition" in each]) == 1


def test_a_wide_closure_of_a_week_moves_by_a_week(office: Office) -> None:
    file_one(office)
    for day in (30, 1, 2, 3, 4):
        month = 11 if day == 30 else 12
        prepare(office, WrittenClosure(f"2026-{month}-{day:02}", "Vacancia", "Decreto 9", "2026-11-01"))
    apply_change(office, ADMINISTRATOR, revision=drafted(office), reason="Vacancia.")

    assert continue_recalculation(office) == 1
    assert _due(office) == [date(2026, 12, 22)]

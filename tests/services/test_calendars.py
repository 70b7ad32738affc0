from dataclasses import replace
from datetime import date, time

import pytest
import sqlalchemy as sa

from processes.common.errors import Conflict, Forbidden, Invalid, NotFound
from processes.directory.calendar_checks import WrittenClosure, checked_closure, checked_hours, written_hours
from processes.directory.calendar_settings import CalendarSettings, settings_from_json, settings_to_json
from processes.directory.calendar_versions import release_is_another
from processes.directory.entity import Entities
from processes.directory.tables import CALENDAR_VERSIONS, HOLIDAY_LISTS
from processes.petitions.calendars import (
    add_closure,
    change_settings,
    discard_draft,
    draft_undoing,
    read_calendar,
    remove_closure,
    take_release,
)
from processes.petitions.office import Office
from processes.petitions.recalculation import apply_change, continue_recalculation
from processes.petitions.recalculation_preview import count_release_moves
from processes.petitions.tables import PETITIONS
from processes.terms.kinds import Pack
from tests.builders.calendars import FAIR, REASON, apply, close_a_day, prepare
from tests.builders.office import ADMINISTRATOR, CONTROL, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import file_one

ADDED = (
    "Se agrega el cierre del 07/12/2026: Feria de Puerto Claro "
    "(suspende términos, Decreto 012 del 20/11/2026)."
)


def test_a_draft_moves_nothing(office: Office) -> None:
    prepare(office)

    assert office.entity().calendar.is_working_day(date(2026, 12, 7))
    assert file_one(office).due_on == date(2026, 12, 15)


def test_a_draft_says_every_difference_in_words(office: Office) -> None:
    first = prepare(office)
    saturday = checked_hours({**written_hours(CalendarSettings().hours), 5: "08:00-12:00"})
    change_settings(office, SERVICE_HEAD, lambda settings: replace(settings, hours=saturday))
    change_settings(office, ADMINISTRATOR, lambda settings: replace(settings, packs=frozenset({Pack.HEALTH})))

    draft = read_calendar(office, CONTROL).draft

    assert draft is not None
    assert (draft.revision, draft.changed_by) == (first + 2, "gina")
    assert draft.changes == (
        ADDED,
        "Horario del sábado: de «cerrado» a «08:00-12:00».",
        "Se activa: Salud.",
    )


def test_a_change_taken_back_before_it_is_applied_leaves_no_draft(office: Office) -> None:
    prepare(office)
    remove_closure(office, ADMINISTRATOR, date(2026, 12, 7))

    assert read_calendar(office, ADMINISTRATOR).draft is None


def test_a_draft_can_be_discarded(office: Office) -> None:
    prepare(office)
    discard_draft(office, ADMINISTRATOR)

    assert read_calendar(office, ADMINISTRATOR).draft is None


def test_the_new_calendar_is_in_force_for_whoever_files_next(office: Office) -> None:
    close_a_day(office)

    assert file_one(office).due_on == date(2026, 12, 16)


def test_a_closure_that_does_not_suspend_terms_leaves_the_day_counting(office: Office) -> None:
    close_a_day(office, WrittenClosure("2026-12-07", "Jornada interna", suspends_terms=False))

    assert file_one(office).due_on == date(2026, 12, 15)


def test_a_holiday_by_a_new_law_does_not_count(office: Office) -> None:
    closure = WrittenClosure("2026-12-07", "Día nuevo", "Ley 3000 de 2026", "2026-11-20", national=True)
    close_a_day(office, closure)

    assert office.entity().calendar.reasons[date(2026, 12, 7)] == (
        "Festivo: Día nuevo (Ley 3000 de 2026 del 20/11/2026)"
    )


@pytest.mark.parametrize(
    ("written", "fields"),
    [
        (replace(FAIR, act_number=""), {"act_number"}),
        (replace(FAIR, act_date=""), {"act_date"}),
        (replace(FAIR, on="7 de diciembre"), {"on"}),
        (replace(FAIR, on=""), {"on"}),
        (replace(FAIR, on="1990-12-07"), {"on"}),
        (replace(FAIR, on="2101-12-07"), {"on"}),
        (replace(FAIR, name="  "), {"name"}),
        (replace(FAIR, name="x" * 121, act_number="y" * 81), {"name", "act_number"}),
        (
            WrittenClosure("", "", national=True, suspends_terms=False),
            {"on", "name", "act_number", "act_date"},
        ),
    ],
)
def test_a_wrong_closure_is_refused_field_by_field(written: WrittenClosure, fields: set[str]) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_closure(written)

    assert refusal.value.fields.keys() == fields


def test_a_day_has_one_closure_and_a_holiday_needs_none(office: Office) -> None:
    prepare(office)

    with pytest.raises(Conflict, match="ya tiene un cierre: Feria de Puerto Claro"):
        add_closure(office, ADMINISTRATOR, FAIR)
    with pytest.raises(Conflict, match="ya es festivo nacional"):
        add_closure(office, ADMINISTRATOR, replace(FAIR, on="2026-12-08"))


def test_a_day_without_a_closure_has_none_to_take_away(office: Office) -> None:
    with pytest.raises(NotFound, match="no tiene un cierre"):
        remove_closure(office, ADMINISTRATOR, date(2026, 12, 9))


@pytest.mark.parametrize("text", ["8", "8-12-14", "12:00-08:00", "08:00-12:00, 11:00-17:00", "25:00-26:00"])
def test_hours_that_nobody_understands_are_refused_by_their_day(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        checked_hours({0: "08:00-17:00", 3: text})

    assert refusal.value.fields.keys() == {"hours_3"}


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(Invalid) as refusal:
        checked_hours({})

    assert refusal.value.fields.keys() == {"hours"}


def test_hours_have_a_noon_pause_and_come_back_as_they_were_written() -> None:
    hours = checked_hours({0: "07:00-12:00, 14:00-16:30", 4: "7:00-15:00", 5: "08:00 - 12:00"})

    assert hours[0] == ((time(7), time(12)), (time(14), time(16, 30)))
    assert written_hours(hours)[0] == "07:00-12:00, 14:00-16:30"
    assert checked_hours(written_hours(hours)) == hours


def test_stored_settings_come_back_the_same() -> None:
    settings = replace(CalendarSettings(), packs=frozenset({Pack.HEALTH})).with_closure(checked_closure(FAIR))

    assert settings_from_json(settings_to_json(settings)) == settings


def test_only_keepers_change_the_calendar_and_readers_see_it(office: Office) -> None:
    with pytest.raises(Forbidden):
        add_closure(office, CONTROL, FAIR)
    with pytest.raises(Forbidden):
        read_calendar(office, OFFICIAL)
    assert read_calendar(office, CONTROL).draft is None


def test_what_was_applied_is_not_what_was_reviewed_when_the_draft_changed(office: Office) -> None:
    revision = prepare(office)
    add_closure(office, SERVICE_HEAD, replace(FAIR, on="2026-12-09"))

    with pytest.raises(Conflict, match="Revíselo otra vez"):
        apply_change(office, ADMINISTRATOR, revision=revision, reason=REASON)


def test_the_review_of_a_discarded_draft_does_not_apply_another(office: Office) -> None:
    reviewed = prepare(office)
    discard_draft(office, SERVICE_HEAD)
    prepare(office, replace(FAIR, on="2026-12-09"))

    with pytest.raises(Conflict, match="Revíselo otra vez"):
        apply_change(office, ADMINISTRATOR, revision=reviewed, reason=REASON)


def test_a_change_needs_a_reason(office: Office) -> None:
    with pytest.raises(Invalid) as refusal:
        apply_change(office, ADMINISTRATOR, revision=prepare(office), reason=" ")

    assert refusal.value.fields.keys() == {"reason"}


def test_a_change_waits_for_the_one_before_to_be_carried_through(office: Office) -> None:
    apply(office)

    with pytest.raises(Conflict, match="Todavía se están moviendo"):
        apply(office, replace(FAIR, on="2026-12-09"))


def test_the_first_calendar_cannot_be_taken_back(office: Office) -> None:
    with pytest.raises(Conflict, match="inicial"):
        draft_undoing(office, ADMINISTRATOR)


def test_another_list_of_holidays_is_told_and_taken_only_when_asked(office: Office) -> None:
    file_one(office)
    with office.write() as connection:
        old = {"print": "old", "days": '{"Festivo: Navidad": ["2026-12-25"]}'}
        connection.execute(sa.insert(HOLIDAY_LISTS), old)
        connection.execute(sa.update(CALENDAR_VERSIONS).values(holidays="old"))
        connection.execute(sa.update(PETITIONS).values(due_on=date(2026, 12, 14)))
    fresh = replace(office, entities=Entities(office.engine))

    assert read_calendar(fresh, ADMINISTRATOR).new_holidays
    assert release_is_another(office.engine)
    assert count_release_moves(fresh) == 1
    assert fresh.entity().calendar.is_working_day(date(2026, 12, 8))

    take_release(fresh, ADMINISTRATOR)
    draft = read_calendar(fresh, ADMINISTRATOR).draft
    assert draft is not None
    assert draft.changes[0].startswith("Se agregan festivos nacionales: 01/01/1991")
    assert fresh.entity().calendar.is_working_day(date(2026, 12, 8))

    apply_change(fresh, ADMINISTRATOR, revision=draft.revision, reason="Novedades.")
    assert continue_recalculation(fresh) == 1
    assert not release_is_another(office.engine)


def test_a_release_with_the_same_law_says_nothing(office: Office) -> None:
    assert not release_is_another(office.engine)
    view = read_calendar(office, CONTROL)
    assert (view.new_holidays, view.new_law) == (False, False)


def test_another_text_of_the_law_is_told_and_its_draft_says_so(office: Office) -> None:
    with office.write() as connection:
        connection.execute(sa.update(CALENDAR_VERSIONS).values(law="another"))

    assert read_calendar(office, CONTROL).new_law
    assert release_is_another(office.engine)
    take_release(office, ADMINISTRATOR)
    draft = read_calendar(office, ADMINISTRATOR).draft
    assert draft is not None
    assert draft.changes == ("Se cuenta con las reglas de términos que trae esta versión del programa.",)

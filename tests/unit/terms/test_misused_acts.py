"""Acts that would move a date which the law holds still, and dates that an official could misread."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid
from processes.terms.acting import legal_moves, move, reckon
from processes.terms.cases.answer import answer_case
from processes.terms.clocks import clock, clocks
from processes.terms.events import LegalEvent
from processes.terms.events import LegalEventKind as Kind
from processes.terms.filing import Matter, filing_of
from processes.terms.holidays import build_calendar
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.moves import MOVES, Phase
from processes.terms.reckoning import Reckoning
from processes.terms.refusals import RefusedAct
from processes.terms.response import explain_response
from processes.terms.targets import Target

CALENDAR = build_calendar()


def _at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=BOGOTA)


def _petition(*kinds: PetitionKind, fixed: Length | None = None) -> Reckoning:
    matters = [Matter(number, kind) for number, kind in enumerate(kinds or (PetitionKind.REQUEST,), 1)]
    return reckon(filing_of(_at("2026-02-02", 10), matters, CALENDAR, fixed=fixed), (), CALENDAR)


def _after(petition: Reckoning, *events: LegalEvent) -> Reckoning:
    for event in events:
        petition = move(petition, event)
    return petition


REQUESTED = LegalEvent(kind=Kind.COMPLETION_REQUESTED, at=_at("2026-02-09"), reason="Falta el certificado")
COMPLETED = LegalEvent(kind=Kind.COMPLETED, at=_at("2026-02-20"))
EXTENDED = LegalEvent(kind=Kind.EXTENSION_TOLD, at=_at("2026-02-04"), length=Length(18), reason="Concepto")
AS_CONSULTATION = LegalEvent(
    kind=Kind.RECLASSIFIED,
    at=_at("2026-02-20"),
    new_kind=PetitionKind.CONSULTATION,
    reason="Pide un concepto",
    approved=True,
)


@pytest.mark.parametrize(
    ("received_at", "kind", "requested", "due"),
    [
        ("2016-04-12T10:00:00-05:00", "peticion_general", "2016-04-18", "2016-05-03"),
        ("2019-06-04T10:00:00-05:00", "informacion", "2019-06-10", "2019-06-18"),
        ("2020-03-16T10:00:00-05:00", "informacion", "2020-03-18", "2020-03-31"),
    ],
)
def test_a_law_that_began_while_the_petition_waited_leaves_the_date_that_stood(
    received_at: str, kind: str, requested: str, due: str
) -> None:
    row = {"received_at": received_at, "kind": kind, "events": f"requerimiento={requested}"}

    assert answer_case(row).due == due


def test_what_has_run_out_gets_no_days_from_a_new_kind() -> None:
    petition = _petition(PetitionKind.INFORMATION_REQUEST)

    with pytest.raises(RefusedAct, match="venció el 16/02/2026"):
        move(petition, AS_CONSULTATION)
    in_time = move(petition, replace(AS_CONSULTATION, at=_at("2026-02-16")))
    corrected = move(petition, replace(AS_CONSULTATION, new_kind=PetitionKind.DOCUMENT_REQUEST))

    assert in_time.due_on == date(2026, 3, 16)
    assert corrected.due_on == petition.due_on


def test_a_petition_is_extended_once_whatever_its_kind_becomes() -> None:
    petition = _after(_petition(), EXTENDED, replace(AS_CONSULTATION, at=_at("2026-02-05")))
    again = replace(EXTENDED, at=_at("2026-02-06"), length=Length(60))

    assert petition.due_on == date(2026, 3, 16)
    assert not any("prórroga" in note for note in explain_response(petition).notes)
    with pytest.raises(RefusedAct, match="solo se prorroga una vez"):
        move(petition, again)


@pytest.mark.parametrize(
    ("granted", "why"),
    [
        (Length(48, TermUnit.HOURS), "en días o en meses"),
        (Length(300), "a lo sumo de 1 mes"),
        (Length(32, TermUnit.CALENDAR_DAYS), "a lo sumo de 1 mes"),
        (Length(2, TermUnit.MONTHS), "a lo sumo de 1 mes"),
    ],
)
def test_the_citizen_may_not_be_given_another_time_than_the_laws(granted: Length, why: str) -> None:
    with pytest.raises(RefusedAct, match=why):
        move(_petition(), replace(REQUESTED, length=granted))


def test_the_citizen_may_be_given_less_than_the_laws_month() -> None:
    petition = move(_petition(), replace(REQUESTED, length=Length(10)))

    assert clock(petition, Target.CITIZEN_COMPLETION).due_on == date(2026, 2, 23)


def test_a_requesters_term_beyond_a_year_is_refused() -> None:
    event = replace(AS_CONSULTATION, new_kind=PetitionKind.CONTROL_BODY_REQUEST, length=Length(9999))

    with pytest.raises(Invalid, match="Un término de 9999 no es posible"):
        move(_petition(), event)


@pytest.mark.parametrize(
    "event",
    [
        LegalEvent(kind=Kind.EXTENSION_TOLD, at=_at("2026-02-10"), reason="Concepto técnico"),
        LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-03")),
    ],
)
def test_no_act_comes_before_the_last_one(event: LegalEvent) -> None:
    petition = _after(_petition(), REQUESTED, COMPLETED)

    with pytest.raises(RefusedAct, match="anterior a lo último que ocurrió, del 20/02/2026"):
        move(petition, event)


def test_what_happened_elsewhere_may_be_known_later() -> None:
    failed = LegalEvent(kind=Kind.PORTAL_FAILED, at=_at("2026-02-10"), reason="Falla del portal")

    assert move(_after(_petition(), REQUESTED, COMPLETED), failed).last(Kind.PORTAL_FAILED) == failed


def test_public_utilities_have_their_positive_silence() -> None:
    silence = LegalEvent(kind=Kind.POSITIVE_SILENCE, at=_at("2026-02-24"), approved=True)
    petition = _petition(PetitionKind.UTILITY_CLAIM)

    assert move(petition, silence).last(Kind.POSITIVE_SILENCE) == silence
    with pytest.raises(RefusedAct, match="no ha vencido"):
        move(petition, replace(silence, at=_at("2026-02-23")))


@pytest.mark.parametrize(
    ("kind", "fixed"),
    [
        (PetitionKind.AUTHORITY_REQUEST, None),
        (PetitionKind.CONGRESS_REQUEST, None),
        (PetitionKind.OMBUDSMAN_REQUEST, None),
        (PetitionKind.CONTROL_BODY_REQUEST, Length(5)),
        (PetitionKind.COUNCIL_REQUEST, Length(5)),
        (PetitionKind.JUDGE_REQUEST, Length(5)),
    ],
)
def test_the_reserve_is_not_opposed_to_an_authority(kind: PetitionKind, fixed: Length | None) -> None:
    refused = LegalEvent(kind=Kind.REFUSED_BY_RESERVE, at=_at("2026-02-04"), reason="Reserva legal")

    with pytest.raises(RefusedAct, match="no se le opone la reserva") as refusal:
        move(_petition(kind, fixed=fixed), refused)

    assert refusal.value.citation == "Ley 1437 de 2011, artículo 27"


def test_a_notice_that_came_back_undoes_no_act_of_the_citizen() -> None:
    petition = _after(_petition(), REQUESTED, COMPLETED)
    returned = LegalEvent(kind=Kind.NOTICE_RETURNED, at=_at("2026-02-23"), of=Kind.COMPLETED)

    with pytest.raises(RefusedAct, match="vale aunque su aviso no llegue"):
        move(petition, returned)
    assert move(petition, replace(returned, of=Kind.COMPLETION_REQUESTED)).phase is Phase.RUNNING


def test_only_what_decides_may_be_appealed() -> None:
    told = LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-05"), of=Kind.EXTENSION_TOLD)
    answered = LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-06"))
    petition = _after(_petition(), EXTENDED, told)

    assert Target.APPEAL not in clocks(petition)
    petition = _after(petition, answered, replace(told, at=_at("2026-02-06"), of=Kind.ANSWERED))
    assert clock(petition, Target.APPEAL).due_on == date(2026, 2, 20)


def test_the_entity_may_go_on_with_the_part_that_was_withdrawn() -> None:
    withdrawn = LegalEvent(kind=Kind.WITHDRAWN, at=_at("2026-02-05"), matters=frozenset({2}))
    going_on = LegalEvent(kind=Kind.CONTINUED_EX_OFFICIO, at=_at("2026-02-06"), reason="Interés público")
    petition = _after(_petition(PetitionKind.REQUEST, PetitionKind.CONSULTATION), withdrawn)

    again = move(petition, going_on)

    assert [matter.number for matter in again.open_matters] == [1, 2]
    assert Kind.CONTINUED_EX_OFFICIO not in {row.kind for row in legal_moves(again, date(2026, 2, 9))}


def test_terms_that_wait_for_nobody_have_no_clock_to_ask_for_more() -> None:
    health = clocks(_petition(PetitionKind.HEALTH_VITAL_RISK))
    judge = clocks(_petition(PetitionKind.JUDGE_REQUEST, fixed=Length(2)))

    assert Target.ENTITY_REQUEST not in health
    assert not {Target.ENTITY_REQUEST, Target.NEGATIVE_SILENCE} & set(judge)


def test_while_it_waits_the_days_listed_are_those_of_the_date_that_stood() -> None:
    explained = explain_response(move(_petition(), REQUESTED))

    assert explained.due_on == date(2026, 2, 23)
    assert [day.number for day in explained.days if day.counted] == list(range(1, 16))
    assert "Esta es la fecha que regía antes" in explained.notes[-1]


def test_the_due_day_always_counts() -> None:
    no_days_left = answer_case(
        {
            "received_at": "2026-02-02T10:00:00-05:00",
            "kind": "informacion",
            "events": "requerimiento=2026-02-16;completado=2026-03-02T10:30:00",
        }
    ).explained
    month = clock(move(_petition(), replace(REQUESTED, at=_at("2026-02-14"))), Target.CITIZEN_COMPLETION)

    assert no_days_left is not None
    assert (no_days_left.days[-1].date, no_days_left.days[-1].counted) == (date(2026, 3, 2), True)
    assert [(day.date.day, day.counted) for day in month.days[1:]] == [(14, False), (15, False), (16, True)]


def test_the_requests_of_a_petition_are_numbered_from_one() -> None:
    with pytest.raises(Invalid, match="desde el 1"):
        filing_of(_at("2026-02-02"), [Matter(0, PetitionKind.REQUEST)], CALENDAR)


def test_a_late_transfer_is_still_made_and_a_late_answer_still_given() -> None:
    for kind in (Kind.TRANSFERRED_OUT, Kind.ANSWERED):
        late = LegalEvent(kind=kind, at=_at("2026-03-20"), reason="Es de otra entidad")
        due = MOVES[kind].due

        assert due is not None
        assert clock(_petition(), due).due_on < late.on
        assert not move(_petition(), late).open_matters


def test_an_answer_ends_the_clocks_of_asking_and_transferring() -> None:
    before, after = _petition(), _after(_petition(), LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-06")))

    ended = {Target.ENTITY_REQUEST, Target.TRANSFER}
    assert ended <= set(clocks(before))
    assert not ended & set(clocks(after))


def test_a_refusal_is_insisted_on_once_and_its_clock_is_then_gone() -> None:
    refused = LegalEvent(kind=Kind.REFUSED_BY_RESERVE, at=_at("2026-02-05"), reason="Ley 1712, artículo 19")
    told = LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-06"), of=Kind.REFUSED_BY_RESERVE)
    petition = _after(_petition(PetitionKind.INFORMATION_REQUEST), refused, told)
    assert Target.INSISTENCE in clocks(petition)

    insisted = move(petition, LegalEvent(kind=Kind.INSISTED, at=_at("2026-02-09")))
    told_again = move(insisted, replace(told, at=_at("2026-02-10")))

    for each in (insisted, told_again):
        assert Target.INSISTENCE not in clocks(each)
        with pytest.raises(RefusedAct, match="solo se insiste una vez"):
            move(each, LegalEvent(kind=Kind.INSISTED, at=_at("2026-02-11")))


def test_the_clock_of_an_order_is_gone_once_the_order_was_met() -> None:
    ordered = LegalEvent(kind=Kind.JUDGE_ORDERED, at=_at("2026-02-05"), length=Length(3))
    ruled = LegalEvent(kind=Kind.JUDGE_RULED, at=_at("2026-02-09"), length=Length(2))
    met = LegalEvent(kind=Kind.ORDER_MET, at=_at("2026-02-06"), reason="Se rindió el informe")
    petition = _after(_petition(), ordered)

    assert Target.JUDGE_REPORT in clocks(petition)
    assert Target.JUDGE_REPORT not in clocks(_after(petition, met))
    assert Target.RULING in clocks(_after(petition, met, ruled))


def test_of_two_judges_who_wait_the_first_date_counts_until_it_was_met() -> None:
    first = LegalEvent(kind=Kind.JUDGE_ORDERED, at=_at("2026-02-05"), length=Length(3))
    second = LegalEvent(kind=Kind.JUDGE_ORDERED, at=_at("2026-02-06"), length=Length(5))
    met = LegalEvent(kind=Kind.ORDER_MET, at=_at("2026-02-09"), reason="Se rindió el informe")
    petition = _after(_petition(), first, second)

    assert clocks(petition)[Target.JUDGE_REPORT].due_on == date(2026, 2, 10)
    assert clocks(_after(petition, met))[Target.JUDGE_REPORT].due_on == date(2026, 2, 13)


def test_a_request_that_was_met_the_same_day_stops_nothing_and_says_so() -> None:
    met = LegalEvent(kind=Kind.COMPLETED, at=_at(REQUESTED.on.isoformat(), 14))

    notes = " ".join(explain_response(_after(_petition(), REQUESTED, met)).notes)

    assert "llegó antes de que se detuviera un día" in notes
    assert "corre de nuevo" not in notes


SILENT = LegalEvent(kind=Kind.DEEMED_WITHDRAWN, at=_at("2026-03-10"), reason="No completó")
APPEALED = LegalEvent(kind=Kind.APPEALED, at=_at("2026-03-12"))
TAKEN_UP = LegalEvent(kind=Kind.CONTINUED_EX_OFFICIO, at=_at("2026-03-13"), reason="Se repone el auto")
DECIDED = LegalEvent(kind=Kind.APPEAL_DECIDED, at=_at("2026-03-16"), reason="Ya no hay qué reponer")


def test_what_was_taken_as_withdrawn_is_taken_up_again_only_once_it_was_appealed() -> None:
    ended = _after(_petition(), REQUESTED, SILENT)
    with pytest.raises(RefusedAct, match="uno tácito que se recurrió"):
        move(ended, TAKEN_UP)

    running = _after(ended, APPEALED, TAKEN_UP)

    assert running.phase is Phase.RUNNING
    # Ten of the fifteen days were left when the completion was asked for.
    assert running.due_on == date(2026, 3, 30)
    with pytest.raises(RefusedAct):
        move(running, TAKEN_UP)


def test_an_appeal_is_decided_though_what_it_is_about_was_taken_up_again() -> None:
    running = _after(_petition(), REQUESTED, SILENT, APPEALED, TAKEN_UP)
    assert clock(running, Target.APPEAL_SILENCE).due_on == date(2026, 5, 12)

    decided = move(running, DECIDED)

    assert decided.phase is Phase.RUNNING
    assert decided.due_on == running.due_on
    assert Target.APPEAL_SILENCE not in clocks(decided)
    with pytest.raises(RefusedAct, match="no hay un recurso por decidir"):
        move(decided, replace(DECIDED, at=_at("2026-03-17")))


def test_an_appeal_that_was_decided_still_lets_the_entity_take_it_up_again() -> None:
    decided = _after(_petition(), REQUESTED, SILENT, APPEALED, replace(DECIDED, at=_at("2026-03-13")))

    assert move(decided, TAKEN_UP).phase is Phase.RUNNING

"""A petition through its legal events: matters, refusals, notices that come back, and every clock."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from processes.common.calendar import BOGOTA
from processes.common.errors import Invalid, NotFound
from processes.terms.acting import allow, legal_moves, move, reckon
from processes.terms.clock import AfterHours
from processes.terms.clocks import clock, clocks
from processes.terms.events import EVENT_LABELS, LegalEvent, event_of, values_of
from processes.terms.events import LegalEventKind as Kind
from processes.terms.explained import as_json, sentences
from processes.terms.filing import Filing, Matter, filing_of
from processes.terms.holidays import LocalClosure, build_calendar
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit
from processes.terms.moves import MOVES, PHASE_LABELS, Need, Phase
from processes.terms.reckoning import MatterState, Reckoning
from processes.terms.refusals import RefusedAct
from processes.terms.response import explain_response
from processes.terms.targets import TARGET_LABELS, Target

CALENDAR = build_calendar()
FILED = datetime(2026, 2, 2, 10, tzinfo=BOGOTA)


def _at(day: str, hour: int = 12) -> datetime:
    return datetime.fromisoformat(day).replace(hour=hour, tzinfo=BOGOTA)


def _filing(*kinds: PetitionKind, received_at: datetime = FILED) -> Filing:
    matters = [Matter(number, kind) for number, kind in enumerate(kinds or (PetitionKind.REQUEST,), 1)]
    return filing_of(received_at, matters, CALENDAR)


def _petition(*kinds: PetitionKind, received_at: datetime = FILED) -> Reckoning:
    return reckon(_filing(*kinds, received_at=received_at), (), CALENDAR)


def _after(petition: Reckoning, *events: LegalEvent) -> Reckoning:
    for event in events:
        petition = move(petition, event)
    return petition


REQUESTED = LegalEvent(kind=Kind.COMPLETION_REQUESTED, at=_at("2026-02-09"), reason="Falta el certificado")
COMPLETED = LegalEvent(kind=Kind.COMPLETED, at=_at("2026-02-20"))
EXTENDED = LegalEvent(kind=Kind.EXTENSION_TOLD, at=_at("2026-02-18"), reason="Piden un concepto técnico")


def test_every_event_has_one_row_and_its_words() -> None:
    assert set(MOVES) == set(Kind) == set(EVENT_LABELS)
    assert all(row.citation and row.actors for row in MOVES.values())
    assert set(PHASE_LABELS) == set(Phase)
    assert set(TARGET_LABELS) == set(Target)


def test_the_earliest_date_of_the_open_requests_rules() -> None:
    petition = _petition(PetitionKind.CONSULTATION, PetitionKind.DOCUMENT_REQUEST, PetitionKind.REQUEST)
    answered = LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-12"), matters=frozenset({2}))

    assert (petition.governing.number, petition.due_on) == (2, date(2026, 2, 16))
    assert (_after(petition, answered).governing.number, _after(petition, answered).due_on) == (
        3,
        date(2026, 2, 23),
    )


def test_a_petition_is_answered_when_its_last_request_is() -> None:
    petition = _petition(PetitionKind.REQUEST, PetitionKind.CONSULTATION)
    first = LegalEvent(
        kind=Kind.TRANSFERRED_OUT, at=_at("2026-02-04"), matters=frozenset({1}), reason="No es nuestra"
    )
    second = LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-20"))

    partly = _after(petition, first)
    whole = _after(partly, second)

    assert (partly.phase, whole.phase) == (Phase.RUNNING, Phase.ANSWERED)
    assert [matter.state for matter in whole.matters] == [MatterState.TRANSFERRED, MatterState.ANSWERED]


def test_a_whole_transfer_ends_our_part_and_starts_the_other_bodys() -> None:
    sent = LegalEvent(kind=Kind.TRANSFERRED_OUT, at=_at("2026-02-04"), reason="No es nuestra")
    received = LegalEvent(kind=Kind.RECEIVED_BY_COMPETENT, at=_at("2026-02-07"))

    petition = _after(_petition(), sent, received)

    assert petition.phase is Phase.TRANSFERRED
    assert clock(petition, Target.COMPETENT_RESPONSE).counted_from == date(2026, 2, 9)


def test_a_reassignment_never_restarts_the_term() -> None:
    moved = LegalEvent(kind=Kind.REASSIGNED, at=_at("2026-02-13"), reason="Es de otra dependencia")

    assert _after(_petition(), moved).due_on == _petition().due_on


def test_an_extension_of_one_request_leaves_the_others() -> None:
    petition = _petition(PetitionKind.REQUEST, PetitionKind.DOCUMENT_REQUEST)
    extended = _after(petition, replace(EXTENDED, at=_at("2026-02-12"), matters=frozenset({1})))

    assert [matter.extended for matter in extended.matters] == [True, False]
    assert extended.due_on == date(2026, 2, 16)
    assert explain_response(extended, 1).due_on == date(2026, 3, 16)


def test_a_petition_without_such_a_request_is_not_explained() -> None:
    with pytest.raises(NotFound, match="número 9"):
        explain_response(_petition(), 9)


def test_a_reclassification_that_lengthens_needs_approval() -> None:
    longer = LegalEvent(
        kind=Kind.RECLASSIFIED,
        at=_at("2026-02-04"),
        new_kind=PetitionKind.CONSULTATION,
        reason="Pide un concepto",
    )
    shorter = replace(longer, new_kind=PetitionKind.DOCUMENT_REQUEST)

    with pytest.raises(RefusedAct, match="aprobación del jefe"):
        move(_petition(), longer)
    assert move(_petition(), replace(longer, approved=True)).due_on == date(2026, 3, 16)
    assert move(_petition(), shorter).due_on == date(2026, 2, 16)


def test_a_reclassified_request_keeps_what_its_extension_still_gives() -> None:
    changed = LegalEvent(
        kind=Kind.RECLASSIFIED,
        at=_at("2026-02-19"),
        new_kind=PetitionKind.DOCUMENT_REQUEST,
        reason="Pide copias",
    )

    petition = _after(_petition(), EXTENDED, changed)

    assert petition.governing.term.length == Length(20)
    assert petition.governing.extended


@pytest.mark.parametrize(
    ("event", "what"),
    [
        (replace(EXTENDED, reason=" "), "escriba las razones"),
        (LegalEvent(kind=Kind.JUDGE_ORDERED, at=_at("2026-02-10")), "escriba el término"),
        (LegalEvent(kind=Kind.RECLASSIFIED, at=_at("2026-02-10"), reason="x"), "elija la nueva clase"),
        (LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-10")), "a qué acto se refiere"),
        (
            LegalEvent(kind=Kind.NUMBER_CANCELLED, at=_at("2026-02-10"), reason="Repetida"),
            "falta la aprobación",
        ),
        (LegalEvent(kind=Kind.FILED, at=_at("2026-02-10")), "ya está radicada"),
        (LegalEvent(kind=Kind.CLARIFIED, at=_at("2026-02-10")), "nadie ha devuelto"),
        (LegalEvent(kind=Kind.ORDER_MET, at=_at("2026-02-10"), reason="x"), "ningún juez"),
        (LegalEvent(kind=Kind.INSISTED, at=_at("2026-02-10")), "no ha ocurrido"),
        (LegalEvent(kind=Kind.NEGATIVE_SILENCE, at=_at("2026-04-10")), "vence el 04/05/2026"),
        (
            LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-10"), matters=frozenset({7})),
            "el asunto 7 no existe",
        ),
        (replace(EXTENDED, length=Length(30, TermUnit.HOURS)), "no en 30 horas"),
        (LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-10"), of=Kind.ANSWERED), "no hay un acto anterior"),
    ],
)
def test_an_act_without_what_it_needs_is_refused(event: LegalEvent, what: str) -> None:
    with pytest.raises(RefusedAct, match=what) as refusal:
        move(_petition(), event)

    assert refusal.value.citation in refusal.value.message


def test_a_second_return_and_crossing_suspensions_are_refused() -> None:
    petition = _after(_petition(), REQUESTED, COMPLETED)
    on_saturday = _after(_petition(), REQUESTED, replace(COMPLETED, at=_at("2026-02-21")))
    returned = LegalEvent(kind=Kind.RETURNED_UNCLEAR, at=_at("2026-02-22"), reason="No se entiende")

    with pytest.raises(RefusedAct, match="se cruza con la suspensión que duró hasta el 23/02/2026"):
        move(on_saturday, returned)
    clarified = _after(
        petition,
        replace(returned, at=_at("2026-02-24")),
        LegalEvent(kind=Kind.CLARIFIED, at=_at("2026-02-26")),
    )
    with pytest.raises(RefusedAct, match="solo se devuelve una vez"):
        move(clarified, replace(returned, at=_at("2026-02-27")))
    assert clarified.due_on == date(2026, 3, 10)


def test_terms_in_hours_and_of_a_requester_wait_for_nobody() -> None:
    health = _petition(PetitionKind.HEALTH_VITAL_RISK)
    ordered = filing_of(FILED, [Matter(1, PetitionKind.CONTROL_BODY_REQUEST)], CALENDAR, fixed=Length(5))

    for petition in (health, reckon(ordered, (), CALENDAR)):
        with pytest.raises(RefusedAct, match="no se suspende"):
            move(petition, replace(REQUESTED, at=_at("2026-02-02")))
    assert health.due_at == FILED + timedelta(hours=24)


def test_a_notice_that_did_not_arrive_moves_nothing() -> None:
    petition = _after(_petition(), replace(EXTENDED, delivered=False))

    assert petition.due_on == date(2026, 2, 23)
    assert "no se pudo entregar" in " ".join(explain_response(petition).notes)


def test_a_notice_that_came_back_undoes_what_it_moved() -> None:
    returned = LegalEvent(kind=Kind.NOTICE_RETURNED, at=_at("2026-02-20"), of=Kind.EXTENSION_TOLD)

    petition = _after(_petition(), EXTENDED, returned)
    again = _after(petition, replace(EXTENDED, at=_at("2026-02-23")))

    assert petition.due_on == date(2026, 2, 23)
    assert again.due_on == date(2026, 3, 16)


def test_an_accepted_act_stays_one_when_the_calendar_changes() -> None:
    told_on_the_last_day = replace(EXTENDED, at=_at("2026-02-23"))
    with_closure = build_calendar(closures=[LocalClosure(date(2026, 2, 3), "Decreto 9 de 2026")])
    events = _after(reckon(_filing(), (), with_closure), replace(EXTENDED, at=_at("2026-02-24"))).events

    assert reckon(_filing(), events, CALENDAR).due_on == date(2026, 3, 16)
    assert reckon(_filing(), (told_on_the_last_day,), with_closure).due_on == date(2026, 3, 17)


def test_a_withdrawal_by_silence_is_a_signed_act_after_the_citizens_time() -> None:
    suspended = _after(_petition(), REQUESTED)
    withdrawn = LegalEvent(kind=Kind.DEEMED_WITHDRAWN, at=_at("2026-03-10"), reason="No completó")
    notified = LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-03-12"), of=Kind.DEEMED_WITHDRAWN)

    with pytest.raises(RefusedAct, match="vence el 09/03/2026"):
        move(suspended, replace(withdrawn, at=_at("2026-03-09")))
    ended = _after(suspended, withdrawn, notified)

    assert ended.phase is Phase.WITHDRAWN
    assert clock(ended, Target.APPEAL).due_on == date(2026, 3, 27)
    assert move(ended, LegalEvent(kind=Kind.APPEALED, at=_at("2026-03-27"))).phase is Phase.WITHDRAWN
    with pytest.raises(RefusedAct, match="desistimiento expreso"):
        move(
            ended, LegalEvent(kind=Kind.CONTINUED_EX_OFFICIO, at=_at("2026-03-13"), reason="Interés público")
        )
    assert {Need.SIGNATURE, Need.PERSONAL_NOTICE} <= MOVES[Kind.DEEMED_WITHDRAWN].needs


def test_the_entity_may_go_on_after_an_express_withdrawal() -> None:
    withdrawn = _after(_petition(), LegalEvent(kind=Kind.WITHDRAWN, at=_at("2026-02-05")))
    resumed = _after(
        withdrawn, LegalEvent(kind=Kind.CONTINUED_EX_OFFICIO, at=_at("2026-02-06"), reason="Interés público")
    )

    assert (withdrawn.phase, resumed.phase) == (Phase.WITHDRAWN, Phase.RUNNING)
    assert resumed.due_on == date(2026, 2, 23)


def test_a_portal_that_failed_gives_the_citizen_three_days_more() -> None:
    suspended = _after(_petition(), REQUESTED)
    failed = LegalEvent(
        kind=Kind.PORTAL_FAILED, at=_at("2026-03-09"), reason="Constancia de la mesa de ayuda"
    )
    late = LegalEvent(kind=Kind.COMPLETED, at=_at("2026-03-12"))

    with pytest.raises(RefusedAct, match="venció el 09/03/2026"):
        move(suspended, late)
    assert move(move(suspended, failed), late).phase is Phase.RUNNING


def test_after_the_term_a_refusal_disappears_and_the_copies_are_due() -> None:
    petition = _petition(PetitionKind.DOCUMENT_REQUEST)
    refused = LegalEvent(kind=Kind.REFUSED_BY_RESERVE, at=_at("2026-02-17"), reason="Ley 1712, artículo 18")
    silence = LegalEvent(kind=Kind.POSITIVE_SILENCE, at=_at("2026-02-17"), approved=True)

    with pytest.raises(RefusedAct, match="La solicitud quedó aceptada"):
        move(petition, refused)
    with pytest.raises(RefusedAct, match="no ha vencido"):
        move(petition, replace(silence, at=_at("2026-02-16")))
    assert clock(move(petition, silence), Target.COPIES_BY_POSITIVE_SILENCE).due_on == date(2026, 2, 19)


def test_negative_silence_closes_nothing() -> None:
    silence = LegalEvent(kind=Kind.NEGATIVE_SILENCE, at=_at("2026-05-05"))

    petition = _after(_petition(), silence)

    assert (petition.phase, petition.due_on) == (Phase.RUNNING, date(2026, 2, 23))
    assert Kind.ANSWERED in {row.kind for row in legal_moves(petition, date(2026, 5, 6))}


def test_whoever_is_refused_by_reserve_may_insist_in_ten_days() -> None:
    refused = LegalEvent(kind=Kind.REFUSED_BY_RESERVE, at=_at("2026-02-12"), reason="Ley 1712, artículo 18")
    notified = LegalEvent(kind=Kind.NOTIFIED, at=_at("2026-02-13"), of=Kind.REFUSED_BY_RESERVE)

    petition = _after(_petition(PetitionKind.INFORMATION_REQUEST), refused, notified)

    assert petition.phase is Phase.NOTIFIED
    assert clock(petition, Target.INSISTENCE).due_on == date(2026, 2, 27)
    assert move(petition, LegalEvent(kind=Kind.INSISTED, at=_at("2026-02-27"))).phase is Phase.NOTIFIED
    with pytest.raises(RefusedAct, match="venció el 27/02/2026"):
        move(petition, LegalEvent(kind=Kind.INSISTED, at=_at("2026-03-02")))


def test_the_table_offers_only_what_the_day_allows() -> None:
    early = {row.kind for row in legal_moves(_petition(), date(2026, 2, 10))}
    late = {row.kind for row in legal_moves(_petition(), date(2026, 2, 24))}
    suspended = {row.kind for row in legal_moves(_after(_petition(), REQUESTED), date(2026, 2, 10))}

    assert {Kind.COMPLETION_REQUESTED, Kind.EXTENSION_TOLD, Kind.TRANSFERRED_OUT, Kind.ANSWERED} <= early
    assert late.isdisjoint({Kind.COMPLETION_REQUESTED, Kind.EXTENSION_TOLD, Kind.RETURNED_UNCLEAR})
    assert suspended >= {Kind.COMPLETED, Kind.COMPLETION_EXTENSION_ASKED, Kind.WITHDRAWN}
    assert suspended.isdisjoint({Kind.COMPLETION_REQUESTED, Kind.RETURNED_UNCLEAR, Kind.DEEMED_WITHDRAWN})


def test_a_suspended_term_has_not_run_out_and_may_be_extended_or_answered() -> None:
    suspended = _after(_petition(), REQUESTED)
    extended = _after(suspended, replace(EXTENDED, at=_at("2026-02-26")))

    assert _after(extended, replace(COMPLETED, at=_at("2026-03-02"))).due_on == date(2026, 4, 9)
    assert _after(suspended, LegalEvent(kind=Kind.ANSWERED, at=_at("2026-02-26"))).phase is Phase.ANSWERED


def test_going_on_after_a_withdrawal_ends_the_suspension_too() -> None:
    suspended = _after(_petition(), REQUESTED, LegalEvent(kind=Kind.WITHDRAWN, at=_at("2026-02-12")))
    resumed = _after(
        suspended, LegalEvent(kind=Kind.CONTINUED_EX_OFFICIO, at=_at("2026-02-13"), reason="Interés público")
    )

    assert not suspended.suspended
    assert (resumed.stopped, resumed.due_on) == (False, date(2026, 2, 27))


def test_every_clock_that_runs_explains_itself() -> None:
    petition = _after(_petition(PetitionKind.PERSONAL_DATA_CLAIM), REQUESTED)

    running = clocks(petition)

    assert running[Target.CITIZEN_COMPLETION].due_on == date(2026, 4, 9)
    assert running[Target.CLAIM_ANNOTATION].due_on == date(2026, 2, 4)
    assert Target.CITIZEN_COMPLETION_EXTENDED not in running
    assert all(explained.rule.citation and explained.days for explained in running.values())


def test_a_public_utility_recognises_its_silence_in_72_hours() -> None:
    effects = clock(_petition(PetitionKind.UTILITY_CLAIM), Target.UTILITY_EFFECTS)

    assert effects.due_at == datetime(2026, 2, 27, tzinfo=BOGOTA)


def test_an_explanation_crosses_a_suspension_and_an_extension() -> None:
    petition = _after(
        _petition(), REQUESTED, COMPLETED, replace(EXTENDED, at=_at("2026-03-02"), length=Length(20))
    )

    explained = explain_response(petition)
    counted = [day for day in explained.days if day.counted]

    assert explained.due_on == petition.due_on == date(2026, 3, 13)
    assert [day.number for day in counted] == list(range(1, 21))
    assert [f"{day.date:%m-%d}" for day in counted[4:6]] == ["02-09", "02-23"]
    assert explained.days[10].why.startswith("Término suspendido: el peticionario debe completar")
    assert "20 días hábiles en total" in " ".join(explained.notes)


def test_a_suspended_petition_shows_the_date_that_stood() -> None:
    petition = _after(_petition(), REQUESTED)

    explained = explain_response(petition)

    assert petition.suspended
    assert explained.due_on == petition.due_on == date(2026, 2, 23)
    assert "Esta es la fecha que regía antes" in explained.notes[-1]


def test_an_explanation_names_the_unverified_facts_on_which_it_relies() -> None:
    saturday = datetime(2026, 7, 4, 9, tzinfo=BOGOTA)
    closed = build_calendar(closures=[LocalClosure(date(2026, 7, 8), "Decreto 9 de 2026")])
    filing = filing_of(saturday, [Matter(1, PetitionKind.REQUEST)], closed)

    codes = {fact.code for fact in explain_response(reckon(filing, (), closed)).unverified}

    assert codes == {"after_hours", "ley_2578", "local_closure", "saturday"}


def test_an_explanation_is_data_and_text() -> None:
    petition = _after(_petition(), EXTENDED)
    explained = explain_response(petition)

    data, lines = as_json(explained), sentences(explained)

    assert data["due_on"] == "2026-03-16"
    assert data["term"] == "30 días hábiles"
    assert len(data["days"]) == len(explained.days)  # type: ignore[arg-type]  # plain JSON, typed as object
    assert lines[0].startswith("Vence el 16/03/2026: 30 días hábiles (Ley 1437 de 2011, artículo 14")


def test_an_event_survives_its_way_through_json() -> None:
    event = LegalEvent(
        kind=Kind.EXTENSION_TOLD,
        at=_at("2026-02-18"),
        matters=frozenset({2, 1}),
        length=Length(20),
        reason="Faltan documentos",
        delivered=False,
    )

    assert event_of(event.kind.value, event.at, values_of(event)) == event
    assert values_of(COMPLETED) == {}
    with pytest.raises(TypeError, match="not its own"):
        event_of("completed", FILED, {"matters": 3})


def test_a_naive_event_is_refused() -> None:
    with pytest.raises(Invalid, match="zona horaria"):
        LegalEvent(kind=Kind.COMPLETED, at=datetime(2026, 2, 3))  # noqa: DTZ001 - the fault under test


def test_a_petition_needs_numbered_requests_and_a_possible_term() -> None:
    with pytest.raises(Invalid, match="Numere los asuntos"):
        filing_of(FILED, [], CALENDAR)
    with pytest.raises(Invalid, match="Numere los asuntos"):
        filing_of(FILED, [Matter(1, PetitionKind.REQUEST)] * 2, CALENDAR)
    with pytest.raises(Invalid, match="escriba entre 1 y 366"):
        filing_of(FILED, [Matter(1, PetitionKind.JUDGE_REQUEST)], CALENDAR, fixed=Length(999))


def test_the_other_policy_counts_from_the_day_of_reception() -> None:
    saturday = datetime(2026, 2, 7, 23, tzinfo=BOGOTA)
    filing = filing_of(saturday, [Matter(1, PetitionKind.REQUEST)], CALENDAR, policy=AfterHours.AS_RECEIVED)

    assert reckon(filing, (), CALENDAR).due_on == date(2026, 2, 27)


def test_an_act_is_allowed_by_its_date_alone_where_nothing_else_is_known() -> None:
    assert allow(_petition(), replace(EXTENDED, reason="")).due_on == date(2026, 3, 16)

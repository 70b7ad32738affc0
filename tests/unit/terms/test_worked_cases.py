"""Combinations of events beyond the worked cases: what moves the date, and what the law refuses."""

import pytest

from processes.common.errors import Invalid
from processes.terms.cases.answer import answer_case

FILED = "2026-02-02T10:00:00-05:00"
TEN = "peticion_general"


def _row(kind: str, events: str, target: str, received_at: str = FILED) -> dict[str, str]:
    return {"received_at": received_at, "kind": kind, "events": events, "target": target}


@pytest.mark.parametrize(
    ("kind", "events", "target", "due"),
    [
        (TEN, "requerimiento=2026-02-09;completado=2026-02-20T18:30:00", "respuesta", "2026-03-09"),
        (TEN, "requerimiento=2026-02-09;completado=2026-02-21T10:00:00", "respuesta", "2026-03-09"),
        (TEN, "completado=2026-02-20T09:00:00;requerimiento=2026-02-09", "respuesta", "2026-03-06"),
        (TEN, "requerimiento=2026-02-09;completado=2026-02-09T15:00:00", "respuesta", "2026-02-23"),
        (TEN, "requerimiento=2026-02-09;completado=2026-03-09T23:59:00", "respuesta", "2026-03-25"),
        ("informacion", "requerimiento=2026-02-16;completado=2026-02-20T09:00:00", "respuesta", "2026-02-20"),
        (TEN, "prorroga_informada=2026-02-23;total_dias=30 (el mismo día)", "respuesta", "2026-03-16"),
        (TEN, "total_dias=22;prorroga_informada=2026-02-18", "respuesta", "2026-03-04"),
        (TEN, "prorroga_informada=2026-02-18", "respuesta", "2026-03-16"),
        ("informacion", "prorroga_informada=2026-02-12", "respuesta", "2026-03-02"),
        ("habeas_consulta", "prorroga_informada=2026-02-12", "respuesta", "2026-02-23"),
        ("habeas_reclamo", "prorroga_informada=2026-02-12", "respuesta", "2026-03-05"),
        (
            "informacion",
            "requerimiento=2026-02-09;completado=2026-02-20T09:00:00;prorroga_informada=2026-02-26",
            "respuesta",
            "2026-03-13",
        ),
        (
            "informacion",
            "prorroga_informada=2026-02-12;sin_respuesta",
            "entrega_copias_silencio_positivo",
            "2026-03-05",
        ),
        (TEN, "sin_competencia", "traslado", "2026-02-09"),
        (TEN, "sin_competencia (verbal)", "traslado", "2026-02-02"),
        ("habeas_reclamo", "sin_competencia", "traslado", "2026-02-04"),
        (TEN, "", "entidad_requerir", "2026-02-16"),
        ("habeas_reclamo", "", "entidad_requerir", "2026-02-09"),
        (TEN, "devuelta_por_oscura=2026-02-05", "ciudadano_aclarar", "2026-02-19"),
        (TEN, "notificada=2026-02-20", "recurso_reposicion", "2026-03-06"),
        (
            TEN,
            "requerimiento=2026-02-09;requerimiento_notificado=2026-02-10",
            "ciudadano_completar",
            "2026-03-10",
        ),
        ("denuncia", "", "respuesta_definitiva_control_fiscal", "2026-08-03"),
        ("congresista", "", "respuesta", "2026-02-09"),
        ("defensoria", "", "", "2026-02-09"),
    ],
)
def test_an_act_moves_the_date_as_the_law_says(kind: str, events: str, target: str, due: str) -> None:
    answer = answer_case(_row(kind, events, target))

    assert answer.due == due
    assert answer.refused == ()


@pytest.mark.parametrize(
    ("kind", "events", "due", "why"),
    [
        (
            TEN,
            "requerimiento=2026-02-17;completado=2026-03-02T09:00:00",
            "2026-02-23",
            "requerir venció el 16/02/2026",
        ),
        (TEN, "completado=2026-02-20T09:00:00", "2026-02-23", "nadie ha pedido completar"),
        (
            TEN,
            "requerimiento=2026-02-09;completado=2026-03-10T08:00:00",
            "2026-02-23",
            "completar venció el 09/03/2026",
        ),
        (TEN, "requerimiento=2026-02-09;requerimiento=2026-02-10", "2026-02-23", "ya está suspendido"),
        (
            TEN,
            "requerimiento=2026-02-04;completado=2026-02-05T09:00:00;requerimiento=2026-02-09",
            "2026-02-24",
            "solo se requiere una vez",
        ),
        (TEN, "prorroga_informada=2026-02-24;total_dias=30", "2026-02-23", "el término venció el 23/02/2026"),
        (TEN, "prorroga_informada=2026-02-18;total_dias=15", "2026-02-23", "no alargan el término"),
        (TEN, "prorroga_informada=2026-01-20;total_dias=30", "2026-02-23", "anterior a la recepción"),
        (
            TEN,
            "prorroga_informada=2026-02-18;total_dias=22;prorroga_informada=2026-03-02;total_dias=30",
            "2026-03-04",
            "solo se prorroga una vez",
        ),
        (TEN, "prorroga_informada=2026-02-18 (no entregada);total_dias=30", "2026-02-23", "no se entregó"),
        (TEN, "requerimiento=2026-02-09 (devuelto por el correo)", "2026-02-23", "no se entregó"),
        ("habeas_reclamo", "prorroga_informada=2026-02-12;total_dias=24", "2026-02-23", "Ley 1581 de 2012"),
        ("congresista", "prorroga_informada=2026-02-05", "2026-02-09", "la ley no da prórroga"),
        ("servicios_publicos", "prorroga_informada=2026-02-10", "2026-02-23", "la ley no da prórroga"),
        ("entre_autoridades", "prorroga_informada=2026-02-10", "2026-02-16", "Ley 1437 de 2011, artículo 30"),
        ("entre_autoridades", "negada_por_reserva", "2026-02-16", "no se le opone la reserva"),
        ("informacion", "negada_por_reserva=2026-02-17", "2026-02-16", "La solicitud quedó aceptada"),
    ],
)
def test_a_refused_act_leaves_the_date_and_names_its_rule(kind: str, events: str, due: str, why: str) -> None:
    answer = answer_case(_row(kind, events, "respuesta"))

    assert answer.due == due
    assert why in answer.refused[0]
    assert all(("(" in each and "artículo" in each) or "no se entregó" in each for each in answer.refused)


@pytest.mark.parametrize(
    ("asked", "due"),
    [("2026-04-10", "2026-05-11"), ("2026-04-13", "2026-04-10"), ("2026-04-08", "2026-05-11")],
)
def test_a_citizen_may_ask_for_an_equal_time_until_the_last_day(asked: str, due: str) -> None:
    events = f"requerimiento_notificado=2026-03-10;prorroga_ciudadano={asked};prorroga_ciudadano=2026-05-08"
    row = _row(TEN, events, "ciudadano_completar_prorrogado", "2026-03-10T10:00:00-05:00")

    assert answer_case(row).due == due


@pytest.mark.parametrize(
    ("received_at", "kind", "filed_on", "due"),
    [
        ("2020-03-05T10:00:00-05:00", TEN, "2020-03-05", "2020-03-27"),
        ("2020-03-06T10:00:00-05:00", TEN, "2020-03-06", "2020-04-22"),
        ("2020-03-27T10:00:00-05:00", TEN, "2020-03-27", "2020-05-13"),
        ("2020-03-27T17:01:00-05:00", TEN, "2020-03-30", "2020-05-14"),
        ("2020-03-28T10:00:00-05:00", TEN, "2020-03-30", "2020-05-14"),
        ("2020-03-16T10:00:00-05:00", "informacion", "2020-03-16", "2020-04-16"),
        ("2020-03-16T10:00:00-05:00", "consulta", "2020-03-16", "2020-05-08"),
        ("2020-03-16T10:00:00-05:00", "congresista", "2020-03-16", "2020-03-24"),
        ("2022-05-17T16:00:00-05:00", "informacion", "2022-05-17", "2022-06-15"),
        ("2022-05-17T17:01:00-05:00", TEN, "2022-05-18", "2022-06-09"),
        ("2026-07-13T10:00:00-05:00", "congresista", "2026-07-14", "2026-07-22"),
        ("2026-02-03T22:30:00Z", TEN, "2026-02-04", "2026-02-25"),
        ("2026-02-03T00:00:00-05:00", TEN, "2026-02-03", "2026-02-24"),
        ("2028-02-29T10:00:00-05:00", "consulta", "2028-02-29", "2028-04-12"),
        ("2100-12-20T10:00:00-05:00", TEN, "2100-12-20", "2101-01-10"),
    ],
)
def test_the_law_and_the_calendar_work_by_their_dates(
    received_at: str, kind: str, filed_on: str, due: str
) -> None:
    answer = answer_case(_row(kind, "", "respuesta", received_at))

    assert (answer.filing_date, answer.due) == (filed_on, due)


def test_the_decree_of_2020_gives_its_own_extension_and_reaches_a_suspended_term() -> None:
    extended = answer_case(_row(TEN, "prorroga_informada=2021-03-01", "", "2021-02-01T10:00:00-05:00"))
    suspended = "requerimiento=2020-03-10;completado=2020-04-02T09:00:00"
    reached = answer_case(_row(TEN, suspended, "", "2020-03-02T10:00:00-05:00"))

    assert extended.due == "2021-04-29"
    assert reached.due == "2020-05-11"
    assert reached.explained is not None
    assert any("alcanzó a las peticiones en trámite" in note for note in reached.explained.notes)


@pytest.mark.parametrize(
    ("events", "received_at", "filed_on", "due"),
    [
        ("horario=L-J 07:00-16:30;V 07:00-15:00", "2026-02-06T15:00:59-05:00", "2026-02-06", "2026-02-27"),
        ("horario=L-J 07:00-16:30;V 07:00-15:00", "2026-02-06T15:01:00-05:00", "2026-02-09", "2026-03-02"),
        (
            "horario=L-J 07:00-12:00,13:30-16:30;V 07:00-15:00",
            "2026-02-05T12:40:00-05:00",
            "2026-02-05",
            "2026-02-26",
        ),
        ("horario=L-V 08:00-17:00;S 08:00-12:00", "2026-02-07T09:00:00-05:00", "2026-02-07", "2026-02-25"),
        (
            "horario=lunes a viernes 08:00\N{EN DASH}12:00 y 14:00\N{EN DASH}18:00",
            "2026-02-02T18:00:00-05:00",
            "2026-02-02",
            "2026-02-23",
        ),
        (
            "no_habil_local=2026-02-12 (no laborable por acto 123)",
            "2026-02-02T10:00:00-05:00",
            "2026-02-02",
            "2026-02-24",
        ),
        ("horario=L-V 08:00-17:00;S 08:00-12:00", "2026-02-07T12:01:00-05:00", "2026-02-09", "2026-02-26"),
        (
            "horario=L-J 07:00-16:30;V 07:00-15:00;no_habil_local=2026-02-12 (Decreto 12; artículo 3)",
            "2026-02-06T15:30:00-05:00",
            "2026-02-09",
            "2026-03-03",
        ),
    ],
)
def test_each_entity_has_its_hours_and_closures(
    events: str, received_at: str, filed_on: str, due: str
) -> None:
    answer = answer_case(_row(TEN, events, "respuesta", received_at))

    assert (answer.filing_date, answer.due) == (filed_on, due)


def test_a_closure_without_an_act_does_not_stop_the_count() -> None:
    events = "no_habil_local=2026-12-24|2026-12-31 (sin acto administrativo)"
    answer = answer_case(_row(TEN, events, "respuesta", "2026-12-18T11:00:00-05:00"))

    assert answer.due == "2027-01-13"
    assert "no suspende términos sin un acto publicado" in answer.refused[0]


@pytest.mark.parametrize(
    ("kind", "events", "target", "filed_on", "due"),
    [
        ("salud_riesgo_vital", "", "respuesta", "", "2026-11-14T16:00:00-05:00"),
        ("tutela", "plazo_juez=24 horas", "informe_tutela", "", "2026-11-14T16:00:00-05:00"),
        ("tutela", "plazo_juez=1 día hábil", "informe_tutela", "2026-11-13", "2026-11-17"),
        ("tutela", "plazo_juez=3 días", "respuesta", "2026-11-13", "2026-11-19"),
        ("tutela", "fallo=48 horas", "cumplimiento_fallo", "", "2026-11-15T16:00:00-05:00"),
        ("tutela", "fallo=5 dias habiles", "cumplimiento_fallo", "2026-11-13", "2026-11-23"),
        ("tutela", "fallo", "cumplimiento_fallo", "", "2026-11-15T16:00:00-05:00"),
        ("peticion_general", "plazo_juez=2 dias habiles", "informe_tutela", "2026-11-13", "2026-11-18"),
    ],
)
def test_hours_run_by_the_clock_and_a_judges_days_are_working_days(
    kind: str, events: str, target: str, filed_on: str, due: str
) -> None:
    answer = answer_case(_row(kind, events, target, "2026-11-13T16:00:00-05:00"))

    assert (answer.filing_date, answer.due) == (filed_on, due)


@pytest.mark.parametrize(
    ("reception", "filed_on", "due"),
    [
        ("2026-02-06T17:00:59", "2026-02-06", "2026-02-27"),
        ("2026-02-06T17:01:00", "2026-02-09", "2026-03-02"),
        ("2026-02-06", "2026-02-06", "2026-02-27"),
    ],
)
def test_the_other_bodys_term_starts_when_it_receives(reception: str, filed_on: str, due: str) -> None:
    row = _row(TEN, f"trasladada;recibida_competente={reception}", "respuesta_entidad_competente")

    assert (answer_case(row).filing_date, answer_case(row).due) == (filed_on, due)


@pytest.mark.parametrize(
    ("kind", "events", "target", "why"),
    [
        (
            TEN,
            "requerimiento=2026-02-09;desistimiento_tacito_notificado=2026-02-20",
            "recurso_reposicion",
            "Espere",
        ),
        (TEN, "sin_respuesta", "entrega_copias_silencio_positivo", "de información o de documentos"),
        ("informacion", "sin_respuesta", "silencio_negativo", "artículo 83"),
        (TEN, "", "insistencia_ciudadano", "no ha ocurrido"),
        (TEN, "recibida_competente=2026-01-30T09:00:00", "respuesta_entidad_competente", "anterior"),
    ],
)
def test_a_clock_that_does_not_run_has_no_date(kind: str, events: str, target: str, why: str) -> None:
    answer = answer_case(_row(kind, events, target))

    assert (answer.due, answer.explained) == ("", None)
    assert why in " ".join(answer.refused)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"received_at": "2026-02-02T10:00:00"}, "zona horaria"),
        ({"received_at": "1990-12-31T10:00:00-05:00"}, "1991 a 2100"),
        ({"received_at": "2101-01-03T10:00:00-05:00"}, "1991 a 2100"),
        ({"received_at": "ayer"}, "no es una fecha y hora"),
        ({"received_at": ""}, "no es una fecha y hora"),
        ({"kind": "plegaria"}, "No se conoce la clase"),
        ({"target": "milagro"}, "No se conoce la fecha pedida"),
        ({"events": "milagro=2026-02-03"}, "No se conoce el evento"),
        ({"events": "requerimiento=2026-02-30"}, "no trae una fecha"),
        ({"events": "prorroga_informada=2026-02-18;total_dias=muchos"}, "no es un número de días"),
        ({"events": "horario=cuando se pueda 08:00-17:00"}, "No se entiende el horario"),
        ({"events": "horario=L-V 17:00-08:00"}, "No se entiende el horario"),
        ({"kind": "tutela"}, "lo fija quien pide"),
        ({"kind": "tutela", "events": "plazo_juez=pronto"}, "no trae un término"),
        ({"kind": "tutela", "events": "plazo_juez=0 horas"}, "escriba entre 1 y"),
    ],
)
def test_a_row_that_cannot_be_read_says_why_and_what_to_do(changed: dict[str, str], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        answer_case(_row(TEN, "", "respuesta") | changed)

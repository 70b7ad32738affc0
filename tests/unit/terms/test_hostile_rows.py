"""Rows that somebody typed wrong, or meant to break: a refusal in words, in little time, never a trace."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processes.common.errors import Invalid, OfficeError
from processes.terms.cases.answer import answer_case
from processes.terms.cases.scanning import EVENT_NAMES, LONGEST_CELL
from processes.terms.cases.table import read_rows
from processes.terms.cases.words import KIND_CODES, TARGET_CODES

FILED = "2026-02-02T10:00:00-05:00"
ROW = {"received_at": FILED, "kind": "informacion", "events": "", "target": ""}
HEADER = "id,received_at,kind,events,target,explanation\n"
GOOD = f",{FILED},informacion,,,\n"
EDGES = ("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-12:00", "1800-02-03", "2101-01-03T10:00:00Z")
CASUAL_SECONDS = 5
SHORT_REFUSAL = 600


def _said(row: dict[str, str]) -> str:
    """The date of a row, or the refusal of the whole row; anything else fails the test."""
    try:
        return answer_case(row).due or "sin fecha"
    except OfficeError as refusal:
        return refusal.message


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize("cell", ["received_at", "no_habil_local"])
def test_a_date_at_the_edge_of_time_is_refused_in_words(edge: str, cell: str) -> None:
    row = ROW | ({"received_at": edge} if cell == "received_at" else {"events": f"{cell}={edge}"})

    with pytest.raises(Invalid, match=r"1991 a 2100|zona horaria"):
        answer_case(row)


@pytest.mark.parametrize("edge", EDGES)
@pytest.mark.parametrize(
    "events",
    [
        "completado={}",
        "requerimiento={}",
        "prorroga_informada={}",
        "desistimiento_tacito_notificado={}",
        "notificada={}",
        "recibida_competente={}",
    ],
)
def test_an_act_at_the_edge_of_time_is_refused_and_the_date_stands(events: str, edge: str) -> None:
    answer = answer_case(ROW | {"events": events.format(edge)})

    assert answer.due == "2026-02-16"
    assert any("1991 a 2100" in refusal for refusal in answer.refused)


@pytest.mark.parametrize("total", ["9" * 5000, "10000", "\N{SUPERSCRIPT TWO}", "-3", "2.5", ""])
def test_a_total_that_is_no_number_of_days_is_refused(total: str) -> None:
    with pytest.raises(Invalid, match="no es un número de días"):
        answer_case(ROW | {"events": f"prorroga_informada=2026-02-04;total_dias={total}"})


@pytest.mark.parametrize(
    "events",
    [
        "a" + " " * 9000 + "!",
        "sin_respuesta;" * 700,
        "horario=L-V 08:00-17:00;" + "V 08:00-09:00;" * 650,
        "horario=L-V 08:00" + " " * 9000 + "x",
        "(" * 9000,
        "requerimiento=2026-02-04 (" + "no se " * 1600 + ")",
        "no_habil_local=" + "2026-02-10|" * 800,
        "x" * (LONGEST_CELL + 1),
    ],
)
def test_a_long_cell_is_answered_or_refused_at_once(events: str) -> None:
    started = time.process_time()

    said = _said(ROW | {"events": events})

    assert time.process_time() - started < CASUAL_SECONDS
    assert len(said) < SHORT_REFUSAL


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ("total_dias=5", "2026-02-16"),
        ("total_dias=12;total_dias=14;sin_respuesta;prorroga_informada=2026-02-10", "2026-03-02"),
        ("notificada", "2026-02-16"),
        ("notificada (sin fecha todavía)", "2026-02-16"),
    ],
)
def test_what_a_row_leaves_half_written_is_said(events: str, due: str) -> None:
    answer = answer_case(ROW | {"events": events})

    assert answer.due == due
    assert any("total_dias" in refusal or "notificada" in refusal for refusal in answer.refused)


@pytest.mark.parametrize(
    ("events", "why"),
    [
        ("horario", "No se entiende el horario"),
        ("horario=", "No se entiende el horario"),
        ("horario=L-J;V 07:00-15:00", "No se entiende el horario"),
        ("horario=V-L 07:00-15:00", "No se entiende el horario"),
        ("horario=L-V 08:00-17:00 S 08:00-12:00", "No se entiende el horario"),
        ("horario=L-D cerrado", "ningún día con atención"),
        ("no_habil_local", "no trae una fecha"),
        ("no_habil_local=|", "no trae una fecha"),
        ("requerimiento=2026-02-04 (por correo", "Falta cerrar el paréntesis"),
        ("requerimiento (por correo)=2026-02-04", "No se conoce el evento"),
    ],
)
def test_hours_closures_and_remarks_that_cannot_be_read_are_refused(events: str, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        answer_case(ROW | {"events": events})


def test_weekdays_that_the_hours_do_not_name_keep_counting_and_it_is_said() -> None:
    friday = answer_case(ROW | {"kind": "peticion_general", "events": "horario=V 07:00-15:00"})
    closed = answer_case(ROW | {"kind": "peticion_general", "events": "horario=L-J 07:00-17:30;V cerrado"})
    weekend = answer_case(ROW | {"events": "horario=L-V 08:00-17:00"})

    assert (friday.filing_date, friday.due) == ("2026-02-02", "2026-02-23")
    assert "lunes, martes, miércoles, jueves" in friday.refused[0]
    assert (closed.due, closed.refused) == ("2026-02-26", ())
    assert weekend.refused == ()


@pytest.mark.parametrize(
    ("kind", "events", "target", "due", "refused"),
    [
        (
            "informacion",
            "devuelta_por_oscura=2026-02-05 (devuelta al peticionario)",
            "ciudadano_aclarar",
            "2026-02-19",
            0,
        ),
        (
            "informacion",
            "devuelta_por_oscura=2026-02-05 (devuelta por el correo)",
            "respuesta",
            "2026-02-16",
            1,
        ),
        ("informacion", "prorroga_informada=2026-02-05 (no rebotó)", "respuesta", "2026-03-02", 0),
        ("informacion", "prorroga_informada=2026-02-05 (rebotó)", "respuesta", "2026-02-16", 1),
        (
            "informacion",
            "prorroga_informada=2026-02-05 (sin recibir respuesta)",
            "respuesta",
            "2026-03-02",
            0,
        ),
        (
            "informacion",
            "no_habil_local=2026-02-10 (día no hábil por acto administrativo 012)",
            "",
            "2026-02-17",
            0,
        ),
        ("informacion", "no_habil_local=2026-02-10 (no hay acto)", "", "2026-02-16", 1),
        (
            "informacion",
            "requerimiento=2026-02-04;completado=2026-02-06T09:00:00 (no se recibió el anexo 2)",
            "respuesta",
            "2026-02-18",
            0,
        ),
        (
            "informacion",
            "negada_por_reserva;notificada=2026-02-10 (no entregada)",
            "insistencia_ciudadano",
            "",
            2,
        ),
        ("verbal", "sin_competencia", "traslado", "2026-02-02", 0),
        ("peticion_general", "sin_competencia (no es verbal)", "traslado", "2026-02-09", 0),
    ],
)
def test_a_remark_means_what_a_person_reads_in_it(
    kind: str, events: str, target: str, due: str, refused: int
) -> None:
    answer = answer_case({"received_at": FILED, "kind": kind, "events": events, "target": target})

    assert (answer.due, len(answer.refused)) == (due, refused)


def test_the_decree_of_2020_reached_what_is_answered_first_in_the_general_term() -> None:
    for kind in ("denuncia", "disciplinaria", "denuncia_fiscal"):
        row = ROW | {"kind": kind, "received_at": "2021-03-01T10:00:00-05:00"}
        assert answer_case(row).due == "2021-04-15"
    for kind, due in (("disciplinaria", "2013-03-22"), ("entre_autoridades", "2013-03-15")):
        assert answer_case(ROW | {"kind": kind, "received_at": "2013-03-01T10:00:00-05:00"}).due == due


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f'A{GOOD}B,{FILED},informacion,,,"Filed \nC{GOOD}D{GOOD}', "ABCD"),
        (f'B,{FILED},informacion,,,"Filed \nC{GOOD}D,{FILED},informacion,,,"ok"\n', "BCD"),
        (f'B,{FILED},informacion,,,"Filed \nC,{FILED},informacion,,,end"\nD{GOOD}', "BCD"),
        (f'B,{FILED},informacion,"sin_respuesta\nC{GOOD}', "BC"),
        (f"B,{FILED},informacion,{'x' * 200_000},,\nC{GOOD}", ("fila 1", "C")),
        (f'B,{FILED},informacion,,,"two\nlines"\nC{GOOD}', "BC"),
        (f"B,{FILED},informacion,,,a\u2028b\x0cc\nC{GOOD}", "BC"),
    ],
)
def test_no_row_takes_another_with_it(text: str, names: str | tuple[str, ...]) -> None:
    assert [row.name for row in read_rows(HEADER + text)] == list(names)


def test_a_quote_that_does_not_close_is_said_and_spoils_only_the_cells_after_it() -> None:
    beyond, within = read_rows(
        f'{HEADER}B,{FILED},informacion,,,"Filed \nC,{FILED},informacion,"sin_respuesta,respuesta\n'
    )

    assert (beyond.readable, within.readable) == (True, False)
    assert "comillas" in beyond.problem
    assert "comillas" in within.problem


def test_a_long_file_costs_each_row_the_same() -> None:
    started = time.process_time()

    rows = list(read_rows(HEADER + f'A,{FILED},informacion,,,"open\n' + f"B{GOOD}" * 20_000))

    assert len(rows) == 20_001
    assert time.process_time() - started < CASUAL_SECONDS


def test_a_file_may_begin_with_blank_lines_but_not_name_a_column_twice() -> None:
    assert [row.name for row in read_rows(f"\n  \n{HEADER}A{GOOD}")] == ["A"]
    with pytest.raises(Invalid, match="está dos veces"):
        next(read_rows("kind,received_at,events,events\n"))


DATES = st.sampled_from([*EDGES, "2026-02-04", "2026-02-09T18:30:00", "2020-03-28", "2026-02-30", "", "|"])
VALUES = st.one_of(
    DATES,
    st.sampled_from(["20", "2 dias habiles", "48 horas", "L-J 07:00-16:30;V 07:00-15:00"]),
    st.text(max_size=12),
)
REMARKS = st.sampled_from(["", " (no se entregó)", " (verbal)", " (", ")", " [devuelta]"])
EVENTS = st.builds("{}={}{}".format, st.sampled_from(sorted(EVENT_NAMES)), VALUES, REMARKS)


@given(
    received_at=st.one_of(
        st.sampled_from([*EDGES, FILED, "2020-03-10T10:00:00-05:00"]), st.text(max_size=25)
    ),
    kind=st.sampled_from(sorted(KIND_CODES)),
    events=st.lists(EVENTS, max_size=5).map(";".join),
    target=st.sampled_from(sorted(TARGET_CODES)),
)
def test_any_row_is_answered_or_refused_in_words(
    received_at: str, kind: str, events: str, target: str
) -> None:
    row = {"received_at": received_at, "kind": kind, "events": events, "target": target}
    assert _said(row)

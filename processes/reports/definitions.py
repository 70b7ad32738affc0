"""The reports of the office: to whom, how often, published or not, and their figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from processes.directory.roles import Role
from processes.reports import queries, queries_of_desks, queries_of_law, queries_of_surveys
from processes.reports.figures import FigureDefinition
from processes.reports.periods import Cadence


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDefinition:
    """A report. `source` is the rule or the paper that it follows.

    One that is `reviewed` waits for the head of citizen service. `recipients` are told when it is ready;
    a `published` one may be read by anybody, without its cases.
    """

    name: str
    title: str
    cadence: Cadence
    recipients: frozenset[Role]
    figures: tuple[FigureDefinition, ...]
    source: str
    reviewed: bool = False
    published: bool = False


FORTNIGHTLY_TIMELINESS = "fortnightly_timeliness"
_IBAGUE = "Estrategia de Atención al Ciudadano de Ibagué (2025)"
_CIENAGA = "Plan Institucional de Atención al Ciudadano de Ciénaga (2023)"
_MANIZALES = "Estrategia de Relacionamiento con el Ciudadano de Manizales (2024)"

_DEFINITIONS = (
    ReportDefinition(
        name=FORTNIGHTLY_TIMELINESS,
        title="Oportunidad de las respuestas, por dependencia",
        cadence=Cadence.FORTNIGHT,
        recipients=frozenset({Role.DISCIPLINARY_CONTROL}),
        figures=(queries.OVERDUE, queries.DAYS_OVERDUE, queries.ANSWERED_LATE),
        source=f"{_IBAGUE}, 4.3",
        reviewed=True,
    ),
    ReportDefinition(
        name="weekly_front_desk",
        title="Seguimiento a las ventanillas",
        cadence=Cadence.WEEK,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD}),
        figures=(
            queries_of_desks.FILED_BY_DESK,
            queries.FILED_BY_CHANNEL,
            queries.FILED_BY_KIND,
            queries_of_desks.DESK_WAITS,
            queries_of_desks.DESK_WAITS_BY_CHANNEL,
            queries.DAYS_TO_ANSWER_BY_CHANNEL,
        ),
        source=f"{_IBAGUE}, 1.4",
    ),
    ReportDefinition(
        name="monthly_timeliness",
        title="Oportunidad de respuesta",
        cadence=Cadence.MONTH,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD, Role.DIRECTOR}),
        figures=(
            queries.FILED_BY_DEPARTMENT,
            queries.ANSWERED,
            queries.TIMELY,
            queries.MET_TERM,
            queries.DAYS_TO_ANSWER,
            queries.OVERDUE,
        ),
        source=f"{_IBAGUE}, 4.1",
        published=True,
    ),
    ReportDefinition(
        name="monthly_transfers",
        title="Oportunidad de los traslados por competencia",
        cadence=Cadence.MONTH,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD, Role.LEGAL_OFFICE}),
        figures=(queries_of_law.TRANSFERS, queries_of_law.TRANSFERS_IN_TIME, queries_of_law.TRANSFER_DAYS),
        source=f"{_IBAGUE}, 4.4",
    ),
    ReportDefinition(
        name="information_requests",
        title="Solicitudes de acceso a información pública",
        cadence=Cadence.QUARTER,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD}),
        figures=(
            queries_of_law.INFORMATION_FILED,
            queries_of_law.INFORMATION_DAYS,
            queries_of_law.INFORMATION_DENIED,
            queries_of_law.INFORMATION_TRANSFERRED,
        ),
        source="Decreto 103 de 2015, artículo 52",
        published=True,
    ),
    ReportDefinition(
        name="component_progress",
        title="Avance del componente de atención al ciudadano",
        cadence=Cadence.FOUR_MONTHS,
        recipients=frozenset({Role.INTERNAL_CONTROL}),
        figures=(
            queries.FILED_BY_CHANNEL,
            queries.TIMELY,
            queries_of_law.TRANSFERS_IN_TIME,
            queries.CLOSED,
            queries.SUBSTANTIVE,
        ),
        source=f"{_IBAGUE}, 1.2",
    ),
    ReportDefinition(
        name="survey_results",
        title="Resultados de la encuesta a los ciudadanos",
        cadence=Cadence.FOUR_MONTHS,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD, Role.DIRECTOR}),
        figures=(
            queries_of_surveys.SURVEYS_OPENED,
            queries_of_surveys.SURVEYS_ANSWERED,
            queries_of_surveys.SOLVED_BY_REPLY,
            queries_of_surveys.SOLVED,
            queries_of_surveys.UNDERSTOOD,
            queries_of_surveys.DIGNIFIED,
            queries_of_surveys.RATING,
        ),
        source=f"{_IBAGUE}, 5.1; {_CIENAGA}, acciones 12 y 35",
    ),
    ReportDefinition(
        name="half_yearly_follow_up",
        title="Seguimiento a las peticiones, quejas, reclamos, sugerencias y denuncias",
        cadence=Cadence.HALF_YEAR,
        recipients=frozenset({Role.CITIZEN_SERVICE_HEAD, Role.INTERNAL_CONTROL, Role.DIRECTOR}),
        figures=(
            queries.FILED_BY_KIND,
            queries.ANSWERED,
            queries.TIMELY,
            queries.MET_TERM,
            queries.ANSWERED_LATE,
            queries.SUBSTANTIVE,
            queries.ENDED_OTHERWISE,
        ),
        source=f"Ley 1474 de 2011, artículo 76; {_CIENAGA}, acción 13",
        published=True,
    ),
    ReportDefinition(
        name="yearly_summary",
        title="Balance anual de la atención a peticiones",
        cadence=Cadence.YEAR,
        recipients=frozenset({Role.DIRECTOR, Role.CITIZEN_SERVICE_HEAD, Role.INTERNAL_CONTROL}),
        figures=(
            queries.FILED_BY_CHANNEL,
            queries.FILED_BY_KIND,
            queries.FILED_BY_DEPARTMENT,
            queries.TIMELY,
            queries.MET_TERM,
            queries.DAYS_TO_ANSWER,
            queries.SUBSTANTIVE,
        ),
        source=f"{_MANIZALES}, 7.8",
        published=True,
    ),
)
REPORTS: Mapping[str, ReportDefinition] = MappingProxyType({each.name: each for each in _DEFINITIONS})
"""Every report, by name."""

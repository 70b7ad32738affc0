"""What happened to the sample petitions: each a form and the acts of people on their days.

Days are counted back from the next working day (1 is today, or the last working day on a rest day),
so that the sample is always as fresh as the day it is made on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time

from processes.directory.accounts import NewPerson
from processes.petitions.tables import Channel
from processes.samples import san_jacinto as town


@dataclass(frozen=True, slots=True)
class Moment:
    """A local time, so many working days before the next working day."""

    working_days_before: int
    at: time


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A person completes a task of the diagram with these values."""

    when: Moment
    who: NewPerson
    element: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TaskClaimed:
    """A person takes a task of the diagram."""

    when: Moment
    who: NewPerson
    element: str


@dataclass(frozen=True, slots=True)
class Story:
    """A petition as it was filed, and what was done about it, in order."""

    name: str
    filed: Moment
    form: Mapping[str, str]
    acts: tuple[TaskDone | TaskClaimed, ...] = ()
    channel: Channel = Channel.WEB


def _form(kind: str, subject: str, body: str, **identity: str) -> dict[str, str]:
    return {"kind": kind, "subject": subject, "body": body, "privacy_notice": "true", **identity}


def _citizen(full_name: str, number: str, email: str) -> dict[str, str]:
    return {
        "full_name": full_name,
        "document_type": "CC",
        "document_number": number,
        "email": f"{email}@correo.example",
    }


def _classified(days: int, kind: str, level: int, *, priority: bool = False) -> TaskDone:
    values = {"kind": kind, "level": str(level), "priority": "true" if priority else ""}
    return TaskDone(Moment(days, time(10, 15)), town.CLERK, "ConfirmClassification", values)


def _assigned(days: int, department: str, note: str = "") -> TaskDone:
    values = {"department": department, "distribution_note": note}
    return TaskDone(Moment(days, time(11, 5)), town.CITIZEN_SERVICE_HEAD, "ChooseDepartment", values)


def _answered(days: int, who: NewPerson, outcome: str, text: str) -> TaskDone:
    values = {"answer_text": text, "outcome": outcome}
    return TaskDone(Moment(days, time(15, 40)), who, "Answer", values)


def _closed(days: int) -> TaskDone:
    checks = ["substantive", "plain_language", "sent_to_chosen_address", "attachments_complete"]
    values = {"closing_checks": checks, "closing_note": ""}
    return TaskDone(Moment(days, time(9, 20)), town.CITIZEN_SERVICE_HEAD, "Verify", values)


STREET_LIGHT = Story(
    "street-light",
    Moment(18, time(8, 50)),
    _form(
        "service_claim",
        "Alumbrado apagado en la carrera 7",
        "Las luminarias de la carrera 7 entre calles 3 y 5 llevan dos semanas apagadas. "
        "Pido que las reparen.",
        **_citizen("Gloria Pertuz", "22.345.678", "gloria.pertuz"),
    ),
    (
        _classified(18, "service_claim", 3),
        _assigned(17, "INF", "Verificar en terreno con la empresa de alumbrado."),
        TaskClaimed(Moment(17, time(14, 0)), town.ROADS_OFFICIAL, "Answer"),
        _answered(
            13,
            town.ROADS_OFFICIAL,
            "granted",
            "Señora Pertuz: la cuadrilla cambió el transformador y las seis luminarias de la carrera 7 "
            "entre calles 3 y 5. El servicio quedó restablecido y lo comprobamos en una visita nocturna.",
        ),
        _closed(12),
    ),
)

OVERDUE_COPIES = Story(
    "overdue-copies",
    Moment(14, time(16, 20)),
    _form(
        "document_request",
        "Copia de la licencia de construcción del lote 14",
        "Solicito copia simple de la licencia de construcción otorgada al lote 14 de la manzana B.",
        **_citizen("Hernán Ospino", "78.901.234", "hernan.ospino"),
    ),
    (_classified(13, "document_request", 3), _assigned(13, "INF")),
)

TAX_AGREEMENT = Story(
    "tax-agreement",
    Moment(12, time(8, 30)),
    _form(
        "request",
        "Acuerdo de pago del impuesto predial",
        "Pido un acuerdo de pago en doce cuotas para el impuesto predial de mi casa, porque soy madre "
        "cabeza de hogar y mis ingresos bajaron este año.",
        **_citizen("Yamile Arrieta", "45.678.901", "yamile.arrieta"),
    ),
    (
        _classified(12, "request", 3, priority=True),
        _assigned(11, "HAC", "Revisar los alivios vigentes."),
        _answered(
            3,
            town.TREASURY_OFFICIAL,
            "partly_granted",
            "Señora Arrieta: puede acordar el pago en nueve cuotas mensuales sin cuota inicial. Las doce "
            "que pidió pasan del máximo que fija el Estatuto de Rentas. Acérquese a la Secretaría de "
            "Hacienda con su cédula; el acuerdo se firma el mismo día.",
        ),
    ),
    Channel.DESK,
)

POTHOLES = Story(
    "potholes",
    Moment(10, time(9, 10)),
    _form(
        "request",
        "Huecos en la vía al colegio La Esperanza",
        "La calle 9 entre carreras 2 y 4, frente al colegio, tiene huecos profundos. Dos niños se "
        "cayeron de la bicicleta la semana pasada. Pido que la reparen y pongan señales.",
        **_citizen("Marcela Guerrero", "1.065.432.109", "marcela.guerrero"),
    ),
    (
        _classified(10, "request", 3, priority=True),
        _assigned(9, "INF", "Hay niños en riesgo: pasa primero."),
        TaskClaimed(Moment(9, time(15, 30)), town.ROADS_OFFICIAL, "Answer"),
    ),
)

VACCINES = Story(
    "vaccines",
    Moment(7, time(9, 45)),
    _form(
        "information_request",
        "Número de beneficiarios del programa de vacunación rural",
        "¿Cuántas personas de las veredas recibieron vacunas este año y cuántas jornadas faltan?",
        **_citizen("Rafael Cantillo", "12.987.654", "rafael.cantillo"),
    ),
    (_classified(7, "information_request", 3), _assigned(6, "SAL")),
)

RESERVED_REPORT = Story(
    "reserved-report",
    Moment(4, time(14, 25)),
    _form(
        "wrongdoing_report",
        "Cobros indebidos por trámites gratuitos",
        "Un funcionario pide dinero por entregar certificados que son gratuitos. Temo represalias.",
        reserve_identity="true",
        **_citizen("Denunciante De Muestra", "9.876.543", "denunciante"),
    ),
    (_classified(3, "wrongdoing_report", 3, priority=True),),
)

AFTER_HOURS = Story(
    "after-hours",
    Moment(3, time(19, 40)),
    _form(
        "consultation",
        "¿Qué requisitos pide un evento en el parque principal?",
        "Queremos celebrar un festival de música en el parque y necesitamos saber qué permisos pedir.",
        **_citizen("Corporación Sones del Río", "901.234.567", "sones"),
    )
    | {"document_type": "NIT"},
)

SUGGESTION = Story(
    "suggestion",
    Moment(2, time(8, 35)),
    _form(
        "suggestion",
        "Horario de atención al mediodía",
        "Sería bueno que la ventanilla atendiera también al mediodía, para quienes trabajamos.",
        anonymous="true",
    ),
)

STORIES = (
    STREET_LIGHT,
    OVERDUE_COPIES,
    TAX_AGREEMENT,
    POTHOLES,
    VACCINES,
    RESERVED_REPORT,
    AFTER_HOURS,
    SUGGESTION,
)

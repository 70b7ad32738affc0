"""The sample of Pereira's municipal comptroller, as its plan of 2020 describes it; people are invented.

A control body: it audits how public money is spent, so what citizens bring it is of another kind than
what a town hall gets.
"""

from datetime import time
from types import MappingProxyType

from processes.common.calendar import MONDAY_TO_FRIDAY
from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.comptroller import COMPTROLLER
from processes.samples.sample import Cast, Sample, SampleDepartment, Staff, Trait

_STAFF = Staff("contraloriapereira.example")
_DAY = ((time(7, 30), time(12)), (time(14), time(18)))
_PROCEDURES = "Procesos y procedimientos"
_PEOPLE = "Talento humano"
_TECHNOLOGY = "Tecnología y virtualidad"
_SATISFACTION = "Satisfacción de ciudadanos"

CAST = Cast(
    clerk=_STAFF.person(
        "gladys.restrepo", "Gladys Restrepo", "Auxiliar de ventanilla única", "PPC", Role.FRONT_DESK_CLERK
    ),
    service_head=_STAFF.person(
        "jaime.valencia",
        "Jaime Valencia",
        "Director operativo de Planeación y Participación Ciudadana",
        "PPC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    deputy=_STAFF.person(
        "natalia.grisales",
        "Natalia Grisales",
        "Profesional de participación ciudadana",
        "PPC",
        Role.CITIZEN_SERVICE_HEAD,
    ),
    works=_STAFF.team(
        "DTA",
        ("hugo.patino", "Hugo Patiño", "Auditor fiscal"),
        ("liliana.cano", "Liliana Cano", "Directora técnica de Auditorías"),
    ),
    money=_STAFF.team(
        "RFI",
        ("ivan.largo", "Iván Largo", "Profesional de responsabilidad fiscal"),
        ("claudia.ospina", "Claudia Ospina", "Directora de Responsabilidad Fiscal"),
    ),
    care=_STAFF.team(
        "SGE",
        ("monica.toro", "Mónica Toro", "Profesional de gestión documental"),
        ("rodrigo.bedoya", "Rodrigo Bedoya", "Secretario general"),
    ),
    custodian=_STAFF.person(
        "teresa.mafla",
        "Teresa Mafla",
        "Jefa de Control Disciplinario Interno",
        "CDI",
        Role.IDENTITY_CUSTODIAN,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.OFFICIAL,
    ),
    legal=_STAFF.person(
        "esteban.rios", "Esteban Ríos", "Jefe de la Oficina Asesora Jurídica", "JUR", Role.LEGAL_OFFICE
    ),
    director=_STAFF.person("olga.montoya", "Olga Montoya", "Contralora municipal", "DES", Role.DIRECTOR),
    control=_STAFF.person(
        "luis.quiceno", "Luis Quiceno", "Asesor de Control Interno", None, Role.INTERNAL_CONTROL
    ),
    administrator=_STAFF.person(
        "daniela.correa",
        "Daniela Correa",
        "Ingeniera de sistemas",
        None,
        Role.ADMINISTRATOR,
        Role.PROCESS_ANALYST,
    ),
)

PEREIRA = Sample(
    key="pereira",
    document="Plan de Atención al Ciudadano, Contraloría Municipal de Pereira, septiembre de 2020",
    name="Contraloría Municipal de Pereira",
    city="Pereira",
    address="Palacio Municipal, Carrera 7 con Calle 19",
    email="correo@contraloriapereira.example",
    phone="(606) 555 0400",
    hours=MappingProxyType(dict.fromkeys(MONDAY_TO_FRIDAY, _DAY)),
    departments=(
        SampleDepartment("PPC", "Dirección Operativa de Planeación y Participación Ciudadana", _PROCEDURES),
        SampleDepartment("DTA", "Dirección Técnica de Auditorías", _PROCEDURES),
        SampleDepartment("RFI", "Dirección de Responsabilidad Fiscal"),
        SampleDepartment("SGE", "Secretaría General"),
        SampleDepartment("JUR", "Oficina Asesora Jurídica"),
        SampleDepartment("CDI", "Oficina de Control Disciplinario Interno"),
        SampleDepartment("DES", "Despacho de la contralora"),
    ),
    topics=(
        Topic("obras", "Obras y contratos del municipio", "DTA"),
        Topic("dineros", "Pérdida o mal uso de dineros públicos", "RFI"),
        Topic("informes", "Informes de auditoría y copias", "SGE"),
        Topic("control_social", "Veedurías y control social", "PPC"),
        Topic("conducta", "Conducta de un funcionario de la Contraloría", "CDI"),
        Topic("otro", "Otro tema"),
    ),
    territories=(
        Territory("centro", "Comuna Centro"),
        Territory("cuba", "Comuna Cuba"),
        Territory("villavicencio", "Comuna Villavicencio"),
        Territory("altagracia", "Corregimiento Altagracia"),
    ),
    cast=CAST,
    wordings=COMPTROLLER,
    words=MappingProxyType(
        {
            "city": "Pereira",
            "street": "la avenida 30 de Agosto",
            "neighbourhood": "Cuba",
            "other_neighbourhood": "San Joaquín",
            "village": "la vereda Altagracia",
            "school": "la escuela del sector",
            "stream": "la quebrada El Oso",
            "square": "el parque Olaya Herrera",
            "neighbour_entity": "la Personería Municipal de Pereira",
        }
    ),
    traits=(
        Trait("Horario", "Lunes a viernes de 7:30 a. m. a 12:00 m. y de 2:00 a 6:00 p. m."),
        Trait("Dirección y teléfono", "Los de la muestra."),
        Trait("Canales", "Formato para recibir, tramitar y responder peticiones verbales.", _PROCEDURES),
        Trait("Canales", "Chat con medición de tiempos.", _TECHNOLOGY),
        Trait("Canales", "Plataforma SIA-ATC de atención virtual de PQR.", _TECHNOLOGY),
        Trait("Canales", "Puntos de atención: ingreso, recepción, turnos, módulos, radicación.", _PEOPLE),
        Trait("Canales", "Correo, teléfono y carta."),
        Trait(
            "Niveles",
            "Primer nivel: lo más sencillo y general, también por autogestión. Segundo: lo que necesita "
            "personalización y se resuelve en el punto de atención. Tercero: lo complejo, que necesita las "
            "áreas misionales.",
            _PROCEDURES,
        ),
        Trait(
            "Atención",
            "Un procedimiento claro cuando el ciudadano insiste en radicar lo que no es competencia.",
            _PEOPLE,
        ),
        Trait("Encuesta", "Encuestas de percepción y de satisfacción.", "Sinergia institucional"),
        Trait("Informes", "Trimestral de las encuestas de satisfacción.", "Sinergia institucional"),
        Trait("Informes", "Actas mensuales del comité de ciudadano.", "Sinergia institucional"),
        Trait(
            "Informes",
            "De PQR, con las recomendaciones de los particulares para mejorar el servicio.",
            _SATISFACTION,
        ),
        Trait("Informes", "Ciudadanos atendidos y tiempos de atención.", _SATISFACTION),
        Trait("Turnos de emergencia", "Quién responde de noche y en festivos."),
        Trait("Temas y territorios", "Las listas del formulario y la dependencia que atiende cada tema."),
        Trait("Meta interna", "Responder un día hábil antes de que venza el término."),
    ),
)

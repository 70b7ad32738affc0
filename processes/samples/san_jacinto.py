"""The short sample: an invented town hall and its invented people, whose addresses lead nowhere."""

from types import MappingProxyType

from processes.directory.lists import Territory, Topic
from processes.directory.roles import Role
from processes.samples.sample import Cast, Sample, SampleDepartment, Staff, Team, Trait
from processes.samples.town_hall import TOWN_HALL

_STAFF = Staff("sanjacintodelrio.example")
_NAMES = (
    "street_light",
    "copies",
    "agreement",
    "potholes",
    "figures",
    "reserved",
    "after_hours",
    "suggestion",
)
_SERVICE_HEAD = _STAFF.person(
    "lucia.mendez",
    "Lucía Méndez",
    "Jefa de la Oficina de Relación con el Ciudadano",
    "ORC",
    Role.CITIZEN_SERVICE_HEAD,
)
_HEALTH = _STAFF.person(
    "nelly.cuesta",
    "Nelly Cuesta",
    "Profesional de salud pública",
    "SAL",
    Role.OFFICIAL,
    Role.DEPARTMENT_HEAD,
)

CAST = Cast(
    clerk=_STAFF.person("ana.rios", "Ana Ríos", "Auxiliar de ventanilla única", "ORC", Role.FRONT_DESK_CLERK),
    service_head=_SERVICE_HEAD,
    deputy=_SERVICE_HEAD,
    works=_STAFF.team(
        "INF",
        ("carlos.pena", "Carlos Peña", "Profesional de infraestructura vial"),
        ("marta.solano", "Marta Solano", "Secretaria de Infraestructura"),
    ),
    money=_STAFF.team(
        "HAC",
        ("jorge.ibarra", "Jorge Ibarra", "Profesional de rentas"),
        ("rosa.diaz", "Rosa Díaz", "Secretaria de Hacienda"),
    ),
    care=Team("SAL", _HEALTH, _HEALTH),
    custodian=_STAFF.person(
        "beatriz.rojas",
        "Beatriz Rojas",
        "Jefa de Control Interno Disciplinario",
        "CID",
        Role.IDENTITY_CUSTODIAN,
        Role.DISCIPLINARY_CONTROL,
        Role.DEPARTMENT_HEAD,
        Role.OFFICIAL,
    ),
    legal=_STAFF.person(
        "pablo.torres", "Pablo Torres", "Jefe de la Oficina Jurídica", "JUR", Role.LEGAL_OFFICE
    ),
    director=_STAFF.person("elena.vargas", "Elena Vargas", "Alcaldesa", "DES", Role.DIRECTOR),
    control=_STAFF.person(
        "sofia.castro", "Sofía Castro", "Jefa de Control Interno", None, Role.INTERNAL_CONTROL
    ),
    administrator=_STAFF.person(
        "diego.mora",
        "Diego Mora",
        "Ingeniero de sistemas",
        None,
        Role.ADMINISTRATOR,
        Role.PROCESS_ANALYST,
    ),
)

SAN_JACINTO = Sample(
    key="san-jacinto",
    document="",
    name="Alcaldía de San Jacinto del Río",
    city="San Jacinto del Río",
    address="Calle 5 # 4-32, Parque Principal",
    email="pqrsd@sanjacintodelrio.example",
    phone="(605) 555 0100",
    departments=(
        SampleDepartment("ORC", "Oficina de Relación con el Ciudadano"),
        SampleDepartment("INF", "Secretaría de Infraestructura"),
        SampleDepartment("HAC", "Secretaría de Hacienda"),
        SampleDepartment("SAL", "Secretaría de Salud"),
        SampleDepartment("CID", "Oficina de Control Interno Disciplinario"),
        SampleDepartment("JUR", "Oficina Jurídica"),
        SampleDepartment("DES", "Despacho de la alcaldesa"),
    ),
    topics=(
        Topic("vias", "Vías, andenes y alumbrado", "INF"),
        Topic("impuestos", "Impuesto predial e industria y comercio", "HAC"),
        Topic("salud", "Salud pública y vacunación", "SAL"),
        Topic("convivencia", "Convivencia y espacio público"),
        Topic("conducta", "Conducta de un funcionario", "CID"),
        Topic("otro", "Otro tema"),
    ),
    territories=(
        Territory("centro", "Centro"),
        Territory("ribera", "Barrios de la ribera"),
        Territory("veredas", "Veredas"),
    ),
    cast=CAST,
    wordings=MappingProxyType({name: TOWN_HALL[name] for name in _NAMES}),
    words=MappingProxyType(
        {
            "city": "San Jacinto del Río",
            "street": "la carrera 7 entre calles 3 y 5",
            "neighbourhood": "Las Acacias",
            "other_neighbourhood": "El Puerto",
            "village": "la vereda Buenavista",
            "school": "la escuela La Esperanza",
            "stream": "la quebrada Honda",
            "square": "el parque principal",
            "neighbour_entity": "la corporación autónoma de la región",
        }
    ),
    traits=(
        Trait("Entidad", "Toda ella es inventada: un municipio pequeño, para una primera mirada."),
        Trait("Horario", "Lunes a viernes de 8:00 a. m. a 5:00 p. m."),
        Trait("Niveles", "Tres niveles de atención, con los nombres que usa la Contraloría de Pereira."),
        Trait("Meta interna", "Responder un día hábil antes de que venza el término."),
    ),
)

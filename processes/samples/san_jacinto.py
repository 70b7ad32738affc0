"""The sample entity: an invented town hall and its invented people, whose addresses lead nowhere."""

from processes.directory.accounts import NewPerson
from processes.directory.founding import NewEntity
from processes.directory.roles import Role

ENTITY = NewEntity(
    name="Alcaldía de San Jacinto del Río (muestra)",
    tax_id="800.000.000-0",
    city="San Jacinto del Río",
    address="Calle 5 # 4-32, Parque Principal",
    email="pqrsd@sanjacintodelrio.example",
    phone="(605) 555 0100",
    demonstration=True,
    departments={
        "ORC": "Oficina de Relación con el Ciudadano",
        "INF": "Secretaría de Infraestructura",
        "HAC": "Secretaría de Hacienda",
        "SAL": "Secretaría de Salud",
        "CID": "Oficina de Control Interno Disciplinario",
        "JUR": "Oficina Jurídica",
        "DES": "Despacho de la alcaldesa",
    },
)


def _person(username: str, full_name: str, position: str, department: str | None, *roles: Role) -> NewPerson:
    address = f"{username}@sanjacintodelrio.example"
    return NewPerson(username, full_name, frozenset(roles), address, position, department)


CLERK = _person("ana.rios", "Ana Ríos", "Auxiliar de ventanilla única", "ORC", Role.FRONT_DESK_CLERK)
CITIZEN_SERVICE_HEAD = _person(
    "lucia.mendez",
    "Lucía Méndez",
    "Jefa de la Oficina de Relación con el Ciudadano",
    "ORC",
    Role.CITIZEN_SERVICE_HEAD,
)
ROADS_OFFICIAL = _person(
    "carlos.pena", "Carlos Peña", "Profesional de infraestructura vial", "INF", Role.OFFICIAL
)
ROADS_HEAD = _person(
    "marta.solano", "Marta Solano", "Secretaria de Infraestructura", "INF", Role.DEPARTMENT_HEAD
)
TREASURY_OFFICIAL = _person("jorge.ibarra", "Jorge Ibarra", "Profesional de rentas", "HAC", Role.OFFICIAL)
TREASURY_HEAD = _person("rosa.diaz", "Rosa Díaz", "Secretaria de Hacienda", "HAC", Role.DEPARTMENT_HEAD)
HEALTH_OFFICIAL = _person(
    "nelly.cuesta",
    "Nelly Cuesta",
    "Profesional de salud pública",
    "SAL",
    Role.OFFICIAL,
    Role.DEPARTMENT_HEAD,
)
CUSTODIAN = _person(
    "beatriz.rojas",
    "Beatriz Rojas",
    "Jefa de Control Interno Disciplinario",
    "CID",
    Role.IDENTITY_CUSTODIAN,
    Role.DEPARTMENT_HEAD,
    Role.OFFICIAL,
)
LEGAL = _person("pablo.torres", "Pablo Torres", "Jefe de la Oficina Jurídica", "JUR", Role.LEGAL_OFFICE)
DIRECTOR = _person("elena.vargas", "Elena Vargas", "Alcaldesa", "DES", Role.DIRECTOR)
CONTROL = _person("sofia.castro", "Sofía Castro", "Jefa de Control Interno", None, Role.INTERNAL_CONTROL)
ADMINISTRATOR = _person(
    "diego.mora",
    "Diego Mora",
    "Ingeniero de sistemas",
    None,
    Role.ADMINISTRATOR,
    Role.PROCESS_ANALYST,
)

PEOPLE = (
    CLERK,
    CITIZEN_SERVICE_HEAD,
    ROADS_OFFICIAL,
    ROADS_HEAD,
    TREASURY_OFFICIAL,
    TREASURY_HEAD,
    HEALTH_OFFICIAL,
    CUSTODIAN,
    LEGAL,
    DIRECTOR,
    CONTROL,
    ADMINISTRATOR,
)

"""What people may do: a closed set of roles, and the lanes whose tasks each role works on."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """A role in the entity; a person may have several."""

    FRONT_DESK_CLERK = "front_desk_clerk"
    CITIZEN_SERVICE_HEAD = "citizen_service_head"
    OFFICIAL = "official"
    DEPARTMENT_HEAD = "department_head"
    DIRECTOR = "director"
    LEGAL_OFFICE = "legal_office"
    INTERNAL_CONTROL = "internal_control"
    DISCIPLINARY_CONTROL = "disciplinary_control"
    IDENTITY_CUSTODIAN = "identity_custodian"
    PROCESS_ANALYST = "process_analyst"
    ADMINISTRATOR = "administrator"


ROLE_LABELS: Mapping[Role, str] = MappingProxyType(
    {
        Role.FRONT_DESK_CLERK: "Auxiliar de ventanilla única",
        Role.CITIZEN_SERVICE_HEAD: "Jefe de la Oficina de Relación con el Ciudadano",
        Role.OFFICIAL: "Profesional responsable",
        Role.DEPARTMENT_HEAD: "Jefe de dependencia",
        Role.DIRECTOR: "Directivo",
        Role.LEGAL_OFFICE: "Oficina Jurídica",
        Role.INTERNAL_CONTROL: "Control Interno",
        Role.DISCIPLINARY_CONTROL: "Control Disciplinario",
        Role.IDENTITY_CUSTODIAN: "Custodio de identidades reservadas",
        Role.PROCESS_ANALYST: "Analista de procesos",
        Role.ADMINISTRATOR: "Administrador",
    }
)


PASSING_ROLES = frozenset(Role) - {Role.ADMINISTRATOR, Role.PROCESS_ANALYST, Role.IDENTITY_CUSTODIAN}
"""What passes to whoever is in somebody's place; the keys of the house and of reserved identities are
given by name."""


class Lane(StrEnum):
    """A lane of the diagrams, by the name that the analyst reads."""

    CITIZEN = "Ciudadano"
    FRONT_DESK = "Ventanilla única"
    CITIZEN_SERVICE = "Oficina de Relación con el Ciudadano"
    DEPARTMENT = "Dependencia"
    ASKED_DEPARTMENT = "Dependencia consultada"
    DEPARTMENT_HEAD = "Jefe de dependencia"
    SIGNATORY = "Firmantes"
    LEGAL_OFFICE = "Oficina Jurídica"
    CLOCK = "Reloj"


SIGNATORY_ROLES = frozenset(
    {Role.CITIZEN_SERVICE_HEAD, Role.OFFICIAL, Role.DEPARTMENT_HEAD, Role.DIRECTOR, Role.LEGAL_OFFICE}
)
"""Who may be named to sign an answer: a signature is a person's, whatever the department."""

LANE_ROLES: Mapping[Lane, frozenset[Role]] = MappingProxyType(
    {
        Lane.CITIZEN: frozenset(),
        Lane.FRONT_DESK: frozenset({Role.FRONT_DESK_CLERK, Role.CITIZEN_SERVICE_HEAD}),
        Lane.CITIZEN_SERVICE: frozenset({Role.CITIZEN_SERVICE_HEAD}),
        Lane.DEPARTMENT: frozenset({Role.OFFICIAL, Role.DEPARTMENT_HEAD}),
        Lane.ASKED_DEPARTMENT: frozenset({Role.OFFICIAL, Role.DEPARTMENT_HEAD}),
        Lane.DEPARTMENT_HEAD: frozenset({Role.DEPARTMENT_HEAD}),
        Lane.SIGNATORY: SIGNATORY_ROLES,
        Lane.LEGAL_OFFICE: frozenset({Role.LEGAL_OFFICE}),
        Lane.CLOCK: frozenset(),
    }
)
"""Who works on a lane's tasks; a lane without roles holds no task for a person of the entity."""

LANES_WITHIN_A_DEPARTMENT = frozenset({Lane.DEPARTMENT, Lane.DEPARTMENT_HEAD})
"""Lanes whose tasks belong to the petition's department, and only to its people."""

LANES_OF_ONE_DEPARTMENT = LANES_WITHIN_A_DEPARTMENT | {Lane.ASKED_DEPARTMENT}
"""Lanes whose tasks are done by the people of one department: the petition's, or one that was asked."""


def lanes_of(roles: frozenset[Role]) -> frozenset[Lane]:
    """The lanes that somebody with `roles` works on."""
    return frozenset(lane for lane, allowed in LANE_ROLES.items() if allowed & roles)

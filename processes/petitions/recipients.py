"""Whom the office writes to: one reader for each recipient of the catalogue."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import sqlalchemy as sa

from processes.directory.on_call import on_call_contacts
from processes.directory.people import Contact, contact, contacts_with_role
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, ROLE_LABELS, Role
from processes.petitions.step import Step
from processes.petitions.tables import WORK_ITEMS, WorkItemStatus


def recipients(step: Step, to: str) -> list[Contact]:
    """Who is told; when a rung of the ladder has nobody, the head of citizen service is."""
    found = READERS[to](step)
    return found or contacts_with_role(step.connection, Role.CITIZEN_SERVICE_HEAD)


def recipient_label(to: str) -> str:
    """The Spanish name of a recipient."""
    return _LABELS.get(to) or ROLE_LABELS[Role(to)]


def official_of(step: Step) -> Contact | None:
    """Who has taken the department's open task."""
    query = sa.select(WORK_ITEMS.c.assignee).where(
        WORK_ITEMS.c.petition_id == step.case.id,
        WORK_ITEMS.c.status == WorkItemStatus.OPEN.value,
        WORK_ITEMS.c.lane.in_(LANES_WITHIN_A_DEPARTMENT),
        WORK_ITEMS.c.assignee.is_not(None),
    )
    username = step.connection.scalars(query).first()
    return None if username is None else contact(step.connection, username)


def _official(step: Step) -> list[Contact]:
    found = official_of(step)
    return [] if found is None else [found]


def _department_head(step: Step) -> list[Contact]:
    return contacts_with_role(step.connection, Role.DEPARTMENT_HEAD, department=step.department)


def _with_role(role: Role) -> Callable[[Step], list[Contact]]:
    def read(step: Step) -> list[Contact]:
        return contacts_with_role(step.connection, role)

    return read


def _on_call(step: Step) -> list[Contact]:
    """The roster; while nobody is on it, those who answer for the entity."""
    heads = contacts_with_role(step.connection, Role.CITIZEN_SERVICE_HEAD)
    answerable = {
        each.username: each for each in (*heads, *contacts_with_role(step.connection, Role.DIRECTOR))
    }
    return on_call_contacts(step.connection) or list(answerable.values())


def _invoice_mailbox(step: Step) -> list[Contact]:
    address = step.entity.invoice_email
    return [Contact("invoices", _LABELS["invoice_mailbox"], address)] if address else []


READERS: Mapping[str, Callable[[Step], list[Contact]]] = MappingProxyType(
    {
        "official": _official,
        "department_head": _department_head,
        "citizen_service_head": _with_role(Role.CITIZEN_SERVICE_HEAD),
        "director": _with_role(Role.DIRECTOR),
        "legal_office": _with_role(Role.LEGAL_OFFICE),
        "on_call": _on_call,
        "invoice_mailbox": _invoice_mailbox,
    }
)
"""A reader for each recipient, the citizen apart."""

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "official": "Profesional responsable",
        "on_call": "Turno de atención inmediata",
        "signatories": "Firmantes",
        "asked_departments": "Dependencias consultadas",
        "invoice_mailbox": "Buzón de facturación",
    }
)

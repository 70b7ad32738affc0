"""Whom the office writes to: one reader for each recipient of the catalogue.

Nobody who is kept apart from a petition is told anything of it.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from processes.common.calendar import BOGOTA
from processes.directory.addressees import Addressees
from processes.directory.on_call import on_call_contacts
from processes.directory.people import Contact
from processes.directory.phonebook import Phonebook
from processes.directory.roles import LANES_WITHIN_A_DEPARTMENT, ROLE_LABELS, Lane, Role
from processes.petitions.access import besides_excluded, excluded_from
from processes.petitions.coming_back import drafter_of
from processes.petitions.helping import departments_asked, signatures_awaited
from processes.petitions.step import Step


def recipients(step: Step, to: str) -> list[Contact]:
    """Who is told; when a rung of the ladder has nobody, the head of citizen service is, or the directors."""
    found = READERS[to](step)
    return found or with_role(step, Role.CITIZEN_SERVICE_HEAD) or with_role(step, Role.DIRECTOR)


def with_role(step: Step, role: Role, *, department: str | None = None) -> list[Contact]:
    """The people with `role`, of `department` when it is given, who are not kept apart."""
    return addressees(step).with_role(role, department=department)


def addressees(step: Step) -> Addressees:
    """Whom to write to of this petition: nobody who is kept apart from it, nor anybody in their place."""
    if step.phonebook is None:
        step.phonebook = Phonebook(step.connection)
    today = step.now.astimezone(BOGOTA).date()
    besides = besides_excluded(step.case.id) if step.case.somebody_is_apart else None
    return Addressees(
        step.phonebook, step.entity.substitutions, today, besides=besides, apart=frozenset(step.apart)
    )


def recipient_label(to: str) -> str:
    """The Spanish name of a recipient."""
    return _LABELS.get(to) or ROLE_LABELS[Role(to)]


def official_of(step: Step) -> list[Contact]:
    """Who has taken the department's open task; while it has none to draft, who drafted last.

    After them, who is in their place.
    """
    items = [
        item
        for task, item in step.case.open_items.items()
        if item.lane in LANES_WITHIN_A_DEPARTMENT and task != step.task
    ]
    username = next((item.assignee for item in items if item.assignee is not None), None)
    if username is None and all(item.lane != Lane.DEPARTMENT for item in items):
        username = drafter_of(step)
    return [] if username is None else addressees(step).called(username)


def _official(step: Step) -> list[Contact]:
    """Whoever has the task or drafted the answer; the department's head while nobody has taken it."""
    return official_of(step) or _department_head(step)


def _department_head(step: Step) -> list[Contact]:
    if step.department is None:
        return []
    return with_role(step, Role.DEPARTMENT_HEAD, department=step.department)


def _with_role(role: Role) -> Callable[[Step], list[Contact]]:
    def read(step: Step) -> list[Contact]:
        return with_role(step, role)

    return read


def _asked_departments(step: Step) -> list[Contact]:
    """The heads of the departments that have yet to contribute; where there is none, its people."""
    found: dict[str, Contact] = {}
    for department in step.deals.get(Lane.ASKED_DEPARTMENT) or departments_asked(step):
        heads = with_role(step, Role.DEPARTMENT_HEAD, department=department)
        people = heads or with_role(step, Role.OFFICIAL, department=department)
        found |= {person.username: person for person in people}
    return list(found.values())


def _signatories(step: Step) -> list[Contact]:
    usernames = step.deals.get(Lane.SIGNATORY) or signatures_awaited(step)
    found = (person for username in usernames for person in addressees(step).called(username))
    return list({person.username: person for person in found}.values())


def _on_call(step: Step) -> list[Contact]:
    """The roster; while nobody is on it, those who answer for the entity."""
    apart = set(step.apart)
    if step.case.somebody_is_apart:
        apart.update(step.connection.scalars(excluded_from(step.case.id)))
    roster = [each for each in on_call_contacts(step.connection) if each.username not in apart]
    if roster:
        return addressees(step).in_place_of(roster)
    heads = with_role(step, Role.CITIZEN_SERVICE_HEAD)
    return list({each.username: each for each in (*heads, *with_role(step, Role.DIRECTOR))}.values())


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
        "front_desk": _with_role(Role.FRONT_DESK_CLERK),
        "on_call": _on_call,
        "invoice_mailbox": _invoice_mailbox,
        "asked_departments": _asked_departments,
        "signatories": _signatories,
    }
)
"""A reader for each recipient, the citizen apart."""

_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "official": "Profesional responsable",
        "front_desk": "Ventanilla única",
        "on_call": "Turno de atención inmediata",
        "signatories": "Firmantes",
        "asked_departments": "Dependencias consultadas",
        "invoice_mailbox": "Buzón de facturación",
    }
)

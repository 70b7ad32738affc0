"""What the entity says of its own form: topics, territories, emergency number, mailbox for invoices."""

import re
import unicodedata

import sqlalchemy as sa

from processes.common.audit import Act, record_office_act
from processes.common.errors import Invalid, NotFound
from processes.common.text import clean_address, clean_line
from processes.directory import lists
from processes.directory.lists import Territory, Topic
from processes.directory.people import Person, departments
from processes.directory.roles import Role
from processes.directory.tables import ENTITY
from processes.petitions.access import require_role
from processes.petitions.office import Office

FORM_KEEPERS = (Role.ADMINISTRATOR, Role.CITIZEN_SERVICE_HEAD)
"""Roles that say what the entity's form offers, and who is on call."""

_LONGEST_NAME = 120
_LONGEST_CODE = 40
_SIGNS = re.compile(r"[^a-z0-9]+")


def code_of(name: str) -> str:
    """The code of a name, for tables of decision: small letters without accents, joined by `_`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _SIGNS.sub("_", plain).strip("_")[:_LONGEST_CODE].strip("_")


def save_topic(office: Office, person: Person, *, name: str, department: str = "", code: str = "") -> Topic:
    """Offer a topic, or change the one with its code; without `code` it gets that of its name.

    `department` is the code of the one suggested, or empty. Raises Forbidden, Invalid.
    """
    by = require_role(person, *FORM_KEEPERS)
    topic = Topic(*_named(name, code), department or None)
    with office.write() as connection:
        if topic.department is not None:
            _check_department(connection, topic.department)
        lists.put_topic(connection, topic)
        detail = {"code": topic.code, "name": topic.name, "department": topic.department}
        record_office_act(connection, Act("topic_saved", by.actor, detail), at=office.now())
    office.entities.forget_current()
    return topic


def save_territory(office: Office, person: Person, *, name: str, code: str = "") -> Territory:
    """Offer a territory, or change the one with its code. Raises Forbidden, Invalid."""
    by = require_role(person, *FORM_KEEPERS)
    territory = Territory(*_named(name, code))
    with office.write() as connection:
        lists.put_territory(connection, territory)
        detail = {"code": territory.code, "name": territory.name}
        record_office_act(connection, Act("territory_saved", by.actor, detail), at=office.now())
    office.entities.forget_current()
    return territory


def withdraw_topic(office: Office, person: Person, code: str) -> None:
    """Offer a topic no more; petitions that have it keep it. Raises Forbidden, NotFound."""
    by = require_role(person, *FORM_KEEPERS)
    with office.write() as connection:
        if code_of(code) != code or not lists.withdraw_topic(connection, code):
            raise NotFound("Ese tema no está en la lista.")
        record_office_act(connection, Act("topic_withdrawn", by.actor, {"code": code}), at=office.now())
    office.entities.forget_current()


def withdraw_territory(office: Office, person: Person, code: str) -> None:
    """Offer a territory no more; petitions that have it keep it. Raises Forbidden, NotFound."""
    by = require_role(person, *FORM_KEEPERS)
    with office.write() as connection:
        if code_of(code) != code or not lists.withdraw_territory(connection, code):
            raise NotFound("Ese territorio no está en la lista.")
        act = Act("territory_withdrawn", by.actor, {"code": code})
        record_office_act(connection, act, at=office.now())
    office.entities.forget_current()


def save_contacts(office: Office, person: Person, *, emergency_phone: str, invoice_email: str) -> None:
    """Keep the entity's own emergency number and its mailbox for invoices; either may be empty.

    Raises Forbidden, Invalid.
    """
    by = require_role(person, *FORM_KEEPERS)
    values = {
        "emergency_phone": clean_line(emergency_phone, field="emergency_phone", max_length=60),
        "invoice_email": clean_address(invoice_email, field="invoice_email"),
    }
    with office.write() as connection:
        connection.execute(sa.update(ENTITY).values(values))
        record_office_act(connection, Act("contacts_saved", by.actor, values), at=office.now())
    office.entities.forget_current()


def _named(name: str, code: str) -> tuple[str, str]:
    cleaned = clean_line(name, field="name", max_length=_LONGEST_NAME)
    made = code_of(code or cleaned)
    if not cleaned or not made:
        reason = "Escriba el nombre, con letras."
        raise Invalid(reason, {"name": reason})
    return made, cleaned


def _check_department(connection: sa.Connection, code: str) -> None:
    if code not in {each.code for each in departments(connection)}:
        reason = "Elija una dependencia de la lista."
        raise Invalid(reason, {"department": reason})

"""A real entity from the command line: its data, its departments, the procedure and an administrator."""

import re
import sys
from dataclasses import dataclass

import typer

from api.cli.installation import CONSOLE, any_office_here, new_password
from api.speech import say
from processes.common.database import upgrade
from processes.common.errors import Conflict, Invalid
from processes.common.resources import bpmn_folder
from processes.directory.accounts import NewPerson, create_person, set_password
from processes.directory.founding import NewEntity, found_entity, is_founded
from processes.directory.roles import Role
from processes.petitions.office import Office
from processes.petitions.publishing import publish_bundle, read_bundle_folder

_DEPARTMENT = re.compile(r"(?P<code>[^=\s]{1,20})\s*=\s*(?P<name>.*\S)\s*")
_EXAMPLE = "INF=Secretaría de Infraestructura"
ADMINISTRATOR_ROLES = frozenset({Role.ADMINISTRATOR, Role.PROCESS_ANALYST})


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said on the command line; None is asked for, when somebody is there to answer."""

    name: str | None
    tax_id: str
    city: str
    address: str
    email: str
    phone: str
    departments: list[str]
    admin: str | None
    admin_name: str | None


def init(answers: Answers) -> None:
    """Make the home of a real entity, and show its administrator's password this once.

    The entity is written last: what is cut before it can simply be done again.
    """
    with any_office_here() as office:
        upgrade(office.settings.url)
        if is_founded(office.engine):
            raise Conflict(f"En {office.settings.home} ya hay una entidad: {office.entity().name}.")
        name = answers.name or _ask("Nombre de la entidad", "--name")
        admin = answers.admin or _ask("Usuario del administrador (por ejemplo ana.rios)", "--admin")
        admin_name = answers.admin_name or _ask("Nombre completo del administrador", "--admin-name")
        departments = parse_departments(answers.departments or _ask_departments())
        entity = NewEntity(
            name=name,
            tax_id=answers.tax_id,
            city=answers.city,
            address=answers.address,
            email=answers.email,
            phone=answers.phone,
            departments=departments,
        )
        password = _make(office, entity, NewPerson(admin, admin_name, ADMINISTRATOR_ROLES))
    say(f"Se creó {name} en {office.settings.home}.")
    say(
        f"El administrador ingresa como «{admin.strip().lower()}» con esta contraseña, que no se muestra más:"
    )
    say(f"  {password}")
    say("Inicie la oficina con «ventanilla serve»; agregue personas con «ventanilla people add».")


def parse_departments(given: list[str]) -> dict[str, str]:
    """Names by code, from texts like `INF=Secretaría de Infraestructura`. Raises Invalid."""
    departments: dict[str, str] = {}
    for text in given:
        match = _DEPARTMENT.fullmatch(text)
        if match is None:
            reason = f"«{text}» no es una dependencia. Escriba código=nombre, como {_EXAMPLE}."
            raise Invalid(reason, {"--department": reason})
        departments[match["code"]] = match["name"]
    return departments


def _make(office: Office, entity: NewEntity, admin: NewPerson) -> str:
    now, password = office.now(), new_password()
    publish_bundle(office, read_bundle_folder(bpmn_folder()), published_by=CONSOLE)
    try:
        create_person(office.engine, admin, password=password, by=CONSOLE, now=now)
    except Conflict:
        set_password(office.engine, admin.username, password=password, by=CONSOLE, now=now)
    found_entity(office.engine, entity, by=CONSOLE, now=now)
    return password


def _ask(question: str, option: str) -> str:
    if not sys.stdin.isatty():
        raise Invalid(f"Falta {option}. Vea «ventanilla init --help».")
    answer: str = typer.prompt(question)
    return answer


def _ask_departments() -> list[str]:
    """Departments, one an answer, until an empty one; none when nobody is there to answer."""
    given: list[str] = []
    while sys.stdin.isatty():
        text: str = typer.prompt(f"Dependencia, como {_EXAMPLE} (vacío para terminar)", default="")
        if not text:
            break
        given.append(text)
    return given

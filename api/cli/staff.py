"""People from the command line: added, and given a new password."""

from api.cli.installation import CONSOLE, new_password, office_here
from api.speech import say
from processes.common.errors import Invalid
from processes.directory.accounts import NewPerson, create_person, set_password
from processes.directory.roles import ROLE_LABELS, Role


def add(
    username: str, full_name: str, roles: list[str], *, email: str, position: str, department: str | None
) -> None:
    """Add a person, and show their password this once. Raises Invalid and Conflict."""
    person = NewPerson(username, full_name, parse_roles(roles), email, position, department)
    password = new_password()
    with office_here() as office:
        created = create_person(office.engine, person, password=password, by=CONSOLE, now=office.now())
    say(f"{created.full_name} ingresa como «{created.username}» con esta contraseña, que no se muestra más:")
    say(f"  {password}")


def parse_roles(given: list[str]) -> frozenset[Role]:
    """The roles of those names. Raises Invalid for a name that is none."""
    for name in given:
        if name not in set(Role):
            raise Invalid(f"No existe el cargo «{name}». Los hay en «ventanilla people roles».")
    return frozenset(Role(name) for name in given)


def change_password(username: str) -> None:
    """Give a person a new password, shown this once; their sessions end."""
    password = new_password()
    with office_here() as office:
        set_password(office.engine, username, password=password, by=CONSOLE, now=office.now())
    say(f"«{username}» ingresa desde ahora con esta contraseña, que no se muestra más:")
    say(f"  {password}")


def show_roles() -> None:
    """The roles that a person may have."""
    for role in Role:
        say(f"  {role.value:<22} {ROLE_LABELS[role]}")

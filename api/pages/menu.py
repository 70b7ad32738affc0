"""Where a visitor may go from any page: only where their roles let them in."""

from dataclasses import dataclass

from api import access
from api.access import Access
from processes.directory.people import Person


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link of the menu; `current` when the visitor is there."""

    href: str
    label: str
    current: bool


_FOR_CITIZENS = (("/radicar", "Radicar"), ("/consultar", "Consultar"), ("/ingresar", "Ingresar"))
_FOR_PEOPLE: tuple[tuple[str, str, Access], ...] = (
    ("/bandeja", "Bandeja", access.WORKERS),
    ("/peticiones", "Peticiones", access.READERS),
    ("/ventanilla", "Radicar", access.RECEPTIONISTS),
    ("/cartas", "Cartas", access.LETTER_KEEPERS),
    ("/deberes", "Deberes", access.DUTY_READERS),
    ("/aprobaciones", "Aprobaciones", access.CITIZEN_SERVICE_HEADS),
    ("/mensajes", "Mensajes", access.WATCHERS),
    ("/incidentes", "Incidentes", access.WATCHERS),
    ("/informes", "Informes", access.REPORT_READERS),
    ("/tareas-de-la-oficina", "Visitas", access.OFFICE_TASK_READERS),
    ("/calendario", "Calendario", access.CALENDAR_READERS),
    ("/ausencias", "Ausencias", access.SUBSTITUTION_KEEPERS),
    ("/programacion", "Programación", access.ADMINISTRATORS),
    ("/formulario", "Formulario", access.FORM_KEEPERS),
)
_WITHIN = {"/bandeja": "/tareas", "/radicar": "/radicada", "/formulario": "/turnos"}


def menu_for(person: Person | None, path: str) -> tuple[MenuLink, ...]:
    """The menu of `person` (None: a citizen) on the page at `path`."""
    links = _FOR_CITIZENS if person is None else places_for(person)
    return tuple(MenuLink(href, label, _is_at(href, path)) for href, label in links)


def places_for(person: Person) -> tuple[tuple[str, str], ...]:
    """The pages of the entity that `person` may open, the most useful first."""
    return tuple((href, label) for href, label, allowed in _FOR_PEOPLE if person.has(*(allowed.roles or ())))


def first_page(person: Person) -> str:
    """Where somebody who just signed in begins."""
    places = places_for(person)
    return places[0][0] if places else "/"


def _is_at(href: str, path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in (href, _WITHIN.get(href, href)))

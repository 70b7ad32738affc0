"""Where a visitor may go from any page: only where their roles let them in."""

from dataclasses import dataclass
from itertools import groupby

from api import access
from api.access import Access
from processes.directory.people import Person


@dataclass(frozen=True, slots=True)
class MenuLink:
    """One link of the menu; `current` when the visitor is there."""

    href: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class MenuPart:
    """Links that are shown together; without a label each stands in the menu by itself."""

    label: str
    links: tuple[MenuLink, ...]

    @property
    def current(self) -> bool:
        """Whether the visitor is on the page of one of its links."""
        return any(link.current for link in self.links)


@dataclass(frozen=True, slots=True)
class _Place:
    """A page of the entity; `part` is where a long menu keeps it, empty for what is used all day."""

    href: str
    label: str
    allowed: Access
    part: str = ""


_FOR_CITIZENS = (("/radicar", "Radicar"), ("/consultar", "Consultar"), ("/ingresar", "Ingresar"))
_MAIL, _PENDING, _OFFICE = "Correspondencia", "Pendientes", "Oficina"
_FOR_PEOPLE = (
    _Place("/bandeja", "Bandeja", access.WORKERS),
    _Place("/peticiones", "Peticiones", access.READERS),
    _Place("/ventanilla", "Radicar", access.RECEPTIONISTS),
    _Place("/deberes", "Deberes", access.DUTY_READERS, _PENDING),
    _Place("/aprobaciones", "Aprobaciones", access.CITIZEN_SERVICE_HEADS, _PENDING),
    _Place("/tareas-de-la-oficina", "Visitas", access.OFFICE_TASK_READERS, _PENDING),
    _Place("/incidentes", "Incidentes", access.WATCHERS, _PENDING),
    _Place("/cartas", "Cartas", access.LETTER_KEEPERS, _MAIL),
    _Place("/mensajes", "Mensajes", access.WATCHERS, _MAIL),
    _Place("/informes", "Informes", access.REPORT_READERS),
    _Place("/calendario", "Calendario", access.CALENDAR_READERS, _OFFICE),
    _Place("/ausencias", "Ausencias", access.SUBSTITUTION_KEEPERS, _OFFICE),
    _Place("/programacion", "Programación", access.ADMINISTRATORS, _OFFICE),
    _Place("/formulario", "Formulario", access.FORM_KEEPERS, _OFFICE),
)
_WITHIN = {"/bandeja": "/tareas", "/radicar": "/radicada", "/formulario": "/turnos"}
_ON_ONE_LINE = 8


def menu_for(person: Person | None, path: str) -> tuple[MenuPart, ...]:
    """The menu of `person` (None: a citizen) on the page at `path`; what is too long for a line, in parts."""
    if person is None:
        return (MenuPart("", tuple(_link(href, label, path) for href, label in _FOR_CITIZENS)),)
    places = _places_for(person)
    in_parts = len(places) > _ON_ONE_LINE
    return tuple(
        _part(label, tuple(_link(each.href, each.label, path) for each in together))
        for label, together in groupby(places, key=lambda place: place.part if in_parts else "")
    )


def first_page(person: Person) -> str:
    """Where somebody who just signed in begins."""
    places = _places_for(person)
    return places[0].href if places else "/"


def _places_for(person: Person) -> tuple[_Place, ...]:
    return tuple(place for place in _FOR_PEOPLE if person.has(*(place.allowed.roles or ())))


def _part(label: str, links: tuple[MenuLink, ...]) -> MenuPart:
    return MenuPart(label if len(links) > 1 else "", links)


def _link(href: str, label: str, path: str) -> MenuLink:
    return MenuLink(href, label, _is_at(href, path))


def _is_at(href: str, path: str) -> bool:
    return any(path == place or path.startswith(f"{place}/") for place in (href, _WITHIN.get(href, href)))

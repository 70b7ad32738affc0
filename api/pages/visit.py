"""One visit to a page: who comes, to which entity, and the page that they are shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from api import access
from api.access import Access
from api.dependencies import OfficeDep
from api.pages import words
from api.pages.field_errors import FieldErrors, fields_of, problem_of
from api.pages.menu import MenuPart, menu_for
from api.pages.rendering import render
from api.security import CSRF_FIELD, csrf_token
from processes.common.calendar import BOGOTA
from processes.common.errors import OfficeError
from processes.directory.entity import EntityProfile
from processes.directory.people import Person
from processes.directory.roles import ROLE_LABELS
from processes.petitions.desk import RECEPTIONISTS
from processes.petitions.office import Office
from processes.petitions.personal_notices import count_unread

Who_co = TypeVar("Who_co", bound=Person | None, covariant=True)
_REMEMBERED = "private, no-cache"


@dataclass(frozen=True)
class Visit(Generic[Who_co]):
    """What every page may know. `entity` is None while nobody can tell which entity this is."""

    request: Request
    office: Office
    person: Who_co
    entity: EntityProfile | None

    def show(
        self,
        template: str,
        *,
        status: int = 200,
        refusal: OfficeError | None = None,
        remembered: bool = False,
        **facts: object,
    ) -> HTMLResponse:
        """The page of `template`. One that is not `remembered` leaves no copy in the browser.

        A form that anybody may fill in is remembered, so that going back keeps what was typed. A form that
        came back with a `refusal` tells it: `errors` for each wrong field, or else `problem` for the whole.
        """
        told = {"errors": FieldErrors(fields_of(refusal)), "problem": problem_of(refusal)}
        page = render(template, {"visit": self, "entity": self.entity, **told, **facts})
        headers = {"Cache-Control": _REMEMBERED} if remembered else None
        return HTMLResponse(page, refusal.status if refusal else status, headers)

    @property
    def today(self) -> date:
        """The office's day, in Bogota."""
        return self.office.now().astimezone(BOGOTA).date()

    @property
    def entity_name(self) -> str:
        """The entity's name, or the product's before there is one."""
        return self.entity.name if self.entity else "Ventanilla"

    @property
    def demonstration(self) -> bool:
        """Whether this is a sample entity."""
        return self.entity is not None and self.entity.demonstration

    @property
    def ways(self) -> tuple[str, ...]:
        """How else to reach the entity."""
        if self.entity is None:
            return ()
        ways = (self.entity.address, self.entity.city, self.entity.phone, self.entity.email)
        return tuple(way for way in ways if way)

    @property
    def hours(self) -> tuple[str, ...]:
        """When the entity is open, in words."""
        return words.office_hours(self.entity.calendar.hours) if self.entity else ()

    @property
    def role_label(self) -> str:
        """What the person does here."""
        person: Person | None = self.person
        roles = frozenset() if person is None else person.roles
        return " · ".join(label for role, label in ROLE_LABELS.items() if role in roles)

    @property
    def menu(self) -> tuple[MenuPart, ...]:
        """Where the visitor may go from any page."""
        return menu_for(self.person, self.request.url.path)

    @property
    def unread(self) -> int:
        """How many notices the person has not read; none on a page that tells a failure of the database."""
        person: Person | None = self.person
        if person is None:
            return 0
        try:
            return count_unread(self.office, person)
        except OfficeError:
            return 0

    @property
    def receives(self) -> bool:
        """Whether the person files for others, and hands over the proof of it."""
        person: Person | None = self.person
        return person is not None and person.has(*RECEPTIONISTS)

    @property
    def csrf_field(self) -> Markup:
        """The hidden field that proves a form to be ours; nothing where nobody is signed in."""
        token = csrf_token(self.request)
        return (
            Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, token)
            if token
            else Markup()
        )


def visit_of(allowed: Access) -> Callable[..., Visit[Any]]:
    """A dependency: the visit of whoever `allowed` lets through."""

    def visit(
        request: Request, office: OfficeDep, person: Annotated[Person | None, Depends(allowed)]
    ) -> Visit[Any]:
        return Visit(request, office, person, office.entity())

    return visit


def bare_visit(request: Request) -> Visit[Person | None]:
    """A visit for a page that tells a failure: it holds when even the database is gone."""
    office: Office = request.app.state.office
    try:
        entity = office.entity()
    except OfficeError:
        entity = None
    return Visit(request, office, getattr(request.state, "person", None), entity)


def notice_of(request: Request, notices: Mapping[str, str]) -> str:
    """The sentence for `?aviso=`, which an act leaves in the address it leads to; empty when unknown."""
    return notices.get(request.query_params.get("aviso", ""), "")


PublicVisit = Annotated[Visit[Person | None], Depends(visit_of(access.PUBLIC))]
WorkerVisit = Annotated[Visit[Person], Depends(visit_of(access.WORKERS))]
ReaderVisit = Annotated[Visit[Person], Depends(visit_of(access.READERS))]
WatcherVisit = Annotated[Visit[Person], Depends(visit_of(access.WATCHERS))]
CalendarReaderVisit = Annotated[Visit[Person], Depends(visit_of(access.CALENDAR_READERS))]
CalendarKeeperVisit = Annotated[Visit[Person], Depends(visit_of(access.CALENDAR_KEEPERS))]
OfficeTaskReaderVisit = Annotated[Visit[Person], Depends(visit_of(access.OFFICE_TASK_READERS))]
DutyReaderVisit = Annotated[Visit[Person], Depends(visit_of(access.DUTY_READERS))]
DutyDoerVisit = Annotated[Visit[Person], Depends(visit_of(access.DUTY_DOERS))]
ReportReaderVisit = Annotated[Visit[Person], Depends(visit_of(access.REPORT_READERS))]
ReceptionistVisit = Annotated[Visit[Person], Depends(visit_of(access.RECEPTIONISTS))]
LetterKeeperVisit = Annotated[Visit[Person], Depends(visit_of(access.LETTER_KEEPERS))]
FormKeeperVisit = Annotated[Visit[Person], Depends(visit_of(access.FORM_KEEPERS))]
AdministratorVisit = Annotated[Visit[Person], Depends(visit_of(access.ADMINISTRATORS))]
SignedInVisit = Annotated[Visit[Person], Depends(visit_of(access.SIGNED_IN))]
ExcluderVisit = Annotated[Visit[Person], Depends(visit_of(access.EXCLUDERS))]
LifterVisit = Annotated[Visit[Person], Depends(visit_of(access.LIFTERS))]
DesignatorVisit = Annotated[Visit[Person], Depends(visit_of(access.DESIGNATORS))]
SubstitutionKeeperVisit = Annotated[Visit[Person], Depends(visit_of(access.SUBSTITUTION_KEEPERS))]
CitizenServiceHeadVisit = Annotated[Visit[Person], Depends(visit_of(access.CITIZEN_SERVICE_HEADS))]
IdentityCustodianVisit = Annotated[Visit[Person], Depends(visit_of(access.IDENTITY_CUSTODIANS))]

"""Who may use a route. Every route and page states it with one of these; a test walks them all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from api.security import Credential, check_csrf, check_origin, credential_of
from processes.common.errors import Forbidden, SignInNeeded
from processes.common.office_clock import real_now
from processes.directory.accounts import session_person
from processes.directory.people import Person
from processes.directory.roles import LANE_ROLES, Role
from processes.petitions import (
    absences,
    calendars,
    desk,
    duty_list,
    excluding,
    form_lists,
    paper,
    standing_in,
)
from processes.petitions import access as petition_access
from processes.petitions.office import Office
from processes.reports import office_tasks, reading


@dataclass(frozen=True, slots=True)
class Access:
    """A dependency that lets `roles` through; `roles` None lets everybody through, signed in or not.

    It gives the person who is signed in. An act that a cookie vouches for must carry the CSRF token
    of its session, except where everybody may act.
    """

    roles: frozenset[Role] | None

    async def __call__(self, request: Request) -> Person | None:
        """The caller. Raises SignInNeeded and Forbidden, and Unavailable when nobody can be looked up."""
        check_origin(request)
        credential = credential_of(request)
        person = await _person(request, credential)
        request.state.person = person
        if self.roles is None:
            return person
        if credential is None or person is None:
            raise SignInNeeded("Para continuar, ingrese con su usuario y su contraseña.")
        if not person.has(*self.roles):
            raise Forbidden("Su cargo no incluye esta acción. Si la necesita, hable con el administrador.")
        await check_csrf(request, credential)
        return person


def allow(roles: Iterable[Role]) -> Access:
    """Only people with one of `roles`."""
    return Access(frozenset(roles))


async def _person(request: Request, credential: Credential | None) -> Person | None:
    if credential is None:
        return None
    return await run_in_threadpool(_signed_in, request.app.state.office, credential.token)


def _signed_in(office: Office, token: str) -> Person | None:
    """Who is signed in, with the posts of those in whose place they are today."""
    person = session_person(office.engine, token, real_now=real_now())
    return None if person is None else office.with_posts(person)


PUBLIC = Access(None)
SIGNED_IN = allow(Role)
WORKERS = allow(role for roles in LANE_ROLES.values() for role in roles)
"""People who work on tasks; the services look at the lane and the department of each."""
READERS = allow(petition_access.SEE_ALL | petition_access.DEPARTMENT_ROLES)
"""People who read petitions; the services look at the department of each."""
WATCHERS = allow(petition_access.WATCHERS)
"""People who see what was sent and what failed."""
CALENDAR_READERS = allow(calendars.CALENDAR_READERS)
"""People who see the entity's calendar, the terms and what is left to verify."""
CALENDAR_KEEPERS = allow(calendars.CALENDAR_KEEPERS)
"""People who change the calendar."""
OFFICE_TASK_READERS = allow(office_tasks.OFFICE_TASK_READERS)
"""People who see what time asks of citizen service."""
DUTY_READERS = allow(duty_list.DUTY_READERS)
"""People who do or watch what outlives a petition; the service looks at whose each is."""
DUTY_DOERS = allow(duty_list.DUTY_DOERS)
"""People whose some duty is."""
REPORT_READERS = allow(reading.REPORT_READERS)
"""People who read the reports; the service looks at whom each is for."""
RECEPTIONISTS = allow(desk.RECEPTIONISTS)
"""People who file what somebody says, hands in or sends."""
LETTER_KEEPERS = allow(paper.LETTER_KEEPERS)
"""People who print the letters of those without mail and hand them over."""
FORM_KEEPERS = allow(form_lists.FORM_KEEPERS)
"""People who say what the entity's form offers, and who is on call."""
ADMINISTRATORS = allow({Role.ADMINISTRATOR})
EXCLUDERS = allow(excluding.MAY_EXCLUDE)
"""People who keep apart from a petition the official of whom it complains."""
LIFTERS = allow(excluding.MAY_LIFT)
"""People who decide that somebody is no longer kept apart."""
DESIGNATORS = allow(standing_in.MAY_DESIGNATE)
"""People who name an official ad hoc."""
SUBSTITUTION_KEEPERS = allow(absences.MAY_SUBSTITUTE)
"""People who record that somebody is away; the service looks at whose absences are theirs to record."""
CITIZEN_SERVICE_HEADS = allow({Role.CITIZEN_SERVICE_HEAD})
IDENTITY_CUSTODIANS = allow({Role.IDENTITY_CUSTODIAN})

Visitor = Annotated[Person | None, Depends(PUBLIC)]
SignedInPerson = Annotated[Person, Depends(SIGNED_IN)]
Worker = Annotated[Person, Depends(WORKERS)]
Reader = Annotated[Person, Depends(READERS)]
Watcher = Annotated[Person, Depends(WATCHERS)]
CalendarReader = Annotated[Person, Depends(CALENDAR_READERS)]
CalendarKeeper = Annotated[Person, Depends(CALENDAR_KEEPERS)]
OfficeTaskReader = Annotated[Person, Depends(OFFICE_TASK_READERS)]
ReportReader = Annotated[Person, Depends(REPORT_READERS)]
Receptionist = Annotated[Person, Depends(RECEPTIONISTS)]
DutyReader = Annotated[Person, Depends(DUTY_READERS)]
DutyDoer = Annotated[Person, Depends(DUTY_DOERS)]
LetterKeeper = Annotated[Person, Depends(LETTER_KEEPERS)]
FormKeeper = Annotated[Person, Depends(FORM_KEEPERS)]
Excluder = Annotated[Person, Depends(EXCLUDERS)]
Lifter = Annotated[Person, Depends(LIFTERS)]
Designator = Annotated[Person, Depends(DESIGNATORS)]
SubstitutionKeeper = Annotated[Person, Depends(SUBSTITUTION_KEEPERS)]
CitizenServiceHead = Annotated[Person, Depends(CITIZEN_SERVICE_HEADS)]
IdentityCustodian = Annotated[Person, Depends(IDENTITY_CUSTODIANS)]

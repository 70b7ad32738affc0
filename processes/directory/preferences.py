"""Which notices somebody of the entity reads in Ventanilla alone, without a mail besides.

What the law needs has no group and always leaves by mail: alerts of the ladder and of tasks that wait too
long, danger, judges, what a citizen did, circulars. In Ventanilla everybody reads everything.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

import sqlalchemy as sa

from notifications.letters_of_time import DailyWarning, ReportReady
from notifications.messages import Assigned, CalendarChanged, Letter
from notifications.notices import OfficeNotice, OfficeNoticeOf
from processes.common.audit import Act, record_office_act
from processes.common.database import read, write
from processes.common.errors import Invalid
from processes.directory.people import Person
from processes.directory.tables import PEOPLE


class MailGroup(StrEnum):
    """Notices that people may choose not to get by mail."""

    TASKS = "tasks"
    SUMMARIES = "summaries"


GROUP_LABELS: Mapping[MailGroup, str] = MappingProxyType(
    {
        MailGroup.TASKS: "Tareas que le llegan: asignaciones, aportes, revisiones, firmas y devoluciones",
        MailGroup.SUMMARIES: "Resúmenes: lo que vence cada día, informes listos y cambios del calendario",
    }
)
"""The groups in the words of whoever chooses."""

ALWAYS_BY_MAIL = (
    "Vencimientos que se avisan a usted, y tareas que llevan demasiado tiempo",
    "Peligro para la vida o la integridad, y órdenes de los jueces",
    "Actos del ciudadano: desistimientos, recursos, insistencias y lo que completa",
    "Circulares de la oficina de relación con el ciudadano",
    "Cartas de identidad reservada que solo usted puede entregar",
)
"""What nobody switches off, in words."""

_SUMMARIES = frozenset({DailyWarning.template, ReportReady.template, CalendarChanged.template})
_TASKS = frozenset(
    {
        OfficeNoticeOf.ASSIGNMENT_RETURNED,
        OfficeNoticeOf.CITIZEN_ADDED,
        OfficeNoticeOf.CLOSING_BACK,
        OfficeNoticeOf.EXTENSION_TOLD,
        OfficeNoticeOf.HANDED_OVER,
        OfficeNoticeOf.HELP_ASKED,
        OfficeNoticeOf.HELP_GIVEN,
        OfficeNoticeOf.REVIEW_ASKED,
        OfficeNoticeOf.REVIEW_RETURNED,
        OfficeNoticeOf.SIGNATURE_ASKED,
        OfficeNoticeOf.SIGNATURE_REFUSED,
    }
)


def group_of(letter: Letter) -> MailGroup | None:
    """The group that `letter` belongs to; None when it always leaves by mail."""
    if isinstance(letter, OfficeNotice):
        return MailGroup.TASKS if letter.notice in _TASKS else None
    if letter.template == Assigned.template:
        return MailGroup.TASKS
    return MailGroup.SUMMARIES if letter.template in _SUMMARIES else None


def read_mail_off(engine: sa.Engine, person: Person) -> frozenset[MailGroup]:
    """The groups that `person` gets by no mail."""
    with read(engine) as connection:
        text = connection.scalar(sa.select(PEOPLE.c.mail_off).where(PEOPLE.c.username == person.username))
    return frozenset(MailGroup(each) for each in (text or "").split() if each in set(MailGroup))


def save_mail_off(engine: sa.Engine, person: Person, groups: Iterable[str], *, now: datetime) -> None:
    """Let `person` get `groups` by no mail; `now` is office time, for the journal.

    Raises Invalid for what is no group that may be switched off.
    """
    chosen = set(groups)
    if not chosen <= set(MailGroup):
        problem = "Eso no se puede dejar de recibir por correo."
        raise Invalid(problem, {"mail_off": problem})
    with write(engine) as connection:
        row = {"mail_off": " ".join(sorted(chosen))}
        connection.execute(sa.update(PEOPLE).where(PEOPLE.c.username == person.username).values(row))
        saving = Act("mail_preferences_saved", person.actor, {"mail_off": sorted(chosen)})
        record_office_act(connection, saving, at=now)

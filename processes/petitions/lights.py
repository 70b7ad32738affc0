"""The traffic light of a petition without an answer, from the target that the office sets itself."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from processes.common.calendar import BOGOTA
from processes.petitions.office import Office
from processes.petitions.status import ANSWERED_OR_ENDED, PetitionStatus, TermState
from processes.terms.clock import working_days_left
from processes.terms.kinds import PetitionKind


class Light(StrEnum):
    """Where a petition without an answer stands."""

    ON_TRACK = "on_track"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Standing:
    """The office's own target and the light; no light once the petition was answered or ended."""

    target_on: date
    light: Light | None


def standing_of(office: Office, row: sa.RowMapping, status: PetitionStatus) -> Standing:
    """Where the petition in `row`, which is in `status`, stands today.

    Amber begins so many working days before the office's target as the entity's table says, and
    lasts until the due date of the law, which alone makes a petition overdue; the due day is not.
    """
    entity, kind, due_on = office.entity(), PetitionKind(row["kind"]), row["due_on"]
    target_on = entity.calendar.add_working_days(due_on, -entity.target_working_days(kind))
    if status in ANSWERED_OR_ENDED:
        return Standing(target_on, None)
    if row["term_state"] == TermState.SUSPENDED:
        return Standing(target_on, Light.SUSPENDED)
    today = office.now().astimezone(BOGOTA).date()
    if today > due_on:
        return Standing(target_on, Light.OVERDUE)
    soon = working_days_left(target_on, today, entity.calendar) <= entity.due_soon_working_days(kind)
    return Standing(target_on, Light.DUE_SOON if soon else Light.ON_TRACK)

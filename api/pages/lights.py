"""The kind and the traffic light of a petition or of one of its tasks, in words that need no colour."""

from dataclasses import replace

from api.pages import words
from api.pages.visit import Visit
from api.pages.words import TrafficLight
from processes.directory.people import Person
from processes.petitions.inbox import WorkItemView
from processes.petitions.lights import Light
from processes.petitions.queries import PetitionRow
from processes.petitions.reception import Nature
from processes.petitions.reception_words import NATURE_LABELS
from processes.terms.kinds import KIND_LABELS


def kind_words(row: PetitionRow | WorkItemView) -> str:
    """The kind of a petition; of what is no petition, what it is."""
    return KIND_LABELS[row.kind] if row.nature is Nature.PETITION else NATURE_LABELS[row.nature]


def light_of(visit: Visit[Person], row: PetitionRow | WorkItemView) -> TrafficLight | None:
    """The traffic light of an open petition; None once it was answered or ended, or is no petition."""
    if row.due_status is None:
        return None
    calendar = visit.office.entity().calendar
    light = words.traffic_light(
        row.due_status, row.due_on, row.target_on, today=visit.today, calendar=calendar
    )
    if isinstance(row, PetitionRow) and row.due_status is Light.ON_TRACK and visit.today < row.filed_on:
        return replace(light, detail=words.not_yet(row.filed_on))
    return light

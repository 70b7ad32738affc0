"""The absence that a sample shows: the head of a department on leave, and who is in their place."""

from datetime import date, time

from processes.common.calendar import WorkCalendar
from processes.directory.accounts import NewPerson
from processes.petitions.absences import list_substitutions
from processes.petitions.office import Office
from processes.petitions.substituting import record_substitution
from processes.samples.acts import Moment, as_person
from processes.samples.sample import Sample

RECORDED = Moment(4, time(8, 10))
"""When it is written down: a day before the heads approve for the last time."""

_FIRST_DAY, _LAST_DAY = -2, 10


def record_leave(office: Office, sample: Sample, next_day: date, calendar: WorkCalendar) -> None:
    """Record the leave of the head of `care` around `next_day`; once, however often the sample is made."""
    keeper = as_person(sample.cast.service_head)
    if list_substitutions(office, keeper):
        return
    record_substitution(
        office,
        keeper,
        absent=sample.cast.care.head.username,
        substitute=_in_their_place(sample).username,
        first_on=calendar.add_working_days(next_day, _FIRST_DAY),
        last_on=calendar.add_working_days(next_day, _LAST_DAY),
        act_number=f"Resolución 214 de {next_day.year}, vacaciones",
    )


def _in_their_place(sample: Sample) -> NewPerson:
    """The official of the department; the head of another one where one person is the whole department."""
    care = sample.cast.care
    return sample.cast.works.head if care.official == care.head else care.official

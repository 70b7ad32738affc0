"""Tells the stories: every act of every petition in the order of its instant, through the services."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from processes.common.calendar import BOGOTA, WorkCalendar
from processes.common.mail import deliver_outbox, mail_file
from processes.directory.entity import Entities
from processes.petitions.alerts import advance_due_alerts
from processes.petitions.answer_delivery import record_deliveries
from processes.petitions.desk import file_at_desk
from processes.petitions.filing import file_petition
from processes.petitions.form import new_petition
from processes.petitions.idempotency import FilingReceipt
from processes.petitions.office import Office
from processes.samples.acts import Filed, Moment, StoryAct, as_person
from processes.samples.clock import StandingClock, instant_before
from processes.samples.leave import RECORDED, record_leave
from processes.samples.sample import Sample
from processes.samples.story import Story
from processes.terms.clock import opening_instant

_KEY = "muestra"


@dataclass(frozen=True, slots=True)
class _Scene:
    """Something that happened at an instant; `order` keeps what one story says in its order."""

    at: datetime
    order: int
    play: Callable[[], None]


def tell(office: Office, sample: Sample, stories: tuple[Story, ...], *, now: datetime) -> None:
    """Live through `stories` up to `now`; alerts that came due on the way fire on their morning.

    A story told before, in full or in part, is not told again.
    """
    calendar = office.entity().calendar
    next_day = calendar.next_working_day(now.astimezone(BOGOTA).date())
    clock = StandingClock(_at(next_day, _earliest(stories), calendar))
    # What happened long ago is told to no telephone, and waited for no opening that is still to come.
    past = replace(office, clock=clock, entities=Entities(office.engine))
    scenes = [
        scene for story in stories for scene in _Teller(past, sample, story, next_day, calendar).scenes()
    ]
    leave = _at(next_day, RECORDED, calendar)
    if leave >= clock.now():
        scenes.append(_Scene(leave, 0, lambda: record_leave(past, sample, next_day, calendar)))
    mornings = _mornings(clock.now(), now, calendar)
    scenes.extend(_Scene(morning, 0, lambda: _wake(past)) for morning in mornings)
    for scene in sorted(scenes, key=lambda scene: (scene.at, scene.order)):
        clock.set_forward(scene.at)
        scene.play()
        _post(past)


class _Teller:
    """One story: its receipt once it was filed, and its acts."""

    def __init__(
        self, office: Office, sample: Sample, story: Story, next_day: date, calendar: WorkCalendar
    ) -> None:
        self._office = office
        self._sample = sample
        self._story = story
        self._next_day = next_day
        self._calendar = calendar
        self._petition: Filed | None = None

    def scenes(self) -> list[_Scene]:
        """The filing first, then each act."""
        filed = _Scene(self._at(self._story.filed), 1, self._file)
        acts = [
            _Scene(self._at(act.when), order, self._act(act)) for order, act in enumerate(self._story.acts, 2)
        ]
        return [filed, *acts]

    def _at(self, moment: Moment) -> datetime:
        return _at(self._next_day, moment, self._calendar)

    def _file(self) -> None:
        receipt = self._receipt(f"{_KEY}/{self._story.name}")
        if not receipt.repeated:
            self._petition = Filed(self._office, receipt.filing_number, receipt.tracking_code)

    def _receipt(self, key: str) -> FilingReceipt:
        form = self._story.form
        if self._story.at_desk:
            clerk = as_person(self._sample.cast.clerk)
            return file_at_desk(self._office, clerk, form, idempotency_key=key)
        return file_petition(self._office, new_petition(form), idempotency_key=key)

    def _act(self, act: StoryAct) -> Callable[[], None]:
        def play() -> None:
            if self._petition is not None:
                act.play(self._petition)

        return play


def _post(office: Office) -> None:
    """Let the letters arrive, and those to which the arrival of an answer leads."""
    arrived = True
    while arrived:
        # Never by mail, whatever the settings: what happened in a sample was sent long ago, to nobody.
        deliver_outbox(office.engine, office.settings, now=office.now(), sender=mail_file(office.settings))
        arrived = record_deliveries(office) > 0


def _wake(office: Office) -> None:
    advance_due_alerts(office)


def _at(next_day: date, moment: Moment, calendar: WorkCalendar) -> datetime:
    return instant_before(next_day, working_days=moment.working_days_before, at=moment.at, calendar=calendar)


def _earliest(stories: tuple[Story, ...]) -> Moment:
    furthest = max(story.filed.working_days_before for story in stories)
    return Moment(furthest, time.min)


def _mornings(start: datetime, end: datetime, calendar: WorkCalendar) -> list[datetime]:
    """The openings of the office from `start` to `end`: when its alerts come due."""
    mornings = []
    day = calendar.on_or_after(start.astimezone(BOGOTA).date())
    while (opening := opening_instant(day, calendar)) <= end:
        if opening >= start:
            mornings.append(opening)
        day = calendar.next_working_day(day)
    return mornings

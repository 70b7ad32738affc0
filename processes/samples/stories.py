"""What happened to the sample petitions: each as it was filed, and what people did about it, in order.

Days are counted back from the next working day (1 is today, or the last working day on a rest day),
so that the sample is always as fresh as the day it is made on.
"""

from collections.abc import Mapping
from types import MappingProxyType

from processes.samples import stories_at_work, stories_otherwise
from processes.samples.acts import Moment
from processes.samples.hands import Hands
from processes.samples.sample import Sample
from processes.samples.story import Story, Telling
from processes.samples.wording import Wording

_TELLINGS: Mapping[str, Telling] = MappingProxyType(
    {
        "street_light": stories_at_work.street_light,
        "copies": stories_at_work.copies,
        "agreement": stories_at_work.agreement,
        "potholes": stories_at_work.potholes,
        "figures": stories_at_work.figures,
        "noise": stories_at_work.noise,
        "reserved": stories_at_work.reserved,
        "kickbacks": stories_otherwise.kickbacks,
        "after_hours": stories_at_work.after_hours,
        "suggestion": stories_at_work.suggestion,
        "anonymous": stories_at_work.anonymous,
        "tree": stories_at_work.tree,
        "incomplete": stories_otherwise.incomplete,
        "extended": stories_at_work.extended,
        "at_once": stories_at_work.at_once,
        "not_ours": stories_otherwise.not_ours,
        "withdrawn": stories_otherwise.withdrawn,
        "unclear": stories_otherwise.unclear,
        "rude": stories_otherwise.rude,
        "mistake": stories_otherwise.mistake,
        "judicial": stories_otherwise.judicial,
        "by_letter": stories_otherwise.by_letter,
        "came_back": stories_otherwise.came_back,
        "not_solved": stories_otherwise.not_solved,
        "danger": stories_at_work.danger,
    }
)
"""How each petition went, by the name of its wording."""


def stories_of(sample: Sample) -> tuple[Story, ...]:
    """The stories of an entity: one for each of its wordings."""
    return tuple(
        _story(sample, name, wording.placed(sample.words)) for name, wording in sample.wordings.items()
    )


def _story(sample: Sample, name: str, wording: Wording) -> Story:
    told = _TELLINGS[name](Hands(sample), wording)
    form = {**wording.form(), "territory": "", **told.form}
    return Story(name, Moment(told.days, told.at), form, told.acts, told.at_desk)

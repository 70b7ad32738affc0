"""What a sample says of its entity, beside what this office really does of it.

What the office does is read from where it is decided: the calendar, the channels of the single form, the
published procedure and the list of reports. What a document says and the office does not do is marked.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from notifications import spanish
from processes.common.errors import NotFound
from processes.directory.roles import ROLE_LABELS
from processes.engine.forms import inputs
from processes.petitions.office import Office
from processes.petitions.publishing import current_bundle_files
from processes.petitions.reception_words import CHANNEL_LABELS
from processes.petitions.tables import Channel
from processes.reports.definitions import REPORTS, ReportDefinition
from processes.reports.periods import CADENCE_LABELS
from processes.samples.sample import CHANNELS, LEVELS, REPORTING, TARGET, Sample, SampleDepartment, Trait

_CLASSIFYING = "forms/classify.json"
_DONE_OR_NOT = frozenset({CHANNELS, REPORTING})


@dataclass(frozen=True, slots=True)
class Said:
    """Something said of the entity, with its `source` in the document, or `supposed`.

    `here` is what the office does of it. `only_said`: the document says it and nothing here does it. What
    only the office says has neither a source nor is supposed.
    """

    text: str
    source: str = ""
    here: tuple[str, ...] = ()
    only_said: bool = False
    supposed: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """All that is said of one subject."""

    name: str
    said: tuple[Said, ...]


def practice(office: Office, sample: Sample) -> tuple[Subject, ...]:
    """Each subject of `sample` in its order, then its departments."""
    by_subject = groupby(sample.traits, key=lambda trait: trait.subject)
    subjects = [
        Subject(name, (*(_said(office, trait) for trait in traits), *_beyond(sample, name)))
        for name, traits in by_subject
    ]
    return (*subjects, Subject("Dependencias", tuple(map(_department, sample.departments))))


def _said(office: Office, trait: Trait) -> Said:
    here = _here(office, trait)
    only_said = trait.subject in _DONE_OR_NOT and not trait.is_supposed and not here
    return Said(trait.text, trait.source, here, only_said, trait.is_supposed)


def _here(office: Office, trait: Trait) -> tuple[str, ...]:
    """What the office does of a trait."""
    if trait.subject == LEVELS:
        return _levels(office)
    entity = office.entity()
    if trait.subject == TARGET:
        days = entity.settings.thresholds[0].target_working_days
        return (f"{spanish.working_days(days)} antes de vencer",)
    by_mail = Channel.EMAIL in trait.channels and entity.invoice_email
    return (
        *(CHANNEL_LABELS[channel] for channel in trait.channels),
        *([f"las facturas que llegan pasan a {entity.invoice_email}"] if by_mail else []),
        *(_spoken(REPORTS[name]) for name in trait.reports),
    )


def _beyond(sample: Sample, subject: str) -> tuple[Said, ...]:
    """What the office does of a subject and no trait speaks of."""
    if subject == CHANNELS:
        named = {channel for trait in sample.traits for channel in trait.channels}
        others = tuple(CHANNEL_LABELS[each] for each in Channel if each not in named)
        return (Said("También se puede radicar por otros canales.", here=others),)
    if subject == REPORTING:
        told = {name for trait in sample.traits for name in trait.reports}
        more = tuple(_spoken(each) for each in REPORTS.values() if each.name not in told)
        return (Said("También se preparan otros informes.", here=more),)
    return ()


def _spoken(report: ReportDefinition) -> str:
    readers = spanish.listed([ROLE_LABELS[role] for role in ROLE_LABELS if role in report.recipients])
    published = ", y se publica" if report.published else ""
    return f"«{report.title}», {CADENCE_LABELS[report.cadence]}, para {readers}{published}"


def _levels(office: Office) -> tuple[str, ...]:
    """The levels of the published form by which petitions are classified; none where nothing is published."""
    try:
        files = current_bundle_files(office)
    except NotFound:
        return ()
    form: Mapping[str, Any] = json.loads(files.get(_CLASSIFYING, b'{"components": []}'))
    level: Mapping[str, Any] = next((each for each in inputs(form) if each["key"] == "level"), {"values": []})
    return tuple(str(value["label"]) for value in level["values"])


def _department(department: SampleDepartment) -> Said:
    return Said(f"{department.name}.", department.source, supposed=not department.source)

"""What a sample entity takes from its document, and what it supposes because the document is silent."""

from dataclasses import dataclass
from itertools import groupby

from fastapi import APIRouter, Response

from api.pages.visit import PublicVisit
from processes.common.errors import NotFound
from processes.samples.entities import sample_named
from processes.samples.sample import Sample, SampleDepartment, Trait

router = APIRouter()


@dataclass(frozen=True, slots=True)
class TraitGroup:
    """What is said of one subject."""

    subject: str
    traits: tuple[Trait, ...]


@router.get("/muestra")
def sample(visit: PublicVisit) -> Response:
    """The sample entity that is served here, with the section of its document behind each thing."""
    if not visit.demonstration:
        raise NotFound("Aquí no hay una entidad de muestra.")
    found = sample_named(visit.entity_name)
    document = found.document if found else ""
    return visit.show("sample.html", document=document, groups=_groups(found) if found else ())


def _groups(sample: Sample) -> tuple[TraitGroup, ...]:
    departments = tuple(map(_department, sample.departments))
    by_subject = groupby(sample.traits, key=lambda trait: trait.subject)
    told = tuple(TraitGroup(subject, tuple(traits)) for subject, traits in by_subject)
    return (*told, TraitGroup("Dependencias", departments))


def _department(department: SampleDepartment) -> Trait:
    return Trait("Dependencias", f"{department.name}.", department.source)

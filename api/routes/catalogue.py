"""What a program must know before it files: kinds of petition, departments."""

from fastapi import APIRouter, Depends, Response
from pydantic.dataclasses import dataclass

from api.access import PUBLIC
from api.answers import answer
from api.dependencies import OfficeDep
from processes.directory.people import DepartmentView, departments
from processes.terms.kinds import CITIZEN_KINDS, KIND_EXPLANATIONS, KIND_LABELS, PetitionKind

router = APIRouter(prefix="/api", tags=["Catálogos"], dependencies=[Depends(PUBLIC)])


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of petition that a citizen may file."""

    kind: PetitionKind
    label: str
    explanation: str


@router.get(
    "/kinds",
    summary="Clases de petición",
    description="Las que un ciudadano puede presentar, con su nombre y su explicación.",
    response_model=list[KindView],
)
def list_kinds() -> Response:
    """Every kind of the public form, in its order."""
    return answer([KindView(kind, KIND_LABELS[kind], KIND_EXPLANATIONS[kind]) for kind in CITIZEN_KINDS])


@router.get(
    "/departments",
    summary="Dependencias",
    description="Las dependencias activas de la entidad, por su nombre.",
    response_model=list[DepartmentView],
)
def list_departments(office: OfficeDep) -> Response:
    """Active departments."""
    with office.read() as connection:
        return answer(departments(connection))

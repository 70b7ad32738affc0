"""The numbered requests of a petition, for the citizen who follows it: what became of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from api.pages.words import end
from processes.petitions.legal_file import LegalFile, MatterView
from processes.terms.kinds import KIND_LABELS
from processes.terms.reckoning import MatterState

_DONE: Mapping[str, str] = MappingProxyType(
    {
        MatterState.ANSWERED.value: "Ya se le respondió.",
        MatterState.REFUSED.value: "Se negó por reserva.",
        MatterState.TRANSFERRED.value: "Se envió a la entidad que debe responderlo.",
        MatterState.WITHDRAWN.value: "Usted desistió.",
    }
)


@dataclass(frozen=True, slots=True)
class TrackedMatter:
    """One request, and what became of it in words."""

    number: int
    kind_label: str
    text: str
    words: str


def tracked_matters(file: LegalFile) -> tuple[TrackedMatter, ...]:
    """Each request in its order; none where the petition is one request."""
    if len(file.matters) < 2:  # noqa: PLR2004 - a single one is the petition itself
        return ()
    return tuple(
        TrackedMatter(each.number, KIND_LABELS[each.kind], each.text, _words(file, each))
        for each in file.matters
    )


def _words(file: LegalFile, matter: MatterView) -> str:
    if matter.state in _DONE:
        return _DONE[matter.state]
    if not file.waiting:
        return "Ya no está en trámite."
    return Markup("Se le responde a más tardar el {}.").format(end(matter))

"""The states of a petition: a closed set and one table of legal moves."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from processes.common.errors import Conflict


class PetitionStatus(StrEnum):
    """Where a petition stands, as the citizen is told."""

    FILED = "filed"
    IN_DISTRIBUTION = "in_distribution"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    SENT = "sent"
    CLOSED = "closed"
    VOIDED = "voided"


STATUS_LABELS: Mapping[PetitionStatus, str] = MappingProxyType(
    {
        PetitionStatus.FILED: "Radicada",
        PetitionStatus.IN_DISTRIBUTION: "En reparto",
        PetitionStatus.ASSIGNED: "Asignada",
        PetitionStatus.IN_PROGRESS: "En trámite",
        PetitionStatus.SENT: "Respuesta enviada",
        PetitionStatus.CLOSED: "Cerrada",
        PetitionStatus.VOIDED: "Anulada",
    }
)

ENDED = frozenset({PetitionStatus.CLOSED, PetitionStatus.VOIDED})
"""States in which nothing is left to do."""

_MOVES: Mapping[PetitionStatus, frozenset[PetitionStatus]] = MappingProxyType(
    {
        PetitionStatus.FILED: frozenset({PetitionStatus.IN_DISTRIBUTION, PetitionStatus.VOIDED}),
        PetitionStatus.IN_DISTRIBUTION: frozenset({PetitionStatus.ASSIGNED, PetitionStatus.VOIDED}),
        PetitionStatus.ASSIGNED: frozenset(
            {PetitionStatus.IN_PROGRESS, PetitionStatus.SENT, PetitionStatus.VOIDED}
        ),
        PetitionStatus.IN_PROGRESS: frozenset({PetitionStatus.SENT, PetitionStatus.VOIDED}),
        PetitionStatus.SENT: frozenset({PetitionStatus.CLOSED}),
        PetitionStatus.CLOSED: frozenset(),
        PetitionStatus.VOIDED: frozenset(),
    }
)


_MAY_STAY = frozenset({PetitionStatus.IN_DISTRIBUTION, PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS})
"""States that an act may repeat: a petition classified or assigned again."""


def move(current: PetitionStatus, to: PetitionStatus) -> PetitionStatus:
    """`to`, when a petition in `current` may go there. Raises Conflict with both states in words."""
    if to not in _MOVES[current] and not (to is current and current in _MAY_STAY):
        message = f"Una petición «{STATUS_LABELS[current]}» no puede pasar a «{STATUS_LABELS[to]}»."
        raise Conflict(message)
    return to

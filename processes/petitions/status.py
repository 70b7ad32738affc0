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
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    VOIDED = "voided"


STATUS_LABELS: Mapping[PetitionStatus, str] = MappingProxyType(
    {
        PetitionStatus.FILED: "Radicada",
        PetitionStatus.IN_DISTRIBUTION: "En reparto",
        PetitionStatus.ASSIGNED: "Asignada",
        PetitionStatus.IN_PROGRESS: "En trámite",
        PetitionStatus.SENT: "Respuesta enviada",
        PetitionStatus.CLOSED: "Cerrada",
        PetitionStatus.TRANSFERRED: "Trasladada",
        PetitionStatus.WITHDRAWN: "Desistida",
        PetitionStatus.ARCHIVED: "Archivada",
        PetitionStatus.REJECTED: "Rechazada",
        PetitionStatus.VOIDED: "Anulada",
    }
)

ENDED_BY_AN_ACT = frozenset(
    {
        PetitionStatus.TRANSFERRED,
        PetitionStatus.WITHDRAWN,
        PetitionStatus.ARCHIVED,
        PetitionStatus.REJECTED,
        PetitionStatus.VOIDED,
    }
)
"""States to which a person's act brought the petition wherever the diagram stood."""

ENDED = ENDED_BY_AN_ACT | {PetitionStatus.CLOSED}
"""States in which nothing is left to do."""


class TermState(StrEnum):
    """How the time to answer runs; it says nothing once the petition was answered or ended."""

    RUNNING = "running"
    EXTENDED = "extended"
    SUSPENDED = "suspended"


TERM_STATE_LABELS: Mapping[TermState, str] = MappingProxyType(
    {
        TermState.RUNNING: "En término",
        TermState.EXTENDED: "Prorrogada",
        TermState.SUSPENDED: "Requerida (término suspendido)",
    }
)

_MOVES: Mapping[PetitionStatus, frozenset[PetitionStatus]] = MappingProxyType(
    {
        PetitionStatus.FILED: frozenset({PetitionStatus.IN_DISTRIBUTION}) | ENDED_BY_AN_ACT,
        PetitionStatus.IN_DISTRIBUTION: frozenset({PetitionStatus.ASSIGNED}) | ENDED_BY_AN_ACT,
        PetitionStatus.ASSIGNED: frozenset({PetitionStatus.IN_PROGRESS, PetitionStatus.SENT})
        | ENDED_BY_AN_ACT,
        PetitionStatus.IN_PROGRESS: frozenset({PetitionStatus.SENT}) | ENDED_BY_AN_ACT,
        PetitionStatus.SENT: frozenset({PetitionStatus.CLOSED}),
        **{ended: frozenset() for ended in ENDED},
        # The entity may go on with a petition that its citizen gave up (CPACA 18).
        PetitionStatus.WITHDRAWN: frozenset(
            {PetitionStatus.FILED, PetitionStatus.IN_DISTRIBUTION, PetitionStatus.ASSIGNED}
        ),
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

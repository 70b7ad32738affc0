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
    AWAITING_SIGNATURE = "awaiting_signature"
    SENT = "sent"
    NOTIFIED = "notified"
    RETURNED_BY_MAIL = "returned_by_mail"
    CLOSED = "closed"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    VOIDED = "voided"
    NOT_A_PETITION = "not_a_petition"


STATUS_LABELS: Mapping[PetitionStatus, str] = MappingProxyType(
    {
        PetitionStatus.FILED: "Radicada",
        PetitionStatus.IN_DISTRIBUTION: "En reparto",
        PetitionStatus.ASSIGNED: "Asignada",
        PetitionStatus.IN_PROGRESS: "En trámite",
        PetitionStatus.AWAITING_SIGNATURE: "Para firma",
        PetitionStatus.SENT: "Respuesta enviada",
        PetitionStatus.NOTIFIED: "Notificada",
        PetitionStatus.RETURNED_BY_MAIL: "Devuelta por correo",
        PetitionStatus.CLOSED: "Cerrada",
        PetitionStatus.TRANSFERRED: "Trasladada",
        PetitionStatus.WITHDRAWN: "Desistida",
        PetitionStatus.ARCHIVED: "Archivada",
        PetitionStatus.REJECTED: "Rechazada",
        PetitionStatus.VOIDED: "Anulada",
        PetitionStatus.NOT_A_PETITION: "No es petición",
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

ENDED = ENDED_BY_AN_ACT | {PetitionStatus.CLOSED, PetitionStatus.NOT_A_PETITION}
"""States in which nothing is left to do."""

ANSWERED = frozenset({PetitionStatus.SENT, PetitionStatus.NOTIFIED, PetitionStatus.RETURNED_BY_MAIL})
"""States of a petition whose answer left, whether or not it arrived."""

ANSWERED_OR_ENDED = ANSWERED | ENDED
"""States in which no answer is awaited."""

AT_WORK = frozenset({PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS, PetitionStatus.AWAITING_SIGNATURE})
"""States in which somebody prepares the answer."""


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

_OPEN_WAYS = ENDED_BY_AN_ACT | {PetitionStatus.SENT}
_MOVES: Mapping[PetitionStatus, frozenset[PetitionStatus]] = MappingProxyType(
    {
        PetitionStatus.FILED: ENDED_BY_AN_ACT
        | {PetitionStatus.IN_DISTRIBUTION, PetitionStatus.NOT_A_PETITION},
        # Levels 1 and 2 answer where the petition came in, without a department.
        PetitionStatus.IN_DISTRIBUTION: _OPEN_WAYS
        | {PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS, PetitionStatus.NOT_A_PETITION}
        | {PetitionStatus.AWAITING_SIGNATURE},
        PetitionStatus.ASSIGNED: _OPEN_WAYS
        | {PetitionStatus.IN_PROGRESS, PetitionStatus.AWAITING_SIGNATURE, PetitionStatus.IN_DISTRIBUTION},
        PetitionStatus.IN_PROGRESS: _OPEN_WAYS
        | {PetitionStatus.ASSIGNED, PetitionStatus.AWAITING_SIGNATURE, PetitionStatus.IN_DISTRIBUTION},
        PetitionStatus.AWAITING_SIGNATURE: _OPEN_WAYS
        | {PetitionStatus.ASSIGNED, PetitionStatus.IN_PROGRESS, PetitionStatus.IN_DISTRIBUTION},
        # A procedure that does not follow the delivery closes what was sent.
        PetitionStatus.SENT: ANSWERED | {PetitionStatus.CLOSED},
        PetitionStatus.RETURNED_BY_MAIL: ANSWERED,
        # What was not solved is looked at once more.
        PetitionStatus.NOTIFIED: ANSWERED | {PetitionStatus.CLOSED, PetitionStatus.IN_PROGRESS},
        **{ended: frozenset() for ended in ENDED},
        # The entity may go on with a petition that its citizen gave up (CPACA 18).
        PetitionStatus.WITHDRAWN: AT_WORK | {PetitionStatus.FILED, PetitionStatus.IN_DISTRIBUTION},
    }
)


_MAY_STAY = AT_WORK | {PetitionStatus.IN_DISTRIBUTION}
"""States that an act may repeat: a petition classified or assigned again."""


def move(current: PetitionStatus, to: PetitionStatus) -> PetitionStatus:
    """`to`, when a petition in `current` may go there. Raises Conflict with both states in words."""
    if to not in _MOVES[current] and not (to is current and current in _MAY_STAY):
        message = f"Una petición «{STATUS_LABELS[current]}» no puede pasar a «{STATUS_LABELS[to]}»."
        raise Conflict(message)
    return to

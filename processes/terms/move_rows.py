"""What one row of the table of legal moves says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from processes.terms.events import LegalEventKind as Kind
from processes.terms.targets import Target


class Phase(StrEnum):
    """Where a petition stands before the law."""

    RUNNING = "running"
    AWAITING_COMPLETION = "awaiting_completion"
    AWAITING_CLARIFICATION = "awaiting_clarification"
    ANSWERED = "answered"
    NOTIFIED = "notified"
    TRANSFERRED = "transferred"
    WITHDRAWN = "withdrawn"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    VOIDED = "voided"


PHASE_LABELS: Mapping[Phase, str] = MappingProxyType(
    {
        Phase.RUNNING: "el término corre",
        Phase.AWAITING_COMPLETION: "se espera que el ciudadano complete",
        Phase.AWAITING_CLARIFICATION: "se espera que el ciudadano aclare",
        Phase.ANSWERED: "la petición está respondida",
        Phase.NOTIFIED: "la petición está notificada",
        Phase.TRANSFERRED: "la petición está trasladada",
        Phase.WITHDRAWN: "la petición está desistida",
        Phase.ARCHIVED: "la petición está archivada",
        Phase.REJECTED: "la petición está rechazada",
        Phase.VOIDED: "la petición está anulada",
    }
)


class Actor(StrEnum):
    """Who may do an act."""

    CITIZEN = "citizen"
    FRONT_DESK = "front_desk"
    OFFICIAL = "official"
    DEPARTMENT_HEAD = "department_head"
    DIRECTOR = "director"
    CITIZEN_SERVICE_HEAD = "citizen_service_head"
    LEGAL_OFFICE = "legal_office"
    OTHER_BODY = "other_body"
    JUDGE = "judge"
    ADMINISTRATOR = "administrator"
    CLOCK = "clock"


class Need(StrEnum):
    """What an act needs besides its date."""

    REASON = "reason"
    SIGNATURE = "signature"
    NOTICE = "notice"
    PERSONAL_NOTICE = "personal_notice"
    LENGTH = "length"
    NEW_KIND = "new_kind"
    APPROVAL_IF_LONGER = "approval_if_longer"
    APPROVAL = "approval"
    ACT = "act"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One row of the table.

    `phases`: where the petition must stand; none means that it only begins a petition. `leads_to`:
    where it stands when no numbered request stays open (None: where it stood). `deadline`: the clock
    past which it is refused, `after` when it may only be done once that clock has run out, `due` when the
    law wants it by then and it is still done late: the duty does not end.
    `notice`: what the citizen is told, in Spanish; empty when the act is the citizen's own or inside.
    `facts`: what is unverified in it.
    """

    kind: Kind
    actors: frozenset[Actor]
    phases: frozenset[Phase]
    citation: str
    needs: frozenset[Need] = frozenset()
    leads_to: Phase | None = None
    deadline: Target | None = None
    after: Target | None = None
    due: Target | None = None
    notice: str = ""
    facts: tuple[str, ...] = ()

"""What happens to a petition in the eyes of the law: a closed set of dated events."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

from processes.common.calendar import day_in_bogota
from processes.common.errors import Invalid
from processes.terms.kinds import PetitionKind
from processes.terms.lengths import Length, TermUnit


class LegalEventKind(StrEnum):
    """What happened; `moves.py` says who may do it, when, and with what."""

    FILED = "filed"
    TRANSFERRED_IN = "transferred_in"
    COMPLETION_REQUESTED = "completion_requested"
    COMPLETION_EXTENSION_ASKED = "completion_extension_asked"
    COMPLETED = "completed"
    DEEMED_WITHDRAWN = "deemed_withdrawn"
    WITHDRAWN = "withdrawn"
    CONTINUED_EX_OFFICIO = "continued_ex_officio"
    RETURNED_UNCLEAR = "returned_unclear"
    CLARIFIED = "clarified"
    ARCHIVED_UNCLEAR = "archived_unclear"
    REJECTED_DISRESPECTFUL = "rejected_disrespectful"
    EXTENSION_TOLD = "extension_told"
    NOTICE_RETURNED = "notice_returned"
    TRANSFERRED_OUT = "transferred_out"
    RECEIVED_BY_COMPETENT = "received_by_competent"
    REASSIGNED = "reassigned"
    RECLASSIFIED = "reclassified"
    REFUSED_BY_RESERVE = "refused_by_reserve"
    ANSWERED = "answered"
    NOTIFIED = "notified"
    INSISTED = "insisted"
    POSITIVE_SILENCE = "positive_silence"
    NEGATIVE_SILENCE = "negative_silence"
    APPEALED = "appealed"
    APPEAL_DECIDED = "appeal_decided"
    JUDGE_ORDERED = "judge_ordered"
    JUDGE_RULED = "judge_ruled"
    ORDER_MET = "order_met"
    NUMBER_CANCELLED = "number_cancelled"
    PORTAL_FAILED = "portal_failed"


EVENT_LABELS: Mapping[LegalEventKind, str] = MappingProxyType(
    {
        LegalEventKind.FILED: "Radicación",
        LegalEventKind.TRANSFERRED_IN: "Llegada por traslado de otra entidad",
        LegalEventKind.COMPLETION_REQUESTED: "Requerimiento para completar",
        LegalEventKind.COMPLETION_EXTENSION_ASKED: "Prórroga pedida por el peticionario",
        LegalEventKind.COMPLETED: "Petición completada",
        LegalEventKind.DEEMED_WITHDRAWN: "Desistimiento tácito",
        LegalEventKind.WITHDRAWN: "Desistimiento expreso",
        LegalEventKind.CONTINUED_EX_OFFICIO: "Continuación de oficio",
        LegalEventKind.RETURNED_UNCLEAR: "Devolución para aclarar",
        LegalEventKind.CLARIFIED: "Petición aclarada",
        LegalEventKind.ARCHIVED_UNCLEAR: "Archivo por no aclararse",
        LegalEventKind.REJECTED_DISRESPECTFUL: "Rechazo por irrespetuosa",
        LegalEventKind.EXTENSION_TOLD: "Prórroga informada",
        LegalEventKind.NOTICE_RETURNED: "Aviso que no se pudo entregar",
        LegalEventKind.TRANSFERRED_OUT: "Traslado por competencia",
        LegalEventKind.RECEIVED_BY_COMPETENT: "Recepción en la entidad competente",
        LegalEventKind.REASSIGNED: "Reasignación",
        LegalEventKind.RECLASSIFIED: "Cambio de clase",
        LegalEventKind.REFUSED_BY_RESERVE: "Negación por reserva",
        LegalEventKind.ANSWERED: "Respuesta",
        LegalEventKind.NOTIFIED: "Notificación",
        LegalEventKind.INSISTED: "Insistencia del peticionario",
        LegalEventKind.POSITIVE_SILENCE: "Silencio positivo",
        LegalEventKind.NEGATIVE_SILENCE: "Silencio negativo",
        LegalEventKind.APPEALED: "Recurso",
        LegalEventKind.APPEAL_DECIDED: "Decisión del recurso",
        LegalEventKind.JUDGE_ORDERED: "Orden de un juez de rendir informe",
        LegalEventKind.JUDGE_RULED: "Fallo de un juez",
        LegalEventKind.ORDER_MET: "Cumplimiento de la orden del juez",
        LegalEventKind.NUMBER_CANCELLED: "Anulación del radicado",
        LegalEventKind.PORTAL_FAILED: "Falla del medio electrónico",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalEvent:
    """One event and what the law needs to know of it.

    `matters`: the numbered requests it touches; none means all that are open. `length`: of an
    extension, the new total counted from the filing (none means the most that the law allows); of a
    completion request, a shorter time than the law's for the citizen; of a judge, what the judge
    fixed. `delivered`: whether the notice reached the citizen. `of`: which act was notified, whose
    notice came back, or which order was met (none means the last that was not).
    """

    kind: LegalEventKind
    at: datetime
    matters: frozenset[int] = frozenset()
    length: Length | None = None
    new_kind: PetitionKind | None = None
    of: LegalEventKind | None = None
    reason: str = ""
    delivered: bool = True
    approved: bool = False

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise Invalid(
                f"«{EVENT_LABELS[self.kind]}» no dice la zona horaria de su fecha y hora. Escríbala "
                "completa, por ejemplo 2026-02-03T16:59:00-05:00.",
                {"at": "Falta la zona horaria."},
            )

    @property
    def on(self) -> date:
        """The day of the event in Bogota."""
        return day_in_bogota(self.at)


def values_of(event: LegalEvent) -> dict[str, object]:
    """What the event holds besides its kind and instant, as plain JSON; only what differs from usual."""
    values: dict[str, object] = {
        "matters": sorted(event.matters),
        "length": [event.length.amount, event.length.unit.value] if event.length else None,
        "new_kind": event.new_kind.value if event.new_kind else None,
        "of": event.of.value if event.of else None,
        "reason": event.reason,
        "approved": event.approved,
    }
    return {name: value for name, value in values.items() if value} | (
        {} if event.delivered else {"delivered": False}
    )


def event_of(kind: str, at: datetime, values: Mapping[str, object]) -> LegalEvent:
    """The event that `values_of` wrote. Raises ValueError or TypeError for values that it never writes."""
    length, new_kind, act, matters = (values.get(name) for name in ("length", "new_kind", "of", "matters"))
    if not isinstance(matters, list | None) or not isinstance(length, list | None):
        raise TypeError(f"the values of an event are not its own: {values!r}")
    return LegalEvent(
        kind=LegalEventKind(kind),
        at=at,
        matters=frozenset(int(number) for number in matters or ()),
        length=Length(int(length[0]), TermUnit(length[1])) if length else None,
        new_kind=PetitionKind(str(new_kind)) if new_kind else None,
        of=LegalEventKind(str(act)) if act else None,
        reason=str(values.get("reason", "")),
        delivered=values.get("delivered") is not False,
        approved=values.get("approved") is True,
    )

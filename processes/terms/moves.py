"""The one table of what may legally happen to a petition: who, when, with what, and its norm."""

from collections.abc import Mapping
from types import MappingProxyType

from processes.terms.events import LegalEventKind as Kind
from processes.terms.move_rows import PHASE_LABELS, Actor, Move, Need, Phase
from processes.terms.targets import Target

__all__ = ["MOVES", "PHASE_LABELS", "Actor", "Move", "Need", "Phase"]

_CPACA = "Ley 1437 de 2011, artículo"
_CITIZEN = frozenset({Actor.CITIZEN, Actor.FRONT_DESK})
_STAFF = frozenset({Actor.OFFICIAL, Actor.DEPARTMENT_HEAD, Actor.DIRECTOR, Actor.CITIZEN_SERVICE_HEAD})
_SIGNERS = frozenset({Actor.DEPARTMENT_HEAD, Actor.DIRECTOR, Actor.LEGAL_OFFICE})
_LAWYERS = frozenset({Actor.LEGAL_OFFICE})
_RUNNING = frozenset({Phase.RUNNING})
_OPEN = _RUNNING | {Phase.AWAITING_COMPLETION, Phase.AWAITING_CLARIFICATION}
_ENDED_BY_ACT = frozenset({Phase.WITHDRAWN, Phase.ARCHIVED, Phase.REJECTED})
_NOT_VOID = frozenset(Phase) - {Phase.VOIDED}
_SIGNED = frozenset({Need.REASON, Need.SIGNATURE, Need.PERSONAL_NOTICE})

_TABLE = (
    Move(
        kind=Kind.FILED,
        actors=_CITIZEN,
        phases=frozenset(),
        citation=f"{_CPACA}s 15 y 61",
        notice="Acuse de recibo con el número, la fecha y la hora de radicación.",
    ),
    Move(
        kind=Kind.TRANSFERRED_IN,
        actors=frozenset({Actor.OTHER_BODY, Actor.FRONT_DESK}),
        phases=frozenset(),
        citation=f"{_CPACA} 21",
        notice="Llegó por traslado de otra entidad; el término cuenta desde el día siguiente a su recepción.",
    ),
    Move(
        kind=Kind.COMPLETION_REQUESTED,
        actors=_STAFF | {Actor.FRONT_DESK},
        phases=_RUNNING,
        citation=f"{_CPACA} 17",
        needs=frozenset({Need.REASON, Need.NOTICE}),
        leads_to=Phase.AWAITING_COMPLETION,
        deadline=Target.ENTITY_REQUEST,
        notice="Qué falta, hasta cuándo puede completarlo y que puede pedir un término igual.",
    ),
    Move(
        kind=Kind.COMPLETION_EXTENSION_ASKED,
        actors=_CITIZEN,
        phases=frozenset({Phase.AWAITING_COMPLETION}),
        citation=f"{_CPACA} 17, inciso 3",
        deadline=Target.CITIZEN_COMPLETION,
        notice="La nueva fecha para completar.",
    ),
    Move(
        kind=Kind.COMPLETED,
        actors=_CITIZEN,
        phases=frozenset({Phase.AWAITING_COMPLETION}),
        citation=f"{_CPACA} 17, inciso 2",
        leads_to=Phase.RUNNING,
        deadline=Target.CITIZEN_COMPLETION,
        notice="El término se reactivó y su nueva fecha.",
    ),
    Move(
        kind=Kind.DEEMED_WITHDRAWN,
        actors=_SIGNERS,
        phases=frozenset({Phase.AWAITING_COMPLETION}),
        citation=f"{_CPACA} 17, inciso 4",
        needs=_SIGNED,
        leads_to=Phase.WITHDRAWN,
        after=Target.CITIZEN_COMPLETION,
        notice="El acto de desistimiento y archivo, su recurso de reposición y que puede radicar de nuevo.",
    ),
    Move(
        kind=Kind.WITHDRAWN,
        actors=_CITIZEN,
        phases=_OPEN,
        citation=f"{_CPACA} 18",
        leads_to=Phase.WITHDRAWN,
        notice="Constancia del desistimiento.",
    ),
    Move(
        kind=Kind.CONTINUED_EX_OFFICIO,
        actors=_SIGNERS,
        phases=_RUNNING | {Phase.WITHDRAWN},
        citation=f"{_CPACA}s 18 y 74",
        needs=frozenset({Need.REASON, Need.SIGNATURE}),
        leads_to=Phase.RUNNING,
        notice="La resolución motivada con la que la entidad continúa de oficio.",
    ),
    Move(
        kind=Kind.RETURNED_UNCLEAR,
        actors=_STAFF | {Actor.FRONT_DESK},
        phases=_RUNNING,
        citation=f"{_CPACA} 19, inciso 1",
        needs=frozenset({Need.REASON, Need.NOTICE}),
        leads_to=Phase.AWAITING_CLARIFICATION,
        deadline=Target.RESPONSE,
        notice="Qué no se entiende y hasta cuándo puede corregirlo o aclararlo.",
        facts=("clarification_stops",),
    ),
    Move(
        kind=Kind.CLARIFIED,
        actors=_CITIZEN,
        phases=frozenset({Phase.AWAITING_CLARIFICATION}),
        citation=f"{_CPACA} 19, inciso 1",
        leads_to=Phase.RUNNING,
        deadline=Target.CITIZEN_CLARIFICATION,
        notice="El término sigue y su nueva fecha.",
        facts=("clarification_stops",),
    ),
    Move(
        kind=Kind.ARCHIVED_UNCLEAR,
        actors=_SIGNERS,
        phases=frozenset({Phase.AWAITING_CLARIFICATION}),
        citation=f"{_CPACA} 19, inciso 1",
        needs=frozenset({Need.REASON, Need.SIGNATURE}),
        leads_to=Phase.ARCHIVED,
        after=Target.CITIZEN_CLARIFICATION,
        notice="El archivo y que puede radicar de nuevo.",
    ),
    Move(
        kind=Kind.REJECTED_DISRESPECTFUL,
        actors=_SIGNERS,
        phases=_RUNNING,
        citation=f"{_CPACA} 19, inciso 1",
        needs=_SIGNED,
        leads_to=Phase.REJECTED,
        notice="El acto motivado de rechazo.",
    ),
    Move(
        kind=Kind.EXTENSION_TOLD,
        actors=_STAFF,
        phases=_OPEN,
        citation=f"{_CPACA} 14, parágrafo",
        needs=frozenset({Need.REASON, Need.NOTICE}),
        deadline=Target.RESPONSE,
        notice="Por qué no se puede responder a tiempo y la nueva fecha, antes de que venza la primera.",
        facts=("extension_total",),
    ),
    Move(
        kind=Kind.NOTICE_RETURNED,
        actors=_STAFF | {Actor.FRONT_DESK, Actor.CLOCK},
        phases=_OPEN | {Phase.ANSWERED, Phase.NOTIFIED},
        citation=f"{_CPACA}s 14 y 17",
        needs=frozenset({Need.ACT}),
    ),
    Move(
        kind=Kind.TRANSFERRED_OUT,
        actors=_STAFF | {Actor.LEGAL_OFFICE},
        phases=_OPEN,
        citation=f"{_CPACA} 21",
        needs=frozenset({Need.REASON, Need.NOTICE}),
        due=Target.TRANSFER,
        leads_to=Phase.TRANSFERRED,
        notice="A qué entidad se envió, con copia del oficio remisorio.",
    ),
    Move(
        kind=Kind.RECEIVED_BY_COMPETENT,
        actors=frozenset({Actor.OTHER_BODY, Actor.FRONT_DESK}) | _STAFF,
        phases=_RUNNING | {Phase.TRANSFERRED, Phase.ANSWERED, Phase.NOTIFIED},
        citation=f"{_CPACA} 21",
        notice="Desde cuándo cuenta el término de la otra entidad.",
    ),
    Move(
        kind=Kind.REASSIGNED,
        actors=_STAFF,
        phases=_OPEN,
        citation=f"{_CPACA} 14",
        needs=frozenset({Need.REASON}),
    ),
    Move(
        kind=Kind.RECLASSIFIED,
        actors=_STAFF,
        phases=_OPEN,
        citation=f"{_CPACA} 14",
        needs=frozenset({Need.REASON, Need.NEW_KIND, Need.APPROVAL_IF_LONGER}),
        notice="La nueva clase, su término y su fecha.",
    ),
    Move(
        kind=Kind.REFUSED_BY_RESERVE,
        actors=_SIGNERS,
        phases=_RUNNING,
        citation=f"{_CPACA} 25",
        needs=_SIGNED,
        leads_to=Phase.ANSWERED,
        deadline=Target.RESPONSE,
        notice="La negación motivada, la norma exacta de la reserva y que puede insistir en diez días.",
    ),
    Move(
        kind=Kind.ANSWERED,
        actors=_STAFF | {Actor.LEGAL_OFFICE},
        phases=_OPEN,
        citation=f"{_CPACA} 13",
        needs=frozenset({Need.NOTICE}),
        due=Target.RESPONSE,
        leads_to=Phase.ANSWERED,
        notice="La respuesta.",
    ),
    Move(
        kind=Kind.NOTIFIED,
        actors=_STAFF | {Actor.FRONT_DESK, Actor.CLOCK},
        phases=_ENDED_BY_ACT | {Phase.RUNNING, Phase.ANSWERED, Phase.NOTIFIED},
        citation=f"{_CPACA}s 56 y 66 a 69",
        needs=frozenset({Need.ACT}),
        leads_to=Phase.NOTIFIED,
    ),
    Move(
        kind=Kind.INSISTED,
        actors=_CITIZEN,
        phases=_RUNNING | {Phase.ANSWERED, Phase.NOTIFIED},
        citation=f"{_CPACA} 26",
        deadline=Target.INSISTENCE,
        notice="Que el expediente va al juez, que decide en diez días.",
    ),
    Move(
        kind=Kind.POSITIVE_SILENCE,
        actors=_LAWYERS | {Actor.CITIZEN_SERVICE_HEAD},
        phases=_RUNNING,
        citation=f"{_CPACA}s 14, numeral 1, y 84",
        needs=frozenset({Need.APPROVAL}),
        after=Target.RESPONSE,
        notice="Que su solicitud quedó aceptada, y cuándo se entregan las copias o se reconocen sus efectos.",
    ),
    Move(
        kind=Kind.NEGATIVE_SILENCE,
        actors=_CITIZEN | _LAWYERS,
        phases=_RUNNING,
        citation=f"{_CPACA} 83",
        after=Target.NEGATIVE_SILENCE,
        notice="Que puede acudir al recurso o al juez, y que la entidad sigue obligada a responder.",
    ),
    Move(
        kind=Kind.APPEALED,
        actors=_CITIZEN,
        # Whoever appeals before they were notified knows the decision, and is notified by that.
        phases=_ENDED_BY_ACT | {Phase.ANSWERED, Phase.NOTIFIED},
        citation=f"{_CPACA}s 72 y 76",
        deadline=Target.APPEAL,
        notice="Que el recurso se recibió.",
    ),
    Move(
        kind=Kind.APPEAL_DECIDED,
        actors=_SIGNERS,
        # What was appealed may have been taken up again meanwhile: its appeal is decided all the same.
        phases=_NOT_VOID,
        citation=f"{_CPACA}s 79, 80 y 86",
        needs=_SIGNED,
        due=Target.APPEAL_SILENCE,
        notice="El acto motivado que decide el recurso.",
    ),
    Move(
        kind=Kind.JUDGE_ORDERED,
        actors=_LAWYERS | {Actor.JUDGE},
        phases=_NOT_VOID,
        citation="Decreto 2591 de 1991, artículo 19",
        needs=frozenset({Need.LENGTH}),
        facts=("judge_working_days",),
    ),
    Move(
        kind=Kind.JUDGE_RULED,
        actors=_LAWYERS | {Actor.JUDGE},
        phases=_NOT_VOID,
        citation="Decreto 2591 de 1991, artículos 27 y 29",
        facts=("judge_working_days",),
    ),
    Move(
        kind=Kind.ORDER_MET,
        actors=_LAWYERS,
        phases=frozenset(Phase),
        citation="Decreto 2591 de 1991, artículo 27",
        needs=frozenset({Need.REASON}),
        due=Target.RULING,
    ),
    Move(
        kind=Kind.NUMBER_CANCELLED,
        actors=frozenset({Actor.FRONT_DESK, Actor.CITIZEN_SERVICE_HEAD}),
        phases=_RUNNING,
        citation="Acuerdo 060 de 2001 del Archivo General de la Nación, artículo 5 (hoy Acuerdo 001 de 2024)",
        needs=frozenset({Need.REASON, Need.SIGNATURE, Need.APPROVAL}),
        leads_to=Phase.VOIDED,
        notice="Que el radicado se anuló, por qué, y cuál lo reemplaza.",
        facts=("number_cancelled",),
    ),
    Move(
        kind=Kind.PORTAL_FAILED,
        actors=frozenset({Actor.ADMINISTRATOR, Actor.CITIZEN_SERVICE_HEAD, Actor.CLOCK}),
        phases=_NOT_VOID,
        citation=f"{_CPACA} 62, numeral 2",
        needs=frozenset({Need.REASON}),
        notice="Que puede insistir en los tres días siguientes, con la constancia de la falla.",
    ),
)

MOVES: Mapping[Kind, Move] = MappingProxyType({move.kind: move for move in _TABLE})
"""Every event of the closed set, once."""

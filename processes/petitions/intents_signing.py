"""Intents about who signs the answer: named, and signing or not."""

from collections.abc import Mapping
from hashlib import sha256

import sqlalchemy as sa

from processes.common.errors import Conflict, Invalid
from processes.directory.roles import Lane
from processes.engine.model import Intent
from processes.petitions.legal_act import SHORTEST_REASON
from processes.petitions.live_options import may_sign
from processes.petitions.people_tables import SIGNATURES, SignatureDecision
from processes.petitions.status import PetitionStatus
from processes.petitions.step import Step
from processes.petitions.submitted import chosen, written

_TABLE = SIGNATURES.c
_SAME = SIGNATURES.alias("same").c


def request_signatures(step: Step, _intent: Intent) -> None:
    """Put the answer before each of those who were ticked; their tasks open in the same step.

    Raises Invalid when nobody was ticked, or somebody who may not sign this answer.
    """
    signers = chosen(step, "signatories")
    names = {person.username: person.full_name for person in may_sign(step.connection, step.case.id)}
    if not signers or not names.keys() >= set(signers):
        problem = "Elija de la lista a quién firma la respuesta." if signers else "Elija quién firma."
        raise Invalid(problem, {"signatories": problem})
    last_seq, last_round = step.connection.execute(
        sa.select(
            sa.func.coalesce(sa.func.max(_TABLE.seq), 0), sa.func.coalesce(sa.func.max(_TABLE.round), 0)
        ).where(_TABLE.petition_id == step.case.id)
    ).one()
    rows = [
        {
            "petition_id": step.case.id,
            "seq": last_seq + place,
            "round": last_round + 1,
            "signer": signer,
            "asked_by": str(step.actor),
            "asked_at": step.now,
            "reason": "",
            "text_sha256": "",
        }
        for place, signer in enumerate(signers, 1)
    ]
    if step.status is not PetitionStatus.AWAITING_SIGNATURE:
        step.move_to(PetitionStatus.AWAITING_SIGNATURE)
    step.deals[Lane.SIGNATORY] = signers
    step.later.append(lambda: _insert(step, rows))
    step.record("signatures_asked", people=[names[signer] for signer in signers])


def sign(step: Step, _intent: Intent) -> None:
    """Keep that the person signed the answer as it stands, or why not; then the answer is a draft again.

    Raises Invalid for a refusal without its reasons.
    """
    refused = step.facts.get("signature_refused") is True
    reason = written(step, "reason")
    if refused and len(reason) < SHORTEST_REASON:
        problem = f"Escriba por qué no firma, en al menos {SHORTEST_REASON} caracteres."
        raise Invalid(problem, {"reason": problem})
    decision = SignatureDecision.REFUSE if refused else SignatureDecision.SIGN
    if refused and step.status is PetitionStatus.AWAITING_SIGNATURE:
        step.move_to(PetitionStatus.IN_PROGRESS)
    text = str(step.changes.get("answer_text", step.case.answer_text))
    decided = {
        "decision": decision.value,
        "reason": reason,
        "text_sha256": sha256(text.encode()).hexdigest(),
        "decided_at": step.now,
        "decided_by": step.actor.id,
    }
    step.later.append(lambda: _decide(step, decided))
    if refused:
        step.add_note("signature_refused", "Por qué no se firmó", reason)
    step.record("signature_refused" if refused else "answer_signed", text_sha256=decided["text_sha256"])


def _insert(step: Step, rows: list[dict[str, object]]) -> None:
    step.connection.execute(sa.insert(SIGNATURES), rows)


def _decide(step: Step, decided: Mapping[str, object]) -> None:
    last = sa.select(sa.func.max(_SAME.round)).where(_SAME.petition_id == step.case.id).scalar_subquery()
    theirs = sa.and_(
        _TABLE.petition_id == step.case.id,
        _TABLE.signer == step.actor.post,
        _TABLE.decision.is_(None),
        _TABLE.round == last,
    )
    if step.connection.execute(sa.update(SIGNATURES).where(theirs).values(decided)).rowcount != 1:
        raise Conflict("Nadie espera su firma en esta petición. Avise al administrador.")

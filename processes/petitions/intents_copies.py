"""Intents about copies that the citizen pays before they are made (CPACA 29)."""

from collections.abc import Mapping

import sqlalchemy as sa

from processes.common.errors import Conflict, Invalid
from processes.common.text import clean_line
from processes.engine.model import Intent
from processes.petitions.people_tables import COPY_PAYMENTS
from processes.petitions.step import Step
from processes.petitions.submitted import counted, written

_TABLE = COPY_PAYMENTS.c
_SAME = COPY_PAYMENTS.alias("same").c
_MOST_COPIES = 100_000
_MOST_PESOS = 100_000_000
_LONGEST_RECEIPT = 60


def ask_payment(step: Step, _intent: Intent) -> None:
    """Ask the citizen to pay for copies: how many, and what they cost together, in pesos.

    The price never exceeds what making them costs (CPACA 29); the term goes on. Raises Invalid.
    """
    copies, price = counted(step, "copies"), counted(step, "copies_price")
    problems: dict[str, str] = {}
    if copies is None or not 1 <= copies <= _MOST_COPIES:
        problems["copies"] = "Escriba cuántas copias son, en cifras."
    if price is None or not 1 <= price <= _MOST_PESOS:
        problems["copies_price"] = "Escriba cuánto cuestan todas, en pesos y sin centavos."
    if problems:
        raise Invalid("Revise las copias que se cobran.", problems)
    last = step.connection.scalar(
        sa.select(sa.func.coalesce(sa.func.max(_TABLE.seq), 0)).where(_TABLE.petition_id == step.case.id)
    )
    row = {
        "petition_id": step.case.id,
        "seq": int(last or 0) + 1,
        "copies": copies,
        "price": price,
        "how_to_pay": written(step, "question"),
        "asked_by": str(step.actor),
        "asked_at": step.now,
        "receipt": "",
    }
    step.later.append(lambda: _insert(step, row))
    step.record("payment_asked", copies=copies, price=price)


def record_payment(step: Step, _intent: Intent) -> None:
    """Note the receipt of the copies that were asked last. Raises Invalid without its number."""
    receipt = clean_line(written(step, "receipt"), field="receipt", max_length=_LONGEST_RECEIPT)
    if not receipt:
        problem = "Escriba el número del recibo o de la consignación."
        raise Invalid(problem, {"receipt": problem})
    step.later.append(lambda: _note(step, receipt))
    step.record("payment_noted", receipt=receipt)


def _insert(step: Step, row: Mapping[str, object]) -> None:
    step.connection.execute(sa.insert(COPY_PAYMENTS), row)


def _note(step: Step, receipt: str) -> None:
    last = sa.select(sa.func.max(_SAME.seq)).where(_SAME.petition_id == step.case.id).scalar_subquery()
    waiting = sa.and_(_TABLE.petition_id == step.case.id, _TABLE.seq == last, _TABLE.paid_at.is_(None))
    paid = {"receipt": receipt, "paid_at": step.now}
    if step.connection.execute(sa.update(COPY_PAYMENTS).where(waiting).values(paid)).rowcount == 0:
        raise Conflict("En esta petición no hay copias por pagar. Avise al administrador.")

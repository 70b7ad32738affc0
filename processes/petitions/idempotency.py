"""A filing made under a caller's key happens once, however often and at once it is asked for."""

import hmac
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import orjson
import sqlalchemy as sa

from processes.common.database import insert_if_absent, write
from processes.common.errors import Invalid
from processes.petitions.filing_tables import IDEMPOTENCY_KEYS
from processes.petitions.form import NewPetition
from processes.petitions.tables import PETITIONS
from processes.terms.kinds import PetitionKind

_CLAIM_KEY = insert_if_absent(IDEMPOTENCY_KEYS, ("key", "body_hash", "created_at"), key=("key",))
KEPT_FOR = timedelta(days=7)
"""How long a filing can be asked for again under its key."""
_BIND_KEY = sa.update(IDEMPOTENCY_KEYS).where(IDEMPOTENCY_KEYS.c.key == sa.bindparam("claimed"))


class KeyReused(Invalid):
    """An Idempotency-Key came back with another body."""

    code = "idempotency-key-reused"


@dataclass(frozen=True, slots=True)
class FilingReceipt:
    """What the citizen takes away."""

    filing_number: str
    tracking_code: str
    kind: PetitionKind
    received_at: datetime
    filed_on: date
    due_on: date
    repeated: bool = False


def body_hash(form: NewPetition, key: bytes) -> bytes:
    """What tells one form from another.

    Made with the installation's secret `key`: nobody who reads the table can try whose form it was.
    """
    return hmac.digest(key, orjson.dumps(form), "sha256")


def purge_keys(engine: sa.Engine, *, now: datetime) -> int:
    """Forget the keys of filings made more than seven days before `now`, office time; how many."""
    old = IDEMPOTENCY_KEYS.c.created_at < now - KEPT_FOR
    with write(engine) as connection:
        return connection.execute(sa.delete(IDEMPOTENCY_KEYS).where(old)).rowcount


def claim_key(connection: sa.Connection, key: str, digest: bytes, now: datetime) -> bool:
    """Take `key`; False when a filing has it. On PostgreSQL it waits for a rival's end."""
    row = {"key": key, "body_hash": digest, "created_at": now}
    return connection.execute(_CLAIM_KEY, row).rowcount == 1


def bind_key(connection: sa.Connection, key: str, petition_id: int) -> None:
    """Tie the key to the petition that was filed under it."""
    connection.execute(_BIND_KEY, {"claimed": key, "petition_id": petition_id})


def earlier_receipt(connection: sa.Connection, key: str, digest: bytes) -> FilingReceipt | None:
    """The receipt of the filing made under `key`, if any. Raises KeyReused for another form."""
    table = IDEMPOTENCY_KEYS
    query = (
        sa.select(
            table.c.body_hash,
            PETITIONS.c.filing_number,
            PETITIONS.c.tracking_code,
            PETITIONS.c.kind,
            PETITIONS.c.received_at,
            PETITIONS.c.filed_on,
            PETITIONS.c.due_on,
        )
        .join(PETITIONS, PETITIONS.c.id == table.c.petition_id)
        .where(table.c.key == key)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    if bytes(row["body_hash"]) != digest:
        raise KeyReused(
            "Ya se usó esa Idempotency-Key para otra petición. Use una clave nueva para cada petición."
        )
    return FilingReceipt(
        filing_number=row["filing_number"],
        tracking_code=row["tracking_code"],
        kind=PetitionKind(row["kind"]),
        received_at=row["received_at"],
        filed_on=row["filed_on"],
        due_on=row["due_on"],
        repeated=True,
    )

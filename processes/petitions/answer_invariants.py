"""What must hold of the answers of every petition, and of what became of them."""

from collections import defaultdict
from collections.abc import Iterator

import sqlalchemy as sa

from processes.petitions.answer_tables import SENT_ANSWERS
from processes.petitions.status import PetitionStatus
from processes.petitions.tables import PETITIONS


def answer_violations(connection: sa.Connection) -> Iterator[str]:
    """Each petition whose columns do not say what its answers do."""
    answers: dict[int, list[sa.RowMapping]] = defaultdict(list)
    query = sa.select(SENT_ANSWERS).order_by(SENT_ANSWERS.c.petition_id, SENT_ANSWERS.c.seq)
    for answer in connection.execute(query).mappings():
        answers[answer["petition_id"]].append(answer)
    columns = (
        PETITIONS.c.id,
        PETITIONS.c.filing_number,
        PETITIONS.c.status,
        PETITIONS.c.outgoing_number,
        PETITIONS.c.sent_at,
    )
    for row in connection.execute(sa.select(*columns)).mappings():
        for problem in _problems(row, answers[row["id"]]):
            yield f"{row['filing_number']}: {problem}"


def _problems(row: sa.RowMapping, answers: list[sa.RowMapping]) -> Iterator[str]:
    first = (answers[0]["outgoing_number"], answers[0]["sent_at"]) if answers else (None, None)
    if (row["outgoing_number"], row["sent_at"]) != first:
        yield "su número y su fecha de salida no son los de su primera respuesta"
    if [each["seq"] for each in answers] != list(range(1, len(answers) + 1)):
        yield "sus respuestas no están numeradas desde 1"
    last = answers[-1] if answers else None
    status = PetitionStatus(row["status"])
    if status is PetitionStatus.NOTIFIED and (last is None or last["delivered_at"] is None):
        yield "está notificada, y su última respuesta no se ha entregado"
    if status is PetitionStatus.RETURNED_BY_MAIL and (last is None or last["returned_at"] is None):
        yield "está devuelta por correo, y su última respuesta no ha vuelto"

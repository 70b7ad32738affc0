"""Legal acts at the same time as others, and what they cost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import sqlalchemy as sa

from processes.common.errors import OfficeError
from processes.petitions.legal_act import LegalAct
from processes.petitions.legal_acts import record_legal_act
from processes.petitions.legal_citizen import record_citizen_act
from processes.petitions.legal_file import read_legal_file
from processes.petitions.office import Office
from processes.petitions.status import PetitionStatus
from processes.terms.events import LegalEventKind
from tests.builders.office import DEPARTMENT_HEAD, OFFICIAL, SERVICE_HEAD
from tests.builders.petitions import answer, classify, distribute, file_one

REASONS = "Se explica en detalle por qué la entidad decide así en este caso."
USUAL_STATEMENTS = 10
TO_END_OR_REOPEN = 14


def _at_work(office: Office) -> tuple[str, str]:
    receipt = file_one(office)
    classify(office, receipt.filing_number)
    distribute(office, receipt.filing_number)
    return receipt.filing_number, receipt.tracking_code


def test_of_two_extensions_at_once_one_stands_and_the_other_is_refused(office: Office) -> None:
    number, _ = _at_work(office)
    act = LegalAct(kind=LegalEventKind.EXTENSION_TOLD, reason=REASONS)

    def told(_: int) -> str:
        try:
            record_legal_act(office, OFFICIAL, number, act)
        except OfficeError as refusal:
            return refusal.code
        return "told"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(told, range(4)))

    assert outcomes == ["refused-act", "refused-act", "refused-act", "told"]
    assert len(read_legal_file(office, OFFICIAL, number).events) == 1


def test_an_answer_and_a_withdrawal_at_once_leave_one_end(office: Office) -> None:
    number, code = _at_work(office)
    withdrawal = partial(
        record_citizen_act, office, number, code, kind=LegalEventKind.WITHDRAWN, text="Ya no es necesario."
    )

    def end(act: partial[object]) -> bool:
        try:
            act()
        except (OfficeError, StopIteration):  # the answer's task may be gone already
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        ended = list(pool.map(end, [withdrawal, partial(answer, office, number)]))

    assert sum(ended) == 1
    status = read_legal_file(office, SERVICE_HEAD, number).status
    assert status is (PetitionStatus.WITHDRAWN if ended[0] else PetitionStatus.SENT)


def test_a_legal_act_costs_few_statements(office: Office) -> None:
    number, code = _at_work(office)
    found: dict[str, int] = {}
    seen: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    def ask(kind: LegalEventKind, **values: str) -> None:
        record_legal_act(
            office,
            DEPARTMENT_HEAD,
            number,
            LegalAct(kind=kind, reason=REASONS, act_number=values.get("act", "")),
        )

    acts: dict[str, Callable[[], object]] = {
        "completion_requested": partial(ask, LegalEventKind.COMPLETION_REQUESTED),
        "completed": partial(
            record_citizen_act, office, number, code, kind=LegalEventKind.COMPLETED, text="Calle 5 con 7."
        ),
        "extension_told": partial(ask, LegalEventKind.EXTENSION_TOLD),
        "withdrawn": partial(
            record_citizen_act, office, number, code, kind=LegalEventKind.WITHDRAWN, text="Ya no hace falta."
        ),
        "continued_ex_officio": partial(ask, LegalEventKind.CONTINUED_EX_OFFICIO, act="Resolución 9"),
    }
    sa.event.listen(office.engine, "before_cursor_execute", count)
    for name, act in acts.items():
        seen.clear()
        act()
        found[name] = len(seen)
    sa.event.remove(office.engine, "before_cursor_execute", count)

    ends = [found.pop("withdrawn"), found.pop("continued_ex_officio")]
    assert max(found.values()) <= USUAL_STATEMENTS
    assert max(ends) <= TO_END_OR_REOPEN

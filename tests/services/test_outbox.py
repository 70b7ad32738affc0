"""Couriers that work at once, in a real time that passes while they send."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from notifications.send import OutgoingMessage, PermanentFailure, Sender, TemporaryFailure
from processes.common.delivery import DeliveryReport, deliver_pending
from processes.common.mail import deliver_outbox
from processes.common.outbox import MESSAGES, MessageStatus
from processes.petitions.office import Office
from tests.builders.office import MONDAY_MORNING, HandClock
from tests.builders.petitions import file_one

PAST_A_CLAIM = timedelta(minutes=6)


class _Courier:
    """Takes what it is given; `at_each` does something before that, or raises a failure."""

    def __init__(self, at_each: Callable[[int], None] = lambda _: None) -> None:
        self.sent: list[str] = []
        self._at_each = at_each
        self._given = 0

    def send(self, message: OutgoingMessage) -> None:
        self._given += 1
        self._at_each(self._given)
        self.sent.append(message.message_id)


def _deliver(office: Office, sender: Sender, real: HandClock) -> DeliveryReport:
    return deliver_pending(
        office.engine, sender, now=office.now(), real_clock=real.now, mail_domain="prueba.example"
    )


def _row(office: Office) -> sa.RowMapping:
    with office.read() as connection:
        return connection.execute(sa.select(MESSAGES)).mappings().one()


def test_a_claim_late_in_a_slow_batch_holds_off_a_rival_as_long_as_the_first(office: Office) -> None:
    for _ in range(3):
        file_one(office)
    real, rival = HandClock(), _Courier()

    def slowly(given: int) -> None:
        real.forward(minutes=4)
        if given == 2:
            _deliver(office, rival, real)

    courier = _Courier(slowly)
    _deliver(office, courier, real)

    assert len(rival.sent) == 1  # the third, which nobody had claimed
    assert len(courier.sent) == 2
    assert not set(rival.sent) & set(courier.sent)


def test_a_failure_waits_from_when_it_failed_and_not_from_when_the_batch_began(office: Office) -> None:
    file_one(office)
    real = HandClock()

    def slowly(_: int) -> None:
        real.forward(minutes=4)
        raise TemporaryFailure("Vuelva luego")

    assert _deliver(office, _Courier(slowly), real) == DeliveryReport(postponed=1)
    assert _row(office)["next_attempt_at"] == MONDAY_MORNING + timedelta(minutes=5)


def test_a_late_failure_does_not_undo_what_a_rival_sent_meanwhile(office: Office) -> None:
    file_one(office)
    real, rival = HandClock(), _Courier()

    def outlived(_: int) -> None:
        real.at += PAST_A_CLAIM
        _deliver(office, rival, real)
        raise TemporaryFailure("Tarde")

    report = _deliver(office, _Courier(outlived), real)

    assert len(rival.sent) == 1
    assert report == DeliveryReport()
    assert _row(office)["status"] == MessageStatus.SENT.value
    assert _row(office)["last_error"] == ""


def test_a_late_refusal_does_not_decide_over_a_claim_that_a_rival_holds(office: Office) -> None:
    file_one(office)
    real = HandClock()

    def postpones(_: int) -> None:
        raise TemporaryFailure("Vuelva luego")

    def refused_late(_: int) -> None:
        real.at += PAST_A_CLAIM
        _deliver(office, _Courier(postpones), real)
        raise PermanentFailure("No existe")

    _deliver(office, _Courier(refused_late), real)

    assert _row(office)["status"] == MessageStatus.PENDING.value
    assert _row(office)["last_error"] == "Vuelva luego"


def test_an_acceptance_counts_even_when_a_rival_holds_the_claim_by_now(office: Office) -> None:
    file_one(office)
    real = HandClock()

    def postpones(_: int) -> None:
        raise TemporaryFailure("Vuelva luego")

    def outlived(_: int) -> None:
        real.at += PAST_A_CLAIM
        _deliver(office, _Courier(postpones), real)

    assert _deliver(office, _Courier(outlived), real) == DeliveryReport(sent=1)
    assert _row(office)["status"] == MessageStatus.SENT.value


def test_a_delivery_goes_on_after_a_rival_took_part_of_its_batch(office: Office) -> None:
    file_one(office)
    with office.write() as connection:
        first = {
            k: v for k, v in connection.execute(sa.select(MESSAGES)).mappings().one().items() if k != "id"
        }
        connection.execute(sa.insert(MESSAGES), [{**first, "key": f"más:{n}"} for n in range(119)])
    rival = _Courier()

    def takes_some(given: int) -> None:
        if given == 1:
            deliver_pending(
                office.engine,
                rival,
                now=office.now(),
                real_clock=HandClock().now,
                mail_domain="prueba.example",
                limit=50,
            )

    courier = _Courier(takes_some)
    report = deliver_outbox(office.engine, office.settings, now=office.now(), sender=courier)

    assert len(rival.sent) == 50
    assert report == DeliveryReport(sent=70)
    with office.read() as connection:
        assert set(connection.scalars(sa.select(MESSAGES.c.status))) == {MessageStatus.SENT.value}


def test_looking_for_what_is_due_does_not_walk_through_all_that_was_sent(office: Office) -> None:
    seen: list[tuple[str, object]] = []

    def note(_c: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        if statement.startswith("SELECT outbox_message.id"):
            seen.append((statement, values))

    _many_that_were_sent(office)
    sa.event.listen(office.engine, "before_cursor_execute", note)
    _deliver(office, _Courier(), HandClock())
    sa.event.remove(office.engine, "before_cursor_execute", note)

    ((statement, values),) = seen
    given: Any = values
    explain = "EXPLAIN QUERY PLAN" if office.engine.dialect.name == "sqlite" else "EXPLAIN"
    with office.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"{explain} {statement}", given).all()
    assert "ix_outbox_message_due" in str(plan)


def _many_that_were_sent(office: Office) -> None:
    file_one(office)
    with office.write() as connection:
        first = {
            k: v for k, v in connection.execute(sa.select(MESSAGES)).mappings().one().items() if k != "id"
        }
        sent = {**first, "status": MessageStatus.SENT.value}
        connection.execute(sa.insert(MESSAGES), [{**sent, "key": f"más:{n}"} for n in range(2000)])

"""Short messages through a real HTTP gateway on loopback, kind and unkind."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from notifications.envelope import DeliveryFailure, PermanentFailure, TemporaryFailure
from notifications.gateway import GatewaySender, GatewaySettings, ShortMessage, signature
from notifications.messages import LONGEST_SHORT_MESSAGE
from tests.support.gateway import SECRET, Gateway, a_gateway
from tests.support.web import free_port

MESSAGE = ShortMessage(
    message_id="<0192f0c1-1@villa.example>", to="+573001234567", text="Su petición 2026-000123 vence hoy."
)


def _at_noon() -> float:
    return 1_790_000_000.4


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with a_gateway() as running:
        yield running


@contextmanager
def _sender(url: str, *, secret: str = SECRET, timeout_seconds: float = 60.0) -> Iterator[GatewaySender]:
    sender = GatewaySender(
        GatewaySettings(url=url, secret=secret, timeout_seconds=timeout_seconds), seconds=_at_noon
    )
    try:
        yield sender
    finally:
        sender.close()


def _failure(send: Callable[[ShortMessage], None], message: ShortMessage = MESSAGE) -> DeliveryFailure:
    with pytest.raises(DeliveryFailure) as caught:
        send(message)
    return caught.value


def test_a_short_message_arrives_signed_and_with_its_identity(gateway: Gateway) -> None:
    with _sender(gateway.url) as sender:
        sender.send(MESSAGE)

    assert gateway.asked == [{"id": MESSAGE.message_id, "to": MESSAGE.to, "text": MESSAGE.text}]
    assert gateway.identities == [MESSAGE.message_id]


def test_every_attempt_carries_the_same_identity(gateway: Gateway) -> None:
    with _sender(gateway.url) as sender:
        sender.send(MESSAGE)
        sender.send(MESSAGE)

    assert gateway.identities == [MESSAGE.message_id] * 2


def test_the_signature_covers_the_body_and_the_time() -> None:
    signed = signature(SECRET, b"{}", 10)

    assert signed.startswith("t=10,v1=")
    assert (
        len({signed, signature(SECRET, b"{ }", 10), signature(SECRET, b"{}", 11), signature("x", b"{}", 10)})
        == 4
    )


@pytest.mark.parametrize("status", [400, 410, 413, 422])
def test_a_refusal_of_the_message_is_permanent(gateway: Gateway, status: int) -> None:
    gateway.answer = status
    with _sender(gateway.url) as sender:
        failure = _failure(sender.send)

    assert isinstance(failure, PermanentFailure)
    assert str(status) in failure.message


@pytest.mark.parametrize("status", [404, 408, 429, 500, 503])
def test_a_gateway_in_trouble_is_tried_again(gateway: Gateway, status: int) -> None:
    gateway.answer = status
    with _sender(gateway.url) as sender:
        assert isinstance(_failure(sender.send), TemporaryFailure)


def test_a_wrong_secret_is_the_settings_fault_and_not_the_messages(gateway: Gateway) -> None:
    with _sender(gateway.url, secret="another") as sender:
        failure = _failure(sender.send)

    assert isinstance(failure, TemporaryFailure)
    assert gateway.unsigned == 1
    assert gateway.asked == []


def test_a_redirect_is_not_followed(gateway: Gateway) -> None:
    gateway.answer = 307
    with _sender(gateway.url) as sender:
        assert isinstance(_failure(sender.send), TemporaryFailure)

    assert len(gateway.asked) == 1


def test_a_gateway_that_is_away_is_tried_again_and_the_telephone_is_not_told() -> None:
    with _sender(f"http://127.0.0.1:{free_port()}/") as sender:
        failure = _failure(sender.send)

    assert isinstance(failure, TemporaryFailure)
    assert MESSAGE.to not in failure.message


def test_a_gateway_that_never_answers_is_left_after_the_patience() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with _sender(url, timeout_seconds=0.2) as sender:
            assert isinstance(_failure(sender.send), TemporaryFailure)


@pytest.mark.parametrize(
    "message",
    [
        replace(MESSAGE, to="3001234567"),
        replace(MESSAGE, to="+57 300 1234567"),
        replace(MESSAGE, to="+573001234567\r\nX: 1"),
        replace(MESSAGE, text=" "),
        replace(MESSAGE, text="a" * (LONGEST_SHORT_MESSAGE + 1)),
    ],
)
def test_what_no_gateway_would_take_is_given_up_here(gateway: Gateway, message: ShortMessage) -> None:
    with _sender(gateway.url) as sender:
        assert isinstance(_failure(sender.send, message), PermanentFailure)

    assert gateway.asked == []


@pytest.mark.parametrize(
    ("url", "secret"),
    [("http://mensajes.example/", SECRET), ("https://mensajes.example/", ""), ("ftp://127.0.0.1/", SECRET)],
)
def test_an_unsafe_address_or_no_secret_is_refused(url: str, secret: str) -> None:
    with pytest.raises(ValueError, match="https"):
        GatewaySettings(url=url, secret=secret)


def test_the_secret_is_not_shown() -> None:
    assert SECRET not in repr(GatewaySettings(url="https://mensajes.example/", secret=SECRET))

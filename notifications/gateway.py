"""The way out for short messages: an HTTP gateway that sends SMS or messaging, asked with signed requests.

The gateway is whatever the entity hired, behind a small adapter. It is asked with one POST a message:
a JSON object (`id`, `to`, `text`), `Idempotency-Key` with the message's identity, which is the same at
every attempt, and `Ventanilla-Signature: t=<seconds>,v1=<hex>`, the HMAC-SHA256 of `<seconds>.<body>`
under the shared secret, so that the other side knows who asks, that nothing was changed, and since when.
"""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from notifications.envelope import PermanentFailure, TemporaryFailure
from notifications.messages import LONGEST_SHORT_MESSAGE

_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ACCEPTED = range(200, 300)
# What speaks of this message alone. Anything else is ours to mend in the settings, or theirs in time.
_OF_THE_MESSAGE = frozenset({400, 410, 413, 415, 422})
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GatewaySettings:
    """The gateway's address and the shared secret. `timeout_seconds` bounds each wait.

    Raises ValueError for an address that is not HTTPS (loopback may be plain), or without a secret.
    """

    url: str
    secret: str = field(repr=False)
    timeout_seconds: float = 10.0

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        encrypted = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if not (encrypted and parts.hostname and self.secret):
            raise ValueError("the gateway needs an https address and a secret")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortMessage:
    """A short message to one telephone (E.164: `+573001234567`); `message_id` is its stable identity."""

    message_id: str
    to: str
    text: str


def signature(secret: str, body: bytes, seconds: int) -> str:
    """The value of `Ventanilla-Signature` for `body`, sent at `seconds` of the epoch."""
    digest = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={digest}"


class GatewaySender:
    """Hands short messages to the gateway over one connection that is kept open. Close it after use."""

    def __init__(self, settings: GatewaySettings, *, seconds: Callable[[], float]) -> None:
        """`seconds` gives the real time, for the signature."""
        self._settings = settings
        self._seconds = seconds
        # No redirects: a signed request goes where the settings say. No proxies of the environment.
        self._client = httpx.Client(timeout=settings.timeout_seconds, trust_env=False)

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def send(self, message: ShortMessage) -> None:
        """Send the message; returns once the gateway has accepted it.

        Raises TemporaryFailure when trying again can help, PermanentFailure when it cannot.
        """
        request = self._request(message)
        try:
            answer = self._client.send(request)
        except (httpx.HTTPError, httpx.StreamError) as error:
            said = "No se pudo hablar con el servicio de mensajes cortos"
            raise TemporaryFailure(f"{said}: {type(error).__name__}.", own_words=f"{said}.") from error
        if answer.status_code in _ACCEPTED:
            return
        said = f"El servicio de mensajes cortos respondió {answer.status_code}"
        if answer.status_code not in _OF_THE_MESSAGE:
            raise TemporaryFailure(f"{said}. Se intentará de nuevo.")
        raise PermanentFailure(f"{said}. El mensaje no se puede entregar así.")

    def _request(self, message: ShortMessage) -> httpx.Request:
        if not _PHONE.fullmatch(message.to):
            raise PermanentFailure(
                "El número de teléfono no tiene la forma internacional, como +573001234567."
            )
        if not message.text.strip() or len(message.text) > LONGEST_SHORT_MESSAGE:
            raise PermanentFailure(
                f"El mensaje corto está vacío o pasa de {LONGEST_SHORT_MESSAGE} caracteres."
            )
        settings = self._settings
        request = self._client.build_request(
            "POST",
            settings.url,
            json={"id": message.message_id, "to": message.to, "text": message.text},
            headers={"Idempotency-Key": message.message_id},
        )
        request.headers["Ventanilla-Signature"] = signature(
            settings.secret, request.content, int(self._seconds())
        )
        return request

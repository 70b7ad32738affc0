"""How short messages leave this installation: through the gateway of the settings, opened when one leaves."""

from threading import Lock

from notifications.gateway import GatewaySender, GatewaySettings, ShortMessage
from notifications.send import OutgoingMessage, TemporaryFailure
from processes.common.office_clock import real_now
from processes.common.settings import Settings

_WRONG = (
    "El servicio de mensajes cortos no está bien configurado: revise VENTANILLA_GATEWAY_URL (https) y "
    "VENTANILLA_GATEWAY_SECRET."
)


class ShortMessages:
    """A way out for short messages; one connection, opened at the first. Close it after use."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gateway: GatewaySender | None = None
        self._opening = Lock()

    def send(self, message: OutgoingMessage) -> None:
        """Send the text to a telephone. Raises TemporaryFailure or PermanentFailure.

        Settings that do not fit together are mended by an administrator: a temporary failure.
        """
        with self._opening:
            if self._gateway is None:
                self._gateway = self._open()
        self._gateway.send(ShortMessage(message_id=message.message_id, to=message.to, text=message.text))

    def close(self) -> None:
        """Close the connection."""
        if self._gateway is not None:
            self._gateway.close()

    def _open(self) -> GatewaySender:
        secret = self._settings.gateway_secret.get_secret_value()
        try:
            settings = GatewaySettings(url=self._settings.gateway_url, secret=secret)
        except ValueError as error:
            raise TemporaryFailure(_WRONG) from error
        return GatewaySender(settings, seconds=lambda: real_now().timestamp())

"""What is in the outbox leaves right after the act that put it there; the scheduler sends what is left."""

import threading

import structlog

from notifications.send import Sender
from processes.common.errors import OfficeError
from processes.common.mail import deliver_outbox
from processes.petitions.office import Office

_GATHER_SECONDS = 0.25
"""Acts come in a row; what they post leaves together, while the person reads the page that they got."""
_STOP_SECONDS = 30.0
_log = structlog.get_logger(__name__)


class Delivery:
    """A thread that delivers the outbox soon after it is woken; many calls in a row wake it once.

    It may be cut at any moment: a message that was not marked as sent is sent again by the scheduler.
    """

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._wanted = threading.Event()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """Somebody put something into the outbox."""
        self._wanted.set()

    def start(self, office: Office) -> None:
        """Begin, with what an earlier process may have left."""
        self._thread = threading.Thread(target=self._run, args=(office,), name="delivery", daemon=True)
        self._wanted.set()
        self._thread.start()

    def stop(self) -> None:
        """Send what was posted, and end. A mail server that hangs is not waited for longer than 30 s."""
        self._stopping.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(_STOP_SECONDS)

    def _run(self, office: Office) -> None:
        while True:
            self._wanted.wait()
            last = self._stopping.wait(_GATHER_SECONDS)
            self._wanted.clear()
            self._deliver(office)
            if last:
                return

    def _deliver(self, office: Office) -> None:
        try:
            deliver_outbox(office.engine, office.settings, now=office.now(), sender=self._sender)
        except OfficeError as error:
            _log.warning("delivery_postponed", error=error.code)
        except Exception as error:  # noqa: BLE001 - the thread must live: the scheduler tries the message again
            _log.exception("delivery_failed", error=type(error).__name__)

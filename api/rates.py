"""How often one address may do what costs the office, or what guessing needs.

Counted in this process, in real time; people who are signed in are not slowed.
"""

import ipaddress
from enum import StrEnum

from fastapi import Request
from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from processes.common.errors import TooMany
from processes.common.office_clock import real_now
from processes.common.settings import Settings

_SIGN_INS_A_MINUTE = 20
_LOOKUPS_A_MINUTE = 60
_NETWORK_OF_ONE_HOME = 64


class Act(StrEnum):
    """What is counted."""

    FILING = "filing"
    SIGN_IN = "sign_in"
    TRACKING = "tracking"


class Rates:
    """The counts of one web process."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._limits: dict[Act, RateLimitItem] = {
            Act.FILING: RateLimitItemPerHour(settings.filings_per_hour),
            Act.SIGN_IN: RateLimitItemPerMinute(_SIGN_INS_A_MINUTE),
            Act.TRACKING: RateLimitItemPerMinute(_LOOKUPS_A_MINUTE),
        }

    def count(self, act: Act, address: str) -> None:
        """Count one act from `address`. Raises TooMany past the limit."""
        item = self._limits[act]
        if self._limiter.hit(item, act.value, address):
            return
        reset_at = self._limiter.get_window_stats(item, act.value, address).reset_time
        wait = max(1, int(reset_at - real_now().timestamp()) + 1)
        raise TooMany(
            "Se recibieron demasiadas solicitudes desde su conexión. "
            f"Espere {_spoken(wait)} e intente de nuevo; nada de lo que envió quedó registrado.",
            retry_after_seconds=wait,
        )


class Limited:
    """A dependency that counts an act by its sender's address; it comes before the body is read."""

    def __init__(self, act: Act) -> None:
        self._act = act

    async def __call__(self, request: Request) -> None:
        """Raises TooMany."""
        if getattr(request.state, "person", None) is None:
            rates: Rates = request.app.state.rates
            rates.count(self._act, _sender(request))


def _sender(request: Request) -> str:
    """The caller's address; of IPv6 the network, which one home has whole."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if address.version == 4:  # noqa: PLR2004 - the version of the Internet Protocol
        return host
    return str(ipaddress.ip_network((address, _NETWORK_OF_ONE_HOME), strict=False))


def _spoken(seconds: int) -> str:
    if seconds < 60:  # noqa: PLR2004 - seconds in a minute
        return f"{seconds} segundos" if seconds > 1 else "un segundo"
    minutes = (seconds + 59) // 60
    return f"{minutes} minutos" if minutes > 1 else "un minuto"

"""How often one address may act."""

from pathlib import Path

import pytest
from starlette.datastructures import State
from starlette.requests import Request

from api.rates import Act, Limited, Rates
from processes.common.errors import TooMany
from processes.common.settings import Settings


@pytest.fixture
def rates(tmp_path: Path) -> Rates:
    return Rates(Settings(home=tmp_path, filings_per_hour=3))


def test_an_address_acts_until_its_limit(rates: Rates) -> None:
    for _ in range(3):
        rates.count(Act.FILING, "203.0.113.1")

    with pytest.raises(TooMany) as refusal:
        rates.count(Act.FILING, "203.0.113.1")

    assert 0 < refusal.value.retry_after_seconds <= 3601


def test_addresses_and_acts_are_counted_apart(rates: Rates) -> None:
    for _ in range(3):
        rates.count(Act.FILING, "203.0.113.1")

    rates.count(Act.FILING, "203.0.113.2")
    rates.count(Act.SIGN_IN, "203.0.113.1")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        ("2001:db8:1:1::1", "2001:db8:1:1:ffff::2", True),
        ("2001:db8:1:1::1", "2001:db8:1:2::1", False),
        ("203.0.113.1", "203.0.113.2", False),
    ],
)
async def test_a_home_has_one_network_of_the_new_protocol(
    tmp_path: Path, first: str, second: str, *, together: bool
) -> None:
    rates = Rates(Settings(home=tmp_path, filings_per_hour=1))
    limited = Limited(Act.FILING)

    await limited(_request(first, rates))

    if together:
        with pytest.raises(TooMany):
            await limited(_request(second, rates))
    else:
        await limited(_request(second, rates))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


class _App:
    def __init__(self, rates: Rates) -> None:
        self.state = State({"rates": rates})


def _request(address: str, rates: Rates) -> Request:
    return Request({"type": "http", "client": (address, 50000), "headers": [], "app": _App(rates)})

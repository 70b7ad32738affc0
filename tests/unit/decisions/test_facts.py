"""Facts on their way to storage and back."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from processes.decisions import FactType, FeelError, Value, YearsMonths, from_stored, to_stored


@pytest.mark.parametrize(
    ("value", "declared", "stored"),
    [
        (None, FactType.DATE, None),
        ("malla vial", FactType.STRING, "malla vial"),
        (True, FactType.BOOLEAN, True),
        (Decimal(5), FactType.NUMBER, 5),
        (Decimal("5.0"), FactType.NUMBER, 5),
        (Decimal("2.5"), FactType.NUMBER, 2.5),
        (Decimal("0.3333333333333333333333333333333333"), FactType.NUMBER, "0." + "3" * 34),
        (Decimal(2**53 + 1), FactType.NUMBER, str(2**53 + 1)),
        (Decimal("1E+400"), FactType.NUMBER, "1E+400"),
        (date(2026, 3, 4), FactType.DATE, "2026-03-04"),
        (datetime(2026, 3, 4, 10, tzinfo=UTC), FactType.DATE_TIME, "2026-03-04T10:00:00Z"),
        (timedelta(days=1, hours=2), FactType.DURATION, "P1DT2H"),
    ],
)
def test_a_fact_comes_back_as_it_was(value: Value, declared: FactType, stored: object) -> None:
    kept = to_stored(value)

    assert kept == stored
    assert type(kept) is type(stored)
    assert from_stored(kept, declared) == value


@pytest.mark.parametrize(
    ("stored", "declared"),
    [
        ("mañana", FactType.DATE),
        ("2026-02-30", FactType.DATE),
        (5, FactType.STRING),
        ("doce", FactType.NUMBER),
        ("nan", FactType.NUMBER),
        (True, FactType.NUMBER),
        (1, FactType.BOOLEAN),
        ("P1M", FactType.DURATION),
        (float("inf"), FactType.NUMBER),
        (object(), FactType.STRING),
    ],
)
def test_a_fact_of_another_type_is_refused(stored: object, declared: FactType) -> None:
    with pytest.raises(FeelError):
        from_stored(stored, declared)


@pytest.mark.parametrize("value", [[1], YearsMonths(1), {"a": 1}])
def test_what_is_no_flat_scalar_is_not_stored(value: Value) -> None:
    with pytest.raises(FeelError, match="un dato no puede ser"):
        to_stored(value)


def test_a_date_is_never_guessed() -> None:
    assert from_stored("2026-03-04", FactType.STRING) == "2026-03-04"
    assert from_stored("2026-03-04", FactType.DATE) == date(2026, 3, 4)

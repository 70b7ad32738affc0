"""Functions of numbers (DMN 1.5, table 76)."""

import decimal
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from processes.decisions.budget import Run
from processes.decisions.decimals import CONTEXT, MAX_EXPONENT, apply, calculate, quantised
from processes.decisions.errors import NoValue
from processes.decisions.functions.signature import Function, function, of, way
from processes.decisions.values import Kind, Value, YearsMonths

_ROOT_OPERATIONS = 200  # a root, logarithm or exponential of 34 digits costs as many additions
_ZERO = Decimal(0)
_TWO = Decimal(2)
# A remainder needs every digit of the quotient: the largest number holds the smallest that many times.
_EXACT = decimal.Context(prec=3 * MAX_EXPONENT, Emin=1 - MAX_EXPONENT, Emax=MAX_EXPONENT)
_LEAST_SCALE = Decimal(-6111)  # DMN 1.5, table 76
_NUMBER = of("number", Kind.NUMBER)
_N = of("n", Kind.NUMBER)
_SCALE = of("scale", Kind.NUMBER)


def _rounding(mode: str) -> Callable[[Run, Decimal, Decimal], Value]:
    """A scale with decimals counts as its whole part, as the positions of `substring` do."""

    def rounded(_run: Run, value: Decimal, scale: Decimal = _ZERO) -> Value:
        if scale < _LEAST_SCALE:
            raise NoValue("el número de decimales está fuera de los límites")
        return quantised(value, scale.to_integral_value(decimal.ROUND_DOWN), mode)

    return rounded


def _costly(operation: Callable[[Decimal], Decimal]) -> Callable[[Run, Decimal], Value]:
    def applied(run: Run, value: Decimal) -> Value:
        run.budget.spend(_ROOT_OPERATIONS)
        return apply(operation, value)

    return applied


def _logarithm(value: Decimal) -> Decimal:
    if value <= 0:
        raise NoValue("el logaritmo pide un número mayor que cero")
    return CONTEXT.ln(value)


def _absolute(_run: Run, value: Decimal | timedelta | YearsMonths) -> Value:
    if isinstance(value, YearsMonths):
        return YearsMonths(abs(value.months))
    return abs(value) if isinstance(value, timedelta) else CONTEXT.abs(value)


def _modulo(_run: Run, dividend: Decimal, divisor: Decimal) -> Value:
    """The remainder with the divisor's sign: dividend - divisor * floor(dividend / divisor)."""
    if divisor.is_zero():
        raise NoValue("no se puede dividir por cero")
    remainder = _remainder(dividend, divisor)
    if remainder.is_zero() or remainder.is_signed() == divisor.is_signed():
        return remainder
    return calculate("+", remainder, divisor)


def _remainder(dividend: Decimal, divisor: Decimal) -> Decimal:
    """Exact, as no quotient in between is rounded; it has the sign of the dividend."""
    return CONTEXT.plus(_EXACT.remainder(dividend, divisor))


def _parity(remainder: int) -> Callable[[Run, Decimal], Value]:
    def has_it(_run: Run, value: Decimal) -> Value:
        return abs(_remainder(value, _TWO)) == remainder

    return has_it


FUNCTIONS: tuple[Function, ...] = (
    function("floor", way(_N, of("scale", Kind.NUMBER, optional=True), body=_rounding(decimal.ROUND_FLOOR))),
    function(
        "ceiling", way(_N, of("scale", Kind.NUMBER, optional=True), body=_rounding(decimal.ROUND_CEILING))
    ),
    function("decimal", way(_N, _SCALE, body=_rounding(decimal.ROUND_HALF_EVEN))),
    function("round up", way(_N, _SCALE, body=_rounding(decimal.ROUND_UP))),
    function("round down", way(_N, _SCALE, body=_rounding(decimal.ROUND_DOWN))),
    function("round half up", way(_N, _SCALE, body=_rounding(decimal.ROUND_HALF_UP))),
    function("round half down", way(_N, _SCALE, body=_rounding(decimal.ROUND_HALF_DOWN))),
    function("abs", way(of("n", Kind.NUMBER, Kind.DAYS, Kind.MONTHS), body=_absolute)),
    function("modulo", way(of("dividend", Kind.NUMBER), of("divisor", Kind.NUMBER), body=_modulo)),
    function("sqrt", way(_NUMBER, body=_costly(CONTEXT.sqrt))),
    function("log", way(_NUMBER, body=_costly(_logarithm))),
    function("exp", way(_NUMBER, body=_costly(CONTEXT.exp))),
    function("odd", way(_NUMBER, body=_parity(1))),
    function("even", way(_NUMBER, body=_parity(0))),
)

"""Decimal arithmetic of 34 digits with capped exponents (DMN 1.5, 10.3.2.3.1).

The context is an object of ours and never the thread's: whoever calls us keeps their own.
"""

import decimal
from collections.abc import Callable, Mapping
from decimal import Decimal

from processes.decisions.errors import NoValue

DIGITS = 34
MAX_EXPONENT = 6144
_ONE = Decimal(1)
_LARGEST_WHOLE_BITS = 20_500  # a whole number of about 6,170 digits: past the largest exponent

CONTEXT = decimal.Context(
    prec=DIGITS,
    rounding=decimal.ROUND_HALF_EVEN,
    Emin=1 - MAX_EXPONENT,
    Emax=MAX_EXPONENT,
    capitals=1,
    clamp=0,
    traps=[decimal.InvalidOperation, decimal.DivisionByZero, decimal.Overflow],
)
# Quantising to a scale may need every digit between the largest and the smallest number.
_WIDE = decimal.Context(
    prec=2 * MAX_EXPONENT,
    Emin=1 - MAX_EXPONENT,
    Emax=MAX_EXPONENT,
    traps=[decimal.InvalidOperation, decimal.Overflow],
)

_OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": CONTEXT.divide,
    "**": CONTEXT.power,
}


def number(value: Decimal | float | str) -> Decimal:
    """`value` as a number of ours, rounded to 34 digits.

    A float is read as it is written (0.1 is one tenth). Raises NoValue when it is not finite, is
    no number, or is beyond the largest.
    """
    if isinstance(value, int) and value.bit_length() > _LARGEST_WHOLE_BITS:
        raise NoValue("el número es demasiado grande")
    if isinstance(value, float):
        value = repr(value)
    try:
        result = CONTEXT.create_decimal(value)
    except decimal.DecimalException as error:
        raise NoValue("el número es demasiado grande o no es un número") from error
    if not result.is_finite():
        raise NoValue("el número no es finito")
    return result


def calculate(operator: str, left: Decimal, right: Decimal) -> Decimal:
    """`left operator right`; raises NoValue for a division by zero and a result out of bounds.

    Whatever is raised to zero is one, zero too, as in IEEE 754 (10.3.2.3.1).
    """
    if operator == "**" and right.is_zero():
        return _ONE
    try:
        result = _OPERATIONS[operator](left, right)
    except decimal.DecimalException as error:
        raise NoValue(_reason(operator, right)) from error
    # Zero to a negative power is infinite, and signals nothing.
    if not result.is_finite():
        raise NoValue(_reason(operator, right))
    return result


def apply(operation: Callable[[Decimal], Decimal], operand: Decimal) -> Decimal:
    """`operation(operand)`; raises NoValue when it has no value (the root of -1)."""
    try:
        return operation(operand)
    except decimal.DecimalException as error:
        raise NoValue("la operación no tiene valor para ese número") from error


def whole(value: Decimal) -> int:
    """`value` as an int; raises NoValue when it has decimals or more than 34 digits."""
    if value.adjusted() > DIGITS or value != value.to_integral_value():
        raise NoValue("se esperaba un número entero")
    return int(value)


def quantised(value: Decimal, scale: Decimal, rounding: str) -> Decimal:
    """`value` with `scale` decimals; raises NoValue when the scale is no whole number in bounds."""
    places = whole(scale)
    if abs(places) > MAX_EXPONENT:
        raise NoValue("el número de decimales está fuera de los límites")
    try:
        exponent = Decimal((0, (1,), -places))
        return CONTEXT.plus(value.quantize(exponent, rounding=rounding, context=_WIDE))
    except decimal.DecimalException as error:
        raise NoValue("el número de decimales está fuera de los límites") from error


def written(value: Decimal) -> str:
    """`value` as FEEL writes it: no exponent, no sign on zero."""
    return "0" if value.is_zero() else format(value, "f")


def _reason(operator: str, right: Decimal) -> str:
    if operator == "/" and right.is_zero():
        return "no se puede dividir por cero"
    return "el resultado no es un número o es demasiado grande"

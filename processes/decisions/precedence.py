"""How tightly each operator binds (DMN 1.5, grammar rule 51), the weakest first."""

from typing import Final

WEAKEST: Final = 0
OR: Final = 1
AND: Final = 2
COMPARISON: Final = 3
SUM: Final = 4
PRODUCT: Final = 5
POWER: Final = 6

COMPARISONS: Final = ("=", "!=", "<", "<=", ">", ">=")
CHAINS: Final = {SUM: ("+", "-"), PRODUCT: ("*", "/"), POWER: ("**",)}
POWERS: Final = {
    "or": OR,
    "and": AND,
    **dict.fromkeys((*COMPARISONS, "between", "in", "instance"), COMPARISON),
    **{operator: power for power, operators in CHAINS.items() for operator in operators},
}

"""What the parts of the parser ask of one another, and the names that they open."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from processes.decisions.precedence import WEAKEST
from processes.decisions.scope import Scope
from processes.decisions.stream import TokenStream
from processes.decisions.syntax import Node


class Grammar(Protocol):
    """The parser as its parts see it; `range_end` while a `[` may close a range."""

    scope: Scope
    stream: TokenStream
    range_end: bool

    def binary(self, weakest: int) -> Node:
        """An expression of operators that bind at least as tightly as `weakest`."""


@contextmanager
def names_bound(parser: Grammar, *names: str) -> Iterator[None]:
    """While what comes may also read `names`."""
    outer = parser.scope
    parser.scope = outer.binding(*names)
    try:
        yield
    finally:
        parser.scope = outer


@contextmanager
def range_ending(parser: Grammar, *, ends: bool) -> Iterator[None]:
    """While a `[` after a value closes a range, or does not."""
    outer, parser.range_end = parser.range_end, ends
    try:
        yield
    finally:
        parser.range_end = outer


def within_bracket(parser: Grammar) -> Node:
    """An expression in brackets of its own, where `[` filters again."""
    with range_ending(parser, ends=False):
        return parser.binary(WEAKEST)


def body(parser: Grammar) -> Node:
    """What follows `else`, `return` and the like: it may begin on a line of its own."""
    parser.stream.begin_line()
    return parser.binary(WEAKEST)

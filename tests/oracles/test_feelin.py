"""An oracle that is not ours: feelin answers as we do, or the list says which paragraph decides."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from processes.decisions.functions.catalogue import CATALOGUE
from tests.oracles.feelin_peer import FACTS, FOLDER, ROOT, Peer, expressions, feelin, unary_tests
from tests.oracles.sentences import cells, sentences
from tests.oracles.tagged import Tagged, agree, our_answer, our_verdict
from tests.support.missing import MissingPart, skip_without

OURS_ALONE = {"now", "today", "working days after", "working days between"}
"""Functions that have no answer to compare: two of the clock, two that FEEL does not have."""


@pytest.fixture(scope="session")
def peer() -> Iterator[Peer]:
    try:
        with feelin() as started:
            yield started
    except MissingPart as missing:
        skip_without(missing)


@lru_cache(maxsize=1)
def _differences() -> Sequence[Mapping[str, Any]]:
    """The differences that are known: paragraph, who is right, why, and the texts."""
    listed: Sequence[Mapping[str, Any]] = tomllib.loads(
        (FOLDER / "differences.toml").read_text(encoding="utf-8")
    )["difference"]
    return listed


def _listed() -> set[str]:
    """The texts of the differences that are known."""
    return {text for each in _differences() for text in each["texts"]}


def _told(text: str, ours: Tagged, theirs: Tagged) -> str:
    return f"{text}   ours: {ours}   theirs: {theirs}"


def test_expressions_answer_as_feelin_does_or_are_listed(peer: Peer) -> None:
    differing = {}
    for text in expressions():
        ours, theirs = our_answer(text, FACTS), peer.answer(text)
        if not agree(ours, theirs):
            differing[text] = _told(text, ours, theirs)
    listed = {text for text in _listed() if text in set(expressions())}

    assert [told for text, told in differing.items() if text not in listed] == []
    assert listed - differing.keys() == set(), "no longer differ: strike them from the list"


def test_cells_pass_the_same_values_as_in_feelin_or_are_listed(peer: Peer) -> None:
    differing = {}
    for text, value in unary_tests():
        ours, theirs = our_verdict(text, value, FACTS), peer.verdict(text, value)
        if not agree(ours, theirs):
            name = f"{text} | {value}"
            differing[name] = _told(name, ours, theirs)
    asked = {f"{text} | {value}" for text, value in unary_tests()}
    listed = {text for text in _listed() if text in asked}

    assert [told for text, told in differing.items() if text not in listed] == []
    assert listed - differing.keys() == set(), "no longer differ: strike them from the list"


def test_the_list_names_only_texts_that_are_asked_each_with_its_paragraph() -> None:
    asked = {*expressions(), *(f"{text} | {value}" for text, value in unary_tests())}

    assert [text for text in _listed() if text not in asked] == []
    for each in _differences():
        assert re.match(r"(10\.3\.[1-4]|8\.3\.3)", each["paragraph"])
        assert each["right"] in ("ours", "theirs")
        assert each["why"].endswith(".")
        assert each["texts"]


def test_enough_is_asked_and_every_function_is_called() -> None:
    asked = "\n".join(expressions())

    assert len(set(expressions())) >= 500
    assert len({text for text, _ in unary_tests()}) >= 200
    assert [name for name in CATALOGUE if name not in OURS_ALONE and f"{name}(" not in asked] == []


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=sentences)
def test_sentences_that_nobody_wrote_answer_as_in_feelin(peer: Peer, text: str) -> None:
    ours, theirs = our_answer(text, FACTS), peer.answer(text)

    assert agree(ours, theirs), _told(text, ours, theirs)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=cells, value=some.integers(-3, 12).map(str))
def test_cells_that_nobody_wrote_pass_the_same_numbers_as_in_feelin(
    peer: Peer, text: str, value: str
) -> None:
    ours, theirs = our_verdict(text, value, FACTS), peer.verdict(text, value)

    assert agree(ours, theirs), _told(f"{text} | {value}", ours, theirs)


def test_the_oracles_are_for_tests_alone() -> None:
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    sources = [
        file.read_text(encoding="utf-8") for file in (ROOT / "api" / "web").iterdir() if file.is_file()
    ]

    assert {"feelin", "dmn-js"} <= package["devDependencies"].keys()
    assert {"feelin", "dmn-js"}.isdisjoint(package["dependencies"])
    assert sources
    assert not [text for text in sources if re.search(r"feelin|dmn-js", text)]

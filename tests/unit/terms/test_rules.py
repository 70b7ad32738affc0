"""The law as dated data."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from processes.common.errors import Invalid
from processes.terms.facts import unverified_facts
from processes.terms.kinds import (
    CITIZEN_KINDS,
    FIXED_BY_REQUESTER,
    KIND_EXPLANATIONS,
    KIND_LABELS,
    PACK_KINDS,
    PACK_LABELS,
    PACKS,
    Pack,
    PetitionKind,
    offered_kinds,
)
from processes.terms.law_reading import read_law
from processes.terms.lengths import Evidence, Length, TermUnit
from processes.terms.moves import MOVES
from processes.terms.rules import law, rule_for

TODAY = date(2026, 11, 24)
ONE_RULE = """
[[term]]
kinds = ["request"]
amount = 15
unit = "working_days"
citation = "Ley 1437 de 2011, artículo 14"
valid_from = 2015-06-30
evidence = "A"
"""


@pytest.mark.parametrize(
    ("kind", "working_days", "norm"),
    [
        (PetitionKind.REQUEST, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.COMPLAINT, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.SERVICE_CLAIM, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.SUGGESTION, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.COMPLIMENT, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.WRONGDOING_REPORT, 15, "Ley 1437 de 2011, artículo 14"),
        (PetitionKind.INFORMATION_REQUEST, 10, "artículo 14, numeral 1"),
        (PetitionKind.DOCUMENT_REQUEST, 10, "artículo 14, numeral 1"),
        (PetitionKind.CONSULTATION, 30, "artículo 14, numeral 2"),
        (PetitionKind.AUTHORITY_REQUEST, 10, "Ley 1437 de 2011, artículo 30"),
        (PetitionKind.CONGRESS_REQUEST, 5, "Ley 5 de 1992, artículo 258"),
        (PetitionKind.OMBUDSMAN_REQUEST, 5, "Ley 24 de 1992, artículo 15"),
        (PetitionKind.PERSONAL_DATA_QUERY, 10, "Ley 1581 de 2012, artículo 14"),
        (PetitionKind.PERSONAL_DATA_CLAIM, 15, "Ley 1581 de 2012, artículo 15"),
        (PetitionKind.UTILITY_CLAIM, 15, "Ley 142 de 1994, artículo 158"),
    ],
)
def test_each_kind_has_the_term_of_its_norm(kind: PetitionKind, working_days: int, norm: str) -> None:
    rule = rule_for(kind, TODAY)

    assert rule.length == Length(working_days)
    assert norm in rule.citation
    assert rule.evidence is Evidence.NORM_READ


@pytest.mark.parametrize(
    ("kind", "ordinary", "during_the_emergency"),
    [
        (PetitionKind.REQUEST, 15, 30),
        (PetitionKind.DOCUMENT_REQUEST, 10, 20),
        (PetitionKind.CONSULTATION, 30, 35),
        (PetitionKind.CONGRESS_REQUEST, 5, 5),
    ],
)
def test_the_decree_of_2020_governs_what_was_filed_in_its_window(
    kind: PetitionKind, ordinary: int, during_the_emergency: int
) -> None:
    assert rule_for(kind, date(2020, 3, 27)).length == Length(ordinary)
    assert rule_for(kind, date(2020, 3, 28)).length == Length(during_the_emergency)
    assert rule_for(kind, date(2022, 5, 17)).length == Length(during_the_emergency)
    assert rule_for(kind, date(2022, 5, 18)).length == Length(ordinary)


def test_the_rules_of_a_kind_leave_no_day_without_a_term() -> None:
    for rules in law().terms.values():
        for earlier, later in pairwise(rules):
            assert earlier.valid_to is not None
            assert later.valid_from - earlier.valid_to == timedelta(days=1)
        assert rules[-1].valid_to is None


def test_a_rule_says_its_length_in_words() -> None:
    assert rule_for(PetitionKind.REQUEST, TODAY).label == "15 días hábiles"


def test_a_day_before_every_law_is_refused_in_words() -> None:
    with pytest.raises(Invalid, match="No se conoce el término legal de «Petición»"):
        rule_for(PetitionKind.REQUEST, date(1990, 12, 31))


@pytest.mark.parametrize(
    ("law_text", "message"),
    [
        (ONE_RULE.replace("request", "hope"), "hope"),
        (ONE_RULE.replace("15", "0", 1), "positive"),
        (ONE_RULE.replace("working_days", "moons"), "moons"),
        (ONE_RULE.replace('"A"', '"Z"'), "Z"),
        (ONE_RULE + ONE_RULE, "kinds without a term"),
        (ONE_RULE.replace("2015-06-30", '"2015"'), "needs dates"),
        (ONE_RULE.replace('"A"', '"B"'), "names no fact"),
        (ONE_RULE.replace('"A"', '"B"\nfacts = ["hearsay"]'), "unknown fact"),
        (ONE_RULE.replace("amount = 15", "fixed_by_requester = true"), "who fixes the term"),
        (ONE_RULE + 'extension = { citation = "Ley" }', "how many times"),
    ],
)
def test_a_wrong_law_is_refused(law_text: str, message: str) -> None:
    with pytest.raises((TypeError, ValueError), match=message):
        read_law(law_text)


def test_two_rules_of_one_kind_may_not_overlap() -> None:
    every_kind = ", ".join(f'"{kind}"' for kind in PetitionKind if kind not in FIXED_BY_REQUESTER)
    fixed = ONE_RULE.replace("amount = 15", "fixed_by_requester = true")
    complete = ONE_RULE.replace('"request"', every_kind) + fixed.replace(
        '"request"', ", ".join(f'"{kind}"' for kind in FIXED_BY_REQUESTER)
    )

    with pytest.raises(ValueError, match="overlap"):
        read_law(complete + ONE_RULE.replace("2015", "2020"))


def test_every_kind_speaks_spanish_to_the_citizen() -> None:
    assert set(KIND_LABELS) == set(PetitionKind)
    assert set(KIND_EXPLANATIONS) == set(PetitionKind)
    assert len(set(KIND_LABELS.values())) == len(PetitionKind)


def test_the_public_form_offers_no_kind_of_a_pack_nor_of_an_authority() -> None:
    assert not PACK_KINDS & set(CITIZEN_KINDS)
    assert PetitionKind.CONGRESS_REQUEST not in CITIZEN_KINDS


@pytest.mark.parametrize(
    ("kind", "hours"),
    [
        (PetitionKind.HEALTH_VITAL_RISK, 24),
        (PetitionKind.HEALTH_PRIORITISED_RISK, 48),
        (PetitionKind.HEALTH_SIMPLE_RISK, 72),
    ],
)
def test_health_claims_run_in_hours_and_name_what_is_unverified(kind: PetitionKind, hours: int) -> None:
    rule = rule_for(kind, TODAY)

    assert rule.length == Length(hours, TermUnit.HOURS)
    assert (rule.evidence, rule.facts) == (Evidence.SECONDARY_SOURCE, ("health_hours",))


@pytest.mark.parametrize(
    ("kind", "longest"),
    [
        (PetitionKind.REQUEST, 30),
        (PetitionKind.INFORMATION_REQUEST, 20),
        (PetitionKind.CONSULTATION, 60),
        (PetitionKind.PERSONAL_DATA_QUERY, 15),
        (PetitionKind.PERSONAL_DATA_CLAIM, 23),
        (PetitionKind.CONGRESS_REQUEST, None),
        (PetitionKind.OMBUDSMAN_REQUEST, None),
        (PetitionKind.AUTHORITY_REQUEST, None),
        (PetitionKind.UTILITY_CLAIM, None),
    ],
)
def test_each_kind_extends_as_far_as_its_own_norm_says(kind: PetitionKind, longest: int | None) -> None:
    rule = rule_for(kind, TODAY)
    reach = rule.extension and rule.length and rule.extension.longest(rule.length)

    assert reach == (Length(longest) if longest else None)


@pytest.mark.parametrize("kind", sorted(FIXED_BY_REQUESTER))
def test_whoever_asks_fixes_the_term_of_some_kinds(kind: PetitionKind) -> None:
    rule = rule_for(kind, TODAY)

    assert rule.term(Length(3)).label == "3 días hábiles"
    with pytest.raises(Invalid, match="lo fija quien pide"):
        rule.term()


def test_nobody_fixes_by_hand_what_the_law_fixes() -> None:
    with pytest.raises(Invalid, match="lo fija la ley"):
        rule_for(PetitionKind.REQUEST, TODAY).term(Length(40))


def test_a_pack_switches_its_kinds_on() -> None:
    without, with_health = offered_kinds(), offered_kinds([Pack.HEALTH])

    assert not PACK_KINDS & set(without)
    assert set(with_health) - set(without) == set(PACKS[Pack.HEALTH])
    assert set(PACK_LABELS) == set(PACKS) == set(Pack)


def test_what_is_not_read_in_the_norm_names_its_fact_and_its_source() -> None:
    marks = {fact.code: (fact.evidence, fact.source) for fact in unverified_facts()}

    assert all(mark is not Evidence.NORM_READ and source for mark, source in marks.values())
    for rules in law().terms.values():
        for rule in rules:
            assert (rule.evidence is Evidence.NORM_READ) or rule.facts
            assert set(rule.facts) <= set(marks)
    assert {fact for move in MOVES.values() for fact in move.facts} <= set(marks)

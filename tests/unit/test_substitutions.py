"""Who is in whose place on a day, and what may not be recorded."""

from dataclasses import replace
from datetime import date

import pytest

from processes.directory.people import Contact, Person
from processes.directory.roles import Role
from processes.directory.substitutions import Absence, Substitution, Substitutions, refusal

MONDAY, FRIDAY, NEXT_FRIDAY = date(2026, 11, 23), date(2026, 11, 27), date(2026, 12, 4)


def _post(username: str, role: Role = Role.OFFICIAL, department: str | None = "INF") -> Person:
    return Person(username, f"Nombre de {username}", frozenset({role}), department)


def _away(absent: str, substitute: str, first: date = MONDAY, last: date = FRIDAY) -> Substitution:
    contact = Contact(substitute, f"Nombre de {substitute}", f"{substitute}@example.org")
    return Substitution(Absence(absent, substitute, first, last), _post(absent), contact)


def test_a_post_is_held_from_the_first_day_to_the_last() -> None:
    away = Substitutions((_away("carlos", "hugo"),))
    hugo = _post("hugo", department="HAC")

    held = {day: away.posts_of(hugo, date(2026, 11, day)) for day in (22, 23, 27, 28)}

    assert {day: len(posts) for day, posts in held.items()} == {22: 0, 23: 1, 27: 1, 28: 0}
    (post,) = held[23]
    assert (post.username, post.department, post.on_behalf_of) == ("hugo", "INF", "carlos")
    assert (post.actor.id, post.actor.post) == ("hugo", "carlos")


def test_a_chain_is_followed_from_the_nearest_on() -> None:
    away = Substitutions((_away("carlos", "hugo"), _away("hugo", "diana")))

    posts = away.posts_of(_post("diana"), MONDAY)

    assert [post.on_behalf_of for post in posts] == ["hugo", "carlos"]
    assert [sorted(post.through) for post in posts] == [["hugo"], ["carlos", "hugo"]]
    assert [each.username for each in away.instead_of("carlos", MONDAY)] == ["hugo", "diana"]


def test_a_chain_ends_at_one_who_is_kept_apart() -> None:
    away = Substitutions((_away("carlos", "hugo"), _away("hugo", "diana")))

    assert away.instead_of("carlos", MONDAY, apart={"hugo"}) == ()
    assert away.instead_of("carlos", MONDAY, apart={"carlos"}) == ()
    assert [each.username for each in away.instead_of("carlos", MONDAY, apart={"diana"})] == ["hugo"]


def test_rows_that_come_back_to_their_beginning_are_followed_once() -> None:
    away = Substitutions((_away("carlos", "hugo"), _away("hugo", "carlos")))

    assert [post.on_behalf_of for post in away.posts_of(_post("hugo"), MONDAY)] == ["carlos"]
    assert {each.username for each in away.instead_of("carlos", MONDAY)} == {"hugo", "carlos"}


def test_whoever_has_no_address_is_told_nothing_and_the_chain_goes_on() -> None:
    silent = _away("carlos", "hugo")
    silent = replace(silent, substitute=replace(silent.substitute, email=""))
    away = Substitutions((silent, _away("hugo", "diana")))

    assert [each.username for each in away.instead_of("carlos", MONDAY)] == ["diana"]


CARLOS_IS_AWAY = Absence("carlos", "hugo", MONDAY, FRIDAY)


@pytest.mark.parametrize(
    ("new", "why"),
    [
        (Absence("hugo", "hugo", MONDAY, FRIDAY), "a sí mismo"),
        (Absence("carlos", "diana", FRIDAY, NEXT_FRIDAY), "del 23/11/2026 al 27/11/2026"),
        (Absence("hugo", "carlos", FRIDAY, NEXT_FRIDAY), "círculo"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(new: Absence, why: str) -> None:
    assert why in refusal(new, [CARLOS_IS_AWAY])


def test_a_circle_through_others_is_refused_on_the_days_that_all_share() -> None:
    known = [CARLOS_IS_AWAY, Absence("hugo", "diana", FRIDAY, NEXT_FRIDAY)]

    assert "círculo" in refusal(Absence("diana", "carlos", FRIDAY, FRIDAY), known)
    assert refusal(Absence("diana", "carlos", date(2026, 11, 28), NEXT_FRIDAY), known) == ""


@pytest.mark.parametrize(
    "new",
    [
        Absence("carlos", "diana", date(2026, 11, 28), NEXT_FRIDAY),
        Absence("diana", "hugo", MONDAY, FRIDAY),
        Absence("hugo", "diana", MONDAY, FRIDAY),
    ],
)
def test_other_days_other_people_and_longer_chains_are_taken(new: Absence) -> None:
    assert refusal(new, [CARLOS_IS_AWAY]) == ""

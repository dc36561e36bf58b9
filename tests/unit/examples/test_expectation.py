"""The comparison with what was expected: exact, in both directions, and counting."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from examples.demonstration.expectation import EXPECTED, Difference, compare, read_expected
from examples.demonstration.facts import Facts, Line, MatchFact, mail_fact

MATCH = MatchFact(("A-1", "B-1"), "HOUSEHOLD", ("SHARED_ADDRESS", "SHARED_PARENT"), "ACTIVE")
MAIL = mail_fact("a@school.example", [Line(("A-1", "b@ggd.example"), "PERSON")], [])
FACTS = Facts(matches=(MATCH,), mails=(MAIL,))
NOTHING = Difference(missing=(), unexpected=(), double=(), flaws=())


def test_what_was_expected_and_nothing_else_is_no_difference() -> None:
    """The same facts compare as equal."""
    assert compare(FACTS, FACTS) == NOTHING


def test_what_did_not_come_is_missing() -> None:
    """A match that was expected and did not come is told in a sentence."""
    difference = compare(FACTS, replace(FACTS, matches=()))

    assert difference == replace(
        NOTHING, missing=("match A-1 and B-1: HOUSEHOLD (SHARED_ADDRESS, SHARED_PARENT), ACTIVE",)
    )


def test_what_came_unasked_is_unexpected() -> None:
    """A mail that nobody expected is told in a sentence."""
    difference = compare(replace(FACTS, mails=()), FACTS)

    assert difference == replace(
        NOTHING, unexpected=("mail to a@school.example: began A-1 and b@ggd.example, PERSON",)
    )


def test_what_came_twice_is_double() -> None:
    """The same mail twice is one mail too many."""
    difference = compare(FACTS, replace(FACTS, mails=(MAIL, MAIL)))

    assert difference == replace(
        NOTHING, double=("mail to a@school.example: began A-1 and b@ggd.example, PERSON",)
    )


def test_a_match_in_another_state_is_missing_and_unexpected() -> None:
    """State and basis are part of what is compared."""
    difference = compare(FACTS, replace(FACTS, matches=(replace(MATCH, state="ENDED"),)))

    assert (len(difference.missing), len(difference.unexpected)) == (1, 1)


def test_a_flaw_is_a_difference_whatever_else_is_right() -> None:
    """A mail that betrays a child fails the demonstration."""
    difference = compare(FACTS, replace(FACTS, flaws=("the mail to a@school.example holds lotte",)))

    assert not difference.none


def test_an_expectation_that_says_a_match_twice_is_refused(tmp_path: Path) -> None:
    """A pair has one state at the end."""
    content = json.loads(EXPECTED.read_text(encoding="utf-8"))
    content["matches"].append({**content["matches"][0], "state": "ACTIVE"})
    (tmp_path / "expected.json").write_text(json.dumps(content), encoding="utf-8")

    with pytest.raises(ValueError, match="expected twice: PERSON GGD-201 and RB-101"):
        read_expected(tmp_path / "expected.json")


def test_an_expected_mail_names_who_gets_it_and_what_it_tells() -> None:
    """The file's first mail, read."""
    mails = read_expected().mails

    assert mails[0] == mail_fact(
        "j.jansen@regenboog.example", [Line(("RB-101", "p.dewit@ggd.example"), "PERSON")], []
    )

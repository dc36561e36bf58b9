"""Each rule of the domain is kept somewhere and proved by a test that says so, or openly not yet."""

from __future__ import annotations

from docs.rules.page import page
from docs.rules.traces import ROOT, rules, traces


def test_the_page_of_rules_is_up_to_date() -> None:
    """When this fails: ``python -m docs.rules``."""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == page(traces())


def test_every_rule_is_there_once() -> None:
    """D1 to D40, in order."""
    assert [rule.number for rule in rules()] == list(range(1, 41))


def test_a_rule_that_is_kept_has_code_and_a_test() -> None:
    """No rule is said to be kept that nothing cites and no test is marked with."""
    bare = [one.rule.name for one in traces() if not one.rule.later and not (one.code and one.tests)]

    assert bare == []


def test_a_rule_that_is_not_kept_yet_has_no_test() -> None:
    """Once it has one, its line in rules.toml must say so."""
    claimed = [one.rule.name for one in traces() if one.rule.later and one.tests]

    assert claimed == []

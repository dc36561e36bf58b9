"""What the core knows of names: every table in one form, so that a line is found and changed by hand."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from chalicelib import matching
from chalicelib.matching.call_names import all_official_names, are_two_names, is_known, official_names
from chalicelib.matching.readings import readings
from chalicelib.matching.text import base_letters, compact

HERE = Path(matching.__file__).parent
TABLES = ("call_names", "more_call_names", "unlike_names")
LISTS = ("given_names", "borne_names")


def table(name: str) -> dict[str, list[str]]:
    """A table of names, each with others."""
    found: dict[str, list[str]] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def listed(name: str) -> list[str]:
    """A list of names."""
    found: list[str] = json.loads((HERE / f"{name}.json").read_text("utf-8"))
    return found


def is_in_order(names: list[str]) -> bool:
    """Whether names are sorted and each is there once."""
    return all(one < other for one, other in pairwise(names))


@pytest.mark.parametrize("name", [*TABLES, *LISTS])
def test_names_are_folded_sorted_and_there_once(name: str) -> None:
    """Base letters alone, for so they are looked up."""
    content = table(name) if name in TABLES else {one: ["a"] for one in listed(name)}
    names = [*content, *(other for others in content.values() for other in others)]

    assert is_in_order(list(content))
    assert all(others and is_in_order(others) for others in content.values())
    assert [one for one in names if compact(base_letters(one)) != one] == []


@pytest.mark.parametrize("name", TABLES)
def test_no_name_is_a_form_of_itself(name: str) -> None:
    """It always is."""
    assert [one for one, others in table(name).items() if one in others] == []


def test_the_second_table_repeats_nothing_of_the_first() -> None:
    """A fact stands in one place."""
    first = table("call_names")

    assert [
        one for one, others in table("more_call_names").items() if set(others) & set(first.get(one, ()))
    ] == []


def test_a_name_that_is_borne_is_listed_once() -> None:
    """The common ones apart, for only they say how common a name is."""
    assert set(listed("given_names")).isdisjoint(listed("borne_names"))


def test_only_names_that_people_bear_are_told_apart() -> None:
    """What nobody bears is a slip in another name."""
    unlike = table("unlike_names")

    assert [one for one, others in unlike.items() for name in (one, *others) if not is_known(name)] == []
    assert are_two_names("zahra", "sara")
    assert not are_two_names("sarah", "sara")


def test_keys_are_made_of_the_first_table_alone() -> None:
    """So that what is stored stays findable when the second grows."""
    assert official_names("wladek") == {"wladek"}
    assert "wladyslaw" in all_official_names("wladek")


@pytest.mark.parametrize(
    ("name", "official"), [("haraldus", "harald"), ("jaspertje", "jasper"), ("bramke", "abraham")]
)
def test_a_name_that_nobody_listed_is_read_without_its_ending(name: str, official: str) -> None:
    """Latin forms and small ones are made of every name."""
    assert official in all_official_names(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shevchenko", "sjevtsjenko"),
        ("shevchenko", "szewczenko"),
        ("cengiz", "djengiz"),
        ("houcine", "hocine"),
        ("hryhorenko", "grigorenko"),
        ("oeztuerk", "ozturk"),
    ],
)
def test_one_name_has_a_reading_in_common_with_itself_in_another_language(one: str, other: str) -> None:
    """Each clerk wrote what was heard."""
    assert readings(one) & readings(other)


@pytest.mark.parametrize(("one", "other"), [("jan", "jon"), ("hasan", "huseyin"), ("milan", "mila")])
def test_two_names_have_no_reading_in_common(one: str, other: str) -> None:
    """Vowels are read, for they tell short names apart."""
    assert not readings(one) & readings(other)

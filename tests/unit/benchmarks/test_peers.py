"""What every matcher is given, and how its claims are held against the truth."""

from __future__ import annotations

import pytest

from benchmarks.curve import Point
from benchmarks.peers import core, rules
from benchmarks.peers.claims import STRICT, Claims, by_slice, figures
from benchmarks.peers.columns import COLUMNS, row_of, table_of
from benchmarks.peers.region import ALL, SLICES, Region, generate

_SAVED = {
    "signal_id": "S1",
    "given_names": "Zoë Maria",
    "surname": "de Vries-Bakker",
    "date_of_birth": "04-03-2014",
    "postcode": "3511 ab",
    "house_number": "12A",
    "bsn": "9999.03.573",
    "gender": "V",
}


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Region:
    """Four hundred signals."""
    return generate(tmp_path_factory.mktemp("regions"), seed=5, difficulty="normal", signals=400)


def test_the_tools_are_given_clean_columns() -> None:
    """The first given name, letters only, dates as ISO, number and postal code together as address."""
    expected = {
        "unique_id": "S1",
        "bsn": "999903573",
        "given_name": "zoe",
        "surname": "devriesbakker",
        "birth_date": "2014-03-04",
        "birth_year": "2014",
        "sex": "V",
        "postcode": "3511AB",
        "house_number": "12",
        "address": "3511AB 12",
    }

    assert expected == row_of(_SAVED)


def test_what_a_record_lacks_is_none_in_the_table() -> None:
    """An empty text would agree with an empty text."""
    table = table_of([{"signal_id": "S2", "date_of_birth": "2014", "postcode": "3511AB"}])

    assert tuple(table) == COLUMNS
    assert {name for name, values in table.items() if values != [None]} == {
        "unique_id",
        "birth_year",
        "postcode",
    }


@pytest.mark.parametrize(
    ("rule", "pairs"),
    [
        ("BSN equal", {("a", "b")}),
        ("BSN, or surname + birth date + postal code as written", {("a", "b")}),
        (
            "BSN, or folded surname + birth date + (postal code or given name)",
            {("a", "b"), ("b", "c"), ("a", "c")},
        ),
    ],
)
def test_an_exact_rule_claims_the_pairs_that_share_its_key(rule: str, pairs: set[tuple[str, str]]) -> None:
    """A number alone, fields as written, or fields folded."""
    written = {"surname": "Vries", "date_of_birth": "2014-03-04", "postcode": "3511 AB"}
    records = [
        {"signal_id": "a", "bsn": "999903573", **written},
        {"signal_id": "b", "bsn": "999903573", **written},
        {"signal_id": "c", **written, "surname": "VRIES", "postcode": "3511AB"},
    ]

    assert set(rules.claim(rule, records).scores) == pairs


def test_claims_are_held_against_every_true_pair(region: Region) -> None:
    """Half of the true pairs and nothing else is precise, and half recalled, at any threshold."""
    half = region.true_pairs[::2]
    claims = Claims(matcher="half", scores=dict.fromkeys(half, 1.0), threshold=0.5, seconds=3.0)
    share = len(half) / len(region.true_pairs)

    assert figures(claims, region) == {
        "precision": 1.0,
        "recall": share,
        "best F1": 2 * share / (1 + share),
        f"recall at precision {STRICT}": share,
        "seconds": 3.0,
    }


def test_a_pair_below_the_threshold_is_no_match_though_its_score_counts_for_the_curve(region: Region) -> None:
    """A matcher that is never sure has a curve and no match."""
    claims = Claims(
        matcher="unsure", scores=dict.fromkeys(region.true_pairs, 1.0), threshold=2.0, seconds=0.0
    )

    assert figures(claims, region)["recall"] == 0.0
    assert figures(claims, region)["best F1"] == 1.0


def test_all_true_pairs_are_complete_in_every_slice(region: Region) -> None:
    """Precision and recall of one in each, where there are any."""
    claims = Claims(matcher="all", scores=dict.fromkeys(region.true_pairs, 1.0), threshold=1.0, seconds=0.0)
    told = by_slice(claims, region)

    assert set(told) == set(SLICES)
    assert told["no BSN"] == Point(1.0, 1.0, 1.0)


def test_every_pair_is_in_the_slice_of_all(region: Region) -> None:
    """And a pair is in a slice when either signal is."""
    tagged = next(name for name, told in region.truth.items() if "no_bsn" in told["tags"])
    numbered = next(name for name, told in region.truth.items() if "no_bsn" not in told["tags"])

    assert region.is_in((numbered, numbered), ALL)
    assert not region.is_in((numbered, numbered), "no BSN")
    assert region.is_in((numbered, tagged), "no BSN")


def test_a_region_that_is_there_is_not_made_again(region: Region, monkeypatch: pytest.MonkeyPatch) -> None:
    """A million signals take minutes."""
    monkeypatch.setattr("benchmarks.peers.region.write_region", None)

    again = generate(region.folder.parent, seed=5, difficulty="normal", signals=400)

    assert again.records == region.records


def test_a_stricter_threshold_of_the_core_keeps_some_of_its_pairs_and_a_looser_one_adds(
    region: Region,
) -> None:
    """Its own pairs score nought or more, those that only a looser one adds score less."""
    own, tried = core.claim(region), core.claim(region, shifts=(-4.0, 6.0))
    matches = {pair for pair, score in tried.scores.items() if score >= tried.threshold}

    assert set(own.scores) == matches
    assert set(tried.scores.values()) <= {-4.0, 0.0, 6.0}

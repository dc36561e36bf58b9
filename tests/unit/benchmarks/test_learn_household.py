"""Examples of households from a generated region, and the threshold that a stated precision asks for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.examples_of_households import HouseholdExample, Kind, read_household_examples
from benchmarks.learn_household import choose_threshold, features
from chalicelib.matching import default_model
from chalicelib.matching.tie_levels import Tie, TieLevel
from examples.families.files import write_region
from examples.families.generator import Generator

UNTIED = dict.fromkeys(Tie, TieLevel.MISSING)


def example(youths: tuple[str, str], kind: Kind, **levels: TieLevel) -> HouseholdExample:
    """Two youths of one region with these ties and no other."""
    ties = {**UNTIED, **{Tie[name]: level for name, level in levels.items()}}
    return HouseholdExample("region", youths, kind, tuple(ties.items()))


def test_a_region_gives_families_and_strangers_tied_by_what_was_known(tmp_path: Path) -> None:
    """Every state of the ties between two persons once."""
    write_region(Generator(60, seed=3), tmp_path, {}, 1000)

    found = list(read_household_examples(tmp_path))

    assert len(found) == len(set(found))
    assert Counter(one.kind for one in found)[Kind.FAMILY] > 10
    assert all(set(dict(one.ties)) == set(Tie) for one in found)


def test_what_is_missing_is_no_feature() -> None:
    """Missing weighs nothing, alone or beside a surname."""
    tied = example(("a", "b"), Kind.FAMILY, SURNAME=TieLevel.SOUND, ADDRESS=TieLevel.NUMBER)

    assert features(example(("a", "b"), Kind.FAMILY, SURNAME=TieLevel.SOUND)) == [("surname", "SOUND")]
    assert features(tied)[-1] == ("surname+address", "SAME+NUMBER")


def test_the_threshold_is_the_lowest_that_is_precise_enough() -> None:
    """A pair counts once, at its best; who only lives together is left out."""
    at_home = {"SURNAME": TieLevel.EQUAL, "ADDRESS": TieLevel.EQUAL}
    nearby = {"SURNAME": TieLevel.EQUAL, "ADDRESS": TieLevel.OTHER_NUMBER}
    examples = [
        example(("a", "b"), Kind.FAMILY, **at_home),
        example(("a", "b"), Kind.FAMILY, **nearby),
        example(("a", "c"), Kind.FAMILY, **nearby),
        example(("a", "d"), Kind.TOGETHER, **nearby),
        example(("a", "e"), Kind.STRANGERS, SURNAME=TieLevel.EQUAL),
    ]
    model = default_model().household

    threshold, precision, recall = choose_threshold(examples, model, 1.0)

    assert (precision, recall) == (1.0, 1.0)
    assert choose_threshold(examples, model, 0.6)[0] < threshold
    assert choose_threshold(examples, model, 0.6)[1] == pytest.approx(2 / 3)

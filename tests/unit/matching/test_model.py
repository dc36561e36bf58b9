"""The model file: shipped, versioned, validated."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chalicelib import matching
from chalicelib.matching import (
    MODEL_VERSION,
    ModelError,
    Youth,
    default_model,
    fold,
    read_model,
    related,
)
from chalicelib.matching.evidence import pair_evidence
from chalicelib.matching.household import HouseholdRule, could_contribute, weigh_household
from chalicelib.matching.model import SERVES, SERVES_HOUSEHOLDS
from chalicelib.matching.tie_levels import Tie, TieLevel
from chalicelib.matching.weigh import Rule, explain, total
from tests.unit.matching.people import HOME, MODEL, TIM

SHIPPED = Path(matching.__file__).with_name("model.json")


def test_the_shipped_model_is_valid_and_versioned() -> None:
    """Its version is stored with each match (D22)."""
    assert default_model().version == MODEL_VERSION


@pytest.mark.parametrize("part", ["version", "weights", "thresholds"])
def test_a_model_that_misses_a_part_is_refused(tmp_path: Path, part: str) -> None:
    """Half a model would decide silently wrong."""
    document = json.loads(SHIPPED.read_text("utf-8"))
    del document[part]
    incomplete = tmp_path / "model.json"
    incomplete.write_text(json.dumps(document), "utf-8")

    with pytest.raises(ModelError, match="incomplete"):
        read_model(incomplete)


def test_a_model_with_crossed_thresholds_is_refused(tmp_path: Path) -> None:
    """A match is never less certain than a doubt."""
    document = json.loads(SHIPPED.read_text("utf-8"))
    document["thresholds"] |= {"match": 1, "possible": 2}
    crossed = tmp_path / "model.json"
    crossed.write_text(json.dumps(document), "utf-8")

    with pytest.raises(ModelError, match="below"):
        read_model(crossed)


def test_a_model_in_which_a_common_name_says_more_is_refused(tmp_path: Path) -> None:
    """To share a rare name is the better evidence."""
    document = json.loads(SHIPPED.read_text("utf-8"))
    document["weights"]["surnameFrequency"]["VERY_COMMON"] = 0.5
    turned = tmp_path / "model.json"
    turned.write_text(json.dumps(document), "utf-8")

    with pytest.raises(ModelError, match="common name"):
        read_model(turned)


def test_every_name_of_the_public_interface_exists() -> None:
    """What the rooms above import."""
    assert sorted(matching.__all__, key=str.lower) == sorted(set(matching.__all__), key=str.lower)
    assert all(hasattr(matching, name) for name in matching.__all__)


@pytest.mark.parametrize(
    ("other", "relation"),
    [
        (replace(TIM, bsn=None), (True, True)),
        (Youth(given_names="Noor", surname="Smit", address=HOME), (False, True)),
        (Youth(given_names="Noor", surname="Smit"), (False, False)),
    ],
)
def test_reconcile_walks_edges_of_persons_and_households(other: Youth, relation: tuple[bool, bool]) -> None:
    """The closure is made of these."""
    found = related(fold(TIM), fold(other), MODEL)

    assert (found.person, found.household) == relation
    assert found.evidence == pair_evidence(fold(TIM), fold(other))


def test_what_one_model_weighed_is_not_remembered_for_another() -> None:
    """Two models of one version are two: a threshold or weight may differ."""
    evidence = pair_evidence(fold(TIM), fold(TIM))
    free = replace(
        MODEL,
        weights={name: dict.fromkeys(row, 0.0) for name, row in MODEL.weights.items()},
        crosses=tuple((cross, {}) for cross, _ in MODEL.crosses),
    )
    strict = replace(MODEL, match_threshold=99.0)

    assert total(evidence, MODEL) > 0
    assert total(evidence, free) == 0
    assert explain(evidence, MODEL, Rule.WEIGHTS).match_threshold == MODEL.match_threshold
    assert explain(evidence, strict, Rule.WEIGHTS).match_threshold == 99.0


def test_a_doubt_asks_for_more_among_more_signals() -> None:
    """One bit for each doubling; what matches, and who is certainly another, is so at any scale."""
    model = default_model()

    larger = model.at_scale(SERVES * 8)

    assert larger.possible_threshold == model.possible_threshold + 3
    assert (larger.match_threshold, larger.apart_threshold, larger.weights) == (
        model.match_threshold,
        model.apart_threshold,
        model.weights,
    )


def test_a_doubt_asks_for_no_more_than_a_match() -> None:
    """Among very many signals there are no doubts but for contradictions and rivals."""
    model = default_model()

    assert model.at_scale(SERVES * 10_000).possible_threshold == model.match_threshold


@pytest.mark.parametrize("signals", [1, 25_000, SERVES_HOUSEHOLDS])
def test_up_to_the_scale_it_serves_the_model_is_itself(signals: int) -> None:
    """A region of usual size is matched as the measured ones are."""
    model = default_model()

    assert model.at_scale(signals) is model


def test_persons_are_judged_alike_up_to_a_scale_of_their_own() -> None:
    """Only households that names alone make ask for more before that."""
    model = default_model()

    assert model.at_scale(SERVES).possible_threshold == model.possible_threshold


def test_a_household_that_names_alone_make_asks_for_more_among_more_signals() -> None:
    """One bit with each doubling; a home, or a parent that is certain, is as good at any scale."""
    names = {
        Tie.PARENT: TieLevel.NAMES,
        Tie.OTHER_PARENT: TieLevel.MISSING,
        Tie.SURNAME_OF_PARENTS: TieLevel.SHARED,
        Tie.SURNAME: TieLevel.EQUAL,
        Tie.ADDRESS: TieLevel.MISSING,
    }
    small, large = default_model(), default_model().at_scale(SERVES_HOUSEHOLDS * 1024)

    def rule(ties: dict[Tie, TieLevel], model: matching.Model) -> str:
        return weigh_household(ties, model, address_alone=False).explanation.rule

    assert (rule(names, small), rule(names, large)) == (HouseholdRule.WEIGHTS, HouseholdRule.NONE)
    assert not could_contribute(names, large)
    assert rule(names | {Tie.ADDRESS: TieLevel.NUMBER}, large) == HouseholdRule.WEIGHTS
    assert rule(names | {Tie.PARENT: TieLevel.NAMES_AND_DATE}, large) == HouseholdRule.SHARED_PARENT
    told = weigh_household(names, large, address_alone=False).explanation
    assert told.match_threshold == pytest.approx(small.household.threshold + 10)

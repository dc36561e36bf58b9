"""What is stored of an explanation is what was decided: the sum of its weights is still the total (D22)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import pytest
from hypothesis import given

from chalicelib.api.schemas.matches import explanation_body
from chalicelib.matches.read import ExplainedMatch
from chalicelib.matching import MatchingProfile, MatchRecord, decide, default_model
from chalicelib.models.match_codec import explanation_of, explanation_text
from tests.unit.matching.strategies import closures


@pytest.mark.rule("D22")
@given(closures)
def test_weights_add_up_to_the_total_after_storing_and_telling(records: list[MatchRecord]) -> None:
    """For person and household matches and for doubts, to the last bit that was stored."""
    decision = decide(records, model=default_model(), profile=MatchingProfile())

    found = [match.explanation for match in decision.matches]
    for explanation in found + [pair.explanation for pair in decision.possible]:
        kept = explanation_of(explanation_text(explanation))
        assert kept is not None
        told = explanation_body(
            ExplainedMatch(id="lo-m1", at=datetime(2026, 11, 22, tzinfo=UTC), explanation=kept)
        )
        assert asdict(kept) == asdict(explanation)
        assert sum(line.weight for line in told.evidence) == pytest.approx(told.total, abs=1e-9)

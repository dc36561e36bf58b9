"""Our rules for the description of the interface (`.spectral.yaml`): kept, and none of them toothless."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from infra.node.packages import ready
from infra.node.spectral import DESCRIPTION, RULES, findings
from tests.contract.broken_descriptions import BROKEN, broken

needs_spectral = pytest.mark.skipif(
    not ready(), reason="make lint-api fetches Spectral; make test does so first"
)


def test_every_rule_of_ours_has_a_description_that_breaks_it() -> None:
    """A new rule comes with the fault that it is to find."""
    rules = yaml.safe_load(RULES.read_text(encoding="utf-8"))["rules"]

    assert set(BROKEN) == set(rules)


@needs_spectral
def test_each_rule_finds_the_fault_it_is_for_and_the_committed_description_has_none(tmp_path: Path) -> None:
    """One run over all broken descriptions and the whole one."""
    documents = [DESCRIPTION]
    for rule in BROKEN:
        documents.append(tmp_path / f"{rule}.json")
        documents[-1].write_text(json.dumps(broken(rule)), encoding="utf-8")

    found = {(finding.document.stem, finding.rule) for finding in findings(documents)}

    assert sorted(rule for rule in BROKEN if (rule, rule) not in found) == []
    assert [finding for finding in found if finding[0] == DESCRIPTION.stem] == []

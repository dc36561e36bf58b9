"""Schemathesis draws requests from the description, all checks on, against the deployed interface.

``make fuzz CASES=20000`` draws more of them, ``FIRST=4`` begins at another seed.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.region import Region
from tests.fuzz.run import fuzz

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("whole-region")]
"""A change of key set, which walks over the whole region, is not to meet hundreds of drawn signals."""


def test_no_drawn_request_is_answered_otherwise_than_described(
    region: Region, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    """Valid and invalid ones, one by one and along links: statuses, headers, bodies, methods and access."""
    wanted = pytestconfig.getoption("fuzz_cases")
    judged, seed = 0, pytestconfig.getoption("fuzz_first") - 1
    while judged < wanted:
        seed += 1
        member = region.organisation(f"fuzz-{seed}")
        done = fuzz(
            region.stack.base_url,
            member.token,
            f"{member.id}.example",
            seed=seed,
            report=tmp_path / f"{seed}.json",
        )
        assert not done.failed, done.told
        judged += done.cases
        print(f"seed {seed}: {done.cases} cases without failure, {judged} in all")

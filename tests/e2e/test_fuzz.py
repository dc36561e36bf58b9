"""Schemathesis draws requests from the description, all checks on, against the deployed interface.

``make fuzz CASES=20000`` draws more of them, ``FIRST=4`` begins at another seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from infra.emulator import Emulator
from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import deploy
from tests.e2e.region import Region, open_desk
from tests.e2e.test_reviews import doubtful
from tests.fuzz.run import fuzz

pytestmark = pytest.mark.e2e


@pytest.fixture
def region(tmp_path: Path) -> Iterator[Region]:
    """A region of its own, with two organisations and a doubtful pair in it.

    Who may do everything is led from the lists of organisations, reviews and requests to changes of what is
    in them. In the region of the other tests that would be theirs.
    """
    home = tmp_path / "embedded-aws"
    with Emulator(region=stage_named(LOCAL_STAGE).region, home=home, enforce_roles=True) as emulator:
        stack = deploy(emulator)
        with open_desk(stack) as desk:
            region = Region(stack, desk)
            doubtful(region, surname="Twijfel")
            yield region
            assert desk.stdin is not None
            desk.stdin.close()


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

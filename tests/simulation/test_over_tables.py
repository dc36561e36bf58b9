"""The same stories hold over the repositories that ship, when requests to DynamoDB fail in between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

from infra.emulator import Emulator
from tests.integration.conftest import AWS_REGION, set_no_account
from tests.simulation.mutants import MUTANTS
from tests.simulation.running import run
from tests.simulation.tables import Account, OverTables

SEEDS = (76, 75, 147, 2875, 1427)
"""Short stories: prompt, crowded, storm; in the dark, where a family asks and somebody leaves; and one in
which key sets change."""


@pytest.fixture(scope="module")
def moto_account() -> Iterator[Account]:
    """Tables in moto."""
    with pytest.MonkeyPatch.context() as environment, mock_aws():
        set_no_account(environment)
        yield Account()


@pytest.fixture(scope="module")
def emulator_account(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    """Tables in an embedded AWS of these tests alone."""
    home = tmp_path_factory.mktemp("simulated-aws")
    with pytest.MonkeyPatch.context() as environment, Emulator(region=AWS_REGION, home=home) as emulator:
        set_no_account(environment)
        environment.setenv("AWS_ENDPOINT_URL", emulator.url)
        yield Account()


@pytest.fixture(params=["moto", pytest.param("emulator", marks=pytest.mark.e2e)])
def account(request: pytest.FixtureRequest) -> Account:
    """Tables in moto, and in the embedded AWS."""
    found = request.getfixturevalue(f"{request.param}_account")
    assert isinstance(found, Account)
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_every_promise_holds_over_real_tables(seed: int, account: Account) -> None:
    """`make simulate-emulator SEED=…` tells the story of one that fails."""
    outcome = run(seed, ground=lambda clock: OverTables(account, clock))

    assert outcome.broken == []


def test_a_deliberate_fault_is_noticed_over_real_tables(moto_account: Account) -> None:
    """What marks a notice before its mail leaves breaks a promise here too."""
    (hasty,) = (mutant for mutant in MUTANTS if mutant.name == "marked before sent")

    assert run(75, hasty, ground=lambda clock: OverTables(moto_account, clock)).broken

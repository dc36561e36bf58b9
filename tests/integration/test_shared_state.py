"""What a stage keeps about its own deploys: the record, and the lease that keeps two of them apart."""

from __future__ import annotations

from pathlib import Path

import boto3
import pytest

from chalicelib.models.tables import create_all
from infra.account import Account
from infra.errors import InfraError
from infra.shared_state import fetch_record, only_deploy, share_record
from infra.stages import LOCAL_STAGE, stage_named

STAGE = stage_named(LOCAL_STAGE)


@pytest.fixture
def account(aws: None, tmp_path: Path) -> Account:
    """The local stage's account in moto's AWS, with its tables."""
    create_all(f"{STAGE.prefix}-")
    return Account(STAGE, None, tmp_path)


def elsewhere(account: Account, folder: Path) -> Account:
    """The same stage, seen from another machine."""
    return Account(account.stage, account.endpoint, folder)


def test_another_machine_goes_on_with_the_same_record(account: Account, tmp_path: Path) -> None:
    """Without it a second API would be made."""
    account.deployed_file.parent.mkdir(parents=True)
    account.deployed_file.write_text('{"resources": []}')
    share_record(account)
    other = elsewhere(account, tmp_path / "other")

    fetch_record(other)

    assert other.deployed_file.read_text() == '{"resources": []}'


def test_a_record_of_a_stage_that_is_gone_is_forgotten(account: Account) -> None:
    """What this machine remembers of an earlier life of the stage does not count."""
    account.deployed_file.parent.mkdir(parents=True)
    account.deployed_file.write_text('{"resources": ["stale"]}')

    fetch_record(account)

    assert not account.deployed_file.exists()


def test_a_second_deploy_is_refused_and_told_who_is_at_it(account: Account) -> None:
    """Two at once would leave neither's functions."""
    told = r"is being deployed by .+ on .+; wait for it"
    with only_deploy(account), pytest.raises(InfraError, match=told), only_deploy(account):
        pass


def test_the_lease_is_given_back_also_after_a_failure(account: Account) -> None:
    """Whoever repairs what failed need not wait."""
    with pytest.raises(InfraError, match="failed"), only_deploy(account):
        raise InfraError("failed")

    with only_deploy(account):
        held = boto3.client("dynamodb").scan(TableName=f"{STAGE.prefix}-leases")["Count"]

    assert held == 1


def test_a_lease_that_ran_out_is_taken_over(account: Account) -> None:
    """A machine that died in the middle does not lock the stage for ever."""
    client = boto3.client("dynamodb")
    lease = {"name": {"S": "deploy"}, "token": {"S": "dead"}, "holder": {"S": "nobody"}, "until": {"N": "1"}}
    client.put_item(TableName=f"{STAGE.prefix}-leases", Item=lease)

    with only_deploy(account):
        (row,) = client.scan(TableName=f"{STAGE.prefix}-leases")["Items"]

    assert row["token"] != {"S": "dead"}

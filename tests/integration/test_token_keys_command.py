"""``token-keys``, from the words typed to what is printed, over KMS's aliases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import boto3
import pytest

from chalicelib.domain.audit import Act
from chalicelib.security.clients import kms_client
from infra.errors import InfraError
from infra.token_keys import KNOWN_AFTER, OVERLAP
from tests.unit.operators.counter import Counter

ALIAS = "alias/verwijsindex-local-token"


@pytest.fixture
def counter(aws: None, capsys: pytest.CaptureFixture[str]) -> Iterator[Counter]:
    """An operator at a region whose tokens are signed by a key."""
    kms_client.cache_clear()
    kms = boto3.client("kms")
    made = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName=ALIAS, TargetKeyId=made)
    yield Counter(capsys)
    kms_client.cache_clear()


def named(counter: Counter) -> dict[str, str]:
    """What ``show`` prints."""
    return dict(line.split("\t") for line in counter.type("token-keys show local").splitlines())


def test_a_key_is_changed_step_by_step(counter: Counter) -> None:
    """Each step says what comes next, and each is on the trail."""
    old = named(counter)[ALIAS]

    begun = counter.type("token-keys begin local")
    new = named(counter)[f"{ALIAS}-next"]
    with pytest.raises(InfraError, match="not every function knows"):
        counter.type("token-keys switch local")
    counter.region.clock.advance(KNOWN_AFTER)
    switched = counter.type("token-keys switch local")
    with pytest.raises(InfraError, match="may live until"):
        counter.type("token-keys drop local")
    counter.region.clock.advance(OVERLAP)
    dropped = counter.type("token-keys drop local")

    assert begun == f"{new} is published; next, after a moment: switch\n"
    assert switched == (f"{new} signs from now on, the key before still counts; next, after an hour: drop\n")
    assert dropped == f"{old} counts no more, and is deleted in thirty days\n"
    assert named(counter) == {ALIAS: new}
    acts = [entry.act for entry in counter.region.storage.state.audit.values()]
    assert acts.count(Act.TOKEN_KEYS_CHANGED) == 5


def test_a_key_that_leaked_goes_at_once(counter: Counter) -> None:
    """Its tokens are refused from then on."""
    counter.type("token-keys begin local")
    counter.region.clock.advance(KNOWN_AFTER)
    counter.type("token-keys switch local")
    counter.region.clock.advance(timedelta(minutes=1))

    assert "counts no more" in counter.type("token-keys drop local --at-once")


def test_nothing_is_dropped_that_was_switched_no_one_knows_when(counter: Counter) -> None:
    """Then it was just now, as far as anybody can tell."""
    counter.type("token-keys begin local")
    counter.region.clock.advance(KNOWN_AFTER)
    counter.type("token-keys switch local")
    counter.region.storage.state.reports.clear()

    with pytest.raises(InfraError, match="may live until"):
        counter.type("token-keys drop local")

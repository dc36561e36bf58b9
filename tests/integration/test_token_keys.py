"""Changing the key that signs access tokens: what was signed before is taken until it has expired."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key

from chalicelib.security.clients import kms_client
from chalicelib.security.token_key import KeyMoved, KmsTokenKey
from infra.errors import InfraError
from infra.token_keys import KNOWN_AFTER, OVERLAP, TokenKeys
from tests.builders import NOW
from tests.fakes import FixedClock

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

ALIAS = "alias/verwijsindex-test-token"


@pytest.fixture
def kms(aws: None) -> Iterator[KMSClient]:
    """KMS with a key that signs."""
    kms_client.cache_clear()
    client = boto3.client("kms")
    made = client.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    client.create_alias(AliasName=ALIAS, TargetKeyId=made)
    yield client
    kms_client.cache_clear()


@pytest.fixture
def keys(kms: KMSClient) -> TokenKeys:
    """The keys of a stage."""
    return TokenKeys(alias=ALIAS, stage="test", kms=lambda: kms)


def test_keys_overlap_during_a_change(keys: TokenKeys) -> None:
    """The new one is published before it signs, the old one as long as its tokens live."""
    clock = FixedClock()
    seen = []

    def published() -> list[str]:
        clock.advance(timedelta(minutes=6))
        return [key.kid for key in KmsTokenKey(ALIAS, clock).all()]

    [old] = published()
    new = keys.begin()
    seen.append(published())
    keys.switch(None, NOW)
    seen.append(published())
    keys.drop(NOW, NOW + OVERLAP)
    seen.append(published())

    assert seen == [[old, new], [new, old], [new]]


def test_a_token_of_another_key_is_looked_up_at_once(keys: TokenKeys) -> None:
    """Who remembers the old key alone finds the new one as soon as a token names it."""
    clock = FixedClock()
    verifier = KmsTokenKey(ALIAS, clock)
    old = verifier.public().kid
    new = keys.begin()
    keys.switch(None, NOW)

    found, before = verifier.named(new), verifier.named(old)

    assert found is not None
    assert before is not None
    assert (found.kid, before.kid) == (new, old)
    assert isinstance(load_der_public_key(found.der), RSAPublicKey)


def test_strangers_cannot_have_kms_asked_on_and_on(keys: TokenKeys) -> None:
    """Keys are looked for once in ten seconds."""
    clock = FixedClock()
    verifier = KmsTokenKey(ALIAS, clock)
    assert verifier.named("unknown") is None
    new = keys.begin()

    assert verifier.named(new) is None
    clock.advance(timedelta(seconds=11))
    found = verifier.named(new)

    assert found is not None


def test_a_new_key_signs_once_whoever_has_just_looked_knows_it(keys: TokenKeys) -> None:
    """A function that met a stranger's token looked for keys a moment ago, and does not look again yet."""
    clock = FixedClock()
    verifier = KmsTokenKey(ALIAS, clock)
    assert verifier.named("unknown") is None
    begun, new = clock.now(), keys.begin()

    with pytest.raises(InfraError, match="not every function knows the new key before"):
        keys.switch(begun, clock.now())
    clock.advance(KNOWN_AFTER)

    assert keys.switch(begun, clock.now()) == new
    assert verifier.named(new) is not None


def test_who_signs_by_a_remembered_key_is_told_that_another_signs(keys: TokenKeys) -> None:
    """So that no token names another key than the one that signed it."""
    signer = KmsTokenKey(ALIAS, FixedClock())
    old = signer.public().kid
    assert signer.sign(b"message", old)
    new = keys.begin()
    keys.switch(None, NOW)

    with pytest.raises(KeyMoved):
        signer.sign(b"message", old)
    assert signer.public().kid == new
    assert signer.sign(b"message", new)


def test_the_old_key_stays_while_its_tokens_live(keys: TokenKeys) -> None:
    """An hour and a little; one that leaked goes at once, to be deleted in thirty days."""
    [old] = keys.named().values()
    keys.begin()
    keys.switch(None, NOW)

    with pytest.raises(InfraError, match="may live until"):
        keys.drop(NOW, NOW + OVERLAP - timedelta(seconds=1))
    assert keys.drop(None, NOW) == old

    assert keys.kms().describe_key(KeyId=old)["KeyMetadata"]["KeyState"] == "PendingDeletion"


def test_steps_come_in_their_order(keys: TokenKeys) -> None:
    """Each refuses what the one before it has not made ready."""
    with pytest.raises(InfraError, match="begin first"):
        keys.switch(None, NOW)
    with pytest.raises(InfraError, match="no key before"):
        keys.drop(None, NOW)
    keys.begin()
    with pytest.raises(InfraError, match="next: switch"):
        keys.begin()
    keys.switch(None, NOW)
    with pytest.raises(InfraError, match="drop it first"):
        keys.begin()


def test_a_switch_that_broke_off_is_done_again(keys: TokenKeys, kms: KMSClient) -> None:
    """After each of its steps."""
    [old] = keys.named().values()
    new = keys.begin()
    kms.create_alias(AliasName=f"{ALIAS}-previous", TargetKeyId=old)
    with pytest.raises(InfraError, match="switch first"):
        keys.drop(None, NOW)
    kms.update_alias(AliasName=ALIAS, TargetKeyId=new)

    assert keys.switch(None, NOW) == new
    assert keys.named() == {ALIAS: new, f"{ALIAS}-previous": old}

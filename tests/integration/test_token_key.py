"""The key of access tokens in KMS."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import boto3
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from moto import mock_aws

from chalicelib.ports.errors import StorageBusy
from chalicelib.security.clients import kms_client
from chalicelib.security.token_key import KmsTokenKey
from chalicelib.security.tokens import AccessToken, TokenIssuer, TokenVerifier
from tests.builders import make_organisation
from tests.fakes import FakeNames, FixedClock

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient

ALIAS = "alias/token"
PRIVATE = rsa.generate_private_key(65537, 2048)


@dataclass(frozen=True, slots=True)
class RsaKms:
    """What KMS documents of Sign and GetPublicKey; moto's signing knows no digests and another salt."""

    alias: str
    key_id: str

    @property
    def arn(self) -> str:
        """What KMS tells of the key that an alias names."""
        return f"arn:aws:kms:eu-central-1:123456789012:key/{self.key_id}"

    def sign(
        self,
        *,
        KeyId: str,  # noqa: N803 - named by AWS
        Message: bytes,  # noqa: N803 - as above
        MessageType: str,  # noqa: N803 - as above
        SigningAlgorithm: str,  # noqa: N803 - as above
    ) -> dict[str, str | bytes]:
        """Sign a digest with RSASSA-PSS and a salt as long as the digest."""
        assert (KeyId, MessageType, SigningAlgorithm) == (self.alias, "DIGEST", "RSASSA_PSS_SHA_256")
        pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.DIGEST_LENGTH)
        signature = PRIVATE.sign(Message, pss, Prehashed(hashes.SHA256()))
        return {"KeyId": self.arn, "Signature": signature}

    def get_public_key(self, *, KeyId: str) -> dict[str, str | bytes]:  # noqa: N803 - named by AWS
        """The public half, with the key's ARN."""
        assert KeyId == self.alias
        der = PRIVATE.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return {"KeyId": self.arn, "PublicKey": der}


@pytest.fixture
def key_id(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An asymmetric key under :data:`ALIAS`; its id."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        kms_client.cache_clear()
        kms = boto3.client("kms")
        created = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
        kms.create_alias(AliasName=ALIAS, TargetKeyId=created)
        yield created
    kms_client.cache_clear()


def test_the_verifier_takes_what_kms_signs(key_id: str) -> None:
    """From alias to token and back: the digest is signed, with a salt as long."""
    clock = FixedClock()
    key = KmsTokenKey(ALIAS, clock, lambda: cast("KMSClient", RsaKms(ALIAS, key_id)))
    issuer = TokenIssuer(key=key, issuer="https://i", audience="https://a", names=FakeNames(), clock=clock)
    verifier = TokenVerifier(key=key, issuer="https://i", audience="https://a", clock=clock)
    scopes = make_organisation().scopes

    taken = verifier.verify(issuer.issue("school", scopes))

    assert taken == AccessToken(organisation_id="school", scopes=scopes, token_id=FakeNames().new_id())
    assert key.public().kid == key_id


@pytest.mark.usefixtures("key_id")
def test_the_public_key_is_remembered_for_minutes() -> None:
    """So that KMS is not asked per request, and a new key is known before long."""
    clock = FixedClock()
    key = KmsTokenKey(ALIAS, clock)
    first = key.public()
    kms = boto3.client("kms")
    another = kms.create_key(KeySpec="RSA_2048", KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.update_alias(AliasName=ALIAS, TargetKeyId=another)

    clock.advance(timedelta(minutes=5))
    assert key.public() == first

    clock.advance(timedelta(seconds=1))
    assert key.public().kid == another


def test_a_service_that_is_away_is_told_as_busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Trying again later is right."""
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    kms_client.cache_clear()
    try:
        with pytest.raises(StorageBusy):
            KmsTokenKey(ALIAS, FixedClock()).public()
        with pytest.raises(StorageBusy):
            KmsTokenKey(ALIAS, FixedClock()).sign(b"", "kid")
    finally:
        kms_client.cache_clear()

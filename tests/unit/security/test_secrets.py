"""Secrets are read once for some minutes, by version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.ports.errors import StorageBusy
from chalicelib.security.secrets import KEPT, StoredSecret
from tests.fakes import FixedClock

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient


@dataclass(slots=True)
class SecretService:
    """Secrets Manager: answers with a text, or fails."""

    text: str = '{"v1": "first"}'
    failures: Iterator[Exception] = field(default_factory=lambda: iter(()))
    asked: list[str] = field(default_factory=list)

    def get_secret_value(self, *, SecretId: str) -> dict[str, str]:  # noqa: N803 - AWS's name
        """The secret's text."""
        self.asked.append(SecretId)
        failure = next(self.failures, None)
        if failure is not None:
            raise failure
        return {"SecretString": self.text}

    def client(self) -> SecretsManagerClient:
        """Itself, as the client whose one call it answers."""
        return cast("SecretsManagerClient", self)


def test_secret_is_read_once_for_some_minutes() -> None:
    """Then it is read anew."""
    service, clock = SecretService(), FixedClock()
    secret = StoredSecret("verwijsindex/test/index", service.client, clock)
    secret.version("v1")
    clock.advance(KEPT - timedelta(seconds=1))
    assert secret.version("v1") == b"first"
    assert service.asked == ["verwijsindex/test/index"]
    clock.advance(timedelta(seconds=1))

    assert secret.version("v1") == b"first"
    assert len(service.asked) == 2


def test_a_version_that_is_new_is_read_at_once() -> None:
    """A function hears of a key set before its copy of the secret is old."""
    service = SecretService()
    secret = StoredSecret("index", service.client, FixedClock())
    secret.version("v1")
    service.text = '{"v1": "first", "v2": "second"}'

    assert secret.version("v2") == b"second"
    with pytest.raises(LookupError):
        secret.version("v3")


@pytest.mark.parametrize(
    "failure",
    [
        ClientError({"Error": {"Code": "ThrottlingException"}}, "GetSecretValue"),
        ReadTimeoutError(endpoint_url="https://secrets.example"),
    ],
)
def test_busy_service_is_told_as_busy(failure: Exception) -> None:
    """Trying again later is right, and then it is read."""
    service = SecretService(failures=iter((failure,)))
    secret = StoredSecret("index", service.client, FixedClock())

    with pytest.raises(StorageBusy):
        secret.version("v1")

    assert secret.version("v1") == b"first"


def test_missing_secret_is_a_defect() -> None:
    """It is not hidden as something that passes."""
    failure = ClientError({"Error": {"Code": "ResourceNotFoundException"}}, "GetSecretValue")

    with pytest.raises(ClientError):
        StoredSecret("index", SecretService(failures=iter((failure,))).client, FixedClock()).version("v1")

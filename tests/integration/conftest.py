"""AWS for tests of adapters: moto's, and never an account."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from moto import mock_aws

AWS_REGION = "eu-central-1"


@pytest.fixture
def no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that are none, a region, and nothing else that leads anywhere."""
    set_no_account(monkeypatch)


def set_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the environment lead nowhere."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", AWS_REGION)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")


@pytest.fixture
def aws(no_account: None) -> Iterator[None]:
    """Moto's AWS, empty."""
    with mock_aws():
        yield

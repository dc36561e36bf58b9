"""The wall between local commands and real accounts."""

from __future__ import annotations

import os

import pytest

from infra.errors import InfraError
from infra.isolation import enter_local, local_environment

STRAY = {
    "AWS_PROFILE": "production",
    "AWS_ACCESS_KEY_ID": "AKIAREAL",
    "AWS_SECRET_ACCESS_KEY": "real",
    "AWS_SESSION_TOKEN": "real",
    "AWS_ROLE_ARN": "arn:aws:iam::123456789012:role/real",
    "AWS_WEB_IDENTITY_TOKEN_FILE": "/var/run/token",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2/real",
    "AWS_ENDPOINT_URL_DYNAMODB": "https://dynamodb.eu-central-1.amazonaws.com",
    "AWS_CA_BUNDLE": "/etc/real.pem",
    "HTTPS_PROXY": "http://proxy.example:3128",
    "NO_PROXY": "intranet.example",
    "PATH": "/usr/bin",
}
ENDPOINT = "http://127.0.0.1:4566"


def test_nothing_of_a_real_account_survives() -> None:
    """Dummy credentials, no files, no metadata service, the embedded AWS as the only endpoint."""
    made = local_environment(STRAY, endpoint=ENDPOINT, region="eu-central-1")

    assert {name: value for name, value in made.items() if name.startswith("AWS_")} == {
        "AWS_ACCESS_KEY_ID": "local",
        "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_DEFAULT_REGION": "eu-central-1",
        "AWS_REGION": "eu-central-1",
        "AWS_ENDPOINT_URL": ENDPOINT,
        "AWS_MAX_ATTEMPTS": "2",
    }


def test_the_rest_of_the_environment_stays_and_proxies_keep_off() -> None:
    """A proxy serves the package index, never the loopback interface."""
    made = local_environment(STRAY, endpoint=ENDPOINT, region="eu-central-1")

    assert (made["PATH"], made["HTTPS_PROXY"]) == ("/usr/bin", "http://proxy.example:3128")
    assert made["NO_PROXY"] == made["no_proxy"] == "intranet.example,127.0.0.1,localhost,::1"


@pytest.mark.parametrize(
    "endpoint", ["https://dynamodb.eu-central-1.amazonaws.com", "http://10.0.0.5:4566", "nonsense"]
)
def test_an_endpoint_elsewhere_is_refused(endpoint: str) -> None:
    """A local command talks to this machine only."""
    with pytest.raises(InfraError, match="is not on this machine"):
        local_environment({}, endpoint=endpoint, region="eu-central-1")


def test_a_process_can_go_behind_the_wall_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was started with is gone for every client it makes from then on."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in STRAY.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(os, "environ", dict(os.environ))

    enter_local(endpoint=ENDPOINT, region="eu-central-1")

    assert "AWS_PROFILE" not in os.environ
    assert os.environ["AWS_ENDPOINT_URL"] == ENDPOINT

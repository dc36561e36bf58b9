"""Versions of the index secret, over Secrets Manager in moto."""

from __future__ import annotations

import boto3

from chalicelib.security.index_versions import StoredVersions
from chalicelib.security.secrets import StoredSecret
from tests.fakes import FixedClock

NAME = "verwijsindex/test/index"


def test_a_version_is_made_once_out_of_random_bytes_and_taken_away(aws: None) -> None:
    """The others stay as they are, and functions read them."""
    client = boto3.client("secretsmanager")
    client.create_secret(Name=NAME, SecretString='{"v1": "first"}')
    versions = StoredVersions(NAME, lambda: client)

    versions.add("v2")
    second = StoredSecret(NAME, lambda: client, FixedClock()).version("v2")
    versions.add("v2")
    again = StoredSecret(NAME, lambda: client, FixedClock())

    assert (again.version("v1"), again.version("v2")) == (b"first", second)
    assert len(second) == 64
    assert versions.names() == {"v1", "v2"}
    versions.remove("v1")
    versions.remove("v1")
    assert versions.names() == {"v2"}

"""The wall between local commands and real accounts.

Every local process runs in an environment made here: no ``AWS_*`` variable of the machine survives,
configuration and credential files point at nothing, the metadata service is off, the credentials are
dummies, and the endpoint is the embedded AWS on the loopback interface.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from infra.errors import InfraError

LOCAL_ACCOUNT: Final = "000000000000"
LOCAL_CREDENTIALS: Final = "local"
"""Key and secret of whoever works on the embedded AWS; they open nothing else."""

_LOOPBACK: Final = "127.0.0.1,localhost,::1"
_LOOPBACK_HOSTS: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def without_aws(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without anything that could lead an AWS client to a real account."""
    kept = {name: value for name, value in environment.items() if not name.upper().startswith("AWS_")}
    no_proxy = ",".join(filter(None, [kept.get("NO_PROXY") or kept.get("no_proxy"), _LOOPBACK]))
    return kept | {
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
    }


def local_environment(environment: Mapping[str, str], *, endpoint: str, region: str) -> dict[str, str]:
    """The environment for a process that talks to the embedded AWS at ``endpoint``.

    Raises InfraError when the endpoint is not on the loopback interface.
    """
    if urlsplit(endpoint).hostname not in _LOOPBACK_HOSTS:
        raise InfraError(
            f"{endpoint} is not on this machine: a local command talks to the loopback interface only"
        )
    return without_aws(environment) | {
        "AWS_ACCESS_KEY_ID": LOCAL_CREDENTIALS,
        "AWS_SECRET_ACCESS_KEY": LOCAL_CREDENTIALS,
        "AWS_DEFAULT_REGION": region,
        "AWS_REGION": region,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_MAX_ATTEMPTS": "2",
    }


def enter_local(*, endpoint: str, region: str) -> None:
    """Put this very process behind the wall, before its first AWS client."""
    isolated = local_environment(os.environ, endpoint=endpoint, region=region)
    for name in set(os.environ) - set(isolated):
        del os.environ[name]
    os.environ.update(isolated)

"""AWS clients for keys and secrets, made at their first use and giving up early."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NotConnected

from chalicelib.ports.errors import StorageBusy

if TYPE_CHECKING:
    from botocore.config import Config
    from mypy_boto3_kms import KMSClient
    from mypy_boto3_secretsmanager import SecretsManagerClient

CONNECT_TIMEOUT_SECONDS: Final = 1
READ_TIMEOUT_SECONDS: Final = 3
ATTEMPTS: Final = 3
BUSY: Final = frozenset(
    {
        "DependencyTimeoutException",
        "InternalServiceError",
        "KMSInternalException",
        "KeyUnavailableException",
        "ServiceUnavailable",
        "ThrottlingException",
    }
)


@lru_cache(maxsize=1)
def kms_client() -> KMSClient:
    """KMS in the function's region."""
    import boto3  # noqa: PLC0415 - slow to import, and not every function needs it

    return boto3.client("kms", config=_patience())


@lru_cache(maxsize=1)
def secrets_client() -> SecretsManagerClient:
    """Secrets Manager in the function's region."""
    import boto3  # noqa: PLC0415 - as above

    return boto3.client("secretsmanager", config=_patience())


@contextmanager
def service_errors() -> Iterator[None]:
    """Turn throttling and time-outs into StorageBusy; what is a defect stays as it is."""
    try:
        yield
    except (NotConnected, HTTPClientError) as error:
        raise StorageBusy(type(error).__name__) from error
    except ClientError as error:
        code = error.response["Error"]["Code"]
        if code in BUSY:
            raise StorageBusy(code) from error
        raise


def _patience() -> Config:
    from botocore.config import Config  # noqa: PLC0415 - as above

    return Config(
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=READ_TIMEOUT_SECONDS,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )

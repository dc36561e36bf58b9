"""The bucket whose objects nobody can change or delete before their lock ends (D39)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from chalicelib.upkeep.audit_copies import Copy

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

_THERE: Final = "PreconditionFailed"


@lru_cache(maxsize=1)
def s3_client() -> S3Client:
    """S3 in the stage's region."""
    import boto3  # noqa: PLC0415 - slow to import, and only the copies need it
    from botocore.config import Config  # noqa: PLC0415 - as above

    patience = Config(
        connect_timeout=1,
        read_timeout=4,
        retries={"total_max_attempts": 3, "mode": "standard"},
    )
    return boto3.client("s3", config=patience)


def bucket_name(prefix: str, account: str) -> str:
    """The bucket of a stage; ``prefix`` is that of its tables, ``account`` the AWS account it is in."""
    return f"{prefix}audit-{account}"


@dataclass(frozen=True, slots=True)
class AuditBucket:
    """Writes copies; the bucket itself locks and encrypts each of them."""

    name: str

    def keep(self, copy: Copy) -> bool:
        """Write a copy once; False when it was there already, as after a batch that is repeated.

        Raises botocore's ClientError and HTTPClientError: nothing was written, or it will be found there.
        """
        try:
            s3_client().put_object(
                Bucket=self.name,
                Key=copy.name,
                Body=copy.body,
                ContentType="application/json",
                ChecksumAlgorithm="SHA256",
                IfNoneMatch="*",
            )
        except ClientError as error:
            if error.response["Error"]["Code"] == _THERE:
                return False
            raise
        return True

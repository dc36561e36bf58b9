"""The bucket with the locked copies of the audit trail: which it is, and what becomes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from botocore.exceptions import ClientError

from chalicelib.upkeep.audit_bucket import bucket_name
from infra.account import Account
from infra.stacks import Tell

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sts import STSClient

_MISSING: Final = frozenset({"404", "NoSuchBucket"})


def bucket_of(table_prefix: str, sts: STSClient) -> str:
    """The name of the bucket of a stage in the account of whoever asks."""
    return bucket_name(table_prefix, sts.get_caller_identity()["Account"])


def delete_copies(account: Account, tell: Tell) -> None:
    """Delete the copies that may be thrown away, and say of others that they stay."""
    client: S3Client = account.client("s3")
    bucket = bucket_of(f"{account.stage.prefix}-", account.client("sts"))
    if not _exists(client, bucket):
        return
    if account.stage.audit.lock == "COMPLIANCE":
        tell(f"bucket {bucket} and its key stay: each copy is locked for {account.stage.audit.days} days")
        return
    tell(f"deleting bucket {bucket}")
    client.delete_bucket_policy(Bucket=bucket)
    for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket):
        for one in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
            client.delete_object(
                Bucket=bucket, Key=one["Key"], VersionId=one["VersionId"], BypassGovernanceRetention=True
            )
    client.delete_bucket(Bucket=bucket)


def _exists(client: S3Client, bucket: str) -> bool:
    try:
        client.head_bucket(Bucket=bucket)
    except ClientError as error:
        if error.response["Error"]["Code"] in _MISSING:
            return False
        raise
    return True

"""The bucket of locked copies, in moto."""

from __future__ import annotations

from typing import Any

import boto3
import pytest
from moto.s3.models import S3Backend

from chalicelib.upkeep.audit_bucket import AuditBucket, bucket_name
from chalicelib.upkeep.audit_copies import copy_of
from infra.repair.copies import Copies
from infra.repair.rows import Row, Rows, texts

OIN = "00000099000000001000"
MOTO_ACCOUNT = "123456789012"


def make_bucket(prefix: str, environment: pytest.MonkeyPatch) -> AuditBucket:
    """A bucket that keeps every version, as the template's does."""
    _list_from_markers(environment)
    bucket, client = AuditBucket(bucket_name(prefix, MOTO_ACCOUNT)), boto3.client("s3")
    client.create_bucket(Bucket=bucket.name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    client.put_bucket_versioning(Bucket=bucket.name, VersioningConfiguration={"Status": "Enabled"})
    return bucket


def keep_all(rows: Rows, bucket: AuditBucket) -> None:
    """Copy every entry, as the function `witness` would."""
    for page in rows.pages("audit"):
        for row in page:
            bucket.keep(copy_of(texts(row), OIN))


def copies_in(bucket: AuditBucket) -> Copies:
    """The copies as `verify` reads them."""
    return Copies(bucket.name, boto3.client("s3"))


def forget_new_copies(copies: Copies, before: list[Row]) -> None:
    """Delete every version and mark that was not there before."""
    for page in copies.pages():
        for row in page:
            if row not in before:
                copies.client.delete_object(Bucket=copies.bucket, Key=row["copy"], VersionId=row["version"])


def _list_from_markers(environment: pytest.MonkeyPatch) -> None:
    """Moto skips one name too many after a KeyMarker that comes without a VersionIdMarker."""
    stock = S3Backend.list_object_versions

    def listed(backend: S3Backend, bucket_name: str, **asked: Any) -> Any:
        marker = asked.get("key_marker")
        if not marker or asked.get("version_id_marker"):
            return stock(backend, bucket_name, **asked)
        versions, prefixes, marks, *_ = stock(
            backend, bucket_name, **{**asked, "key_marker": None, "max_keys": None}
        )
        after = [[one for one in some if one.name > marker] for some in (versions, marks)]
        return after[0], prefixes, after[1], None, None

    environment.setattr(S3Backend, "list_object_versions", listed)

"""The copies of the audit trail, put together."""

from __future__ import annotations

from chalicelib.upkeep.audit_bucket import AuditBucket, bucket_name
from chalicelib.wiring import base


def copies(account: str) -> AuditBucket:
    """The bucket of this stage in an AWS account."""
    return AuditBucket(bucket_name(base.settings().table_prefix, account))

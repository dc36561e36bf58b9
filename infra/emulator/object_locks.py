"""Buckets with Object Lock from a template: the stock CloudFormation leaves out the lock.

Locks themselves the stock S3 keeps as AWS does: a locked version cannot be deleted.
"""

from __future__ import annotations

from typing import Any

from ministack.services import s3
from ministack.services.cloudformation import provisioners

_BUCKET = "AWS::S3::Bucket"


def teach() -> None:
    """Set the lock of a bucket that is made or changed by a template."""
    handlers = provisioners._RESOURCE_HANDLERS[_BUCKET]
    create, update = handlers["create"], handlers["update"]

    def create_locked(logical_id: str, properties: dict[str, Any], stack: str) -> Any:
        made = create(logical_id, properties, stack)
        _lock(made[0], properties)
        return made

    def update_locked(physical_id: str, old: dict[str, Any], properties: dict[str, Any], stack: str) -> Any:
        made = update(physical_id, old, properties, stack)
        _lock(made[0], properties)
        return made

    handlers["create"], handlers["update"] = create_locked, update_locked


def _lock(bucket: str, properties: dict[str, Any]) -> None:
    if not properties.get("ObjectLockEnabled"):
        return
    retention = properties.get("ObjectLockConfiguration", {}).get("Rule", {}).get("DefaultRetention")
    kept = None
    if retention:
        days = {name: int(retention[name]) for name in ("Days", "Years") if name in retention}
        kept = {"Mode": retention["Mode"], **days}
    s3._bucket_object_lock[bucket] = {"enabled": True, "default_retention": kept}

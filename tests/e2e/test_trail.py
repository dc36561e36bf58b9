"""The audit trail and its locked copy, on a deployed stack."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from infra.isolation import LOCAL_ACCOUNT
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D39")]


def test_the_bucket_locks_what_is_put_there(stack: Stack) -> None:
    """As the template says: versions, a lock of a day (local is there to be thrown away), and no public."""
    s3, bucket = stack.client("s3"), _bucket(stack)

    lock = s3.get_object_lock_configuration(Bucket=bucket)["ObjectLockConfiguration"]
    assert lock == {
        "ObjectLockEnabled": "Enabled",
        "Rule": {"DefaultRetention": {"Mode": "GOVERNANCE", "Days": 1}},
    }
    assert s3.get_bucket_versioning(Bucket=bucket)["Status"] == "Enabled"
    assert all(s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"].values())


def test_an_act_is_copied_and_its_copy_stays(region: Region, stack: Stack) -> None:
    """Within moments, once, word for word; and nobody deletes it."""
    school = region.organisation("school")
    given = school.give(about(region, surname="Spoor"))
    school.call("GET", f"/signals/{given['id']}")

    until(lambda: len(_copies(stack, given["id"])) >= 2)

    acts = {told["name"]: told for told, _ in _copies(stack, given["id"])}
    assert {"SIGNAL_GIVEN", "SIGNAL_READ"} <= set(acts)
    assert acts["SIGNAL_READ"]["entry"] == _entry(stack, acts["SIGNAL_READ"]["entry"])
    _, version = _copies(stack, given["id"])[0]
    with pytest.raises(ClientError, match=r"AccessDenied"):
        stack.client("s3").delete_object(
            Bucket=_bucket(stack), Key=version["Key"], VersionId=version["VersionId"]
        )


def test_table_and_copies_agree(region: Region) -> None:
    """As an operator sees it: nothing is left to copy, and both promises are kept."""
    region.organisation("school").give(about(region, surname="Gelijk"))
    region.wait_until_quiet()
    until(lambda: region.operate("audit", "copy", "local").stdout == "copied: 0\n")

    told = region.operate("verify", "local", "--hours", "0").stdout.splitlines()

    kept = [line for line in told if line[2:].startswith(("entries-kept", "copies-founded"))]
    assert [line[:2] for line in kept] == ["  ", "  "]


def _bucket(stack: Stack) -> str:
    return f"{stack.prefix}audit-{LOCAL_ACCOUNT}"


def _copies(stack: Stack, resource: str) -> list[tuple[dict[str, Any], Any]]:
    """The copies of acts on a resource, with their versions."""
    s3, bucket = stack.client("s3"), _bucket(stack)
    found = []
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        for version in page.get("Versions", []):
            told = json.loads(s3.get_object(Bucket=bucket, Key=version["Key"])["Body"].read())
            if told["entry"]["resource"] == resource:
                found.append((told, version))
    return found


def _entry(stack: Stack, entry: dict[str, str]) -> dict[str, str]:
    """The entry as the table holds it."""
    key = {name: {"S": entry[name]} for name in ("organisationId", "entryId")}
    item = stack.client("dynamodb").get_item(TableName=f"{stack.prefix}audit", Key=key)["Item"]
    return {name: value["S"] for name, value in item.items()}

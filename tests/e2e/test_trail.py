"""The audit trail and its locked copy, on a deployed stack."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError

from chalicelib.upkeep.audit_copies import name_of
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

    acts = {told["name"]: told for told, _ in _copies(stack, school.id, given["id"], at_least=2)}
    assert {"SIGNAL_GIVEN", "SIGNAL_READ"} <= set(acts)
    assert acts["SIGNAL_READ"]["entry"] == _entry(stack, acts["SIGNAL_READ"]["entry"])
    _, version = _copies(stack, school.id, given["id"], at_least=2)[0]
    with pytest.raises(ClientError, match=r"AccessDenied"):
        stack.client("s3").delete_object(
            Bucket=_bucket(stack), Key=version["Key"], VersionId=version["VersionId"]
        )


@pytest.mark.xdist_group("whole-region")
def test_table_and_copies_agree(region: Region, stack: Stack) -> None:
    """Name by name; and as an operator sees it nothing is left to copy, and both promises are kept."""
    school = region.organisation("school")
    given = school.give(about(region, surname="Gelijk"))
    school.matches(given["id"])
    owner = _copies(stack, school.id, given["id"], at_least=2)[0][0]["entry"]["organisationId"]

    until(lambda: _names(stack, owner) == _expected_names(stack, owner))

    assert region.operate("audit", "copy", "local").stdout == "copied: 0\n"
    told = region.operate("verify", "local").stdout.splitlines()
    kept = [line for line in told if line[2:].startswith(("entries-kept", "copies-founded"))]
    assert [line[:2] for line in kept] == ["  ", "  "]


def _bucket(stack: Stack) -> str:
    return f"{stack.prefix}audit-{LOCAL_ACCOUNT}"


def _names(stack: Stack, organisation: str) -> list[str]:
    """The names of all versions of all copies of an organisation's entries."""
    pages = stack.client("s3").get_paginator("list_object_versions")
    found = pages.paginate(Bucket=_bucket(stack), Prefix=f"entries/{organisation}/")
    return sorted(version["Key"] for page in found for version in page.get("Versions", []))


def _expected_names(stack: Stack, organisation: str) -> list[str]:
    """What they should be by the table."""
    rows = stack.client("dynamodb").query(
        TableName=f"{stack.prefix}audit",
        KeyConditionExpression="organisationId = :one",
        ExpressionAttributeValues={":one": {"S": organisation}},
        ConsistentRead=True,
    )["Items"]
    return sorted(name_of({name: next(iter(value.values())) for name, value in row.items()}) for row in rows)


def _copies(
    stack: Stack, organisation: str, resource: str, *, at_least: int
) -> list[tuple[dict[str, Any], Any]]:
    """The copies of an organisation's acts on a resource, with their versions, once there are so many."""
    until(lambda: len(_copies_now(stack, organisation, resource)) >= at_least)
    return _copies_now(stack, organisation, resource)


def _copies_now(stack: Stack, organisation: str, resource: str) -> list[tuple[dict[str, Any], Any]]:
    s3, bucket = stack.client("s3"), _bucket(stack)
    pages = s3.get_paginator("list_object_versions")
    found = []
    for page in pages.paginate(Bucket=bucket, Prefix=f"entries/{organisation}/"):
        for version in page.get("Versions", []):
            told = json.loads(s3.get_object(Bucket=bucket, Key=version["Key"])["Body"].read())
            if told["entry"]["resource"] == resource:
                found.append((told, version))
    return found


def _entry(stack: Stack, entry: dict[str, str]) -> dict[str, str]:
    """The entry as the table holds it."""
    key = {name: {"S": entry[name]} for name in ("organisationId", "entryId")}
    item = stack.client("dynamodb").get_item(TableName=f"{stack.prefix}audit", Key=key)["Item"]
    return {name: next(iter(value.values())) for name, value in item.items()}

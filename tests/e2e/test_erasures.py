"""Erasure after a restore, and who did what, on the deployed functions (D38, D39)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from infra.isolation import LOCAL_ACCOUNT
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D38"), pytest.mark.rule("D39")]


def test_what_a_restore_brings_back_is_erased_again(region: Region, stack: Stack) -> None:
    """By the ledger in the locked bucket; then nothing is left but certificate, number and trail."""
    school = region.organisation("school")
    signal_id = school.give(about(region, surname="Terugkeer"))["id"]
    region.wait_until_quiet()
    before = _rows_of(stack, signal_id)
    school.retract(signal_id)
    until(lambda: signal_id in _ledger(stack))
    region.wait_until_quiet()

    _restore(stack, before)
    assert school.read(signal_id)["state"] == "ACTIVE"
    told = region.operate("reapply-erasures", "local").stdout
    until(lambda: not region.row("work", _pending(signal_id)))

    assert signal_id in told.splitlines()
    gone = school.call("GET", f"/signals/{signal_id}")
    assert (gone.status, gone.json["type"].rpartition("/")[2]) == (410, "signal-erased")
    looked = region.look_for_erased(signal_id)
    assert (looked.returncode, looked.stdout.splitlines()[-1]) == (
        0, "no trace but the certificates, the numbers and the trail",
    )  # fmt: skip


def test_the_trail_tells_who_did_what(region: Region) -> None:
    """By thing and by pseudonym, the look at it too; the index may lag a moment."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Spoorzoek")
    given = school.give(youth)["id"]
    nurse.give(youth)
    school.read(given)

    until(lambda: len(_entries(school, f"resource={given}")) >= 2)
    by_thing = _entries(school, f"resource={given}")
    assert [one["act"] for one in by_thing][:2] == ["SIGNAL_GIVEN", "SIGNAL_READ"]
    (pseudonym,) = {one["youth"] for one in by_thing}
    until(lambda: nurse.id in {one["organisationId"] for one in _entries(school, f"pseudonym={pseudonym}")})
    assert "TRAIL_READ" in {one["act"] for one in _entries(school, f"pseudonym={pseudonym}")}


def _pending(signal_id: str) -> dict[str, Any]:
    """The key of its work item, which is gone once it was reconciled."""
    bucket = f"pending#{bucket_of(signal_id, WORK_BUCKETS)}"
    return {"bucket": {"S": bucket}, "itemId": {"S": signal_id}}


def _entries(school: Any, question: str) -> list[dict[str, Any]]:
    answer = school.call("GET", f"/audit-entries?{question}&limit=100")
    assert answer.status == 200
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def _ledger(stack: Stack) -> str:
    """The names of the lines of the ledger."""
    bucket = f"{stack.prefix}audit-{LOCAL_ACCOUNT}"
    found = stack.client("s3").list_objects_v2(Bucket=bucket, Prefix="erasures/")
    return " ".join(line["Key"] for line in found.get("Contents", []))


def _rows_of(stack: Stack, signal_id: str) -> dict[str, list[dict[str, Any]]]:
    """A signal's rows with all that they hold, as a backup has them."""
    dynamodb = stack.client("dynamodb")
    pages = dynamodb.get_paginator("scan")
    return {
        table: [
            item
            for page in pages.paginate(TableName=f"{stack.prefix}{table}", ConsistentRead=True)
            for item in page["Items"]
            if item["signalId"]["S"] == signal_id
        ]
        for table in ("signals", "match-keys")
    }


def _restore(stack: Stack, rows: dict[str, list[dict[str, Any]]]) -> None:
    for table, items in rows.items():
        assert items
        for item in items:
            stack.client("dynamodb").put_item(TableName=f"{stack.prefix}{table}", Item=item)

"""What the template of the locked copies promises: nobody changes, hides or loses one (D39)."""

from __future__ import annotations

from typing import Any

import pytest

from infra.stages import read_stages
from tests.contract.templates import of_type, properties

pytestmark = pytest.mark.rule("D39")

BUCKET = "AWS::S3::Bucket"
OBJECTS = {"Sub": "${AuditBucket.Arn}/*"}


def bucket() -> dict[str, Any]:
    """The bucket's properties."""
    (found,) = properties("audit", BUCKET)
    return found


def denials() -> dict[str, dict[str, Any]]:
    """The statements of the bucket's policy, all of which deny, to everybody."""
    (policy,) = properties("audit", "AWS::S3::BucketPolicy")
    statements = policy["PolicyDocument"]["Statement"]
    assert {(one["Effect"], one["Principal"]) for one in statements} == {("Deny", "*")}
    return {one["Sid"]: one for one in statements}


def test_every_object_is_locked_and_every_version_kept() -> None:
    """From the moment it is written, for the days and in the mode of the stage."""
    assert bucket()["ObjectLockEnabled"] is True
    assert bucket()["ObjectLockConfiguration"]["Rule"]["DefaultRetention"] == {
        "Mode": {"Ref": "LockMode"},
        "Days": {"Ref": "LockDays"},
    }
    assert bucket()["VersioningConfiguration"] == {"Status": "Enabled"}


def test_the_lock_of_a_real_stage_cannot_be_undone() -> None:
    """By nobody, for five years; only what runs on this machine can be thrown away."""
    locks = {stage.is_local: (stage.audit.lock, stage.audit.days) for stage in read_stages().values()}

    assert locks == {True: ("GOVERNANCE", 1), False: ("COMPLIANCE", 1827)}


def test_it_is_encrypted_by_a_key_of_its_own_and_closed_to_the_public() -> None:
    """The key is rotated and stays as long as the bucket."""
    (rule,) = bucket()["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    (key,) = properties("audit", "AWS::KMS::Key")

    assert rule["ServerSideEncryptionByDefault"] == {
        "SSEAlgorithm": "aws:kms",
        "KMSMasterKeyID": {"GetAtt": "AuditKey.Arn"},
    }
    assert key["EnableKeyRotation"] is True
    assert set(bucket()["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket()["OwnershipControls"] == {"Rules": [{"ObjectOwnership": "BucketOwnerEnforced"}]}


def test_nobody_hides_changes_or_overwrites_a_copy() -> None:
    """Neither by a mark, nor by a shorter lock, a second version, another key, or in the clear."""
    found = denials()

    assert set(found) == {"OnlyOverTls", "NobodyHidesOrChangesACopy", "ACopyIsWrittenOnce", "UnderNoOtherKey"}
    assert {"s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention"} <= set(
        found["NobodyHidesOrChangesACopy"]["Action"]
    )
    assert found["NobodyHidesOrChangesACopy"]["Resource"] == OBJECTS
    assert found["ACopyIsWrittenOnce"]["Condition"] == {"Null": {"s3:if-none-match": "true"}}
    assert found["OnlyOverTls"]["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_the_bucket_its_policy_and_its_key_outlive_their_stack() -> None:
    """A stack that is deleted leaves all three."""
    kept = [
        one
        for kind in (BUCKET, "AWS::S3::BucketPolicy", "AWS::KMS::Key")
        for one in of_type("audit", kind).values()
    ]

    assert [(one["DeletionPolicy"], one["UpdateReplacePolicy"]) for one in kept] == [
        ("RetainExceptOnCreate", "Retain")
    ] * 3


def test_the_table_lets_nobody_change_what_was_written() -> None:
    """Whatever a role allows: the table's own policy denies it."""
    (table,) = [one for one in properties("storage", "AWS::DynamoDB::Table") if "ResourcePolicy" in one]
    (statement,) = table["ResourcePolicy"]["PolicyDocument"]["Statement"]

    assert table["TableName"] == {"Sub": "verwijsindex-${Stage}-audit"}
    assert (statement["Effect"], statement["Principal"]) == ("Deny", "*")
    assert {"dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"} <= set(
        statement["Action"]
    )

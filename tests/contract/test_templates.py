"""What the templates promise: nothing is lost, nothing is readable, nothing fails unnoticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chalicelib.notices.feedback import KNOWN_WITHIN
from infra.functions import FUNCTIONS, MAPPED_FUNCTIONS, QUEUE_FUNCTIONS
from infra.places import TEMPLATES
from infra.stages import read_stages
from tests.contract.templates import of_type, properties, resources

TABLE = "AWS::DynamoDB::Table"
REGIONS = sorted({stage.region for stage in read_stages().values()})
KEPT = ("RetainExceptOnCreate", "Retain")
KEYS_ONLY, AS_WRITTEN = "KEYS_ONLY", "NEW_IMAGE"
TABLES: dict[str, tuple[dict[str, str], str | None, str | None]] = {
    "signals": ({"signalId": "HASH"}, KEYS_ONLY, None),
    "match-keys": ({"matchKey": "HASH", "signalId": "RANGE"}, None, None),
    "archive-keys": ({"archiveKey": "HASH", "signalId": "RANGE"}, None, None),
    "histories": ({"signalId": "HASH"}, None, None),
    "work": ({"bucket": "HASH", "itemId": "RANGE"}, None, None),
    "matches": ({"matchId": "HASH"}, None, None),
    "signal-matches": ({"signalId": "HASH", "matchId": "RANGE"}, None, None),
    "references": ({"name": "HASH"}, None, "expiresAt"),
    "notices": ({"noticeId": "HASH"}, None, None),
    "outbox": ({"receiver": "HASH"}, KEYS_ONLY, None),
    "leases": ({"name": "HASH"}, None, "expiresAt"),
    "professionals": ({"organisationId": "HASH", "professionalId": "RANGE"}, None, None),
    "sites": ({"organisationId": "HASH", "siteId": "RANGE"}, None, None),
    "organisations": ({"organisationId": "HASH"}, None, None),
    "client-keys": ({"organisationId": "HASH"}, None, None),
    "data-keys": ({"keyId": "HASH"}, None, None),
    "excluded-addresses": ({"addressKey": "HASH"}, None, None),
    "audit": ({"organisationId": "HASH", "entryId": "RANGE"}, AS_WRITTEN, "expiresAt"),
    "erasures": ({"signalId": "HASH"}, None, "expiresAt"),
    "requests": ({"requestId": "HASH"}, None, None),
    "settings": ({"name": "HASH"}, None, None),
}
"""Every table: its key, what its stream carries, and the attribute that ends its rows."""


def tables() -> dict[str, dict[str, Any]]:
    """The tables' properties by their names, without the stage."""
    prefix = "verwijsindex-${Stage}-"
    return {one["TableName"]["Sub"].removeprefix(prefix): one for one in properties("storage", TABLE)}


@pytest.mark.parametrize("template", sorted(path.name for path in TEMPLATES.glob("*.yaml")))
def test_the_linter_finds_nothing(template: str) -> None:
    """cfn-lint knows the services' own schemas, in the regions of the stages."""
    linter = Path(sys.executable).with_name("cfn-lint")
    command = [str(linter), "--regions", *REGIONS, "--", str(TEMPLATES / template)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.stdout, done.returncode) == ("", 0)


def test_the_tables_are_exactly_these() -> None:
    """Keys, streams, and rows that end by themselves."""
    found = {
        name: (
            {key["AttributeName"]: key["KeyType"] for key in one["KeySchema"]},
            one.get("StreamSpecification", {}).get("StreamViewType"),
            one.get("TimeToLiveSpecification", {}).get("AttributeName"),
        )
        for name, one in tables().items()
    }

    assert found == TABLES


def test_a_stream_carries_keys_only_but_that_of_the_trail() -> None:
    """A stream record says which row changed, never what is in it (D40); the trail holds ids only (D39)."""
    views = {
        name: one["StreamSpecification"]["StreamViewType"]
        for name, one in tables().items()
        if "StreamSpecification" in one
    }

    assert views == {"signals": KEYS_ONLY, "outbox": KEYS_ONLY, "audit": AS_WRITTEN}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_a_table_can_be_restored_is_protected_and_encrypted_with_our_key(name: str) -> None:
    """Point-in-time recovery, deletion protection by stage, a key of our own, paid by use."""
    table = tables()[name]

    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["DeletionProtectionEnabled"] == {"If": ["Protected", True, False]}
    assert table["SSESpecification"] == {
        "SSEEnabled": True,
        "SSEType": "KMS",
        "KMSMasterKeyId": {"GetAtt": "StorageKey.Arn"},
    }
    assert table["BillingMode"] == "PAY_PER_REQUEST"


def test_nothing_that_holds_data_goes_with_its_stack() -> None:
    """Tables, keys and secrets stay when a stack is deleted or a change would replace them."""
    kinds = (TABLE, "AWS::KMS::Key", "AWS::SecretsManager::Secret")
    held = [one for kind in kinds for one in of_type("storage", kind).values()]

    assert len(held) == len(TABLES) + 3 + 2
    assert {(one["DeletionPolicy"], one["UpdateReplacePolicy"]) for one in held} == {KEPT}


def test_keys_that_encrypt_are_rotated_and_the_token_key_signs() -> None:
    """Two symmetric keys, rotated by AWS, and one RSA key that can do nothing but sign (PS256)."""
    keys = {name: one["Properties"] for name, one in of_type("storage", "AWS::KMS::Key").items()}

    assert {name for name, key in keys.items() if key.get("EnableKeyRotation")} == {"StorageKey", "DataKey"}
    assert (keys["TokenKey"]["KeySpec"], keys["TokenKey"]["KeyUsage"]) == ("RSA_2048", "SIGN_VERIFY")


def test_no_secret_is_written_down() -> None:
    """Secrets are made where they are kept, one member per version."""
    secrets = properties("storage", "AWS::SecretsManager::Secret")

    assert all("SecretString" not in one for one in secrets)
    assert [one["GenerateSecretString"]["GenerateStringKey"] for one in secrets] == ["v1", "v1"]


def test_what_a_function_gives_up_on_waits_fourteen_days() -> None:
    """One encrypted queue per function that a mapping wakes, with SQS's longest retention."""
    queues = {one["QueueName"]["Sub"]: one for one in properties("services", "AWS::SQS::Queue")}

    assert set(queues) == {
        f"verwijsindex-${{Stage}}-{name}"
        for name in (
            *(f"{function.name}-failures" for function in MAPPED_FUNCTIONS),
            *(str(function.queue) for function in QUEUE_FUNCTIONS),
        )
    }
    assert {(one["SqsManagedSseEnabled"], one["MessageRetentionPeriod"]) for one in queues.values()} == {
        (True, 14 * 24 * 3600)
    }


def test_mails_leave_over_tls_and_bad_addresses_are_not_written_again() -> None:
    """The configuration set requires TLS and suppresses what bounced or complained."""
    (settings,) = properties("services", "AWS::SES::ConfigurationSet")

    assert settings["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}
    assert settings["SuppressionOptions"] == {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]}
    assert "TrackingOptions" not in settings


@pytest.mark.rule("D28")
def test_what_becomes_of_a_mail_reaches_the_function_that_records_it() -> None:
    """From the configuration set by topic and queue, each open to the one before it alone."""
    (events,) = properties("services", "AWS::SES::ConfigurationSetEventDestination")
    (hop,) = [one for one in properties("services", "AWS::SNS::Subscription") if one["Protocol"] == "sqs"]
    (queue,) = [one for one in properties("services", "AWS::SQS::Queue") if "RedrivePolicy" in one]
    (policy,) = properties("services", "AWS::SQS::QueuePolicy")
    (allowed,) = policy["PolicyDocument"]["Statement"]

    assert events["EventDestination"] == {
        "Name": "feedback",
        "Enabled": True,
        "MatchingEventTypes": ["bounce", "complaint", "delivery", "reject", "renderingFailure"],
        "SnsDestination": {"TopicARN": {"Ref": "MailFeedbackTopic"}},
    }
    assert (hop["Endpoint"], hop["RawMessageDelivery"]) == ({"GetAtt": "MailFeedback.Arn"}, True)
    assert queue["RedrivePolicy"]["deadLetterTargetArn"] == {"GetAtt": "FeedbackFailures.Arn"}
    (function,) = [one for one in FUNCTIONS if one.name == "feedback"]
    assert queue["VisibilityTimeout"] == 6 * function.timeout
    assert queue["VisibilityTimeout"] * queue["RedrivePolicy"]["maxReceiveCount"] > 2 * KNOWN_WITHIN.seconds
    assert allowed["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Ref": "MailFeedbackTopic"}}}


def test_every_function_has_a_log_that_ends_and_an_alarm_for_its_errors() -> None:
    """Nothing fails unnoticed, and no log is kept for ever."""
    names = {f"verwijsindex-${{Stage}}{_suffix(function.name)}" for function in FUNCTIONS}
    logs = properties("services", "AWS::Logs::LogGroup")
    alarms = properties("operations", "AWS::CloudWatch::Alarm")
    watched = {one["Dimensions"][0]["Value"]["Sub"] for one in alarms if one["MetricName"] == "Errors"}

    assert {one["LogGroupName"]["Sub"] for one in logs} >= {f"/aws/lambda/{name}" for name in names}
    assert all(one["RetentionInDays"] == {"Ref": "LogDays"} for one in logs)
    assert watched == names


def test_every_alarm_reaches_the_operators() -> None:
    """And tells them when it is over."""
    for alarm in properties("operations", "AWS::CloudWatch::Alarm"):
        assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "OperatorsTopicArn"}]


def test_no_template_names_an_account_or_a_region() -> None:
    """The same templates serve every stage."""
    for path in TEMPLATES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert "eu-central-1" not in text
        assert "eu-west-1" not in text
        assert "000000000000" not in text
    assert resources("operations")


def _suffix(function: str) -> str:
    return "" if function == "api" else f"-{function}"

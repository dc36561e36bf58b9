"""The streams that app.py names: looked up while Chalice deploys, and never otherwise."""

from __future__ import annotations

import boto3
import pytest

from chalicelib.deployment import PLACEHOLDER, StreamMissingError, stream_arn

PREFIX = "verwijsindex-test-"


@pytest.fixture
def deploying(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of Chalice's command while it deploys a stage."""
    monkeypatch.setenv("AWS_CHALICE_CLI_MODE", "true")
    monkeypatch.setenv("VERWIJSINDEX_TABLE_PREFIX", PREFIX)
    monkeypatch.delenv("AWS_LAMBDA_FUNCTION_NAME", raising=False)


def make_table(name: str, *, stream: bool) -> str | None:
    """A table of the stage; returns its stream's ARN."""
    made = boto3.client("dynamodb").create_table(
        TableName=f"{PREFIX}{name}",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "KEYS_ONLY"}
        if stream
        else {"StreamEnabled": False},
    )
    return made["TableDescription"].get("LatestStreamArn")


@pytest.mark.usefixtures("deploying")
def test_while_chalice_deploys_it_is_the_tables_own() -> None:
    """The stream that the table has now, also after it was made anew."""
    expected = make_table("signals", stream=True)

    assert expected == stream_arn("signals")


@pytest.mark.usefixtures("deploying")
def test_a_table_without_a_stream_stops_the_deploy() -> None:
    """A function that nothing wakes would be worse."""
    make_table("signals", stream=False)

    with pytest.raises(StreamMissingError, match="verwijsindex-test-signals has no stream"):
        stream_arn("signals")


@pytest.mark.usefixtures("deploying")
def test_a_missing_table_says_what_to_do_first() -> None:
    """Storage comes before functions."""
    with pytest.raises(StreamMissingError, match="deploy the stage's storage first"):
        stream_arn("signals")


@pytest.mark.usefixtures("deploying")
def test_inside_a_function_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cold start costs no call, and a role needs no right to describe tables."""
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "verwijsindex-test-match")

    assert PLACEHOLDER.format("signals") == stream_arn("signals")


def test_outside_a_deploy_nothing_is_looked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests and tools import app.py without an account."""
    monkeypatch.delenv("AWS_CHALICE_CLI_MODE", raising=False)

    assert PLACEHOLDER.format("outbox") == stream_arn("outbox")

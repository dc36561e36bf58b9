"""Read units as DynamoDB charges them, and the page that figures are written to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import boto3
import pytest
from moto import mock_aws

from benchmarks.meter import item_bytes, metering
from benchmarks.page import write_section


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A table in memory with one item of nearly five kilobytes."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", "")
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    with mock_aws():
        client = boto3.client(
            "dynamodb", region_name="eu-central-1", aws_access_key_id="x", aws_secret_access_key="y"
        )
        client.create_table(
            TableName="t",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        client.put_item(TableName="t", Item={"id": {"S": "large"}, "text": {"S": "x" * 5000}})
        yield client


@pytest.mark.parametrize(("consistent", "units"), [(True, 2.0), (False, 1.0)])
def test_a_read_costs_a_unit_per_four_kilobytes_and_half_when_it_may_lag(
    table: Any, *, consistent: bool, units: float
) -> None:
    """Five kilobytes are two units."""
    with metering() as meter:
        table.get_item(TableName="t", Key={"id": {"S": "large"}}, ConsistentRead=consistent)

    assert (meter.count("dynamodb", "GetItem"), meter.reads(), meter.writes()) == (1, units, 0)


def test_a_key_without_an_item_costs_a_unit_in_a_batch(table: Any) -> None:
    """Two for the large item, one for the one that is not there."""
    keys = [{"id": {"S": "large"}}, {"id": {"S": "nobody"}}]
    with metering() as meter:
        table.batch_get_item(RequestItems={"t": {"Keys": keys, "ConsistentRead": True}})

    assert meter.reads() == 3


def test_calls_outside_are_not_counted(table: Any) -> None:
    """The meter ends with its block."""
    with metering() as meter:
        pass
    table.get_item(TableName="t", Key={"id": {"S": "large"}})

    assert meter.calls == []


def test_an_item_is_as_large_as_its_names_and_values() -> None:
    """UTF-8 bytes, nested ones too."""
    item = {"naam": {"S": "Ömer"}, "n": {"N": "12"}, "m": {"M": {"a": {"BOOL": True}}}, "b": {"B": b"12"}}

    assert item_bytes(item) == (4 + 5) + (1 + 2) + (1 + 3 + 1 + 1 + 1) + (1 + 2)


def test_a_section_is_replaced_and_the_others_stay(tmp_path: Path) -> None:
    """Each command writes its own section."""
    page = tmp_path / "page.md"
    write_section("One", "one", "first", page)
    write_section("Two", "two", "second", page)

    write_section("One", "one", "third", page)

    text = page.read_text(encoding="utf-8")
    assert "first" not in text
    assert text.index("third") < text.index("## Two") < text.index("second")

"""Turns are counted per second, whoever takes them, in rows that go by themselves."""

from __future__ import annotations

import boto3

from chalicelib.models.tables import create_all, tables_of
from chalicelib.models.turns import TurnTable
from tests.builders import NOW

PREFIX = "verwijsindex-turns-"
SECOND = int(NOW.timestamp())


def test_turns_of_a_second_are_counted_from_one(aws: None) -> None:
    """Each second for itself."""
    create_all(PREFIX)
    turns = TurnTable(tables_of(PREFIX))

    assert [turns.take(SECOND), turns.take(SECOND), turns.take(SECOND + 1)] == [1, 2, 1]


def test_a_row_of_turns_goes_by_itself(aws: None) -> None:
    """An hour later, by DynamoDB's own sweep."""
    create_all(PREFIX)
    TurnTable(tables_of(PREFIX)).take(SECOND)

    rows = boto3.client("dynamodb").scan(TableName=f"{PREFIX}leases")["Items"]

    assert rows == [
        {"name": {"S": f"mails#{SECOND}"}, "taken": {"N": "1"}, "expiresAt": {"N": str(SECOND + 3600)}}
    ]

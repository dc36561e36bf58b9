"""Rows that somebody or something spoilt: one that cannot be read hides no other."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from chalicelib.ports.errors import Unreadable
from tests.builders import make_professional
from tests.integration.storage.conftest import MOTO_PREFIX, Region

ANOTHER_TYPE: dict[str, Any] = {"name": {"N": "7"}}
NO_SUCH_LANGUAGE: dict[str, Any] = {"language": {"S": "xx"}}
NOT_JSON: dict[str, Any] = {"mailbox": {"S": "{"}}


def spoil(table: str, key: dict[str, Any], row: dict[str, Any]) -> None:
    """Write over a row what no code of ours would."""
    client, name = boto3.client("dynamodb"), MOTO_PREFIX + table
    held = client.get_item(TableName=name, Key=key)["Item"]
    client.put_item(TableName=name, Item=held | row)


def spoil_a_card(row: dict[str, Any]) -> None:
    """Of the professional p2 of the school."""
    key = {"organisationId": {"S": "school"}, "professionalId": {"S": "p2"}}
    spoil("professionals", key, row)


@pytest.mark.parametrize("row", [ANOTHER_TYPE, NO_SUCH_LANGUAGE, NOT_JSON])
def test_a_card_that_cannot_be_read_hides_no_other(moto_region: Region, row: dict[str, Any]) -> None:
    """Asked for by itself it is refused, and the error quotes nothing of it."""
    organisations = moto_region.storage.organisations
    one, other = make_professional(), make_professional("school", "p2")
    organisations.put_professional(one)
    organisations.put_professional(other)
    spoil_a_card(row)

    assert organisations.professionals([one.receiver, other.receiver]) == {one.receiver: one}
    with pytest.raises(Unreadable) as refused:
        organisations.professional("school", "p2")
    assert refused.value.__cause__ is None
    assert str(refused.value) in {"AttributeDeserializationError", "ValueError", "JSONDecodeError"}


def test_storing_the_card_again_makes_it_readable(moto_region: Region) -> None:
    """What an operator does about one."""
    organisations = moto_region.storage.organisations
    card = make_professional("school", "p2")
    organisations.put_professional(card)
    spoil_a_card(ANOTHER_TYPE)

    organisations.put_professional(card)

    assert organisations.professional("school", "p2") == card

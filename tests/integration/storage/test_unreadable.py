"""Rows that somebody or something spoilt: one that cannot be read hides no other."""

from __future__ import annotations

from typing import Any

import boto3
import pytest

from chalicelib.domain.notice import unreadable
from chalicelib.ports.errors import Unreadable
from tests.builders import make_professional
from tests.integration.storage.conftest import MOTO_PREFIX, Region
from tests.integration.storage.given import make_notice

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


@pytest.mark.parametrize(
    "row", [{"kind": {"S": "SHOUTED"}}, {"createdAt": {"N": "7"}}, {"receiver": {"NULL": True}}]
)
def test_a_notice_that_cannot_be_read_stands_among_those_that_can(
    moto_region: Region, row: dict[str, Any]
) -> None:
    """By its id alone, wherever notices are read; it is never taken for one that is not there."""
    notices, erasures = moto_region.storage.notices, moto_region.storage.erasures
    spoilt, other = make_notice("lo-m1"), make_notice("lo-m2")
    notices.add([spoilt, other])
    spoil("notices", {"noticeId": {"S": spoilt.id}}, row)

    assert notices.due("school#p1") == (unreadable(spoilt.id, "school#p1"), other)
    assert notices.get_many([spoilt.id, other.id, "lo-m3.1.STARTED.x"]) == {
        spoilt.id: unreadable(spoilt.id),
        other.id: other,
    }
    assert erasures.notices_of("lo-m1") == (unreadable(spoilt.id),)

"""The register of excluded addresses over HTTPS, for the region's administrator alone (D13)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.api.documentation.exclusion_operations import ENTRY, SHELTER
from chalicelib.domain.organisation import Scope
from tests.builders import make_organisation
from tests.gateway import BASE_URL, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

REGION = "token-region"


@pytest.fixture
def gateway(gateway: Gateway) -> Gateway:
    """A school and a youth health service, and the region's administrator."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.ORGANISATIONS_MANAGE})))
    return gateway


def exclude(gateway: Gateway, token: str = REGION, key: str | None = None, **changes: Any) -> Answer:
    """Put a shelter into the register."""
    headers = JSON | ({"Idempotency-Key": key} if key else {})
    body = as_bytes(SHELTER | changes)
    return gateway.send("POST", "/excluded-addresses", body=body, headers=headers, token=token)


def include(gateway: Gateway, one: str, token: str = REGION) -> Answer:
    """Take an entry out."""
    return gateway.send("DELETE", f"/excluded-addresses/{one}", token=token)


def listed(gateway: Gateway, limit: int = 100) -> list[Any]:
    """The whole register, through every page."""
    path, items = f"/excluded-addresses?limit={limit}", []
    while path:
        answer = gateway.send("GET", path, token=REGION)
        assert answer.status == 200
        items += answer.json["items"]
        path = answer.headers.get("link", "").partition(">")[0].removeprefix(f"<{BASE_URL}")
    return items


def test_an_excluded_address_is_told_as_it_is_listed(gateway: Gateway) -> None:
    """With who says so, and its days; found in the form of its level."""
    answer = exclude(gateway, validUntil="2027-06-30")

    assert (answer.status, answer.json) == (
        201,
        ENTRY | {"id": answer.json["id"], "validUntil": "2027-06-30"},
    )
    assert listed(gateway) == [answer.json]
    path = answer.headers["location"].removeprefix(BASE_URL)
    assert gateway.send("GET", path, token=REGION).json == answer.json
    assert list(gateway.storage.state.excluded) == ["3511AB|12"]


def test_who_lives_there_is_matched_anew_when_it_comes_and_goes(gateway: Gateway) -> None:
    """A signal at the address has work again."""
    given = gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token="token-school")
    pending = gateway.storage.state.pending
    pending.clear()

    entry = exclude(gateway).json
    came = set(pending)
    pending.clear()
    answer = include(gateway, entry["id"])

    assert (answer.status, answer.json) == (200, {"signals": 1})
    assert came == set(pending) == {given.json["id"]}
    assert listed(gateway) == []


def test_an_entry_is_taken_out_once(gateway: Gateway) -> None:
    """Then it is not there; nor is what never was."""
    entry = exclude(gateway).json

    statuses = [include(gateway, one).status for one in (entry["id"], entry["id"], "3511AB", "lo-1")]

    assert statuses == [200, 404, 404, 404]


def test_another_entry_for_an_address_takes_the_place_of_the_first(gateway: Gateway) -> None:
    """The earlier id is gone."""
    first, second = exclude(gateway).json, exclude(gateway, kind="CARE").json

    assert listed(gateway) == [second]
    assert include(gateway, first["id"]).status == 404


def test_a_repeat_by_its_key_makes_nothing_twice(gateway: Gateway) -> None:
    """It answers the same entry; other content is refused."""
    first, again = exclude(gateway, key="key-1"), exclude(gateway, key="key-1")

    assert (again.status, again.json) == (201, first.json)
    assert exclude(gateway, key="key-1", kind="CARE").status == 422


def test_the_register_is_listed_page_by_page(gateway: Gateway) -> None:
    """Each entry once, by id."""
    for number in range(1, 6):
        exclude(gateway, address={"postalCode": "3511AB", "houseNumber": number})

    ids = [entry["id"] for entry in listed(gateway, limit=2)]

    assert (len(ids), ids) == (5, sorted(set(ids)))


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"address": {"postalCode": "3511AB"}}, ("/address/houseNumber", "required")),
        ({"address": {"postalCode": "351", "houseNumber": 1}}, ("/address/postalCode", "invalid-format")),
        ({"level": "STREET"}, ("/level", "not-a-choice")),
        ({"kind": "a shelter"}, ("/kind", "invalid-format")),
        ({"source": ""}, ("/source", "invalid-format")),
        ({"validFrom": "2026-02-30"}, ("/validFrom", "invalid-date")),
        ({"validUntil": "2026-11-21"}, ("/validUntil", "before-valid-from")),
        ({"note": "x"}, ("/note", "unknown-field")),
    ],
)
def test_what_breaks_a_rule_is_told_by_its_place(
    gateway: Gateway, changed: dict[str, Any], place: tuple[str, str]
) -> None:
    """And nothing is stored."""
    answer = exclude(gateway, **changed)

    assert answer.status == 400
    assert [(error["location"], error["code"]) for error in answer.json["errors"]] == [place]
    assert gateway.storage.state.excluded == {}


@pytest.mark.rule("D16")
def test_only_the_regions_administrator_sees_or_keeps_it(gateway: Gateway) -> None:
    """A shelter's address is nobody else's to read."""
    entry = exclude(gateway).json

    answers = [
        gateway.send("GET", "/excluded-addresses", token="token-school"),
        exclude(gateway, token="token-school"),
        include(gateway, entry["id"], "token-school"),
    ]

    assert [answer.status for answer in answers] == [403, 403, 403]
    assert gateway.send("GET", "/excluded-addresses?postalCode=3511AB", token=REGION).status == 400

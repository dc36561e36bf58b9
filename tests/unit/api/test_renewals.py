"""Renewing a signal over HTTPS: what goes in, and the whole answer that comes out."""

from __future__ import annotations

from typing import Any

import pytest

from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SCHOOL = "token-school"
ID = "lo-00000000000000000000000000000001"
RENEWAL = {"plannedEndDate": "2028-01-31"}


@pytest.fixture
def given(gateway: Gateway) -> Gateway:
    """A school that gave a signal."""
    gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token=SCHOOL)
    return gateway


def renew(
    gateway: Gateway, content: Any = RENEWAL, *, key: str | None = None, token: str = SCHOOL, one: str = ID
) -> Answer:
    """Ask for a renewal."""
    headers = JSON if key is None else JSON | {"Idempotency-Key": key}
    path = f"/signals/{one}/renewal"
    return gateway.send("POST", path, body=as_bytes(content), headers=headers, token=token)


@pytest.mark.rule("D7")
def test_a_renewal_is_answered_with_the_new_signal(given: Gateway) -> None:
    """Where it is, its tag, and everything it has of the one it renews."""
    before = given.send("GET", f"/signals/{ID}", token=SCHOOL).json

    answer = renew(given)

    new = answer.json["id"]
    kept = {name: before[name] for name in ("reference", "professional", "state", "earlierSignals")}
    assert (answer.status, answer.headers["location"]) == (201, f"https://index.example/v1/signals/{new}")
    assert answer.headers["etag"] == f'"{new}.1"'
    assert answer.json == kept | {
        "id": new,
        "signalNumber": answer.json["signalNumber"],
        "createdAt": "2026-11-22T09:30:00Z",
        "plannedEndDate": "2028-01-31",
        "endedAt": None,
        "informBy": "2026-12-20",
        "renews": ID,
        "renewedBy": None,
    }
    assert new != ID


def test_the_one_before_says_who_took_its_place(given: Gateway) -> None:
    """Closed, and nothing of the youth is left there; the new one has it."""
    before = given.send("GET", f"/signals/{ID}", token=SCHOOL).json

    new = renew(given).json["id"]

    over = given.send("GET", f"/signals/{ID}", token=SCHOOL).json
    assert (over["state"], over["renewedBy"], over["youth"]) == ("CLOSED", new, None)
    assert given.send("GET", f"/signals/{new}", token=SCHOOL).json["youth"] == before["youth"]


def test_a_repeat_under_the_same_key_is_answered_the_same(given: Gateway) -> None:
    """201 with the signal that was made; another content is refused."""
    first = renew(given, key="k-1")

    again = renew(given, key="k-1")
    other = renew(given, RENEWAL | {"reference": "LVS-9"}, key="k-1")

    assert (again.status, again.json, again.headers["location"]) == (
        201,
        first.json,
        first.headers["location"],
    )
    assert (other.status, other.json["title"]) == (422, "The Idempotency-Key was used for another request")


def test_asking_the_same_again_without_a_key_is_no_second_renewal(given: Gateway) -> None:
    """200 with the signal that is there; something else is a conflict."""
    first = renew(given)

    again = renew(given)
    other = renew(given, {"plannedEndDate": "2027-02-01"})

    assert (again.status, again.json) == (200, first.json)
    assert (other.status, other.json["type"].rpartition("/")[2]) == (409, "signal-already-ended")


@pytest.mark.rule("D30")
def test_informing_is_told_anew(given: Gateway) -> None:
    """By the same words as of a new signal."""
    told = {"whom": ["LEGAL_REPRESENTATIVE", "YOUTH"], "on": "2026-11-21", "how": "CONVERSATION"}

    new = renew(given, RENEWAL | {"informed": told}).json

    assert new["informBy"] is None
    assert given.send("GET", f"/signals/{new['id']}", token=SCHOOL).json["informed"] == told


@pytest.mark.rule("D16")
def test_another_organisations_signal_is_not_there(given: Gateway) -> None:
    """404, as for an id that nobody has."""
    assert renew(given, token="token-ggd").status == 404
    assert renew(given, one=ID.replace("1", "f")).status == 404


def test_a_closed_signal_is_not_renewed(given: Gateway) -> None:
    """Give a signal instead."""
    given.send("POST", f"/signals/{ID}/closure", token=SCHOOL)

    answer = renew(given)

    assert (answer.status, answer.json["detail"]) == (409, "The signal is CLOSED already.")

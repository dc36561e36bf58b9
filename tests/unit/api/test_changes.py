"""Changing a signal over HTTPS: what goes in, and the whole answer that comes out."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.matching import Youth
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SCHOOL = "token-school"
ID = "lo-00000000000000000000000000000001"
MERGE_PATCH = "application/merge-patch+json"
UTRECHT = {"postalCode": "3512 JE", "houseNumber": 4, "houseLetter": None, "houseNumberAddition": None}


@pytest.fixture
def given(gateway: Gateway) -> Gateway:
    """A school that gave a signal."""
    gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token=SCHOOL)
    return gateway


def patch(
    gateway: Gateway, content: Any, *, revision: int = 1, token: str = SCHOOL, media: str = MERGE_PATCH
) -> Answer:
    """Send a change that rests on a revision."""
    told = {"Content-Type": media, "If-Match": f'"{ID}.{revision}"'}
    return gateway.send("PATCH", f"/signals/{ID}", body=as_bytes(content), headers=told, token=token)


def youth(gateway: Gateway) -> Youth:
    """Who the signal is about, as stored."""
    kept = gateway.storage.state.signals[ID].youth
    assert kept is not None
    return kept


def test_a_change_is_answered_with_the_signal_as_it_is_now(given: Gateway) -> None:
    """The whole body, and the tag of the new revision."""
    before = given.send("GET", f"/signals/{ID}", token=SCHOOL).json

    answer = patch(given, {"youth": {"surname": "Meere"}, "plannedEndDate": "2027-01-31"})

    assert (answer.status, answer.headers["etag"]) == (200, f'"{ID}.2"')
    assert answer.json == before | {
        "plannedEndDate": "2027-01-31",
        "youth": before["youth"] | {"surname": "Meere"},
    }
    assert answer.json == given.send("GET", f"/signals/{ID}", token=SCHOOL).json


@pytest.mark.rule("D23")
def test_after_a_move_the_address_that_was_left_is_the_previous_one(given: Gateway) -> None:
    """Unless the patch says itself what it is."""
    left = youth(given).address

    patch(given, {"youth": {"address": UTRECHT}})

    moved = youth(given)
    assert moved.address is not None
    assert (moved.address.postal_code, moved.address.house_number) == ("3512JE", 4)
    assert moved.previous_address == left


@pytest.mark.rule("D23")
def test_a_correction_of_the_address_says_that_there_is_no_previous_one(given: Gateway) -> None:
    """Null in the patch is an answer."""
    patch(given, {"youth": {"address": UTRECHT, "previousAddress": None}})

    assert youth(given).previous_address is None


def test_json_is_taken_by_its_plain_name_too(given: Gateway) -> None:
    """Systems that cannot name a merge patch still can change."""
    assert patch(given, {"youth": {"sex": "V"}}, media="application/json").status == 200


def test_another_body_than_json_is_refused_with_what_is_taken(given: Gateway) -> None:
    """415 (RFC 5789, section 2.2)."""
    answer = patch(given, {}, media="application/json-patch+json")

    assert answer.status == 415
    assert answer.headers["accept-patch"] == "application/merge-patch+json, application/json"


def test_another_professional_is_named_by_their_own_card(given: Gateway) -> None:
    """The card of the one before is not written over the new one's."""
    incomplete = patch(given, {"professional": {"id": "staff-9", "name": "P. Vos"}})
    card = {"id": "staff-9", "name": "P. Vos", "email": "p.vos@school.example"}
    named = patch(given, {"professional": card})
    back = patch(given, {"professional": {"id": "staff-17"}}, revision=2)

    assert (incomplete.status, incomplete.json["errors"]) == (
        400,
        [{"in": "body", "location": "/professional/email", "code": "required",
          "detail": "This field is required."}],
    )  # fmt: skip
    assert named.json["professional"] == card | {
        "function": None, "site": None, "siteId": None, "telephone": None, "language": "nl",
    }  # fmt: skip
    assert back.json["professional"] == make_body()["professional"] | {"siteId": None}


@pytest.mark.parametrize("name", ["id", "reference", "state", "signalNumber", "createdAt", "endedAt"])
def test_what_never_changes_is_refused(given: Gateway, name: str) -> None:
    """By its name, whatever its value."""
    answer = patch(given, {name: None})

    assert answer.status == 400
    assert [(one["location"], one["code"]) for one in answer.json["errors"]] == [(f"/{name}", "unchangeable")]


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        ({"reason": "x"}, [("/reason", "unknown-field")]),
        ({"youth": {"note": "x"}}, [("/youth/note", "unknown-field")]),
        ({"youth": None}, [("/youth", "required")]),
        ({"youth": {"bsn": "999990343"}}, [("/youth/bsn", "invalid-bsn")]),
        ({"youth": {"bsn": None}}, [("/youth/bsn", "bsn-required")]),
        ({"professional": {"id": 5}}, [("/professional/id", "wrong-type")]),
        ({"professional": {"email": "a@elsewhere.example"}},
         [("/professional/email", "email-domain-not-registered")]),
        ({"plannedEndDate": "2027-07-21"}, [("/plannedEndDate", "no-extension")]),
        ({"plannedEndDate": "2026-11-21"}, [("/plannedEndDate", "end-in-past")]),
        ({"plannedEndDate": "2029-01-01"},
         [("/plannedEndDate", "end-too-late"), ("/plannedEndDate", "no-extension")]),
        ({"youth": {"birthDate": "2001-01-01"}, "informed": {"on": "2026-11-23"}},
         [("/informed/on", "informed-in-future"), ("/youth/birthDate", "too-old")]),
    ],
)  # fmt: skip
def test_a_change_keeps_the_rules_of_giving(
    given: Gateway, content: Any, faults: list[tuple[str, str]]
) -> None:
    """All that is broken is told at once, and nothing is stored."""
    before = given.storage.state.signals[ID]

    answer = patch(given, content)

    assert answer.status == 400
    assert [(one["location"], one["code"]) for one in answer.json["errors"]] == faults
    assert given.storage.state.signals[ID] == before


def test_a_change_that_rests_on_an_older_revision_is_refused(given: Gateway) -> None:
    """412: what came in between is read first."""
    patch(given, {"youth": {"surname": "Meere"}})

    answer = patch(given, {"youth": {"surname": "Meer"}})

    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (412, "precondition-failed")
    assert youth(given).surname == "Meere"


def test_a_change_that_rests_on_nothing_is_refused(given: Gateway) -> None:
    """428."""
    answer = given.send("PATCH", f"/signals/{ID}", body=b"{}", headers=JSON, token=SCHOOL)

    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (428, "precondition-required")


def test_an_ended_signal_is_not_changed(given: Gateway) -> None:
    """409, whatever revision the change rests on (RFC 9110, section 13.2.1)."""
    given.send("POST", f"/signals/{ID}/closure", token=SCHOOL)

    answers = [patch(given, {}, revision=revision) for revision in (1, 2)]

    assert [(one.status, one.json["detail"]) for one in answers] == [
        (409, "The signal is CLOSED already.")
    ] * 2


@pytest.mark.rule("D16")
def test_another_organisations_signal_is_not_there_to_be_changed(given: Gateway) -> None:
    """404, as for reading."""
    assert patch(given, {"youth": {"surname": "X"}}, token="token-ggd").status == 404

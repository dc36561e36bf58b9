"""Handing over the signals of who leaves, over HTTPS (D28)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.builders import make_professional
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SCHOOL = "token-school"
CARD = {"id": "staff-18", "name": "P. Vos", "email": "p.vos@school.example"}


@pytest.fixture
def given(gateway: Gateway) -> Gateway:
    """A school whose ``staff-17`` gave three signals."""
    for number in range(3):
        body = as_bytes(make_body(reference=f"R-{number}"))
        gateway.send("POST", "/signals", body=body, headers=JSON, token=SCHOOL)
    return gateway


def hand_over(gateway: Gateway, content: Any, *, who: str = "staff-17", token: str = SCHOOL) -> Answer:
    """Ask for it."""
    path = f"/professionals/{who}/transfer"
    return gateway.send("POST", path, body=as_bytes(content), headers=JSON, token=token)


def holders(gateway: Gateway) -> set[str]:
    """Who holds signals of the school."""
    listed = gateway.send("GET", "/signals", token=SCHOOL).json["items"]
    return {one["professional"]["id"] for one in listed}


@pytest.mark.rule("D28")
def test_all_are_handed_over_to_somebody_new(given: Gateway) -> None:
    """200 with how many; each read shows who it is now."""
    answer = hand_over(given, {"to": CARD})

    assert (answer.status, answer.json) == (200, {"handedOver": 3, "cursor": None})
    assert holders(given) == {"staff-18"}


def test_a_staff_id_is_enough_for_somebody_who_is_known(given: Gateway) -> None:
    """Their card stays as it is."""
    card = make_professional("school", "staff-18")
    given.storage.state.professionals[card.receiver] = card

    assert hand_over(given, {"to": "staff-18"}).json == {"handedOver": 3, "cursor": None}
    assert given.storage.state.professionals[card.receiver] == card


def test_who_left_is_told_so_and_can_come_back(given: Gateway) -> None:
    """The card says since when; storing it anew has them back."""
    path = "/professionals/staff-17"
    before = given.send("GET", path, token=SCHOOL)
    hand_over(given, {"to": CARD})

    left = given.send("GET", path, token=SCHOOL)
    refused = given.send(
        "POST", "/signals", body=as_bytes(make_body(reference="R-9")), headers=JSON, token=SCHOOL
    )
    card = {name: value for name, value in left.json.items() if name not in {"id", "leftAt", "mailTrouble"}}
    back = given.send("PUT", path, body=as_bytes(card), headers=JSON, token=SCHOOL)

    assert (before.json["leftAt"], left.json["leftAt"]) == (None, "2026-11-22T09:30:00Z")
    assert before.headers["etag"] != left.headers["etag"]
    assert [(one["location"], one["code"]) for one in refused.json["errors"]] == [
        ("/professional/id", "professional-left")
    ]
    assert (back.status, back.json["leftAt"]) == (201, None)


def test_what_time_does_not_allow_for_has_a_cursor(given: Gateway) -> None:
    """202, until it is done."""
    state = given.storage.state

    def take_long(operation: str) -> None:
        if operation == "signals.hand_over":
            given.clock.advance(timedelta(seconds=20))

    state.before = take_long
    first = hand_over(given, {"to": CARD})
    second = hand_over(given, {"to": CARD, "cursor": first.json["cursor"]})
    state.before = lambda _: None
    third = hand_over(given, {"to": CARD, "cursor": second.json["cursor"]})

    assert [(one.status, one.json["handedOver"]) for one in (first, second, third)] == [
        (202, 1),
        (202, 1),
        (200, 1),
    ]
    assert holders(given) == {"staff-18"}


def test_a_cursor_that_was_not_given_is_refused(given: Gateway) -> None:
    """As in a list."""
    answer = hand_over(given, {"to": CARD, "cursor": "forged"})

    assert answer.status == 400
    assert [one["code"] for one in answer.json["errors"]] == ["invalid-cursor"]


@pytest.mark.rule("D16")
def test_another_organisations_professional_is_not_there(given: Gateway) -> None:
    """404, as for a staff id that nobody has."""
    card = CARD | {"email": "p.vos@ggd.example"}

    assert hand_over(given, {"to": card}, token="token-ggd").status == 404
    assert hand_over(given, {"to": CARD}, who="staff-0").status == 404

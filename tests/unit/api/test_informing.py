"""Informing the family over HTTPS: with the signal, later, not yet, and the overview (D30)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.ports.sealing import SealBroken
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body, without

SCHOOL = "token-school"
GGD = "token-ggd"
ID = "lo-00000000000000000000000000000001"
BOTH = {"whom": ["LEGAL_REPRESENTATIVE", "YOUTH"], "on": "2026-11-21", "how": "CONVERSATION"}
PATCH = {"Content-Type": "application/merge-patch+json", "If-Match": "*"}

pytestmark = pytest.mark.rule("D30")


def give(gateway: Gateway, body: dict[str, Any]) -> Answer:
    """Give a signal that is taken."""
    answer = gateway.send("POST", "/signals", body=as_bytes(body), headers=JSON, token=SCHOOL)
    assert answer.status == 201
    return answer


def uninformed(**changes: Any) -> dict[str, Any]:
    """A signal about a boy of twelve that says nothing of informing."""
    return without(make_body(), "/informed") | changes


def overview(gateway: Gateway, query: str = "", token: str = SCHOOL) -> Answer:
    """The overview of an organisation."""
    return gateway.send("GET", f"/informing{query}", token=token)


def patch(gateway: Gateway, content: dict[str, Any]) -> Answer:
    """Change the signal that was given."""
    return gateway.send("PATCH", f"/signals/{ID}", body=as_bytes(content), headers=PATCH, token=SCHOOL)


def test_a_signal_without_informing_is_taken_and_says_by_when(gateway: Gateway) -> None:
    """Four weeks from the day of giving."""
    assert give(gateway, uninformed()).json["informBy"] == "2026-12-20"


def test_when_all_were_told_there_is_no_term(gateway: Gateway) -> None:
    """At twelve that is the parents and the youth."""
    answer = give(gateway, make_body(informed=BOTH))

    assert answer.json["informBy"] is None
    assert overview(gateway).json == {
        "counts": {"overdue": 0, "open": 0, "postponed": 0},
        "items": [],
        "unreadable": [],
    }


def test_half_of_them_leaves_the_term(gateway: Gateway) -> None:
    """And the overview says whom to tell."""
    give(gateway, make_body())

    assert overview(gateway).json == {
        "counts": {"overdue": 0, "open": 1, "postponed": 0},
        "items": [
            {
                "signalId": ID,
                "signalNumber": gateway.storage.state.signals[ID].number,
                "reference": "LVS-2026-00017",
                "professionalId": "staff-17",
                "professionalName": "J. Jansen",
                "createdAt": "2026-11-22T09:30:00Z",
                "informBy": "2026-12-20",
                "standing": "OPEN",
                "toInform": ["YOUTH"],
                "ground": None,
            }
        ],
        "unreadable": [],
    }


def test_a_record_that_does_not_open_hides_no_other(gateway: Gateway) -> None:
    """It is counted, and named by its id alone."""
    give(gateway, uninformed())
    give(gateway, uninformed(reference="LVS-2"))
    first, second = sorted(gateway.storage.state.signals)
    opened = iter([first])

    def break_seal(operation: str) -> None:
        if operation == "signals.get_many" or (operation == "signals.get" and next(opened, None)):
            raise SealBroken

    gateway.storage.state.before = break_seal
    answer = overview(gateway)

    assert answer.status == 200
    assert answer.json["counts"]["open"] == 2
    assert [one["signalId"] for one in answer.json["items"]] == [second]
    assert answer.json["unreadable"] == [first]


def test_a_lawful_ground_postpones(gateway: Gateway) -> None:
    """Nothing is overdue, and nothing is forgotten."""
    give(gateway, uninformed(notYetInformed={"ground": "SAFETY_OF_YOUTH"}))
    gateway.clock.advance(timedelta(days=40))

    answer = overview(gateway).json

    assert answer["counts"] == {"overdue": 0, "open": 0, "postponed": 1}
    assert [(one["standing"], one["ground"]) for one in answer["items"]] == [("POSTPONED", "SAFETY_OF_YOUTH")]


def test_a_ground_is_one_of_those_of_the_law(gateway: Gateway) -> None:
    """There is no field for a reason (D3)."""
    for wrong in ({"ground": "NO_TIME"}, {"ground": "SAFETY_OF_YOUTH", "note": "x"}, {}):
        body = as_bytes(uninformed(notYetInformed=wrong))

        answer = gateway.send("POST", "/signals", body=body, headers=JSON, token=SCHOOL)

        assert answer.status == 400
        assert answer.json["errors"][0]["location"].startswith("/notYetInformed/")


def test_past_its_term_a_signal_is_overdue(gateway: Gateway) -> None:
    """From the day after."""
    give(gateway, uninformed())
    gateway.clock.advance(timedelta(days=28))
    before = overview(gateway).json
    gateway.clock.advance(timedelta(days=1))
    after = overview(gateway).json

    assert [one["standing"] for one in (*before["items"], *after["items"])] == ["OPEN", "OVERDUE"]
    assert after["counts"] == {"overdue": 1, "open": 0, "postponed": 0}


def test_informing_can_be_recorded_later(gateway: Gateway) -> None:
    """The term goes, and the signal shows what is recorded."""
    give(gateway, uninformed(notYetInformed={"ground": "CANNOT_BE_REACHED"}))

    answer = patch(gateway, {"informed": BOTH, "notYetInformed": None})

    assert answer.status == 200
    assert (answer.json["informBy"], answer.json["informed"], answer.json["notYetInformed"]) == (
        None,
        BOTH,
        None,
    )
    assert overview(gateway).json["items"] == []


def test_the_youth_can_be_told_after_the_parents(gateway: Gateway) -> None:
    """A patch replaces whom and when; the rest stays."""
    give(gateway, make_body())

    answer = patch(gateway, {"informed": {"whom": ["LEGAL_REPRESENTATIVE", "YOUTH"], "on": "2026-11-22"}})

    assert answer.json["informed"] == BOTH | {"on": "2026-11-22"}
    assert answer.json["informBy"] is None


def test_a_corrected_birth_date_asks_for_whom_it_should_have_been(gateway: Gateway) -> None:
    """The parents were told of a child that turns out to be twelve, so the youth has to be as well."""
    child = make_body()
    child["youth"]["birthDate"] = "2016-03-09"
    assert give(gateway, child).json["informBy"] is None

    answer = patch(gateway, {"youth": {"birthDate": "2014-03-09"}})

    assert answer.json["informBy"] == "2026-12-20"


def test_a_replay_answers_what_was_answered(gateway: Gateway) -> None:
    """Also when the family was told meanwhile."""
    key = JSON | {"Idempotency-Key": "k-1"}
    sent = as_bytes(uninformed())
    first = gateway.send("POST", "/signals", body=sent, headers=key, token=SCHOOL)
    patch(gateway, {"informed": BOTH})

    again = gateway.send("POST", "/signals", body=sent, headers=key, token=SCHOOL)

    assert again.json == first.json


def test_an_ended_signal_has_no_term(gateway: Gateway) -> None:
    """Nor a place in the overview."""
    give(gateway, uninformed())

    closed = gateway.send("POST", f"/signals/{ID}/closure", token=SCHOOL)

    assert closed.json["informBy"] is None
    assert overview(gateway).json["counts"] == {"overdue": 0, "open": 0, "postponed": 0}


def test_a_signal_past_its_last_day_has_no_place_in_the_overview(gateway: Gateway) -> None:
    """Whatever the expiry run has done."""
    give(gateway, uninformed(plannedEndDate="2026-11-22"))
    gateway.clock.advance(timedelta(days=1))

    assert overview(gateway).json["items"] == []
    assert gateway.send("GET", f"/signals/{ID}", token=SCHOOL).json["informBy"] is None


def test_an_organisation_sees_its_own_only(gateway: Gateway) -> None:
    """Nobody learns of another's signals here (D16)."""
    give(gateway, uninformed())

    assert overview(gateway, token=GGD).json["items"] == []


def test_the_overview_goes_by_pages(gateway: Gateway) -> None:
    """Each with the link to the next, none with another's cursor."""
    for number in range(3):
        give(gateway, uninformed(reference=f"R-{number}"))

    first = overview(gateway, "?limit=2")
    cursor = first.headers["link"].partition("cursor=")[2].partition(">")[0]
    second = overview(gateway, f"?limit=2&cursor={cursor}")

    assert [one["reference"] for one in first.json["items"] + second.json["items"]] == ["R-0", "R-1", "R-2"]
    assert "link" not in second.headers
    assert first.json["counts"] == second.json["counts"] == {"overdue": 0, "open": 3, "postponed": 0}
    assert overview(gateway, f"?limit=2&cursor={cursor}", token=GGD).status == 400


def test_a_signal_whose_card_got_lost_is_named_as_unreadable(gateway: Gateway) -> None:
    """It is counted, and the others are shown."""
    give(gateway, uninformed())
    gateway.storage.state.professionals.clear()

    answer = overview(gateway)

    assert answer.status == 200
    assert (answer.json["counts"]["open"], answer.json["items"], answer.json["unreadable"]) == (1, [], [ID])

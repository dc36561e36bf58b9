"""Who else is involved, over HTTPS."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.match import MatchState
from chalicelib.domain.organisation import ContactPoint
from chalicelib.matching import Basis, Explanation, FieldEvidence, MatchKind
from tests.builders import NOW, make_match, make_organisation, make_professional, make_signal
from tests.gateway import Gateway

OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
ELSEWHERE = "lo-0000000000000000000000000000000c"
SCHOOL = "token-school"
EXPLANATION = Explanation(
    rule="weights",
    model_version="1.0.0",
    evidence=(FieldEvidence("surname", "EQUAL", 9.5, 1.5), FieldEvidence("sex", "DIFFERENT", -2.0)),
    total=7.5,
    match_threshold=7.0,
    possible_threshold=5.0,
)
CARD = {
    "organisation": "Organisation ggd",
    "domain": "EDUCATION",
    "name": "J. Jansen p1",
    "function": "Intern begeleider",
    "site": "De Regenboog",
    "email": "p1@ggd.example",
    "telephone": "+31301234567",
}


def matched(gateway: Gateway, kind: MatchKind = MatchKind.PERSON, **changes: Any) -> dict[str, Any]:
    """The one match that the school sees of a match with the youth health service."""
    own, other = make_signal(OWN, "school"), make_signal(OTHER, "ggd")
    match = make_match(own, other, kind, **changes)
    state = gateway.storage.state
    state.signals |= {own.id: own, other.id: other}
    state.matches[match.id] = match
    state.professionals |= {card.receiver: card for card in (make_professional(), make_professional("ggd"))}
    [seen] = gateway.send("GET", f"/signals/{OWN}/matches", token="token-school").json["items"]
    return dict(seen)


@pytest.mark.rule("D18")
def test_a_match_shows_the_others_card_and_nothing_of_a_youth(gateway: Gateway) -> None:
    """The whole body, as published."""
    seen = matched(gateway)

    assert seen == {
        "id": seen["id"],
        "kind": "PERSON",
        "basis": None,
        "state": "ACTIVE",
        "matchKey": "M-AAAA-AAAA-A",
        "since": "2026-11-22T09:30:00Z",
        "counterpart": CARD,
        "contact": {"state": "OPEN"},
    }


@pytest.mark.parametrize(
    ("basis", "told"),
    [
        ({Basis.SHARED_PARENT}, "SHARED_PARENT"),
        ({Basis.SHARED_ADDRESS}, "SHARED_ADDRESS"),
        ({Basis.SHARED_PARENT, Basis.SHARED_ADDRESS}, ["SHARED_ADDRESS", "SHARED_PARENT"]),
    ],
)
def test_a_household_match_says_on_what_it_rests(gateway: Gateway, basis: set[Basis], told: object) -> None:
    """One basis as it is, both joined in a list."""
    seen = matched(gateway, MatchKind.HOUSEHOLD, basis=frozenset(basis))

    assert (seen["kind"], seen["basis"]) == ("HOUSEHOLD", told)


@pytest.mark.rule("D19")
def test_a_contact_point_shows_nothing_else(gateway: Gateway) -> None:
    """The organisation's name, its domain and the professional stay out of sight."""
    point = ContactPoint(name="Meldpunt", email="contact@meldpunt.example", telephone=None)
    gateway.register(make_organisation("ggd", contact_point=point))

    assert matched(gateway)["counterpart"] == {
        "organisation": "Meldpunt",
        "domain": None,
        "name": None,
        "function": None,
        "site": None,
        "email": "contact@meldpunt.example",
        "telephone": None,
    }


def test_a_signal_without_matches_has_an_empty_list(gateway: Gateway) -> None:
    """No match is an answer, not an error."""
    gateway.storage.state.signals[OWN] = make_signal(OWN, "school")

    answer = gateway.send("GET", f"/signals/{OWN}/matches", token="token-school")

    assert (answer.status, answer.json) == (200, {"items": [], "withoutCard": []})


@pytest.mark.rule("D18")
def test_a_match_whose_card_got_lost_is_told_without_it(gateway: Gateway) -> None:
    """What is known of it, and where the other works; by itself it cannot be shown."""
    seen = matched(gateway)
    del gateway.storage.state.professionals["ggd#p1"]

    listed = gateway.send("GET", f"/signals/{OWN}/matches", token=SCHOOL)
    alone = gateway.send("GET", f"/matches/{seen['id']}", token=SCHOOL)

    left = {name: value for name, value in seen.items() if name != "counterpart"}
    assert (listed.status, listed.json) == (
        200,
        {"items": [], "withoutCard": [left | {"organisation": "Organisation ggd"}]},
    )
    assert (alone.status, alone.json["title"]) == (409, "A contact card that belongs here is missing")


@pytest.mark.rule("D19")
def test_a_contact_point_needs_no_card(gateway: Gateway) -> None:
    """It stands for all who work there, also for one whose card got lost."""
    point = ContactPoint(name="Meldpunt", email="contact@meldpunt.example", telephone=None)
    gateway.register(make_organisation("ggd", contact_point=point))
    shown = matched(gateway)
    del gateway.storage.state.professionals["ggd#p1"]

    assert gateway.send("GET", f"/signals/{OWN}/matches", token=SCHOOL).json["items"] == [shown]


@pytest.mark.rule("D16")
def test_a_match_is_read_by_those_in_it(gateway: Gateway) -> None:
    """As the list tells it, with the own signal; whoever looked is written down."""
    seen = matched(gateway)

    mine = gateway.send("GET", f"/matches/{seen['id']}", token=SCHOOL, headers={"Professional-Id": "p1"})
    theirs = gateway.send(
        "GET", f"/matches/{seen['id']}", token="token-ggd", headers={"Professional-Id": "p2"}
    )

    assert (mine.status, mine.json) == (200, seen | {"signalId": OWN})
    assert (theirs.status, theirs.json["signalId"]) == (200, OTHER)
    assert [
        (entry.act, entry.organisation_id, entry.professional_id, entry.resource)
        for entry in gateway.storage.state.audit.values()
        if entry.act is Act.MATCH_READ
    ] == [(Act.MATCH_READ, "school", "p1", seen["id"]), (Act.MATCH_READ, "ggd", "p2", seen["id"])]


@pytest.mark.rule("D22")
def test_a_match_is_explained_by_names_and_weights(gateway: Gateway) -> None:
    """The whole body, as published; an ended match keeps its explanation."""
    seen = matched(gateway, explanation=EXPLANATION, state=MatchState.ENDED, ended_at=NOW)

    answer = gateway.send("GET", f"/matches/{seen['id']}/explanation", token=SCHOOL)

    assert answer.status == 200
    assert answer.json == {
        "matchId": seen["id"],
        "rule": "weights",
        "modelVersion": "1.0.0",
        "weighedAt": "2026-11-22T09:30:00Z",
        "evidence": [
            {"field": "surname", "level": "EQUAL", "weight": 9.5, "termFrequencyShare": 1.5},
            {"field": "sex", "level": "DIFFERENT", "weight": -2.0, "termFrequencyShare": 0.0},
        ],
        "total": 7.5,
        "matchThreshold": 7.0,
        "possibleThreshold": 5.0,
    }
    assert [entry.resource for entry in gateway.storage.state.audit.values()][1:] == [seen["id"]]


@pytest.mark.rule("D16")
@pytest.mark.parametrize("tail", ["", "/explanation"])
def test_a_match_is_not_there_for_whoever_is_not_in_it(gateway: Gateway, tail: str) -> None:
    """404, as for an id that nobody has; so is a pair within one organisation (D14)."""
    gateway.register(make_organisation("zorg"))
    within = make_match(make_signal(OWN), make_signal(OTHER), explanation=EXPLANATION)
    between = matched(gateway, explanation=EXPLANATION)["id"]
    gateway.storage.state.matches[ELSEWHERE] = replace(within, id=ELSEWHERE)

    answers = [
        gateway.send("GET", f"/matches/{between}{tail}", token="token-zorg"),
        gateway.send("GET", f"/matches/{ELSEWHERE}{tail}", token=SCHOOL),
        gateway.send("GET", f"/matches/lo-{'0' * 32}{tail}", token=SCHOOL),
        gateway.send("GET", f"/matches/M-AAAA-AAAA-A{tail}", token=SCHOOL),
    ]

    assert [answer.status for answer in answers] == [404] * 4


def test_a_match_without_its_explanation_is_a_fault_of_the_store(gateway: Gateway) -> None:
    """It is written with the match and stays."""
    seen = matched(gateway)

    assert gateway.send("GET", f"/matches/{seen['id']}/explanation", token=SCHOOL).status == 500

"""Who else is involved, over HTTPS."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.organisation import ContactPoint
from chalicelib.matching import Basis, MatchKind
from tests.builders import make_match, make_organisation, make_professional, make_signal
from tests.gateway import Gateway

OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
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

    assert (answer.status, answer.json) == (200, {"items": []})

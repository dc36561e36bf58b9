"""An organisation's own sites over HTTPS, and the cards that name one."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.match import Match
from tests.builders import make_match, make_professional, make_signal
from tests.gateway import BASE_URL, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

pytestmark = pytest.mark.rule("D28")

SITE = {"name": "De Regenboog, locatie Zuid", "telephone": "+31301234500"}
CARD = {"name": "P. Vos", "email": "p.vos@school.example", "siteId": "zuid"}
OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"


def put(gateway: Gateway, site: object, one: str = "zuid", token: str = "school", **headers: str) -> Answer:
    """Store a site."""
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("PUT", f"/sites/{one}", body=as_bytes(site), headers=told, token=f"token-{token}")


def read(gateway: Gateway, path: str, token: str = "school") -> Answer:
    """Read a site, or the list of them."""
    return gateway.send("GET", path, token=f"token-{token}")


def store_card(gateway: Gateway, card: object, token: str = "school") -> Answer:
    """Store a card."""
    body = as_bytes(card)
    return gateway.send("PUT", "/professionals/p-9", body=body, headers=JSON, token=f"token-{token}")


def seen_by_ggd(gateway: Gateway) -> dict[str, Any]:
    """The card of the school's professional as a youth nurse sees it in a match."""
    state = gateway.storage.state
    mine = make_signal(OWN, "school", professional_id="p-9")
    theirs = make_signal(OTHER, "ggd")
    match: Match = make_match(mine, theirs)
    state.signals |= {OWN: mine, OTHER: theirs}
    state.matches[match.id] = match
    state.professionals["ggd#p1"] = make_professional("ggd")
    answer = read(gateway, f"/matches/{match.id}", "ggd")
    assert answer.status == 200, answer.body
    found: dict[str, Any] = answer.json["counterpart"]
    return found


def places(answer: Answer) -> list[tuple[str, str]]:
    """Which rules a request broke, and where."""
    assert answer.status == 400
    return [(error["location"], error["code"]) for error in answer.json["errors"]]


def test_a_stored_site_is_told_as_it_is_read_later(gateway: Gateway) -> None:
    """201 with where it is; the same again is 200 and changes nothing."""
    first, again = put(gateway, SITE), put(gateway, SITE)

    assert (first.status, first.json) == (201, SITE | {"id": "zuid"})
    assert first.headers["location"] == f"{BASE_URL}/sites/zuid"
    assert (again.status, again.json) == (200, first.json)
    assert read(gateway, "/sites/zuid").json == first.json
    assert read(gateway, "/sites/zuid").headers["etag"] == first.headers["etag"]


def test_a_new_name_follows_wherever_the_site_is_named(gateway: Gateway) -> None:
    """And a new number, for a professional who has none."""
    put(gateway, SITE)
    store_card(gateway, CARD)
    before = seen_by_ggd(gateway)

    put(gateway, {"name": "De Zon", "telephone": "+31301234599"}, If_Match="*")
    after = seen_by_ggd(gateway)

    assert (before["site"], before["telephone"]) == (SITE["name"], SITE["telephone"])
    assert (after["site"], after["telephone"]) == ("De Zon", "+31301234599")


def test_a_professionals_own_number_comes_before_that_of_the_site(gateway: Gateway) -> None:
    """Who has one is reached on it."""
    put(gateway, SITE)
    store_card(gateway, CARD | {"telephone": "+31612345678"})

    assert seen_by_ggd(gateway)["telephone"] == "+31612345678"


def test_a_signal_names_a_site_too(gateway: Gateway) -> None:
    """One that is there."""
    body = make_body()
    del body["professional"]["site"]
    body["professional"]["siteId"] = "zuid"

    unknown = gateway.send("POST", "/signals", body=as_bytes(body), headers=JSON, token="token-school")
    put(gateway, SITE)
    given = gateway.send("POST", "/signals", body=as_bytes(body), headers=JSON, token="token-school")

    assert places(unknown) == [("/professional/siteId", "unknown-site")]
    assert (given.status, given.json["professional"]["siteId"]) == (201, "zuid")


def test_every_rule_that_a_signal_breaks_is_told_at_once(gateway: Gateway) -> None:
    """Also when one of them takes a look into storage."""
    body = make_body() | {"reference": "999990342"}
    del body["professional"]["site"]
    body["professional"]["siteId"] = "zuid"

    answer = gateway.send("POST", "/signals", body=as_bytes(body), headers=JSON, token="token-school")

    assert places(answer) == [("/professional/siteId", "unknown-site"), ("/reference", "holds-bsn")]


def test_a_card_says_once_where_somebody_works(gateway: Gateway) -> None:
    """In words of its own, or by a site."""
    put(gateway, SITE)

    assert places(store_card(gateway, CARD | {"site": "De Zon"})) == [("", "one-of-two")]
    assert places(store_card(gateway, CARD | {"siteId": "noord"})) == [("/siteId", "unknown-site")]


def test_another_organisations_site_is_not_there(gateway: Gateway) -> None:
    """Neither to read nor to name, and its list is empty."""
    put(gateway, SITE)

    assert read(gateway, "/sites/zuid", "ggd").status == 404
    assert read(gateway, "/sites", "ggd").json == {"items": []}
    card = CARD | {"email": "p.vos@ggd.example"}
    assert places(store_card(gateway, card, "ggd")) == [("/siteId", "unknown-site")]


def test_a_site_is_replaced_as_it_was_read(gateway: Gateway) -> None:
    """428 without a condition, 412 when it is otherwise by now, or was never there."""
    tag = put(gateway, SITE).headers["etag"]

    unread = put(gateway, SITE | {"name": "De Zon"})
    renamed = put(gateway, SITE | {"name": "De Zon"}, If_Match=tag)
    stale = put(gateway, SITE, If_Match=tag)
    never = put(gateway, SITE, one="noord", If_Match="*")

    assert [answer.status for answer in (unread, renamed, stale, never)] == [428, 200, 412, 412]


def test_sites_are_listed_page_by_page(gateway: Gateway) -> None:
    """By id, each once."""
    for one in ("c", "a", "b"):
        put(gateway, SITE, one=one)

    first = read(gateway, "/sites?limit=2")
    path = first.headers["link"].partition(BASE_URL)[2].partition(">")[0]
    second = read(gateway, path)

    assert [[one["id"] for one in page.json["items"]] for page in (first, second)] == [["a", "b"], ["c"]]
    assert "link" not in second.headers


@pytest.mark.parametrize(
    ("site", "place"),
    [
        ({}, ("/name", "required")),
        ({"name": "Zuid", "email": "x@school.example"}, ("/email", "unknown-field")),
        ({"name": "Zuid 12"}, ("/name", "invalid-format")),
        ({"name": "Zuid", "telephone": "bel ons"}, ("/telephone", "invalid-format")),
    ],
)
def test_what_no_card_could_show_is_refused(
    gateway: Gateway, site: dict[str, str], place: tuple[str, str]
) -> None:
    """As on a card."""
    assert places(put(gateway, site)) == [place]


def test_an_id_that_holds_a_bsn_is_none(gateway: Gateway) -> None:
    """And what can be no id of ours is not there."""
    assert places(put(gateway, SITE, one="999990342")) == [("/id", "holds-bsn")]
    assert put(gateway, SITE, one="a%20b").status == 404

"""An organisation's own professionals over HTTPS: stored, changed, read and listed by it alone."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain.organisation import Language, Mailbox, MailTrouble
from tests.builders import NOW, make_match, make_professional, make_signal
from tests.gateway import BASE_URL, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes

CARD = {
    "name": "P. Vos",
    "function": "Schoolmaatschappelijk werker",
    "site": "De Zon",
    "email": "p.vos@school.example",
    "telephone": "+31301112233",
    "language": "en",
}
PATCH = {"Content-Type": "application/merge-patch+json"}
OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"


def put(gateway: Gateway, one: str, card: dict[str, Any], token: str = "school", **headers: str) -> Answer:
    """Store a card."""
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    url = f"/professionals/{one}"
    return gateway.send("PUT", url, body=as_bytes(card), headers=told, token=f"token-{token}")


def change(gateway: Gateway, one: str, patch: object, match: str = "*", token: str = "school") -> Answer:
    """Change a card."""
    headers, body = PATCH | ({"If-Match": match} if match else {}), json.dumps(patch).encode()
    url = f"/professionals/{one}"
    return gateway.send("PATCH", url, body=body, headers=headers, token=f"token-{token}")


def read(gateway: Gateway, one: str, token: str = "school") -> Answer:
    """Read a card."""
    return gateway.send("GET", f"/professionals/{one}", token=f"token-{token}")


def places(answer: Answer) -> list[tuple[str, str]]:
    """Which rules a request broke, and where."""
    assert answer.status == 400
    return [(error["location"], error["code"]) for error in answer.json["errors"]]


def test_a_stored_card_is_told_as_it_is_read_later(gateway: Gateway) -> None:
    """201 with where it is; the same again is 200 and changes nothing."""
    first, again = put(gateway, "staff-1", CARD), put(gateway, "staff-1", CARD)

    expected = CARD | {"id": "staff-1", "siteId": None, "leftAt": None, "mailTrouble": None}
    assert (first.status, first.json) == (201, expected)
    assert first.headers["location"] == f"{BASE_URL}/professionals/staff-1"
    assert (again.status, again.json) == (200, expected)
    seen = read(gateway, "staff-1")
    assert (seen.json, seen.headers["etag"]) == (expected, first.headers["etag"])


def test_a_card_without_a_language_gets_that_of_the_organisation(gateway: Gateway) -> None:
    """Also when it is taken away."""
    state = gateway.storage.state
    state.organisations["school"] = replace(state.organisations["school"], language=Language.ENGLISH)
    plain = {name: CARD[name] for name in ("name", "email")}

    assert put(gateway, "staff-1", plain).json == {
        "id": "staff-1", "name": "P. Vos", "function": None, "site": None, "siteId": None,
        "email": "p.vos@school.example",
        "telephone": None, "language": "en", "leftAt": None, "mailTrouble": None,
    }  # fmt: skip
    assert change(gateway, "staff-1", {"language": "nl"}).json["language"] == "nl"
    assert change(gateway, "staff-1", {"language": None}).json["language"] == "en"


def test_another_card_is_not_replaced_unread(gateway: Gateway) -> None:
    """428 without a tag, 412 with an old one, 200 with the right one."""
    tag = put(gateway, "staff-1", CARD).headers["etag"]
    other = CARD | {"site": "De Maan"}

    assert put(gateway, "staff-1", other).status == 428
    assert put(gateway, "staff-1", other, If_Match='"staff-1.1"').status == 412
    assert put(gateway, "staff-1", other, If_Match=tag).json["site"] == "De Maan"
    assert put(gateway, "staff-1", CARD, If_Match=tag).status == 412
    assert put(gateway, "staff-2", CARD, If_Match="*").status == 412


@pytest.mark.rule("D28")
def test_a_new_telephone_number_is_what_others_read_from_then_on(gateway: Gateway) -> None:
    """In a match that was made before."""
    own, other = make_signal(OWN, "school"), make_signal(OTHER, "ggd")
    state = gateway.storage.state
    state.signals |= {OWN: own, OTHER: other}
    match = make_match(own, other)
    state.matches[match.id] = match
    for one in ("school", "ggd"):
        state.professionals[f"{one}#p1"] = make_professional(one, name="J. Jansen")

    changed = change(gateway, "p1", {"telephone": "+31309998877"})
    seen = gateway.send("GET", f"/matches/{match.id}", token="token-ggd")

    assert changed.status == 200
    assert seen.json["counterpart"]["telephone"] == "+31309998877"


def test_a_change_rests_on_what_was_read(gateway: Gateway) -> None:
    """And of two who read the same the second is told."""
    tag = put(gateway, "staff-1", CARD).headers["etag"]
    state = gateway.storage.state

    assert change(gateway, "staff-1", {"site": None}, match="").status == 428
    assert change(gateway, "staff-1", {"site": None}, match='"staff-1.1"').status == 412

    def race(operation: str) -> None:
        if operation == "organisations.keep_card":
            state.before = lambda _: None
            held = state.professionals["school#staff-1"]
            state.professionals["school#staff-1"] = replace(held, name="Meanwhile")

    state.before = race
    assert change(gateway, "staff-1", {"site": None}, match=tag).status == 412
    assert read(gateway, "staff-1").json["site"] == "De Zon"


def test_an_address_that_fails_is_told_until_the_card_has_another(gateway: Gateway) -> None:
    """Why nothing more is sent to it (D28); the tag is another."""
    tag = put(gateway, "staff-1", CARD).headers["etag"]
    state, mailbox = gateway.storage.state, Mailbox(
        address=CARD["email"], trouble=MailTrouble.BOUNCES, since=NOW
    )  # fmt: skip
    held = state.professionals["school#staff-1"]
    state.professionals["school#staff-1"] = replace(held, mailbox=mailbox)

    flagged = read(gateway, "staff-1")
    mended = change(gateway, "staff-1", {"email": "vos@school.example"}, match=flagged.headers["etag"])

    assert (flagged.json["mailTrouble"], flagged.headers["etag"] == tag) == ("BOUNCES", False)
    assert mended.json["mailTrouble"] is None


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"email": "p.vos@elsewhere.example"}, ("/email", "email-domain-not-registered")),
        ({"email": "p.vos"}, ("/email", "invalid-format")),
        ({"name": "Room 12"}, ("/name", "invalid-format")),
        ({"name": None}, ("/name", "wrong-type")),
        ({"telephone": "call me"}, ("/telephone", "invalid-format")),
        ({"language": "fr"}, ("/language", "not-a-choice")),
        ({"note": "on leave"}, ("/note", "unknown-field")),
        ({"id": "staff-1"}, ("/id", "unknown-field")),
    ],
)
def test_what_breaks_a_rule_is_told_by_its_place(
    gateway: Gateway, changed: dict[str, Any], place: tuple[str, str]
) -> None:
    """And nothing is stored."""
    assert places(put(gateway, "staff-1", CARD | changed)) == [place]
    assert gateway.storage.state.professionals == {}


def test_who_it_is_never_changes(gateway: Gateway) -> None:
    """Nor what the index found out about the address."""
    put(gateway, "staff-1", CARD)

    assert places(change(gateway, "staff-1", {"id": "x", "mailTrouble": None})) == [
        ("/id", "unchangeable"),
        ("/mailTrouble", "unchangeable"),
    ]


def test_a_staff_id_that_holds_a_bsn_is_refused(gateway: Gateway) -> None:
    """It stands in URLs and in the trail."""
    assert places(put(gateway, "999990342", CARD)) == [("/id", "holds-bsn")]


@pytest.mark.rule("D16")
def test_nobody_sees_or_changes_anothers_professional(gateway: Gateway) -> None:
    """The same staff id is somebody else there."""
    put(gateway, "staff-1", CARD)

    assert read(gateway, "staff-1", "ggd").status == 404
    assert change(gateway, "staff-1", {"site": None}, token="ggd").status == 404
    assert put(gateway, "staff-1", CARD | {"email": "x@ggd.example"}, "ggd").status == 201
    assert read(gateway, "staff-1").json["email"] == "p.vos@school.example"


def test_own_professionals_are_listed_by_id_page_by_page(gateway: Gateway) -> None:
    """Each once; `Link` leads on until there is no more."""
    for one in ("c", "a", "b"):
        put(gateway, one, CARD)
    put(gateway, "aa", CARD | {"email": "x@ggd.example"}, "ggd")

    path, seen = "/professionals?limit=2", []
    while path:
        answer = gateway.send("GET", path, token="token-school")
        seen += [one["id"] for one in answer.json["items"]]
        path = answer.headers.get("link", "").partition(">")[0].removeprefix(f"<{BASE_URL}")

    assert seen == ["a", "b", "c"]


@pytest.mark.parametrize("query", ["email=p.vos%40school.example", "name=Vos", "limit=0", "cursor=x"])
def test_there_is_no_search(gateway: Gateway, query: str) -> None:
    """A list takes a limit and its own cursor."""
    assert places(gateway.send("GET", f"/professionals?{query}", token="token-school"))


@pytest.mark.parametrize("one", ["nobody", "p.vos%40school.example", "a%20b", "x" * 41])
def test_an_unknown_professional_is_not_there(gateway: Gateway, one: str) -> None:
    """404; an address is no id."""
    assert (read(gateway, one).status, change(gateway, one, {"site": None}).status) == (404, 404)

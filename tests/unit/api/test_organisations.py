"""Organisations over HTTPS: registered, changed and shut out by who may, read by each about itself."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.api.documentation import organisation_examples as examples
from chalicelib.domain.organisation import OrganisationKind, Scope
from chalicelib.ports.errors import StorageBusy
from tests.builders import make_organisation
from tests.gateway import BASE_URL, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

REGION, SCHOOL = "token-region", "token-school"
MANAGING = frozenset({Scope.ORGANISATIONS_MANAGE})
ARN = "arn:aws:sns:eu-central-1:000000000000:events-"


@pytest.fixture
def gateway(gateway: Gateway) -> Gateway:
    """A school and a youth health service, and the region's administrator."""
    kind = OrganisationKind.ADMINISTRATION
    gateway.register(make_organisation("region", kind=kind, scopes=MANAGING, domains=()))
    return gateway


def register(gateway: Gateway, body: dict[str, Any], token: str = REGION, **headers: str) -> Answer:
    """Register an organisation."""
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("POST", "/organisations", body=as_bytes(body), headers=told, token=token)


def change(gateway: Gateway, one: str, patch: object, token: str = REGION, match: str | None = "*") -> Answer:
    """Change an organisation."""
    told = {"Content-Type": "application/merge-patch+json"} | ({"If-Match": match} if match else {})
    body = json.dumps(patch).encode()
    return gateway.send("PATCH", f"/organisations/{one}", body=body, headers=told, token=token)


def read(gateway: Gateway, one: str, token: str = REGION) -> Answer:
    """Read an organisation."""
    return gateway.send("GET", f"/organisations/{one}", token=token)


def places(answer: Answer) -> list[tuple[str, str]]:
    """Which rules a request broke, and where."""
    assert answer.status == 400
    return [(error["location"], error["code"]) for error in answer.json["errors"]]


def test_a_registered_organisation_is_told_as_it_is_read_later(gateway: Gateway) -> None:
    """201 with where it is; a topic that is open to its account alone."""
    answer = register(gateway, examples.NEW_ORGANISATION)

    expected = examples.ORGANISATION | {"topicArn": f"{ARN}regenboog"}
    assert (answer.status, answer.json) == (201, expected)
    assert answer.headers["location"] == f"{BASE_URL}/organisations/regenboog"
    assert answer.headers["etag"] == '"regenboog.1"'
    assert read(gateway, "regenboog").json == expected
    assert gateway.topics.opened == [("regenboog", "111122223333")]


def test_an_id_and_the_scopes_of_its_kind_are_made_up_when_left_out(gateway: Gateway) -> None:
    """A supervisor reads statistics and gives no signals (D17); without an account there is no topic."""
    answer = register(gateway, examples.NEW_SUPERVISOR)

    made = answer.json
    assert (answer.status, made["scopes"], made["topicArn"]) == (201, ["supervision:read"], None)
    assert made["id"].startswith("lo-")


def test_a_limit_of_its_own_stays_until_it_is_changed(gateway: Gateway) -> None:
    """Another change leaves it as it is; null gives it that of the stage again."""
    register(gateway, examples.NEW_ORGANISATION)

    renamed = change(gateway, "regenboog", {"name": "Regenboog"}).json["requestsPerMinute"]
    freed = change(gateway, "regenboog", {"requestsPerMinute": None}).json["requestsPerMinute"]
    too_low = change(gateway, "regenboog", {"requestsPerMinute": 99})

    assert (renamed, freed) == (6000, None)
    assert places(too_low) == [("/requestsPerMinute", "out-of-range")]


def test_an_id_is_used_once(gateway: Gateway) -> None:
    """409, and its topic is not touched."""
    register(gateway, examples.NEW_ORGANISATION)

    again = register(gateway, examples.NEW_ORGANISATION | {"awsAccount": "999999999999"})

    assert (again.status, again.json["type"].rpartition("/")[2]) == (409, "organisation-exists")
    assert len(gateway.topics.opened) == 1


@pytest.mark.parametrize("named", [{}, {"id": None}], ids=["with an id", "without one"])
def test_a_repeat_by_its_key_answers_what_was_answered_first(gateway: Gateway, named: dict[str, Any]) -> None:
    """Whatever became of the organisation; nothing is made twice."""
    body = examples.NEW_ORGANISATION | named
    first = register(gateway, body, Idempotency_Key="key-1")
    change(gateway, first.json["id"], {"name": "Another name"})

    again = register(gateway, body, Idempotency_Key='"key-1"')

    assert (again.status, again.json) == (201, first.json)
    assert len(gateway.storage.state.organisations) == 4
    assert len(gateway.topics.opened) == 1


def test_a_registration_whose_answer_was_lost_is_not_made_twice(gateway: Gateway) -> None:
    """What was made and which request made it are one write: a repeat is told the first."""
    state = gateway.storage.state

    def lose(operation: str) -> None:
        if operation == "organisations.put":
            raise StorageBusy("the answer is lost")

    state.after = lose
    lost = register(gateway, examples.NEW_SUPERVISOR, Idempotency_Key="key-1")
    state.after = lambda _: None
    again = register(gateway, examples.NEW_SUPERVISOR, Idempotency_Key="key-1")

    made = [one for one in state.organisations.values() if one.name == examples.NEW_SUPERVISOR["name"]]
    assert (lost.status, again.status) == (503, 201)
    assert [one.id for one in made] == [again.json["id"]]


def test_a_key_is_for_one_content(gateway: Gateway) -> None:
    """422, also when the id is there already."""
    register(gateway, examples.NEW_ORGANISATION, Idempotency_Key="key-1")

    assert register(gateway, examples.NEW_SUPERVISOR, Idempotency_Key="key-1").status == 422
    other = examples.NEW_ORGANISATION | {"name": "Another"}
    assert register(gateway, other, Idempotency_Key="key-1").status == 422


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"oin": "12345678901234567890"}, ("/oin", "invalid-format")),
        ({"kvk": "1234567"}, ("/kvk", "invalid-format")),
        ({"brin": "99zz"}, ("/brin", "invalid-format")),
        ({"agb": "123"}, ("/agb", "invalid-format")),
        ({"id": "a#b"}, ("/id", "invalid-format")),
        ({"emailDomains": []}, ("/emailDomains", "too-few")),
        ({"emailDomains": ["School.example"]}, ("/emailDomains/0", "invalid-format")),
        ({"domains": []}, ("/domains", "required")),
        ({"domains": ["SPORT"]}, ("/domains/0", "not-a-choice")),
        ({"municipalities": ["0344"]}, ("/municipalities", "not-allowed")),
        ({"scopes": ["organisations:manage"]}, ("/scopes", "not-allowed")),
        ({"kind": "ADMINISTRATION"}, ("/scopes", "not-allowed")),
        ({"administrator": "office@elsewhere.example"}, ("/administrator", "email-domain-not-registered")),
        ({"awsAccount": "1"}, ("/awsAccount", "invalid-format")),
        ({"name": "two\nlines"}, ("/name", "invalid-format")),
        ({"state": "ACTIVE"}, ("/state", "unknown-field")),
        ({"language": "fr"}, ("/language", "not-a-choice")),
    ],
)
def test_what_breaks_a_rule_is_told_by_its_place(
    gateway: Gateway, changed: dict[str, Any], place: tuple[str, str]
) -> None:
    """And nothing is stored, and no topic is made."""
    answer = register(gateway, examples.NEW_ORGANISATION | changed)

    assert places(answer) == [place]
    assert "regenboog" not in gateway.storage.state.organisations
    assert gateway.topics.opened == []


def test_a_change_merges_into_what_is_there(gateway: Gateway) -> None:
    """Null takes away, what is left out stays; the tag is the next one."""
    registered = register(gateway, examples.NEW_ORGANISATION)
    patch = {"mayUseBsn": False, "brin": None, "agb": "12345678", "language": "en"}

    answer = change(gateway, "regenboog", patch | examples.CONTACT_POINT_ONLY, match='"regenboog.1"')

    assert (answer.status, answer.headers["etag"]) == (200, '"regenboog.2"')
    assert answer.json == registered.json | patch | examples.CONTACT_POINT_ONLY
    assert read(gateway, "regenboog").json == answer.json


def test_a_right_that_is_taken_holds_on_the_next_request(gateway: Gateway) -> None:
    """The BSN, and a scope that the token still names (D4)."""
    change(gateway, "school", {"mayUseBsn": False, "scopes": ["signals:write"]})

    given = gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token=SCHOOL)
    listed = gateway.send("GET", "/signals", token=SCHOOL)

    assert ("/youth/bsn", "bsn-not-allowed") in places(given)
    assert listed.status == 403


def test_a_suspension_holds_at_once_until_it_is_lifted(gateway: Gateway) -> None:
    """403 for the very next request."""
    assert change(gateway, "school", {"state": "SUSPENDED"}).json["state"] == "SUSPENDED"
    shut_out = gateway.send("GET", "/signals", token=SCHOOL)
    change(gateway, "school", {"state": "ACTIVE"})

    assert (shut_out.status, gateway.send("GET", "/signals", token=SCHOOL).status) == (403, 200)


def test_nobody_shuts_themselves_out(gateway: Gateway) -> None:
    """Neither by suspension nor by giving up what is needed to undo it."""
    suspended = change(gateway, "region", {"state": "SUSPENDED"})
    given_up = change(gateway, "region", {"scopes": ["reviews:decide"]})

    assert (places(suspended), places(given_up)) == ([("/state", "own-access")], [("/scopes", "own-access")])
    assert read(gateway, "region").status == 200


def test_another_account_gets_another_topic(gateway: Gateway) -> None:
    """Who was subscribed hears no more; without an account there is none."""
    register(gateway, examples.NEW_ORGANISATION)

    change(gateway, "regenboog", {"awsAccount": "444455556666"})
    answer = change(gateway, "regenboog", {"awsAccount": None})

    assert gateway.topics.opened == [("regenboog", "111122223333"), ("regenboog", "444455556666")]
    assert gateway.topics.closed == [f"{ARN}regenboog"] * 2
    assert (answer.json["awsAccount"], answer.json["topicArn"]) == (None, None)


@pytest.mark.parametrize("name", ["id", "kind", "topicArn"])
def test_some_things_never_change(gateway: Gateway, name: str) -> None:
    """Who it is, and what the index made for it."""
    assert places(change(gateway, "school", {name: "x"})) == [(f"/{name}", "unchangeable")]


def test_what_cannot_go_cannot_be_taken_away(gateway: Gateway) -> None:
    """A name and a mail domain."""
    assert places(change(gateway, "school", {"name": None, "emailDomains": None})) == [
        ("/emailDomains", "required"),
        ("/name", "required"),
    ]


@pytest.mark.parametrize(("match", "status"), [(None, 428), ('"school.7"', 412), ('"ggd.1"', 412)])
def test_a_change_rests_on_what_was_read(gateway: Gateway, match: str | None, status: int) -> None:
    """Without a tag 428, with an old one or another's 412."""
    assert change(gateway, "school", {"name": "Another"}, match=match).status == status
    assert gateway.storage.state.organisations["school"].revision == 1


def test_a_change_under_way_elsewhere_is_not_overwritten(gateway: Gateway) -> None:
    """The second of two who read the same is told."""
    state = gateway.storage.state
    meanwhile = replace(state.organisations["school"], name="Meanwhile", revision=2)

    def race(operation: str) -> None:
        if operation == "organisations.put":
            state.before = lambda _: None
            state.organisations["school"] = meanwhile

    state.before = race

    assert change(gateway, "school", {"name": "Another"}, match='"school.1"').status == 412
    assert state.organisations["school"] == meanwhile


def test_organisations_are_listed_by_id_page_by_page(gateway: Gateway) -> None:
    """Each once; `Link` leads on until there is no more."""
    path, seen = "/organisations?limit=2", []
    while path:
        answer = gateway.send("GET", path, token=REGION)
        seen += [one["id"] for one in answer.json["items"]]
        path = answer.headers.get("link", "").partition(">")[0].removeprefix(f"<{BASE_URL}")

    assert seen == ["ggd", "region", "school"]


@pytest.mark.parametrize("query", ["limit=0", "cursor=forged", "state=ACTIVE", "name=school"])
def test_a_list_takes_a_limit_and_its_own_cursor(gateway: Gateway, query: str) -> None:
    """Anything else is refused by its name."""
    assert places(gateway.send("GET", f"/organisations?{query}", token=REGION))


def test_each_organisation_reads_itself_without_a_scope(gateway: Gateway) -> None:
    """Its own row, and nothing else of this."""
    gateway.register(make_organisation("reader", scopes=frozenset()))

    assert read(gateway, "reader", "token-reader").json["id"] == "reader"
    assert read(gateway, "school", "token-reader").status == 403
    assert change(gateway, "reader", {"name": "Mine"}, "token-reader").status == 403
    assert gateway.send("GET", "/organisations", token="token-reader").status == 403
    assert register(gateway, examples.NEW_ORGANISATION, "token-reader").status == 403


@pytest.mark.parametrize("one", ["nobody", "a%20b", "a%23b", "x" * 65])
def test_an_unknown_organisation_is_not_there(gateway: Gateway, one: str) -> None:
    """404, and of what is no id nothing is written down."""
    assert (read(gateway, one).status, change(gateway, one, {"name": "A"}).status) == (404, 404)

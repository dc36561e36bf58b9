"""Requests of families over HTTPS: for who handles them, and for who is asked for advice (D31 to D33)."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.api.documentation.request_examples import NEW_REQUEST
from chalicelib.domain.organisation import Scope
from chalicelib.domain.signal import SignalState
from chalicelib.matching import fold, match_keys
from tests.builders import make_organisation, make_professional, make_signal, make_youth
from tests.fakes import FakeHasher
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, with_value, without

SCHOOLS, GGDS = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
REGION, SCHOOL = "token-region", "token-school"
NOBODY = "lo-000000000000000000000000000000ff"
ERASURE = NEW_REQUEST | {"youth": NEW_REQUEST["youth"] | {"bsn": "999990342"}, "restrict": False}


@pytest.fixture
def gateway(gateway: Gateway) -> Gateway:
    """A region in which two organisations gave a signal about one youth, and somebody handles requests."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.RIGHTS_HANDLE})))
    gateway.register(make_organisation("elsewhere", scopes=frozenset({Scope.RIGHTS_HANDLE})))
    state = gateway.storage.state
    keys = FakeHasher().hashed(match_keys(fold(make_youth())), gateway.storage.settings.keysets()[0])
    for one, organisation in ((SCHOOLS, "school"), (GGDS, "ggd")):
        state.signals[one] = make_signal(one, organisation, keys=keys)
        state.professionals[f"{organisation}#p1"] = make_professional(organisation)
        for key in keys:
            state.keys[key].add(one)
    return gateway


def send(gateway: Gateway, method: str, path: str, body: Any = None, **headers: str) -> Answer:
    """A request of the region's handler, unless a token says otherwise."""
    token = headers.pop("token", REGION)
    told = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = b"" if body is None else as_bytes(body)
    return gateway.send(method, path, body=sent, headers=JSON | told if sent else told, token=token)


def filed(gateway: Gateway, **changes: Any) -> dict[str, Any]:
    """A request that was filed."""
    answer = send(gateway, "POST", "/requests", ERASURE | changes)
    assert answer.status == 202, answer.body
    told: dict[str, Any] = answer.json
    return told


def code(answer: Answer) -> tuple[int, str]:
    """Status and kind of a problem."""
    return answer.status, answer.json["type"].rpartition("/")[2]


def seen(signal: str, organisation: str, **changes: Any) -> dict[str, Any]:
    """A signal that was found for certain, as a request tells of it."""
    return {
        "signalId": signal,
        "organisation": {"id": organisation, "name": f"Organisation {organisation}"},
        "concerns": True,
        "evidence": [],
        "askedAt": "2026-11-22T09:30:00Z",
        "advice": None,
        "hidden": False,
        "measure": None,
        "carriedOut": False,
    } | changes


@pytest.mark.rule("D31")
def test_a_request_is_accepted_and_read_where_location_says(gateway: Gateway) -> None:
    """The whole answer: nothing of who the youth is."""
    answer = send(gateway, "POST", "/requests", ERASURE)

    told = {
        "id": answer.json["id"],
        "kind": "ERASURE",
        "state": "OPEN",
        "receivedOn": "2026-11-20",
        "dueOn": "2026-12-18",
        "createdAt": "2026-11-22T09:30:00Z",
        "requester": {
            "role": "YOUTH",
            "identityChecked": {"on": "2026-11-20", "how": "IDENTITY_DOCUMENT"},
        },
        "restrict": False,
        "signals": [seen(SCHOOLS, "school"), seen(GGDS, "ggd")],
        "decision": None,
        "doneAt": None,
    }
    assert (answer.status, answer.json) == (202, told)
    where = answer.headers["location"].partition("/v1")[2]
    again = send(gateway, "GET", where)
    assert (again.status, again.json, again.headers["etag"]) == (200, told, answer.headers["etag"])


def test_a_request_is_filed_once_under_a_key(gateway: Gateway) -> None:
    """A replay answers the request; another content under the key is refused."""
    first, second = (send(gateway, "POST", "/requests", ERASURE, Idempotency_Key="key-1") for _ in range(2))
    other = send(gateway, "POST", "/requests", ERASURE | {"kind": "OBJECTION"}, Idempotency_Key="key-1")

    assert (second.status, second.json["id"]) == (202, first.json["id"])
    assert code(other) == (422, "idempotency-mismatch")
    assert len(gateway.storage.state.requests) == 1


@pytest.mark.parametrize(
    ("pointer", "value", "rule"),
    [
        ("/kind", "FORGET_ME", "not-a-choice"),
        ("/receivedOn", "2026-12-01", "in-future"),
        ("/requester/role", "NEIGHBOUR", "not-a-choice"),
        ("/requester/name", "J. Smit", "unknown-field"),
        ("/requester/identityChecked/how", "TRUST", "not-a-choice"),
        ("/youth/birthDate", "2020-01-01", "not-entitled"),
        ("/signals", [], "too-few"),
        ("/signals", [NOBODY], "not-about-this-youth"),
        ("/reason", "because", "unknown-field"),
    ],
)
def test_what_breaks_a_rule_is_refused(gateway: Gateway, pointer: str, value: Any, rule: str) -> None:
    """With its code; nothing is stored, and there is no field for a reason (D3)."""
    answer = send(gateway, "POST", "/requests", with_value(ERASURE, pointer, value))

    assert code(answer) == (400, "invalid-request")
    assert rule in {line["code"] for line in answer.json["errors"]}
    assert gateway.storage.state.requests == {}


@pytest.mark.parametrize("missing", ["/kind", "/receivedOn", "/requester", "/youth"])
def test_what_is_missing_is_told(gateway: Gateway, missing: str) -> None:
    """By its place."""
    answer = send(gateway, "POST", "/requests", without(ERASURE, missing))

    assert [(line["location"], line["code"]) for line in answer.json["errors"]] == [(missing, "required")]


def test_requests_are_listed_page_by_page(gateway: Gateway) -> None:
    """First due first; those that are done are a list of their own."""
    late, early = filed(gateway), filed(gateway, receivedOn="2026-11-10")
    over = filed(gateway)
    send(gateway, "POST", f"/requests/{over['id']}/decision", {"ruling": "WITHDRAWN"})

    first = send(gateway, "GET", "/requests?limit=1")
    second = send(gateway, "GET", first.headers["link"].partition(">")[0].partition("/v1")[2])
    done = send(gateway, "GET", "/requests?state=DONE")

    assert [one["id"] for one in (*first.json["items"], *second.json["items"])] == [early["id"], late["id"]]
    assert "link" not in second.headers
    assert [one["id"] for one in done.json["items"]] == [over["id"]]


@pytest.mark.parametrize("query", ["state=CLOSED", "state=open", "limit=0", "bsn=999990342", "cursor=x"])
def test_a_list_of_requests_takes_no_other_question(gateway: Gateway, query: str) -> None:
    """Nobody is looked up (D16)."""
    assert code(send(gateway, "GET", f"/requests?{query}")) == (400, "invalid-request")


@pytest.mark.rule("D31")
def test_a_request_is_for_who_handles_it(gateway: Gateway) -> None:
    """Another handler's is not there, and an organisation without the right is refused."""
    where = f"/requests/{filed(gateway)['id']}"

    assert code(send(gateway, "GET", where, token="token-elsewhere")) == (404, "not-found")
    assert code(send(gateway, "GET", where, token=SCHOOL)) == (403, "insufficient-scope")
    assert code(send(gateway, "GET", f"/requests/{NOBODY}")) == (404, "not-found")
    assert code(send(gateway, "GET", "/requests/1")) == (404, "not-found")


@pytest.mark.rule("D39")
def test_who_reads_a_request_is_named(gateway: Gateway) -> None:
    """As on every change."""
    where = f"/requests/{filed(gateway)['id']}"

    answer = gateway.send("GET", where, token=REGION, professional=None)

    assert [line["location"] for line in answer.json["errors"]] == ["/Professional-Id"]


@pytest.mark.rule("D31")
def test_the_organisation_of_a_signal_advises_on_its_own(gateway: Gateway) -> None:
    """It sees nothing of the other; what it says stands in the request."""
    request = filed(gateway)
    where = f"/requests/{request['id']}/advice"
    said = {"signals": [{"signalId": SCHOOLS, "advice": "REFUSE", "ground": "SIGNAL_JUSTIFIED"}]}

    before = send(gateway, "GET", where, token=SCHOOL)
    after = send(gateway, "PUT", where, said, token=SCHOOL)
    read = send(gateway, "GET", f"/requests/{request['id']}").json

    advice = {"advice": "REFUSE", "ground": "SIGNAL_JUSTIFIED", "givenAt": "2026-11-22T09:30:00Z"}
    asked = {
        "requestId": request["id"],
        "kind": "ERASURE",
        "receivedOn": "2026-11-20",
        "dueOn": "2026-12-18",
        "open": True,
        "signals": [{"signalId": SCHOOLS, "advice": None}],
    }
    assert (before.status, before.json) == (200, asked)
    assert (after.status, after.json["signals"]) == (200, [{"signalId": SCHOOLS, "advice": advice}])
    assert [one["advice"] for one in read["signals"]] == [advice, None]


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ({"signalId": SCHOOLS, "advice": "REFUSE"}, (400, "invalid-request")),
        ({"signalId": SCHOOLS, "advice": "GRANT", "ground": "EXCESSIVE"}, (400, "invalid-request")),
        ({"signalId": SCHOOLS, "advice": "GRANT", "note": "x"}, (400, "invalid-request")),
        ({"signalId": GGDS, "advice": "GRANT"}, (404, "not-found")),
    ],
)
def test_advice_keeps_its_rules(gateway: Gateway, said: dict[str, Any], answered: tuple[int, str]) -> None:
    """A ground with a refusal alone, no words, and never on another's signal."""
    where = f"/requests/{filed(gateway)['id']}/advice"

    assert code(send(gateway, "PUT", where, {"signals": [said]}, token=SCHOOL)) == answered


@pytest.mark.rule("D33")
def test_a_restriction_is_granted_and_lifted(gateway: Gateway) -> None:
    """Each answers how the request stands."""
    where = f"/requests/{filed(gateway)['id']}/restriction"
    state = gateway.storage.state

    granted = send(gateway, "PUT", where)
    assert {one.state for one in state.signals.values()} == {SignalState.RESTRICTED}
    lifted = send(gateway, "DELETE", where)

    assert (granted.status, granted.json["restrict"]) == (200, True)
    assert [one["hidden"] for one in granted.json["signals"]] == [True, True]
    assert (lifted.status, lifted.json["restrict"]) == (200, False)
    assert {one.state for one in state.signals.values()} == {SignalState.ACTIVE}


@pytest.mark.rule("D33")
def test_a_decision_is_carried_out(gateway: Gateway) -> None:
    """One corrected, one erased; the answer says what was done."""
    request = filed(gateway, kind="RECTIFICATION")
    decision = {
        "ruling": "GRANTED",
        "measures": [
            {"signalId": SCHOOLS, "measure": "CORRECTED", "youth": {"surname": "Meerman", "initials": None}},
            {"signalId": GGDS, "measure": "ERASED"},
        ],
    }

    answer = send(gateway, "POST", f"/requests/{request['id']}/decision", decision)

    assert (answer.status, answer.json["state"]) == (200, "DONE")
    assert [(one["measure"], one["carriedOut"]) for one in answer.json["signals"]] == [
        ("CORRECTED", True),
        ("ERASED", True),
    ]
    state = gateway.storage.state
    assert state.signals[SCHOOLS].youth == make_youth(surname="Meerman", initials=None)
    assert (state.signals[GGDS].state, state.signals[GGDS].youth) == (SignalState.ERASED, None)
    assert state.requests[request["id"]].record is None


@pytest.mark.parametrize(
    ("decision", "location", "rule"),
    [
        ({"ruling": "REFUSED"}, "/ground", "ground-required"),
        ({"ruling": "MAYBE"}, "/ruling", "not-a-choice"),
        ({"ruling": "REFUSED", "ground": "I do not like it"}, "/ground", "not-a-choice"),
        (
            {"ruling": "GRANTED", "measures": [{"signalId": SCHOOLS, "measure": "SHOWN"}]},
            "/measures/0/measure",
            "not-of-this-kind",
        ),
        (
            {
                "ruling": "GRANTED",
                "measures": [
                    {"signalId": SCHOOLS, "measure": "CORRECTED", "youth": {"birthDate": "2014-02-30"}},
                    {"signalId": GGDS, "measure": "CLOSED"},
                ],
            },
            "/measures/0/youth/birthDate",
            "invalid-date",
        ),
    ],
)
def test_a_decision_that_breaks_a_rule_is_refused(
    gateway: Gateway, decision: dict[str, Any], location: str, rule: str
) -> None:
    """By place and code; nothing is decided."""
    request = filed(gateway, kind="RECTIFICATION")

    answer = send(gateway, "POST", f"/requests/{request['id']}/decision", decision)

    assert (location, rule) in {(line["location"], line["code"]) for line in answer.json["errors"]}
    assert gateway.storage.state.requests[request["id"]].decision is None


def test_a_decision_on_an_old_reading_is_refused(gateway: Gateway) -> None:
    """412 for who sends ``If-Match``; 409 for a second, other decision."""
    where = f"/requests/{filed(gateway)['id']}"
    tag = send(gateway, "GET", where).headers["etag"]
    refusal = {"ruling": "REFUSED", "ground": "SIGNAL_JUSTIFIED"}
    send(gateway, "PUT", f"{where}/restriction")

    assert code(send(gateway, "POST", f"{where}/decision", refusal, If_Match=tag)) == (
        412,
        "precondition-failed",
    )
    assert send(gateway, "POST", f"{where}/decision", refusal).status == 200
    assert code(send(gateway, "POST", f"{where}/decision", {"ruling": "GRANTED"})) == (409, "request-closed")


def test_a_doubt_is_settled_before_a_decision(gateway: Gateway) -> None:
    """409 until somebody says whose signal it is."""
    request = filed(gateway)
    state = gateway.storage.state
    held = state.requests[request["id"]]
    state.signals[GGDS] = make_signal(GGDS, "ggd", youth=make_youth(given_names="Roos", initials="R."))
    where = f"/requests/{held.id}"

    said = send(gateway, "PUT", f"{where}/signals/{GGDS}", {"concerns": False})

    assert [one["concerns"] for one in said.json["signals"]] == [True, False]
    assert code(send(gateway, "PUT", f"{where}/signals/{NOBODY}", {"concerns": True})) == (404, "not-found")
    assert code(send(gateway, "PUT", f"{where}/signals/{GGDS}", {"concerns": "no"})) == (
        400,
        "invalid-request",
    )

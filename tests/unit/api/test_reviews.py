"""Reviews over HTTPS: for whoever may decide, in field names and levels, never a value."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.organisation import Scope
from chalicelib.domain.review import Review, ReviewState
from chalicelib.domain.signal import SignalState, SignalVerdict
from tests.builders import NOW, make_organisation, make_review, make_signal
from tests.gateway import Answer, Gateway

OWN, OTHER = "lo-0000000000000000000000000000000a", "lo-0000000000000000000000000000000b"
JSON = {"Content-Type": "application/json"}
REGION = "token-region"


@pytest.fixture
def review(gateway: Gateway) -> Review:
    """A doubtful pair of the school and the youth health service, and a region administrator."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.REVIEWS_DECIDE})))
    own, other = make_signal(OWN, "school"), make_signal(OTHER, "ggd")
    review = make_review(own, other)
    gateway.storage.state.signals |= {OWN: own, OTHER: other}
    gateway.storage.state.reviews[review.id] = review
    return review


def decide(gateway: Gateway, review: Review, verdict: str = "SAME", **headers: str) -> Answer:
    """Give a verdict as the region administrator."""
    body = json.dumps({"verdict": verdict}).encode()
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("POST", f"/reviews/{review.id}/verdict", body=body, headers=told, token=REGION)


def code(answer: Answer) -> tuple[int, str]:
    """Status and kind of a problem."""
    return answer.status, answer.json["type"].rpartition("/")[2]


def expected(review: Review, **changes: Any) -> dict[str, Any]:
    """The review as it is told."""
    body = {
        "id": review.id,
        "state": "OPEN",
        "since": "2026-11-22T09:30:00Z",
        "verdict": None,
        "decidedAt": None,
        "askedAt": None,
        "rule": "SAME_NUMBER_OTHER_PERSON",
        "evidence": [
            {"field": "bsn", "level": "EQUAL"},
            {"field": "given_names", "level": "DIFFERENT"},
        ],
        "sides": [
            {"signalId": OWN, "organisation": {"id": "school", "name": "Organisation school"}},
            {"signalId": OTHER, "organisation": {"id": "ggd", "name": "Organisation ggd"}},
        ],
    }
    return body | changes


def test_a_review_tells_organisations_fields_and_levels(gateway: Gateway, review: Review) -> None:
    """The whole answer, with a tag of its revision."""
    answer = gateway.send("GET", f"/reviews/{review.id}", token=REGION)

    assert (answer.status, answer.json) == (200, expected(review))
    assert answer.headers["etag"] == f'"{review.id}.1"'


@pytest.mark.rule("D16")
@pytest.mark.parametrize(
    ("method", "rest"),
    [("GET", ""), ("POST", "/verdict"), ("DELETE", "/verdict"), ("POST", "/confirmation-requests")],
)
def test_reviews_are_for_those_who_may_decide_alone(
    gateway: Gateway, review: Review, method: str, rest: str
) -> None:
    """Not for the organisations in them: not even that there is one."""
    answer = gateway.send(method, f"/reviews/{review.id}{rest}", headers=JSON, token="token-school")

    assert code(answer) == (403, "insufficient-scope")


def test_reviews_are_listed_page_by_page(gateway: Gateway, review: Review) -> None:
    """Oldest first; ``Link`` leads on until there is none."""
    later = replace(review, id="lo-0000000000000000000000000000000c", since=NOW + timedelta(hours=1))
    gateway.storage.state.reviews[later.id] = later

    first = gateway.send("GET", "/reviews?limit=1", token=REGION)
    following = first.headers["link"].partition(">")[0].partition("/v1")[2]
    second = gateway.send("GET", following, token=REGION)

    assert [one["id"] for one in (*first.json["items"], *second.json["items"])] == [review.id, later.id]
    assert "link" not in second.headers


def test_those_decided_are_a_list_of_their_own(gateway: Gateway, review: Review) -> None:
    """So that a verdict can be found and undone."""
    decide(gateway, review)

    listed = {
        state: gateway.send("GET", f"/reviews?state={state}", token=REGION).json["items"]
        for state in ("OPEN", "DECIDED")
    }

    assert {state: len(items) for state, items in listed.items()} == {"OPEN": 0, "DECIDED": 1}


@pytest.mark.parametrize("query", ["state=WITHDRAWN", "state=open", "limit=0", "surname=Meer", "cursor=x"])
def test_a_list_of_reviews_takes_no_other_question(gateway: Gateway, review: Review, query: str) -> None:
    """Those withdrawn are nobody's work, and nobody is looked up (D16)."""
    answer = gateway.send("GET", f"/reviews?{query}", token=REGION)

    assert code(answer) == (400, "invalid-request")


@pytest.mark.parametrize(("verdict", "same"), [("SAME", True), ("NOT_SAME", False)])
def test_a_verdict_is_answered_as_it_stands(
    gateway: Gateway,
    review: Review,
    verdict: str,
    same: bool,  # noqa: FBT001 - a parameter
) -> None:
    """And stands on both signals."""
    answer = decide(gateway, review, verdict)

    told = expected(review, state="DECIDED", verdict=verdict, decidedAt="2026-11-22T09:30:00Z")
    assert (answer.status, answer.json) == (200, told)
    assert answer.headers["etag"] == f'"{review.id}.2"'
    assert gateway.storage.state.signals[OWN].verdicts == {SignalVerdict(OTHER, same)}
    assert gateway.storage.state.signals[OTHER].verdicts == {SignalVerdict(OWN, same)}


@pytest.mark.parametrize("verdict", ["MAYBE", "same", "", None])
def test_a_verdict_is_one_of_two_words(gateway: Gateway, review: Review, verdict: str) -> None:
    """Anything else is refused, and nothing is written."""
    answer = decide(gateway, review, verdict)

    assert answer.status == 400
    assert gateway.storage.state.reviews[review.id] == review


def test_a_verdict_on_evidence_that_changed_is_refused(gateway: Gateway, review: Review) -> None:
    """412 for who sends ``If-Match``; the one who sends none decides whatever the evidence is."""
    assert code(decide(gateway, review, If_Match=f'"{review.id}.7"')) == (412, "precondition-failed")
    assert decide(gateway, review, If_Match=f'"{review.id}.1"').status == 200
    assert decide(gateway, review, "NOT_SAME").status == 200


def test_a_verdict_is_taken_back(gateway: Gateway, review: Review) -> None:
    """Twice is harmless."""
    decide(gateway, review)

    answers = [gateway.send("DELETE", f"/reviews/{review.id}/verdict", token=REGION) for _ in range(2)]

    assert [(answer.status, answer.json) for answer in answers] == [(200, expected(review))] * 2
    assert gateway.storage.state.signals[OWN].verdicts == frozenset()


@pytest.mark.parametrize(("method", "rest"), [("POST", "/verdict"), ("POST", "/confirmation-requests")])
def test_nothing_is_decided_about_a_signal_that_has_ended(
    gateway: Gateway, review: Review, method: str, rest: str
) -> None:
    """409: read the review again."""
    state = gateway.storage.state
    state.signals[OTHER] = replace(state.signals[OTHER], state=SignalState.CLOSED)
    body = b'{"verdict": "SAME"}' if rest == "/verdict" else b""

    answer = gateway.send(method, f"/reviews/{review.id}{rest}", body=body, headers=JSON, token=REGION)

    assert code(answer) == (409, "review-closed")


def test_each_side_is_asked_to_confirm_its_own_record(gateway: Gateway, review: Review) -> None:
    """202: the mails leave by themselves; a repeat is answered as it stands."""
    answers = [
        gateway.send("POST", f"/reviews/{review.id}/confirmation-requests", token=REGION) for _ in range(2)
    ]

    told = expected(review, askedAt="2026-11-22T09:30:00Z")
    assert [(answer.status, answer.json) for answer in answers] == [(202, told)] * 2
    assert sorted(one.receiver for one in gateway.storage.state.notices.values()) == ["ggd#p1", "school#p1"]


def test_asking_takes_no_words_along(gateway: Gateway, review: Review) -> None:
    """An empty object or nothing; there is no field for a reason or a note (D3)."""
    path = f"/reviews/{review.id}/confirmation-requests"

    told = gateway.send("POST", path, body=b'{"note": "is this Tim?"}', headers=JSON, token=REGION)
    empty = gateway.send("POST", path, body=b"{}", headers=JSON, token=REGION)

    assert (code(told), empty.status) == ((400, "invalid-request"), 202)


@pytest.mark.parametrize("review_id", ["lo-000000000000000000000000000000ff", "1", "lo-xyz"])
def test_an_unknown_review_is_not_there(gateway: Gateway, review: Review, review_id: str) -> None:
    """404, of whatever form the id is."""
    assert code(gateway.send("GET", f"/reviews/{review_id}", token=REGION)) == (404, "not-found")


def test_a_withdrawn_review_can_still_be_read(gateway: Gateway, review: Review) -> None:
    """By who kept its id."""
    gateway.storage.state.reviews[review.id] = replace(review, state=ReviewState.WITHDRAWN)

    answer = gateway.send("GET", f"/reviews/{review.id}", token=REGION)

    assert (answer.status, answer.json["state"]) == (200, "WITHDRAWN")

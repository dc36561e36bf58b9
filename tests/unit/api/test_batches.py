"""Many signals at once: one result per line, and one bad line spoils no other (D10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy
from chalicelib.signals.batch import TIME_TO_BEGIN
from tests.gateway import DOCUMENTATION_URL, REQUEST_ID, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body, with_value, without

pytestmark = pytest.mark.rule("D10")

SCHOOL = "token-school"


def line(number: int, **changes: Any) -> dict[str, Any]:
    """A signal under a reference of its own."""
    return make_body(reference=f"R-{number}", **changes)


def batch(gateway: Gateway, lines: Any, *, raw: bytes | None = None, **headers: str) -> Answer:
    """Give many."""
    body = as_bytes({"signals": lines}) if raw is None else raw
    told = JSON | {name.replace("_", "-"): value for name, value in headers.items()}
    return gateway.send("POST", "/signal-batches", body=body, headers=told, token=SCHOOL)


def statuses(answer: Answer) -> list[int]:
    """Of each line."""
    return [result["status"] for result in answer.json["results"]]


def failing_on(calls: dict[int, Exception]) -> Callable[[str], None]:
    """Fails the writes of these numbers, from 1."""
    count = 0

    def before(operation: str) -> None:
        nonlocal count
        if operation == "signals.add":
            count += 1
            if count in calls:
                raise calls[count]

    return before


def test_each_line_is_answered_as_if_it_came_alone(gateway: Gateway) -> None:
    """The signal as giving it answers, in the order of the lines."""
    alone = gateway.send("POST", "/signals", body=as_bytes(line(9)), headers=JSON, token=SCHOOL).json

    answer = batch(gateway, [line(1), line(2)])

    assert (answer.status, statuses(answer)) == (200, [201, 201])
    for number, result in enumerate(answer.json["results"], start=1):
        signal = gateway.storage.state.signals[result["id"]]
        assert signal.reference == f"R-{number}"
        assert result == {
            "status": 201,
            "id": signal.id,
            "signal": alone | {"id": signal.id, "signalNumber": signal.number, "reference": f"R-{number}"},
            "problem": None,
        }


def test_one_bad_line_spoils_no_other(gateway: Gateway) -> None:
    """Each fault of form or meaning is told at its own line, and all others are given."""
    lines = [
        line(1),
        without(line(2), "/youth"),
        with_value(line(3), "/youth/bsn", None),
        "no signal",
        None,
        line(1, plannedEndDate="2027-01-31"),
        line(6) | {"note": "x"},
        line(7),
    ]

    answer = batch(gateway, lines)

    assert statuses(answer) == [201, 400, 400, 400, 400, 409, 400, 201]
    assert {one.reference for one in gateway.storage.state.signals.values()} == {"R-1", "R-7"}
    places = [
        [error["location"] for error in (result["problem"] or {}).get("errors") or ()]
        for result in answer.json["results"]
    ]
    assert places[1:5] == [["/signals/1/youth"], ["/signals/2/youth/bsn"], ["/signals/3"], ["/signals/4"]]
    assert places[6] == ["/signals/6/note"]


def test_the_problem_of_a_line_has_the_one_shape(gateway: Gateway) -> None:
    """Every member, and the instance of this request."""
    [result] = batch(gateway, [without(line(1), "/reference")]).json["results"]

    assert result == {
        "status": 400,
        "id": None,
        "signal": None,
        "problem": {
            "type": f"{DOCUMENTATION_URL}/problems/invalid-request",
            "title": "The request breaks one rule or more",
            "status": 400,
            "detail": "One rule is broken; nothing was stored.",
            "instance": f"urn:uuid:{REQUEST_ID}",
            "errors": [
                {
                    "in": "body",
                    "location": "/signals/0/reference",
                    "code": "required",
                    "detail": "This field is required.",
                }
            ],
        },
    }


@pytest.mark.parametrize(
    "doubtful",
    [
        b'{"reference": "A", "reference": "B"}',
        b'{"reference": "a\\u0000b"}',
        b'{"reference": "\\ud800"}',
        b'{"a": ' * 25 + b"1" + b"}" * 25,
    ],
)
def test_a_line_that_cannot_be_read_without_doubt_spoils_no_other(gateway: Gateway, doubtful: bytes) -> None:
    """A key twice, a NUL, half a surrogate pair, nested too deep."""
    raw = b'{"signals": [' + doubtful + b", " + as_bytes(line(2)) + b"]}"

    answer = batch(gateway, None, raw=raw)

    assert statuses(answer) == [400, 201]
    problem = answer.json["results"][0]["problem"]
    assert problem["type"].endswith("/malformed-json")
    assert all(error["location"].startswith("/signals/0") for error in problem["errors"])


def test_a_line_given_before_answers_the_signal_that_is_there(gateway: Gateway) -> None:
    """Also one given by an earlier line."""
    batch(gateway, [line(1)])

    answer = batch(gateway, [line(1), line(2), line(2)])

    assert statuses(answer) == [200, 201, 200]
    assert len(gateway.storage.state.signals) == 2


def test_a_hundred_lines_are_taken(gateway: Gateway) -> None:
    """As many as one request may hold."""
    answer = batch(gateway, [line(number) for number in range(100)])

    assert statuses(answer) == [201] * 100
    assert len(gateway.storage.state.signals) == 100


def test_busy_storage_fails_only_the_lines_it_fails(gateway: Gateway) -> None:
    """503 says that nothing of the line was written; the same batch again gives it."""
    gateway.storage.state.before = failing_on({2: StorageBusy("throttled")})
    lines = [line(1), line(2), line(3)]

    first, again = batch(gateway, lines), batch(gateway, lines)

    assert (statuses(first), statuses(again)) == ([201, 503, 201], [200, 201, 200])
    assert first.json["results"][1]["problem"]["type"].endswith("/temporarily-unavailable")


def test_an_unexpected_error_fails_only_its_line_and_tells_no_value(gateway: Gateway) -> None:
    """500 for the line; the log has the class of the error."""
    gateway.storage.state.before = failing_on({1: RuntimeError("Marked")})

    answer = batch(gateway, [line(1), line(2)])

    failed = [fields for code, fields in gateway.log.lines if code is Code.REQUEST_FAILED]
    assert statuses(answer) == [500, 201]
    assert [fields["error"] for fields in failed] == ["RuntimeError"]
    assert "Marked" not in answer.body + str(gateway.log.lines)


def test_lines_for_which_no_time_is_left_are_told_so_and_can_be_repeated(gateway: Gateway) -> None:
    """503 before the gateway stops waiting; nothing of those lines was written."""
    gateway.storage.state.after = lambda operation: (
        gateway.clock.advance(TIME_TO_BEGIN / 2 + timedelta(seconds=1))
        if operation == "signals.add"
        else None
    )
    lines = [line(number) for number in range(5)]

    first = batch(gateway, lines)
    gateway.storage.state.after = lambda _: None
    again = batch(gateway, lines)

    assert statuses(first) == [201, 201, 503, 503, 503]
    assert statuses(again) == [200, 200, 201, 201, 201]


def test_a_repeated_key_answers_each_line_what_it_answered_first(gateway: Gateway) -> None:
    """Even when a signal was closed since; lines that failed for want of time are given now."""
    gateway.storage.state.before = failing_on({2: StorageBusy("throttled")})
    lines = [line(1), line(2), without(line(3), "/reference")]
    first = batch(gateway, lines, Idempotency_Key="key-1")
    closed = first.json["results"][0]["id"]
    gateway.send("POST", f"/signals/{closed}/closure", token=SCHOOL)

    again = batch(gateway, lines, Idempotency_Key='"key-1"')

    assert (statuses(first), statuses(again)) == ([201, 503, 400], [201, 201, 400])
    assert again.json["results"][0] == first.json["results"][0]
    assert len(gateway.storage.state.signals) == 2


def test_a_key_for_another_batch_is_refused(gateway: Gateway) -> None:
    """422 for the whole, also when the key gave a single signal before, or the other way round."""
    batch(gateway, [line(1)], Idempotency_Key="key-1")
    single = {**JSON, "Idempotency-Key": "key-1"}

    other = batch(gateway, [line(1), line(2)], Idempotency_Key="key-1")
    alone = gateway.send("POST", "/signals", body=as_bytes(line(3)), headers=single, token=SCHOOL)

    assert (other.status, alone.status) == (422, 422)
    assert len(gateway.storage.state.signals) == 1


def test_a_batch_that_is_still_being_given_is_not_given_twice_at_once(gateway: Gateway) -> None:
    """409 with Retry-After for the second; the first ends as if alone."""
    lines = [line(1), line(2)]
    inner: list[Answer] = []

    def meanwhile(operation: str) -> None:
        if operation == "signals.add":
            gateway.storage.state.before = lambda _: None
            inner.append(batch(gateway, lines, Idempotency_Key="key-1"))

    gateway.storage.state.before = meanwhile

    outer = batch(gateway, lines, Idempotency_Key="key-1")

    [second] = inner
    assert (second.status, second.headers["retry-after"]) == (409, "2")
    assert statuses(outer) == [201, 201]

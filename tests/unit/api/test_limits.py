"""How much one organisation may ask in a minute, over all functions together (RFC 6585)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy
from tests.builders import make_organisation
from tests.gateway import REQUESTS_PER_MINUTE, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SCHOOL = "token-school"


@pytest.fixture
def gateway() -> Gateway:
    """A school that may ask three times a minute, and a youth health service without a limit of its own."""
    gateway = Gateway()
    gateway.register(make_organisation("school", requests_per_minute=3))
    gateway.register(make_organisation("ggd"))
    return gateway


def ask(gateway: Gateway, token: str = SCHOOL, path: str = "/signals") -> Answer:
    """A read."""
    return gateway.send("GET", path, token=token)


def test_what_is_too_much_is_told_when_to_come_back(gateway: Gateway) -> None:
    """429, in the one shape, with the seconds until the next minute; nothing is read or written down."""
    gateway.clock.advance(timedelta(seconds=13))

    answers = [ask(gateway) for _ in range(4)]

    assert [answer.status for answer in answers] == [200, 200, 200, 429]
    assert answers[3].headers["retry-after"] == "47"
    assert answers[3].json["type"].endswith("/problems/too-many-requests")
    assert len(gateway.storage.state.audit) == 3


def test_the_next_minute_has_room_again(gateway: Gateway) -> None:
    """After just as long as the answer said."""
    answers = [ask(gateway) for _ in range(4)]
    gateway.clock.advance(timedelta(seconds=int(answers[3].headers["retry-after"])))

    assert ask(gateway).status == 200


def test_one_organisation_takes_no_others_room(gateway: Gateway) -> None:
    """Nor does it share that of the public documents."""
    for _ in range(4):
        ask(gateway)

    assert ask(gateway, "token-ggd").status == 200
    assert gateway.send("GET", "/health", professional=None).status == 200


def test_without_a_limit_of_its_own_that_of_the_stage_holds(gateway: Gateway) -> None:
    """For each organisation by itself."""
    answers = [ask(gateway, "token-ggd").status for _ in range(REQUESTS_PER_MINUTE + 1)]

    assert answers == [200] * REQUESTS_PER_MINUTE + [429]


def test_each_signal_of_a_batch_is_a_request(gateway: Gateway) -> None:
    """Else batches would be a way around; a batch that is refused gives nothing."""
    lines = [make_body(reference=f"R-{number}") for number in range(4)]

    answer = gateway.send(
        "POST", "/signal-batches", body=as_bytes({"signals": lines}), headers=JSON, token=SCHOOL
    )
    gateway.clock.advance(timedelta(minutes=1))
    fitting = gateway.send(
        "POST", "/signal-batches", body=as_bytes({"signals": lines[:3]}), headers=JSON, token=SCHOOL
    )

    assert (answer.status, fitting.status, ask(gateway).status) == (429, 200, 429)
    assert len(gateway.storage.state.signals) == 3


def test_requests_without_the_right_count_too(gateway: Gateway) -> None:
    """Each would leave an entry in the trail."""
    answers = [ask(gateway, path="/reviews").status for _ in range(4)]

    assert answers == [403, 403, 403, 429]
    assert len(gateway.storage.state.audit) == 3


def test_what_cannot_be_counted_is_let_in(gateway: Gateway) -> None:
    """A limit shuts nobody out because of our own trouble; the log says so."""

    def busy(operation: str) -> None:
        if operation == "counts.add":
            raise StorageBusy

    gateway.storage.state.before = busy

    assert [ask(gateway).status for _ in range(5)] == [200] * 5
    assert Code.REQUEST_NOT_COUNTED in {code for code, _ in gateway.log.lines}


def test_counters_go_by_themselves(gateway: Gateway) -> None:
    """An hour after their minute."""
    ask(gateway)

    [(name, (counted, expires_at))] = gateway.storage.state.counts.items()
    assert name.startswith("requests#school#")
    assert (counted, expires_at) == (1, gateway.clock.now().replace(second=0) + timedelta(hours=1))

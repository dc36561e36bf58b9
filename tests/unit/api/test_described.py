"""Whatever became of a signal, each operation on it answers as the description says (the gateway checks)."""

from __future__ import annotations

import json

import pytest

from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.negotiation import JSON
from chalicelib.api.route import Route
from chalicelib.api.routes import ROUTES
from chalicelib.domain.signal import SignalState
from tests.builders import make_signal
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON as AS_JSON
from tests.signal_bodies import as_bytes, make_body

SCHOOL = "token-school"
ID = "lo-00000000000000000000000000000001"
OF_A_SIGNAL = [route for route in ROUTES if route.path.startswith("/signals/{signalId}")]


@pytest.fixture
def given(gateway: Gateway) -> Gateway:
    """A school that gave a signal."""
    gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=AS_JSON, token=SCHOOL)
    return gateway


def ask(gateway: Gateway, route: Route, **headers: str) -> Answer:
    """The operation with the first request that its description shows."""
    operation = OPERATIONS[route.name]
    shown = next(iter((operation.request_examples or {}).values()), None)
    typed = {"Content-Type": next(iter(operation.media_types), JSON)} if operation.takes else {}
    return gateway.send(
        route.method,
        route.path.replace("{signalId}", ID),
        body=b"" if shown is None else json.dumps(shown).encode(),
        headers=typed
        | {"If-Match": "*"}
        | {name.replace("_", "-"): value for name, value in headers.items()},
        token=SCHOOL,
    )


def becomes(gateway: Gateway, state: SignalState) -> None:
    """The school's signal, as storage has it in this state."""
    gateway.storage.state.signals[ID] = make_signal(ID, "school", "staff-17", state=state, keys=frozenset())


@pytest.mark.rule("D8")
@pytest.mark.parametrize("state", SignalState)
@pytest.mark.parametrize("route", OF_A_SIGNAL, ids=lambda route: route.name)
def test_a_signal_in_any_state_is_answered_as_described(
    given: Gateway, route: Route, state: SignalState
) -> None:
    """Never as if something had gone wrong here."""
    becomes(given, state)

    assert ask(given, route).status < 500


@pytest.mark.rule("D33")
@pytest.mark.parametrize("route", OF_A_SIGNAL, ids=lambda route: route.name)
def test_what_was_erased_is_answered_so_everywhere(given: Gateway, route: Route) -> None:
    """410, so that its organisation takes it out of its own records too."""
    becomes(given, SignalState.ERASED)

    assert ask(given, route).status == 410


@pytest.mark.rule("D33")
@pytest.mark.parametrize(
    "route",
    [route for route in ROUTES if "IdempotencyKey" in OPERATIONS[route.name].parameters],
    ids=lambda route: route.name,
)
def test_a_repeat_is_answered_as_described_also_after_erasure(given: Gateway, route: Route) -> None:
    """The same request under the same key, after what it may have made is gone."""
    ask(given, route, Idempotency_Key="k-1")
    for name in given.storage.state.signals:
        given.storage.state.signals[name] = make_signal(name, "school", "staff-17", state=SignalState.ERASED)

    assert ask(given, route, Idempotency_Key="k-1").status < 500

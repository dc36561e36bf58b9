"""The interface of the archive: ``earlierSignals``, and opening who gave them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.history import History
from chalicelib.domain.signal import Archived, SignalState
from chalicelib.security.hashing import FIRST_KEYSET
from chalicelib.signals.index_keys import keys_for_archive
from tests.builders import NOW, make_organisation, make_professional, make_signal, make_youth
from tests.fakes import FakeHasher
from tests.gateway import Answer, Gateway

OWN = "lo-0000000000000000000000000000000a"
EARLIER = "lo-0000000000000000000000000000000b"
WHO = {"Professional-Id": "p1"}


@pytest.fixture
def gateway() -> Gateway:
    """A school's signal, given now, about a youth of whom the ggd closed one last year."""
    gateway = Gateway()
    state = gateway.storage.state
    for name in ("school", "ggd"):
        gateway.register(make_organisation(name))
        state.professionals[f"{name}#p1"] = make_professional(name)
    keys = FakeHasher()
    archived = Archived(
        keys_for_archive(make_youth(), keys, (FIRST_KEYSET,)), (NOW + timedelta(days=1000)).date()
    )
    state.signals[OWN] = make_signal(OWN, keys=frozenset())
    state.signals[EARLIER] = make_signal(
        EARLIER,
        "ggd",
        state=SignalState.CLOSED,
        created_at=NOW - timedelta(days=500),
        ended_at=NOW - timedelta(days=400),
        keys=frozenset(),
        archived=archived,
    )
    for key in archived.keys:
        state.archive_keys[key].add(EARLIER)
    state.histories[OWN] = History(signal_id=OWN, earlier=True)
    return gateway


def open_it(gateway: Gateway, **headers: str) -> Answer:
    """The request that opens the archive."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"/signals/{OWN}/history-openings"
    return gateway.send("POST", path, headers=WHO | named, token="token-school")


@pytest.mark.rule("D36")
def test_who_gave_earlier_signals_is_shown_once(gateway: Gateway) -> None:
    """A whole answer; a second one is refused, and says why."""
    opened, again = open_it(gateway), open_it(gateway)

    assert (opened.status, opened.json) == (
        201,
        {
            "openedAt": "2026-11-22T09:30:00Z",
            "items": [
                {
                    "givenBy": {
                        "organisation": "Organisation ggd",
                        "domain": "EDUCATION",
                        "name": "J. Jansen p1",
                        "function": "Intern begeleider",
                        "site": "De Regenboog",
                        "email": "p1@ggd.example",
                        "telephone": "+31301234567",
                    },
                    "givenOn": "2025-07-10",
                    "endedOn": "2025-10-18",
                }
            ],
            "withoutCard": [],
        },
    )
    assert opened.headers["location"].endswith(f"/v1/signals/{OWN}")
    assert (again.status, again.json["type"].rpartition("/")[2]) == (409, "history-closed")
    assert again.json["detail"] == "They were opened for this signal before, and open once."


def test_a_repeat_under_its_key_is_answered_anew(gateway: Gateway) -> None:
    """And under the key of another request not at all."""
    first = open_it(gateway, Idempotency_Key="key-1")

    assert open_it(gateway, Idempotency_Key="key-1").json == first.json
    other = {"Idempotency-Key": "key-1"} | WHO
    state = gateway.storage.state
    state.signals[EARLIER] = replace(state.signals[EARLIER], organisation_id="school")
    path = f"/signals/{EARLIER}/history-openings"
    assert gateway.send("POST", path, headers=other, token="token-school").status == 422


def test_it_says_why_it_does_not_open(gateway: Gateway) -> None:
    """In one clear sentence each."""
    del gateway.storage.state.histories[OWN]
    unknown = open_it(gateway)
    gateway.storage.state.histories[OWN] = History(signal_id=OWN, earlier=False)
    nothing = open_it(gateway)
    colleague = open_it(gateway, Professional_Id="p2")
    gateway.clock.advance(timedelta(days=2))
    late = open_it(gateway)

    assert [one.json["detail"] for one in (unknown, nothing, colleague, late)] == [
        "Whether there are any is not known yet: `earlierSignals` will tell.",
        "There are none: `earlierSignals` is false.",
        "Only the professional who gave the signal opens them: see `Professional-Id`.",
        "They open shortly after the signal was given, and that time is over.",
    ]


@pytest.mark.rule("D36")
@pytest.mark.parametrize("earlier", [True, False, None])
def test_a_signal_tells_whether_there_are_earlier_ones(gateway: Gateway, earlier: bool | None) -> None:  # noqa: FBT001
    """Alone and in a list; null until it is known."""
    state = gateway.storage.state
    del state.histories[OWN]
    if earlier is not None:
        state.histories[OWN] = History(signal_id=OWN, earlier=earlier)

    one = gateway.send("GET", f"/signals/{OWN}", token="token-school").json
    listed = gateway.send("GET", "/signals", token="token-school").json

    assert (one["earlierSignals"], listed["items"][0]["earlierSignals"]) == (earlier, earlier)


def test_an_ended_signal_tells_nothing_of_the_archive(gateway: Gateway) -> None:
    """Its closing does not either."""
    closed = gateway.send("POST", f"/signals/{OWN}/closure", headers=WHO, token="token-school")
    read = gateway.send("GET", f"/signals/{OWN}", token="token-school")

    assert (closed.json["earlierSignals"], read.json["earlierSignals"]) == (None, None)
    assert read.json["youth"] is None

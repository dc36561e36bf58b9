"""No search by the back door: giving, looking who is involved, and taking back (D16)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.organisation import Scope
from chalicelib.matching import Explanation
from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy
from tests.builders import make_match, make_organisation, make_professional, make_signal
from tests.gateway import BASE_URL, THRESHOLDS, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

pytestmark = pytest.mark.rule("D16")

SCHOOL = "token-school"
EXPLANATION = Explanation(
    rule="weights", model_version="1", evidence=(), total=9.0, match_threshold=7.0, possible_threshold=5.0
)


@pytest.fixture
def gateway() -> Gateway:
    """A school, and the region's administrator."""
    gateway = Gateway()
    gateway.register(make_organisation("school"))
    gateway.register(make_organisation("region", scopes=frozenset({Scope.AUDIT_READ})))
    return gateway


def give(gateway: Gateway, reference: str) -> str:
    """Give a signal; its id."""
    body = as_bytes(make_body(reference=reference))
    signal_id: str = gateway.send("POST", "/signals", body=body, headers=JSON, token=SCHOOL).json["id"]
    return signal_id


def look(gateway: Gateway, signal_id: str) -> Answer:
    """Read its matches."""
    return gateway.send("GET", f"/signals/{signal_id}/matches", token=SCHOOL)


def retract(gateway: Gateway, signal_id: str, professional: str = "staff-17") -> Answer:
    """Take it back."""
    return gateway.send("POST", f"/signals/{signal_id}/retraction", token=SCHOOL, professional=professional)


def search(gateway: Gateway, reference: str, professional: str = "staff-17") -> None:
    """Give, look, take back."""
    signal_id = give(gateway, reference)
    look(gateway, signal_id)
    assert retract(gateway, signal_id, professional).status == 200


def suspected(gateway: Gateway) -> list[dict[str, Any]]:
    """What the administrator is shown."""
    answer = gateway.send("GET", "/suspected-searches", token="token-region")
    items: list[dict[str, Any]] = answer.json["items"]
    return items


def retractions(gateway: Gateway) -> list[Act]:
    """How the trail tells of them."""
    acts = {Act.SIGNAL_RETRACTED, Act.SIGNAL_RETRACTED_AFTER_LOOKING}
    return [entry.act for entry in gateway.storage.state.audit.values() if entry.act in acts]


def alarms(gateway: Gateway) -> int:
    """How often the operators were alarmed."""
    return [code for code, _ in gateway.log.lines].count(Code.SEARCH_SUSPECTED)


def test_a_retraction_after_looking_is_written_down_as_such(gateway: Gateway) -> None:
    """One without a look, and one a day later, are plain mistakes."""
    plain, late = give(gateway, "R-1"), give(gateway, "R-2")
    look(gateway, late)
    retract(gateway, plain)
    search(gateway, "R-3")
    gateway.clock.advance(timedelta(days=1))
    retract(gateway, late)

    assert retractions(gateway) == [
        Act.SIGNAL_RETRACTED, Act.SIGNAL_RETRACTED_AFTER_LOOKING, Act.SIGNAL_RETRACTED,
    ]  # fmt: skip


@pytest.mark.parametrize("tail", ["", "/explanation"])
def test_reading_one_match_or_why_is_looking_too(gateway: Gateway, tail: str) -> None:
    """By whichever way somebody learns who is involved."""
    own, other = make_signal("lo-" + "a" * 32, "school"), make_signal("lo-" + "b" * 32, "ggd")
    match = make_match(own, other, explanation=EXPLANATION)
    state = gateway.storage.state
    gateway.register(make_organisation("ggd"))
    state.signals |= {own.id: own, other.id: other}
    state.professionals |= {card.receiver: card for card in (make_professional(), make_professional("ggd"))}
    state.matches[match.id] = match

    gateway.send("GET", f"/matches/{match.id}{tail}", token=SCHOOL)

    retract(gateway, own.id)
    assert retractions(gateway) == [Act.SIGNAL_RETRACTED_AFTER_LOOKING]


def test_the_administrator_is_shown_who_reaches_the_threshold(gateway: Gateway) -> None:
    """A professional by their own count, the organisation by that of all; who stays below is not named."""
    search(gateway, "R-1", "staff-1")
    before = suspected(gateway)
    search(gateway, "R-2", "staff-1")
    search(gateway, "R-3", "staff-2")

    assert before == []
    assert suspected(gateway) == [
        {"month": "2026-11", "organisationId": "school", "professionalId": None, "retractions": 3},
        {"month": "2026-11", "organisationId": "school", "professionalId": "staff-1", "retractions": 2},
    ]
    assert alarms(gateway) == 2
    assert THRESHOLDS == (2, 3)


def test_a_repeated_retraction_counts_once(gateway: Gateway) -> None:
    """It is answered as it stands."""
    signal_id = give(gateway, "R-1")
    look(gateway, signal_id)
    for _ in range(3):
        assert retract(gateway, signal_id).status == 200

    assert suspected(gateway) == []


def test_months_are_counted_by_themselves_and_last_months_is_shown(gateway: Gateway) -> None:
    """Two months later it is history: the trail has it."""
    for number in range(2):
        search(gateway, f"R-{number}")
    shown = []
    for _ in range(2):
        gateway.clock.advance(timedelta(days=30))
        shown.append([one["month"] for one in suspected(gateway)])

    assert shown == [["2026-11"], []]


def test_closing_is_no_retraction(gateway: Gateway) -> None:
    """A signal that was closed stays, in the archive and for the others to see."""
    for number in range(3):
        signal_id = give(gateway, f"R-{number}")
        look(gateway, signal_id)
        gateway.send("POST", f"/signals/{signal_id}/closure", token=SCHOOL)

    assert suspected(gateway) == []


def test_a_count_that_storage_misses_does_not_undo_the_retraction(gateway: Gateway) -> None:
    """The trail tells of it all the same."""
    signal_id = give(gateway, "R-1")
    look(gateway, signal_id)

    def busy(operation: str) -> None:
        if operation == "counts.add":
            raise StorageBusy

    gateway.storage.state.before = busy

    assert retract(gateway, signal_id).status == 200
    assert retractions(gateway) == [Act.SIGNAL_RETRACTED_AFTER_LOOKING]


def test_nothing_is_shown_that_could_not_be_remembered(gateway: Gateway) -> None:
    """Else a look would leave no mark."""
    signal_id = give(gateway, "R-1")

    def busy(operation: str) -> None:
        if operation == "counts.add":
            raise StorageBusy

    gateway.storage.state.before = busy

    assert look(gateway, signal_id).status == 503


def test_the_log_and_the_alarm_tell_nothing_of_whom(gateway: Gateway) -> None:
    """That somebody has to be looked at; the list says who, to who may read the trail."""
    for number in range(2):
        search(gateway, f"R-{number}", "staff-1")

    [fields] = [fields for code, fields in gateway.log.lines if code is Code.SEARCH_SUSPECTED]
    assert fields == {}
    assert gateway.send("GET", "/suspected-searches", token=SCHOOL).status == 403


def test_the_first_hour_of_a_month_belongs_to_it(gateway: Gateway) -> None:
    """As people in the Netherlands count, an hour before UTC does; last month is still shown."""
    for number in range(2):
        search(gateway, f"R-{number}")
    gateway.clock.moment = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    for number in range(2, 4):
        search(gateway, f"R-{number}", "staff-2")

    assert [(one["month"], one["professionalId"]) for one in suspected(gateway)] == [
        ("2026-12", "staff-2"),
        ("2026-11", "staff-17"),
    ]


def test_the_list_goes_by_pages(gateway: Gateway) -> None:
    """Each leads to the next by a link; a cursor that this list did not give is refused."""
    for number in range(3):
        search(gateway, f"R-{number}", "staff-1")

    first = gateway.send("GET", "/suspected-searches?limit=1", token="token-region")
    link = first.headers["link"]
    second = gateway.send("GET", link.partition(">")[0].removeprefix(f"<{BASE_URL}"), token="token-region")
    forged = gateway.send("GET", "/suspected-searches?cursor=forged", token="token-region")

    assert [one["professionalId"] for one in first.json["items"]] == [None]
    assert [one["professionalId"] for one in second.json["items"]] == ["staff-1"]
    assert link.endswith('>; rel="next"')
    assert "link" not in second.headers
    assert forged.status == 400

"""The audit trail over the interface: who sees what of it, by which questions, and that looking is logged."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.organisation import Scope
from chalicelib.domain.processing import Activity, activity_of
from tests.builders import NOW, make_organisation
from tests.gateway import BASE_URL, Answer, Gateway

pytestmark = pytest.mark.rule("D39")

SIGNAL = "lo-0000000000000000000000000000000a"
YOUTH = "5a" * 16
ADMINISTRATOR = frozenset({Scope.AUDIT_READ, Scope.ORGANISATIONS_MANAGE, Scope.RIGHTS_HANDLE})


def entry(minute: int, organisation: str = "school", **changes: Any) -> AuditEntry:
    """An entry of so many minutes ago."""
    told: dict[str, Any] = {"resource": SIGNAL, "youth": YOUTH} | changes
    return AuditEntry.of(
        Act.SIGNAL_READ,
        told["resource"],
        organisation_id=organisation,
        professional_id="staff-9",
        at=NOW - timedelta(minutes=minute),
        token=f"t{minute:02}",
        request_id="r-1",
        token_id="jti-9",
        youth=told["youth"],
    )


@pytest.fixture
def gateway() -> Gateway:
    """The region's administrator, and two organisations with entries, of which one may read the trail."""
    gateway = Gateway()
    gateway.register(make_organisation("region", scopes=ADMINISTRATOR))
    gateway.register(make_organisation("school", scopes=frozenset({Scope.AUDIT_READ})))
    gateway.register(make_organisation("ggd"))
    for one in (entry(5), entry(4, "ggd"), entry(3, resource="signals", youth=None), entry(2)):
        gateway.storage.state.put_audit(one)
    return gateway


def ask(gateway: Gateway, query: str, who: str = "region") -> Answer:
    """A look into the trail."""
    return gateway.send("GET", f"/audit-entries{query}", token=f"token-{who}")


def minutes(answer: Answer) -> list[tuple[str, str]]:
    """Whose entries, and their moments."""
    return [(one["organisationId"], one["at"][14:16]) for one in answer.json["items"]]


def test_an_entry_says_who_did_what_when_for_which_processing(gateway: Gateway) -> None:
    """Ids only."""
    answer = ask(gateway, "?organisationId=ggd")

    assert answer.status == 200
    assert answer.json == {
        "items": [
            {
                "id": "2026-11-22T09:26:00.000Z#t04",
                "at": "2026-11-22T09:26:00Z",
                "act": "SIGNAL_READ",
                "activity": "signalling",
                "outcome": "DONE",
                "organisationId": "ggd",
                "professionalId": "staff-9",
                "resource": SIGNAL,
                "youth": YOUTH,
                "requestId": "r-1",
                "tokenId": "jti-9",
            }
        ]
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?organisationId=school", [("school", "25"), ("school", "27"), ("school", "28")]),
        (f"?resource={SIGNAL}", [("school", "25"), ("ggd", "26"), ("school", "28")]),
        (f"?pseudonym={YOUTH}", [("school", "25"), ("ggd", "26"), ("school", "28")]),
        (f"?pseudonym={YOUTH}&organisationId=ggd", [("ggd", "26")]),
        (f"?resource=signals&pseudonym={YOUTH}", []),
        ("?organisationId=school&since=2026-11-22T09:27:00Z", [("school", "27"), ("school", "28")]),
        ("?organisationId=school&until=2026-11-22T10:27:00%2B01:00", [("school", "25")]),
        ("?organisationId=school&since=2026-11-22t09:27:00.000000001z", [("school", "27"), ("school", "28")]),
        ("?organisationId=nobody", []),
    ],
)
def test_the_trail_is_asked_by_organisation_thing_youth_and_period(
    gateway: Gateway, query: str, expected: list[tuple[str, str]]
) -> None:
    """Oldest first; what is asked together has to hold together."""
    assert minutes(ask(gateway, query)) == expected


def test_an_organisation_sees_its_own_part_only(gateway: Gateway) -> None:
    """Whatever it asks by; another's part is not there."""
    assert minutes(ask(gateway, f"?pseudonym={YOUTH}", "school")) == [("school", "25"), ("school", "28")]
    assert ask(gateway, "?organisationId=ggd", "school").status == 404
    assert minutes(ask(gateway, "?organisationId=school", "school"))[:1] == [("school", "25")]


def test_a_look_is_in_the_trail_itself(gateway: Gateway) -> None:
    """About the youth whose pseudonym was asked for."""
    ask(gateway, f"?pseudonym={YOUTH}")

    told = list(gateway.storage.state.audit.values())[-1]
    assert (told.act, told.organisation_id, told.resource, told.youth) == (
        Act.TRAIL_READ, "region", "audit-entries", YOUTH,
    )  # fmt: skip


def test_the_trail_is_read_page_by_page(gateway: Gateway) -> None:
    """The link asks the same; its cursor is good for that question and that caller alone."""
    first = ask(gateway, f"?pseudonym={YOUTH}&limit=2")
    link = first.headers["link"].removeprefix("<").partition(">")[0]

    following = gateway.send("GET", link.removeprefix(BASE_URL), token="token-region")
    other = link.removeprefix(f"{BASE_URL}/audit-entries").replace(YOUTH, "6b" * 16)

    assert minutes(first) == [("school", "25"), ("ggd", "26")]
    assert minutes(following)[:1] == [("school", "28")]
    assert ask(gateway, other).json["errors"][0]["code"] == "invalid-cursor"


@pytest.mark.parametrize(
    ("query", "broken"),
    [
        ("", [("", "required")]),
        ("?since=2026-11-22T09:00:00Z", [("", "required")]),
        ("?organisationId=school&since=yesterday", [("/since", "invalid-format")]),
        ("?organisationId=school&since=2026-11-22T09:00:00", [("/since", "invalid-format")]),
        ("?organisationId=school&until=2026-13-22T09:00:00Z", [("/until", "invalid-date")]),
        ("?organisationId=school&until=0001-01-01T00:00:00%2B01:00", [("/until", "invalid-date")]),
        ("?organisationId=school&since=2026-11-22T23:59:60Z", [("/since", "invalid-date")]),
        ("?pseudonym=999990342", [("/pseudonym", "invalid-format")]),
        ("?resource=Jan%20Jansen", [("/resource", "invalid-format")]),
        ("?organisationId=school&organisationId=ggd", [("/organisationId", "repeated")]),
    ],
)
def test_a_question_that_cannot_be_meant_is_refused(
    gateway: Gateway, query: str, broken: list[tuple[str, str]]
) -> None:
    """With everything that is wrong with it; nothing of it is told back."""
    answer = ask(gateway, query)

    assert answer.status == 400
    assert [(one["location"], one["code"]) for one in answer.json["errors"]] == broken


@pytest.mark.rule("D38")
def test_a_certificate_is_shown_to_who_handles_rights(gateway: Gateway) -> None:
    """Counts and ids; what was never erased has none."""
    gateway.storage.state.erasures[SIGNAL] = ErasureCertificate(
        signal_id=SIGNAL,
        organisation_id="school",
        ground=ErasureGround.RIGHT,
        erased_at=NOW,
        backup_until=NOW + timedelta(days=35),
        counts={"keys": 14},
        pairs=frozenset({"lo-m2", "lo-m1"}),
    )

    answer = gateway.send("GET", f"/erasures/{SIGNAL}", token="token-region")

    assert answer.json == {
        "signalId": SIGNAL,
        "organisationId": "school",
        "ground": "RIGHT",
        "erasedAt": "2026-11-22T09:30:00Z",
        "completedAt": None,
        "backupUntil": "2026-12-27T09:30:00Z",
        "counts": {"keys": 14},
        "pairs": ["lo-m1", "lo-m2"],
        "line": [],
    }
    other = SIGNAL.replace("0a", "0b")
    assert gateway.send("GET", f"/erasures/{other}", token="token-region").status == 404
    assert gateway.send("GET", f"/erasures/{SIGNAL}", token="token-school").status == 403


@pytest.mark.parametrize(
    ("act", "activity"),
    [
        (Act.SIGNAL_GIVEN, Activity.SIGNALLING),
        (Act.SIGNAL_EXPIRED, Activity.RETENTION),
        (Act.SIGNAL_ERASED, Activity.RETENTION),
        (Act.HISTORY_OPENED, Activity.HISTORY),
        (Act.MATCH_READ, Activity.TELLING),
        (Act.NOTICE_SENT, Activity.TELLING),
        (Act.VERDICT_GIVEN, Activity.REVIEWING),
        (Act.ERASURE_READ, Activity.RIGHTS),
        (Act.REQUEST_FILED, Activity.RIGHTS),
        (Act.SIGNAL_CORRECTED, Activity.RIGHTS),
        (Act.ACCESS_ANSWERED, Activity.RIGHTS),
        (Act.TRAIL_READ, Activity.OVERSIGHT),
        (Act.KEYS_CHANGED, Activity.MANAGEMENT),
    ],
)
def test_every_act_belongs_to_an_activity_of_the_register(act: Act, activity: Activity) -> None:
    """Some youth's data, or the region as such."""
    assert activity_of(act) is activity

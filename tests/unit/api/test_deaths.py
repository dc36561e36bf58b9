"""That a youth died, over HTTPS: reported, listed and confirmed (D34)."""

from __future__ import annotations

import pytest

from chalicelib.domain.organisation import Scope
from tests.builders import make_organisation
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SCHOOL, REGION = "token-school", "token-region"
ID = "lo-00000000000000000000000000000001"
OTHER = "lo-00000000000000000000000000000002"


@pytest.fixture
def given(gateway: Gateway) -> Gateway:
    """A school and a health service that are both involved with one youth."""
    gateway.register(make_organisation("region", scopes=frozenset({Scope.RIGHTS_HANDLE})))
    for who in ("school", "ggd"):
        body = make_body(reference=f"R-{who}")
        body["professional"]["email"] = f"p1@{who}.example"
        answer = gateway.send("POST", "/signals", body=as_bytes(body), headers=JSON, token=f"token-{who}")
        assert answer.status == 201
    return gateway


def report(gateway: Gateway, one: str = ID, token: str = SCHOOL) -> Answer:
    """Report a death on a signal."""
    return gateway.send("POST", f"/signals/{one}/death", token=token)


def confirm(gateway: Gateway, one: str = ID, token: str = REGION) -> Answer:
    """Confirm it."""
    return gateway.send("POST", f"/death-reports/{one}/confirmation", token=token)


@pytest.mark.rule("D34")
@pytest.mark.rule("D35")
def test_the_own_signal_is_gone_at_once(given: Gateway) -> None:
    """It is answered as erased, and from then on it is not there any more; the other's is."""
    answer = report(given)

    assert (answer.status, answer.json["state"], answer.json["reference"]) == (200, "ERASED", "")
    assert given.send("GET", f"/signals/{ID}", token=SCHOOL).status == 410
    assert given.send("GET", f"/signals/{OTHER}", token="token-ggd").json["state"] == "ACTIVE"
    assert report(given).json == answer.json


@pytest.mark.rule("D34")
def test_the_administrator_confirms_and_all_others_go(given: Gateway) -> None:
    """By counts alone: nothing here tells whom it is about."""
    report(given)
    listed = given.send("GET", "/death-reports", token=REGION)

    done = confirm(given)

    told = {
        "signalId": ID,
        "organisationId": "school",
        "reportedAt": "2026-11-22T09:30:00Z",
        "confirmedAt": None,
        "others": 1,
        "erased": 0,
    }
    assert (listed.status, listed.json) == (200, {"items": [told]})
    assert (done.status, done.json) == (200, told | {"confirmedAt": "2026-11-22T09:30:00Z", "erased": 1})
    assert given.send("GET", f"/signals/{OTHER}", token="token-ggd").status == 410
    assert confirm(given).json == done.json


def test_what_nobody_reported_cannot_be_confirmed(given: Gateway) -> None:
    """404, as for another's signal."""
    assert confirm(given).status == 404
    assert report(given, OTHER).status == 404


def test_a_closed_signal_is_not_reported_on(given: Gateway) -> None:
    """It ended in another way."""
    given.send("POST", f"/signals/{ID}/closure", token=SCHOOL)

    assert report(given).status == 409


def test_only_who_handles_rights_sees_and_confirms(given: Gateway) -> None:
    """403 for who gives signals."""
    report(given)

    assert given.send("GET", "/death-reports", token=SCHOOL).status == 403
    assert confirm(given, token=SCHOOL).status == 403
    assert report(given, token=REGION).status == 403

"""The history archive on the deployed functions (D35, D36)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.dates import amsterdam_day
from tests.e2e.region import Answer, Member, Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D36")]


def knows_earlier(member: Member, signal_id: str) -> bool:
    """What the archive told of a signal, once it is known."""
    until(lambda: member.read(signal_id)["earlierSignals"] is not None)
    told: bool = member.read(signal_id)["earlierSignals"]
    return told


def opened(member: Member, signal_id: str, **headers: str) -> Answer:
    """What opening the archive answers."""
    return member.call("POST", f"/signals/{signal_id}/history-openings", {}, **headers)


@pytest.mark.rule("D35")
def test_a_closed_signal_is_history_for_who_signals_next(region: Region) -> None:
    """The fact first, then who it was, once; it matches nobody and nobody is mailed."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Verleden")
    first = school.give(youth)
    region.wait_until_quiet()
    school.close(first["id"])
    region.wait_until_quiet()

    given = nurse.give(youth)
    earlier = knows_earlier(nurse, given["id"])
    region.wait_until_quiet()
    shown, again = opened(nurse, given["id"]), opened(nurse, given["id"])

    assert (first["earlierSignals"], given["earlierSignals"], earlier) == (None, None, True)
    assert shown.status == 201, shown.text
    (item,) = shown.json["items"]
    given_on = amsterdam_day(datetime.fromisoformat(first["createdAt"])).isoformat()
    assert (item["givenBy"]["email"], item["givenOn"]) == (school.email, given_on)
    assert set(item) == {"givenBy", "givenOn", "endedOn"}
    assert "Verleden" not in shown.text
    assert (again.status, _code(again)) == (409, "history-closed")
    assert nurse.matches(given["id"]) == []
    assert [len(region.mails_to(one)) for one in (school, nurse)] == [0, 0]


def test_a_retracted_signal_leaves_no_history(region: Region) -> None:
    """Nor does another youth's; there is nothing to open then."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Vergissing")
    school.retract(school.give(youth)["id"])
    region.wait_until_quiet()

    given = nurse.give(youth)

    assert knows_earlier(nurse, given["id"]) is False
    refused: Any = opened(nurse, given["id"])
    assert (refused.status, _code(refused)) == (409, "history-closed")


def test_the_same_request_opens_the_archive_again(region: Region) -> None:
    """Under its Idempotency-Key: an answer that got lost is no loss."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Herhaling")
    school.close(school.give(youth)["id"])
    region.wait_until_quiet()
    given = nurse.give(youth)
    assert knows_earlier(nurse, given["id"])

    first = opened(nurse, given["id"], **{"Idempotency-Key": "opening-1"})

    assert opened(nurse, given["id"], **{"Idempotency-Key": "opening-1"}).json == first.json
    assert opened(nurse, given["id"], **{"Idempotency-Key": "opening-2"}).status == 409


def _code(answer: Answer) -> str:
    code: str = answer.json["type"].rpartition("/")[2]
    return code

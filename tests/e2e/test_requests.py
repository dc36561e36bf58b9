"""Rights of families on the deployed functions: asked for, advised on, decided, carried out, answered."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from infra.repair.rows import Row, Rows
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Member, Region, about, until

pytestmark = pytest.mark.e2e

TODAY = date.today().isoformat()  # noqa: DTZ011 - the day of receipt is a day on somebody's calendar


@pytest.fixture
def handler(region: Region) -> Member:
    """Who handles requests in the region."""
    return region.organisation("functionaris", scopes=("rights:handle",))


@pytest.fixture
def youth(region: Region) -> dict[str, Any]:
    """Somebody who is old enough to ask for herself."""
    born = date.today() - timedelta(days=14 * 366)  # noqa: DTZ011 - as above
    return about(region, "Recht") | {"birthDate": born.isoformat()}


def filed(handler: Member, youth: dict[str, Any], kind: str, **changes: Any) -> str:
    """A request; its id."""
    answer = handler.call(
        "POST",
        "/requests",
        {
            "kind": kind,
            "receivedOn": TODAY,
            "requester": {"role": "YOUTH", "identityChecked": {"on": TODAY, "how": "IDENTITY_DOCUMENT"}},
            "youth": {key: youth[key] for key in ("bsn", "givenNames", "surname", "birthDate")},
            **changes,
        },
    )
    assert answer.status == 202, answer.text
    return str(answer.json["id"])


def decided(handler: Member, request_id: str, **decision: Any) -> Any:
    """The request after its decision."""
    answer = handler.call("POST", f"/requests/{request_id}/decision", decision)
    assert answer.status == 200, answer.text
    return answer.json


def subjects(region: Region, member: Member, own: dict[str, Any]) -> list[str]:
    """What the mails were about that an own signal was named in, without the service's name."""
    return [
        str(mail.message["Subject"]).partition(": ")[2]
        for mail in region.mails_to(member)
        if own["signalNumber"] in mail.text
    ]


def naming(rows: Rows, table: str, *words: str) -> list[Row]:
    """The raw rows of a table that hold one of these words."""
    return [
        row
        for page in rows.pages(table)
        for row in page
        if any(word in json.dumps(row, default=str) for word in words)
    ]


def test_an_erasure_that_is_asked_for_and_granted_leaves_no_trace(
    region: Region, handler: Member, youth: dict[str, Any]
) -> None:
    """Hidden at once, advised on after a mail, and gone (D31, D33, D38)."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    mine, other = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()
    asked = filed(handler, youth, "ERASURE", restrict=True)
    concerned = [mine["id"], other["id"]]

    hidden = [school.read(mine["id"])["state"], nurse.read(other["id"])["state"]]
    until(lambda: any("advies" in mail.text for mail in region.mails_to(school)))
    advice = {"signals": [{"signalId": mine["id"], "advice": "GRANT"}]}
    advised = school.call("PUT", f"/requests/{asked}/advice", advice)
    done = decided(handler, asked, ruling="GRANTED")
    for one in concerned:
        region.finish_erasure(one)
    region.wait_until_quiet()
    looked = region.look_for_erased(*concerned)

    assert hidden == ["RESTRICTED", "RESTRICTED"]
    for member, own in ((school, mine), (nurse, other)):
        assert "1 signaal verwijderd" in subjects(region, member, own)
    assert advised.status == 200, advised.text
    assert (done["state"], [one["measure"] for one in done["signals"]]) == ("DONE", ["ERASED"] * 2)
    assert school.call("GET", f"/signals/{mine['id']}").status == 410
    assert "! " not in looked.stdout, looked.stdout + looked.stderr
    assert "no trace but" in looked.stdout, looked.stdout + looked.stderr


def test_an_answer_is_complete_against_a_raw_look_at_every_table(
    region: Region, stack: Stack, handler: Member, youth: dict[str, Any]
) -> None:
    """Who was told, and every line of the trail, as the rows say it; and a page of it (D32)."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    mine, other = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()
    until(lambda: region.mails_to(school) and region.mails_to(nurse))
    (match,) = nurse.matches(other["id"])
    asked = filed(handler, youth, "ACCESS")
    decided(handler, asked, ruling="GRANTED")
    region.wait_until_quiet()

    rows = Rows(stack.prefix, stack.client("dynamodb"))
    trail = [
        row
        for row in naming(rows, "audit", mine["id"], match["id"])
        if row["outcome"] == "DONE" and row["resource"] in {mine["id"], match["id"]}
    ]
    told = [
        row
        for row in naming(rows, "notices", match["id"])
        if str(row["receiver"]).startswith(nurse.id) and "sentAt" in row
    ]
    path = f"/requests/{asked}/access-answer"
    answer = handler.call("GET", path)
    page = handler.call("GET", path, Accept="text/html")

    assert answer.status == 200, answer.text
    held = {one["signalNumber"]: one for one in answer.json["signals"]}[mine["signalNumber"]]
    assert len(answer.json["signals"]) == 2
    assert len(held["recipients"]) == len(told) > 0
    lines = sorted((row["act"], row["at"][:19]) for row in trail)
    looks = sorted((look["act"], look["at"][:19]) for look in held["looks"])
    assert [line for line in lines if line not in looks] == []
    assert youth["bsn"] not in answer.text + page.text
    assert page.headers["Content-Type"].startswith("text/html")
    assert youth["surname"] in page.text
    assert mine["signalNumber"] in page.text


def test_who_gave_a_signal_and_who_knew_of_it_hear_what_became_of_it(
    region: Region, handler: Member, youth: dict[str, Any]
) -> None:
    """By the own signal's number, never why; the other side hears that the match ended (GDPR, art. 19)."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    mine, other = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()

    restriction = filed(handler, youth, "RESTRICTION", signals=[mine["id"]])
    decided(handler, restriction, ruling="GRANTED")
    region.wait_until_quiet()
    lifted = handler.call("DELETE", f"/requests/{restriction}/restriction")
    region.wait_until_quiet()
    correction = {"signalId": mine["id"], "measure": "CORRECTED", "youth": {"givenNames": "Wolf"}}
    mended = filed(handler, youth, "RECTIFICATION", signals=[mine["id"]])
    decided(handler, mended, ruling="GRANTED", measures=[correction])
    region.wait_until_quiet()

    assert lifted.status == 200, lifted.text
    told = subjects(region, school, mine)
    happened = ["1 signaal tijdelijk verborgen", "1 signaal weer zichtbaar", "1 signaal verbeterd"]
    assert [one for one in told if one in happened] == happened
    assert "1 match gestopt" in subjects(region, nurse, other)
    said = " ".join(mail.text for mail in region.mails_to(school) + region.mails_to(nurse))
    assert [word for word in (youth["surname"], youth["bsn"], "Wolf", "RESTRICTION") if word in said] == []

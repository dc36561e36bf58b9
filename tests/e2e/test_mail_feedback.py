"""What becomes of mails, from SES's own events to the card, the organisation and the next mail (D28)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infra.stages import LOCAL_STAGE, stage_named
from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Member, Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D28")]

FUNCTION = f"{stage_named(LOCAL_STAGE).prefix}-feedback"


def simulated(region: Region, outcome: str) -> str:
    """An address of SES's mailbox simulator, labelled for this test."""
    return f"{outcome}+{region.tag}@simulator.amazonses.com"


def matched(region: Region, outcome: str, youth: dict[str, Any] | None = None) -> tuple[Member, Member, Any]:
    """A school whose mails have this outcome, a nurse, and the school's signal; both are told of a match."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = youth or about(region, surname="Retour")
    mine = school.give_as(simulated(region, outcome), youth)
    nurse.give(youth)
    until(lambda: region.mails_at(simulated(region, outcome)))
    return school, nurse, mine


def heard(region: Region, member: Member) -> set[str]:
    """What was heard of the mail to the organisation's professional."""
    return {
        one.partition("#")[0]
        for notice in region.notices_of(member)
        for one in notice.get("heard", {}).get("SS", ())
    }


def mailbox(region: Region, member: Member) -> dict[str, Any]:
    """What is known of the professional's mailbox."""
    key = {"organisationId": {"S": member.id}, "professionalId": {"S": "staff-1"}}
    row = region.row("professionals", key)
    known: dict[str, Any] = json.loads(row["mailbox"]["S"]) if "mailbox" in row else {}
    return known


def test_a_mail_that_arrives_is_recorded(region: Region) -> None:
    """Nothing else comes of it."""
    _, nurse, _ = matched(region, "success")
    until(lambda: heard(region, nurse) == {"DELIVERED"})

    assert [notice["state"]["S"] for notice in region.notices_of(nurse)] == ["SENT"]
    assert mailbox(region, nurse) == {}


@pytest.mark.parametrize(("outcome", "trouble"), [("bounce", "BOUNCES"), ("suppressionlist", "SUPPRESSED")])
def test_a_mail_that_comes_back_is_told_at_the_next_address(
    region: Region, outcome: str, trouble: str
) -> None:
    """The organisation hears; nothing more goes to the old address; what waited goes to the new one."""
    school, nurse, mine = matched(region, outcome)
    until(lambda: mailbox(region, school).get("told"))
    (notice,) = region.notices_of(school)
    assert (notice["state"]["S"], mailbox(region, school)["trouble"]) == ("BOUNCED", trouble)
    (letter,) = region.mails_at(f"office@{school.id}.example")
    assert mine["signalNumber"] in letter.text
    assert not [word for word in (simulated(region, outcome), "J. Jansen") if word in letter.text]

    read = school.call("GET", f"/signals/{mine['id']}")
    changed = school.call(
        "PATCH",
        f"/signals/{mine['id']}",
        {"professional": {"email": school.email}},
        Content_Type="application/merge-patch+json",
        If_Match=read.headers["ETag"],
    )
    assert changed.status == 200, changed.text
    region.let_notice_come_due(notice)
    region.run("sweep")

    assert "J. Jansen" in region.mail_to(school).text
    assert len(region.mails_at(simulated(region, outcome))) == 1
    assert len(region.mails_to(nurse)) == 1


def test_a_complaint_stops_what_would_come_next(region: Region) -> None:
    """What arrived is told; what comes later waits."""
    youth = about(region, surname="Klacht")
    school, _, _ = matched(region, "complaint", youth)
    until(lambda: mailbox(region, school).get("told"))
    region.organisation("third").give(youth)
    until(lambda: len(region.notices_of(school)) == 2)
    until(lambda: sorted(_states(region, school)) == ["PENDING", "SENT"])

    until(lambda: any("dueAt" in notice for notice in region.notices_of(school)))
    assert mailbox(region, school)["trouble"] == "COMPLAINED"
    assert len(region.mails_at(simulated(region, "complaint"))) == 1


def test_the_deployed_mapping_answers_for_each_message(stack: Stack) -> None:
    """One mapping from the queue; what fails comes again alone."""
    (mapping,) = stack.client("lambda").list_event_source_mappings(FunctionName=FUNCTION)[
        "EventSourceMappings"
    ]

    assert mapping["EventSourceArn"].endswith(f":{stack.prefix}mail-feedback")
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert (mapping["BatchSize"], mapping["ScalingConfig"]) == (10, {"MaximumConcurrency": 5})


def _states(region: Region, member: Member) -> list[str]:
    return [notice["state"]["S"] for notice in region.notices_of(member)]

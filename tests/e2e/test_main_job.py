"""The main job on the deployed functions: a signal given over HTTPS becomes a match and a mail."""

from __future__ import annotations

import pytest

from tests.e2e.region import DAILY_RUN, Region, about, until

pytestmark = pytest.mark.e2e


@pytest.mark.rule("D18")
def test_two_signals_about_one_youth_become_a_match_and_two_mails(region: Region) -> None:
    """Each professional gets the other's card, their own number and reference, and the match key."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Meer")

    mine = school.give(youth, reference="LVS-1")
    theirs = nurse.give(youth, reference="GGD-1")

    to_school, to_nurse = region.mail_to(school), region.mail_to(nurse)
    (match,) = school.matches(mine["id"])
    assert match["kind"] == "PERSON"
    assert match["state"] == "ACTIVE"
    assert match["basis"] is None
    assert match["counterpart"]["email"] == nurse.email
    assert nurse.matches(theirs["id"])[0]["matchKey"] == match["matchKey"]
    for mail, own, other in ((to_school, mine, nurse), (to_nurse, theirs, school)):
        assert own["signalNumber"] in mail.text
        assert own["reference"] in mail.text
        assert match["matchKey"] in mail.text
        assert other.email in mail.text
        assert other.email in mail.html
        assert "Meer" not in mail.text + mail.html


@pytest.mark.rule("D15")
def test_the_tenth_signal_on_one_youth_sends_one_mail_to_each_of_the_ten(region: Region) -> None:
    """Nine matches arise at once; the newcomer hears of all nine in one mail."""
    organisations = [region.organisation(f"organisation-{number}") for number in range(10)]
    youth = about(region, surname="Tien")
    for organisation in organisations[:9]:
        organisation.give(youth)
        region.wait_until_quiet()
    before = {organisation.id: region.mails_to(organisation) for organisation in organisations}

    organisations[9].give(youth)
    region.wait_until_quiet()

    new = {one.id: len(region.mails_to(one)) - len(before[one.id]) for one in organisations}
    assert new == dict.fromkeys(new, 1)
    (newcomer,) = region.mails_to(organisations[9])
    assert all(one.email in newcomer.text for one in organisations[:9])


@pytest.mark.rule("D37")
def test_the_other_side_is_told_when_a_signal_is_closed(region: Region) -> None:
    """The match stays visible as ended, and who closed gets no mail about it."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Slot")
    mine, theirs = school.give(youth), nurse.give(youth)
    region.mail_to(school), region.mail_to(nurse)

    closed = school.close(mine["id"])
    region.wait_until_quiet()

    assert closed["state"] == "CLOSED"
    assert [match["state"] for match in nurse.matches(theirs["id"])] == ["ENDED"]
    assert len(region.mails_to(nurse)) == 2
    assert len(region.mails_to(school)) == 1


@pytest.mark.rule("D35")
def test_a_retracted_signal_leaves_no_person_behind(region: Region) -> None:
    """Wrongly made: the person record goes at once."""
    school = region.organisation("school")
    mine = school.give(about(region, surname="Weg"))

    school.retract(mine["id"])

    assert school.read(mine["id"])["state"] == "RETRACTED"
    row = region.row("signals", {"signalId": {"S": mine["id"]}})
    assert row["state"] == {"S": "RETRACTED"}
    assert "person" not in row


@pytest.mark.rule("D12")
def test_brother_and_sister_become_a_household_match(region: Region) -> None:
    """It says that it concerns different youths, and on what it rests."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    brother = about(region, surname="Broer")
    sister = {
        **brother, "bsn": None, "givenNames": "Roos", "initials": "R.", "sex": "V", "birthDate": "2017-05-06",
    }  # fmt: skip

    mine = school.give(brother)
    region.organisation_without_bsn("wijkteam").give(sister)
    nurse.give(brother)
    region.wait_until_quiet()

    kinds = sorted((match["kind"], match["basis"]) for match in school.matches(mine["id"]))
    assert [kind for kind, _ in kinds] == ["HOUSEHOLD", "PERSON"]
    assert "SHARED_ADDRESS" in str(kinds[0][1])
    assert "verschillende" in region.mails_to(school)[0].text + region.mails_to(school)[-1].text


@pytest.mark.rule("D16")
def test_nobody_sees_another_organisations_signal(region: Region) -> None:
    """Another's id answers 404, to reading, its matches and its end alike."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    mine = school.give(about(region, surname="Prive"))

    answers = [
        nurse.call("GET", f"/signals/{mine['id']}"),
        nurse.call("GET", f"/signals/{mine['id']}/matches"),
        nurse.call("POST", f"/signals/{mine['id']}/closure", {}),
        nurse.call("POST", f"/signals/{mine['id']}/retraction", {}),
    ]

    assert [answer.status for answer in answers] == [404, 404, 404, 404]
    assert school.read(mine["id"])["state"] == "ACTIVE"


def test_a_repeat_answers_the_same_signal_and_sends_nothing_twice(region: Region) -> None:
    """Same reference and content: 200 with the first answer; other content: 409 (D10)."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Dubbel")
    nurse.give(youth)
    first = school.call("POST", "/signals", school.signal(youth, "LVS-7"))
    again = school.call("POST", "/signals", school.signal(youth, "LVS-7"))
    other = school.call("POST", "/signals", school.signal({**youth, "givenNames": "Anders"}, "LVS-7"))
    region.wait_until_quiet()

    assert (first.status, again.status, other.status) == (201, 200, 409)
    assert again.json["id"] == first.json["id"]
    assert len(region.mails_to(nurse)) == 1


@pytest.mark.rule("D34")
@pytest.mark.xdist_group(DAILY_RUN)
def test_the_expiry_run_ends_what_is_over_and_the_other_side_is_told(region: Region) -> None:
    """The deployed function, on a signal whose last day has passed."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Oud")
    mine, theirs = school.give(youth), nurse.give(youth)
    region.mail_to(school), region.mail_to(nurse)
    region.let_pass(mine["id"])

    report = region.run("expire")
    region.wait_until_quiet()

    assert report["plannedEnd"] >= 1
    assert school.read(mine["id"])["state"] == "EXPIRED"
    assert [match["state"] for match in nurse.matches(theirs["id"])] == ["ENDED"]
    assert len(region.mails_to(nurse)) == 2


def test_what_the_streams_lost_is_taken_up_by_the_minute_function(region: Region) -> None:
    """Work items that a stream never brought are reconciled and delivered by the sweep."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Kwijt")
    mine, _ = school.give(youth), nurse.give(youth)
    region.mail_to(school), region.mail_to(nurse)
    region.wait_until_quiet()
    region.lose_match(mine["id"])
    region.ask_reconcile(mine["id"])

    region.run("sweep")

    until(lambda: len(school.matches(mine["id"])) == 1)

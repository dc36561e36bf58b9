"""Renewing, handing over and a death on the deployed functions: matches stay, follow, and go."""

from __future__ import annotations

import pytest

from tests.e2e.region import Region, about, until

pytestmark = pytest.mark.e2e


@pytest.mark.rule("D7")
def test_a_renewal_is_seen_by_nobody_but_in_the_signal(region: Region) -> None:
    """The match is there at once, under its key, and stays; no mail leaves."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Langer")
    mine, theirs = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()
    (before,) = nurse.matches(theirs["id"])

    renewed = school.call(
        "POST", f"/signals/{mine['id']}/renewal", {"plannedEndDate": mine["plannedEndDate"]}
    )
    (at_once,) = nurse.matches(theirs["id"])
    region.wait_until_quiet()
    (later,) = nurse.matches(theirs["id"])

    assert (renewed.status, renewed.json["renews"]) == (201, mine["id"]), renewed.text
    for match in (at_once, later):
        assert (match["matchKey"], match["state"], match["since"]) == (
            before["matchKey"],
            "ACTIVE",
            before["since"],
        )
    (own,) = school.matches(renewed.json["id"])
    assert (own["matchKey"], own["counterpart"]["email"]) == (before["matchKey"], nurse.email)
    assert [len(region.mails_to(one)) for one in (school, nurse)] == [1, 1]


@pytest.mark.rule("D28")
def test_signals_of_who_leaves_go_to_a_colleague_whom_the_others_see(region: Region) -> None:
    """The colleague hears of the match; who left can give no signal any more."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Overdracht")
    mine, theirs = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()
    leaver = mine["professional"]
    colleague = leaver | {"id": "colleague", "name": "C. Ollega", "email": f"colleague.{leaver['email']}"}
    card = {name: value for name, value in colleague.items() if value is not None}

    done = school.call("POST", f"/professionals/{leaver['id']}/transfer", {"to": card})
    region.wait_until_quiet()

    assert (done.status, done.json["cursor"]) == (200, None), done.text
    assert done.json["handedOver"] >= 1
    (seen,) = nurse.matches(theirs["id"])
    assert (seen["state"], seen["counterpart"]["email"]) == ("ACTIVE", colleague["email"])
    left = school.call("GET", f"/professionals/{leaver['id']}").json
    assert left["leftAt"] is not None


@pytest.mark.rule("D34")
@pytest.mark.rule("D35")
def test_after_a_death_nothing_is_left_once_it_is_confirmed(region: Region) -> None:
    """The own signal goes at once; the other's on the word of who handles rights."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    administrator = region.organisation("beheer", scopes=("rights:handle",))
    youth = about(region, surname="Gestorven")
    mine, theirs = school.give(youth), nurse.give(youth)
    region.wait_until_quiet()

    reported = school.call("POST", f"/signals/{mine['id']}/death")
    until(lambda: [match["state"] for match in nurse.matches(theirs["id"])] == ["ENDED"])
    between = nurse.call("GET", f"/signals/{theirs['id']}")
    confirmed = administrator.call("POST", f"/death-reports/{mine['id']}/confirmation")

    assert (reported.status, reported.json["state"]) == (200, "ERASED"), reported.text
    assert between.json["state"] == "ACTIVE"
    assert (confirmed.status, confirmed.json["others"], confirmed.json["erased"]) == (200, 1, 1), (
        confirmed.text
    )
    until(lambda: nurse.call("GET", f"/signals/{theirs['id']}").status == 410)
    assert school.call("GET", f"/signals/{mine['id']}").status == 410

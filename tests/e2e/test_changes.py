"""Changing signals on the deployed functions: matches follow, and each side is told (D23)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.region import Answer, Member, Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D23")]


def change(member: Member, signal_id: str, patch: Any) -> Answer:
    """Change a signal as it is now."""
    tag = member.call("GET", f"/signals/{signal_id}").headers["ETag"]
    headers = {"Content-Type": "application/merge-patch+json", "If-Match": tag}
    return member.call("PATCH", f"/signals/{signal_id}", patch, **headers)


@pytest.mark.rule("D5")
def test_a_bsn_that_arrives_later_joins_the_two_records(region: Region) -> None:
    """A surname, an initial and another address are too little; the number tells that it is one youth."""
    school, nurse = region.organisation("school"), region.organisation_without_bsn("ggd")
    youth, elsewhere = about(region, surname="Nummer"), about(region, surname="Elders")["address"]
    mine = school.give(youth)
    theirs = nurse.give({"initials": "S.", "surname": youth["surname"], "address": elsewhere})
    region.wait_until_quiet()
    before = nurse.matches(theirs["id"])
    region.organisation("ggd")

    changed = change(nurse, theirs["id"], {"youth": {"bsn": youth["bsn"]}})
    region.wait_until_quiet()

    assert (before, changed.status) == ([], 200), changed.text
    (match,) = school.matches(mine["id"])
    assert (match["kind"], match["state"]) == ("PERSON", "ACTIVE")
    assert [len(region.mails_to(one)) for one in (school, nurse)] == [1, 1]


def test_a_corrected_name_finds_who_was_missed_and_tells_why(region: Region) -> None:
    """The explanation names fields and levels; nothing of the other side."""
    school, nurse = region.organisation("school"), region.organisation_without_bsn("ggd")
    youth = about(region, surname="Juist")
    wrong = {"givenNames": "Geheel", "initials": "G.", "surname": "Anders", "birthDate": youth["birthDate"]}
    mine, theirs = school.give(youth), nurse.give(wrong)
    region.wait_until_quiet()
    before = school.matches(mine["id"])

    right = {name: youth[name] for name in ("givenNames", "initials", "surname", "sex", "address")}
    assert change(nurse, theirs["id"], {"youth": right}).status == 200
    until(lambda: school.matches(mine["id"]))

    (match,) = school.matches(mine["id"])
    told = school.call("GET", f"/matches/{match['id']}/explanation")
    assert before == []
    assert told.status == 200
    assert sum(line["weight"] for line in told.json["evidence"]) == pytest.approx(told.json["total"])
    assert not [value for value in (youth["surname"], youth["bsn"], youth["birthDate"]) if value in told.text]
    assert nurse.call("GET", f"/matches/{match['id']}").json["counterpart"]["email"] == school.email
    assert region.organisation("derde").call("GET", f"/matches/{match['id']}").status == 404


def test_a_move_ends_the_match_by_address_and_tells_both_sides(region: Region) -> None:
    """They do not live under one roof any more; the youths themselves are others."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    one, neighbour = about(region, surname="Huis"), about(region, surname="Kamer")
    other = neighbour | {"address": one["address"], "givenNames": "Roos", "initials": "R.", "sex": "V"}
    mine, theirs = school.give(one), nurse.give(other)
    region.mail_to(school), region.mail_to(nurse)
    region.wait_until_quiet()
    before = [(match["kind"], match["state"]) for match in school.matches(mine["id"])]

    moved = change(nurse, theirs["id"], {"youth": {"address": neighbour["address"]}})
    region.wait_until_quiet()

    assert (before, moved.status) == ([("HOUSEHOLD", "ACTIVE")], 200), moved.text
    assert [match["state"] for match in school.matches(mine["id"])] == ["ENDED"]
    assert [len(region.mails_to(one)) for one in (school, nurse)] == [2, 2]

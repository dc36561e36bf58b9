"""Doubtful pairs on the deployed functions: looked at, decided, taken back, and asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.region import Member, Region, about, until

pytestmark = pytest.mark.e2e


@pytest.fixture
def administrator(region: Region) -> Member:
    """The region administrator's system: it may decide, and nothing else."""
    return region.organisation("beheer", scopes=("reviews:decide",))


def doubtful(region: Region, surname: str) -> tuple[Member, Member, Any, Any]:
    """Two organisations with one number on two children, and their signals."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    brother = about(region, surname)
    sister = brother | {"givenNames": "Roos", "initials": "R.", "sex": "V", "birthDate": "2017-05-06"}
    mine, theirs = school.give(brother), nurse.give(sister)
    region.wait_until_quiet()
    return school, nurse, mine, theirs


def reviews_of(administrator: Member, signal_id: str, state: str = "OPEN") -> Iterator[Any]:
    """The reviews about a signal, through every page of the list."""
    path = f"/reviews?state={state}&limit=50"
    while path:
        answer = administrator.call("GET", path)
        assert answer.status == 200, answer.text
        yield from (
            review
            for review in answer.json["items"]
            if signal_id in {side["signalId"] for side in review["sides"]}
        )
        path = answer.headers.get("Link", "").partition(">")[0].partition("/v1")[2]


def decided(region: Region, administrator: Member, review: Any, verdict: str | None) -> Any:
    """The review once its verdict was given (None: taken back) and all that follows from it was done."""
    path = f"/reviews/{review['id']}/verdict"
    if verdict is None:
        answer = administrator.call("DELETE", path)
    else:
        answer = administrator.call("POST", path, {"verdict": verdict})
    assert answer.status == 200, answer.text
    region.wait_until_quiet()
    return answer.json


@pytest.mark.rule("D22")
def test_a_doubtful_pair_is_shown_without_a_value_and_nobody_is_told(
    region: Region, administrator: Member
) -> None:
    """Organisations, field names and levels; no match and no mail."""
    school, nurse, mine, theirs = doubtful(region, surname="Twijfel")

    (review,) = reviews_of(administrator, mine["id"])

    assert {side["organisation"]["id"] for side in review["sides"]} == {school.id, nurse.id}
    assert {"field": "bsn", "level": "EQUAL"} in review["evidence"]
    told = str(review)
    assert not [value for value in ("Twijfel", "Roos", "J. Jansen", mine["reference"]) if value in told]
    assert (school.matches(mine["id"]), nurse.matches(theirs["id"])) == ([], [])
    assert (region.mails_to(school), region.mails_to(nurse)) == ([], [])


def test_the_same_makes_the_match_and_taking_it_back_ends_it(region: Region, administrator: Member) -> None:
    """Each professional hears of both, as of any match; then the doubt is open again."""
    school, nurse, mine, theirs = doubtful(region, surname="Zelfde")
    (review,) = reviews_of(administrator, mine["id"])

    decided(region, administrator, review, "SAME")
    (match,) = school.matches(mine["id"])
    mails = (len(region.mails_to(school)), len(region.mails_to(nurse)))
    decided(region, administrator, review, None)
    until(lambda: [one["state"] for one in nurse.matches(theirs["id"])] == ["ENDED"])
    region.wait_until_quiet()

    assert (match["kind"], match["state"], mails) == ("PERSON", "ACTIVE", (1, 1))
    assert (len(region.mails_to(school)), len(region.mails_to(nurse))) == (2, 2)
    of_mine = {one["id"] for one in reviews_of(administrator, mine["id"])}
    of_the_pair = [one["id"] for one in reviews_of(administrator, theirs["id"]) if one["id"] in of_mine]
    assert of_the_pair == [review["id"]]


def test_not_the_same_splits_a_match_for_good(region: Region, administrator: Member) -> None:
    """A reconcile of all there is leaves a person's word as it is.

    Two youths at one address they are from then on.
    """
    school, nurse, mine, theirs = doubtful(region, surname="Anders")
    (review,) = reviews_of(administrator, mine["id"])
    decided(region, administrator, review, "SAME")

    decided(region, administrator, review, "NOT_SAME")
    for signal_id in (mine["id"], theirs["id"]):
        region.ask_reconcile(signal_id)
    region.run("sweep")
    region.wait_until_quiet()

    for member, own in ((school, mine), (nurse, theirs)):
        states = {(one["kind"], one["state"]) for one in member.matches(own["id"])}
        assert states == {("PERSON", "ENDED"), ("HOUSEHOLD", "ACTIVE")}
    assert list(reviews_of(administrator, mine["id"])) == []
    (kept,) = reviews_of(administrator, mine["id"], "DECIDED")
    assert (kept["id"], kept["verdict"]) == (review["id"], "NOT_SAME")


@pytest.mark.rule("D16")
def test_each_side_is_asked_about_its_own_record_alone(region: Region, administrator: Member) -> None:
    """One mail each, once, with the own signal's number; nothing tells of the other."""
    school, nurse, mine, theirs = doubtful(region, surname="Vraag")
    (review,) = reviews_of(administrator, mine["id"])

    answers = [administrator.call("POST", f"/reviews/{review['id']}/confirmation-requests") for _ in range(2)]
    region.wait_until_quiet()

    assert [answer.status for answer in answers] == [202, 202]
    for member, own, other in ((school, mine, theirs), (nurse, theirs, mine)):
        (mail,) = region.mails_to(member)
        assert own["signalNumber"] in mail.text
        assert "controleren" in str(mail.message["Subject"])
        shown = mail.text + mail.html + str(mail.message.items())
        hidden = (other["signalNumber"], other["reference"], review["id"], "match", "Vraag", "Roos")
        assert [word for word in hidden if word.casefold() in shown.casefold()] == []


def test_reviews_are_closed_to_the_organisations_in_them(region: Region, administrator: Member) -> None:
    """Without the scope there is nothing to see, and nobody decides about their own pair."""
    _, _, mine, _ = doubtful(region, surname="Dicht")
    (review,) = reviews_of(administrator, mine["id"])
    reporter = region.organisation("school", scopes=("signals:read", "signals:write", "matches:read"))

    answers = [
        reporter.call("GET", f"/reviews/{review['id']}"),
        reporter.call("POST", f"/reviews/{review['id']}/verdict", {"verdict": "SAME"}),
    ]

    assert [answer.status for answer in answers] == [403, 403]
    assert administrator.call("GET", f"/reviews/{review['id']}").json["state"] == "OPEN"

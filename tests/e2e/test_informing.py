"""Telling the family, on the deployed functions (D30)."""

from __future__ import annotations

import pytest

from tests.e2e.region import DAILY_RUN, Answer, Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D30")]


def header(answer: Answer, name: str) -> str:
    """A header, whatever the gateway made of its case."""
    return {key.lower(): value for key, value in answer.headers.items()}[name.lower()]


def test_who_still_has_to_be_told_is_listed_until_they_are(region: Region) -> None:
    """A signal without it is taken; a patch that says that all were told takes it off the list."""
    school = region.organisation("school")
    silent = {
        name: held
        for name, held in school.signal(about(region, surname="Vertel")).items()
        if name != "informed"
    }
    given = school.call("POST", "/signals", silent)
    until(lambda: school.call("GET", "/informing").json["items"])
    listed = school.call("GET", "/informing").json["items"]
    everybody = {"whom": ["LEGAL_REPRESENTATIVE", "YOUTH"], "on": "2026-01-10", "how": "LETTER"}

    told = school.call(
        "PATCH",
        f"/signals/{given.json['id']}",
        {"informed": everybody},
        **{"If-Match": header(given, "ETag")},
    )

    assert (given.status, [one["signalId"] for one in listed]) == (201, [given.json["id"]])
    assert (listed[0]["informBy"], listed[0]["standing"]) == (given.json["informBy"], "OPEN")
    assert (told.status, told.json["informBy"]) == (200, None)
    until(lambda: not school.call("GET", "/informing").json["items"])


@pytest.mark.xdist_group(DAILY_RUN)
def test_who_has_not_told_the_family_is_reminded_in_time(region: Region) -> None:
    """By the run of every hour, with a mail that names nobody."""
    school = region.organisation("school")
    told = school.signal(about(region, surname="Wacht"))
    given = school.call("POST", "/signals", {name: told[name] for name in told if name != "informed"}).json
    region.let_informing_come_due(given["id"])

    region.run("expire")
    mail = region.mail_to(school)

    assert given["signalNumber"] in mail.text
    assert "Hebt u het gezin verteld dat u een signaal hebt gegeven?" in mail.text
    assert "Wacht" not in mail.text


@pytest.mark.parametrize(("path", "language"), [("parents", "nl"), ("youth?language=en", "en")])
def test_a_letter_is_a_page_with_the_organisations_name(region: Region, path: str, language: str) -> None:
    """And the contact card of the professional who acts, once there is one."""
    school = region.organisation("school")
    school.give(about(region, surname="Brief"))

    letter = school.call("GET", f"/information-letters/{path}")

    assert (letter.status, header(letter, "Content-Type")) == (200, "text/html; charset=utf-8")
    assert header(letter, "Content-Language") == language
    assert "J. Jansen" in letter.text

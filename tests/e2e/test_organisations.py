"""On-boarding on the deployed functions: registered, changed, shut out and let in again over HTTPS."""

from __future__ import annotations

from typing import Any

import pytest

from tests.e2e.region import Member, Region, about, until

pytestmark = pytest.mark.e2e


@pytest.fixture
def administrator(region: Region) -> Member:
    """The region administrator's system."""
    return region.organisation("beheer", scopes=("organisations:manage",))


def registered(region: Region, administrator: Member, **changes: Any) -> Any:
    """An organisation that was registered over HTTPS."""
    body = {
        "id": f"nieuw-{region.tag}",
        "name": "Basisschool De Nieuwe",
        "domains": ["EDUCATION"],
        "mayUseBsn": True,
        "emailDomains": [f"nieuw-{region.tag}.example"],
        "oin": "00000099000000101000",
    }
    answer = administrator.call("POST", "/organisations", body | changes, Professional_Id="staff-1")
    assert answer.status == 201, answer.text
    return answer.json


def test_a_registered_organisation_has_a_topic_that_follows_its_account(
    region: Region, administrator: Member
) -> None:
    """Made with it, taken away with its account."""
    sns = region.stack.client("sns")
    made = registered(region, administrator, awsAccount="111122223333")
    policy = sns.get_topic_attributes(TopicArn=made["topicArn"])["Attributes"]["Policy"]

    path = f"/organisations/{made['id']}"
    headers = {"If_Match": "*", "Professional_Id": "staff-1"}
    changed = administrator.call("PATCH", path, {"awsAccount": None}, **headers)

    assert "arn:aws:iam::111122223333:root" in policy
    assert (changed.status, changed.json["topicArn"]) == (200, None)
    assert made["topicArn"] not in [one["TopicArn"] for one in sns.list_topics()["Topics"]]
    assert administrator.call("GET", path).json == changed.json


def test_a_suspension_over_https_holds_on_the_next_request(region: Region, administrator: Member) -> None:
    """And so does letting it in again, and a right that is taken away (D4)."""
    school = region.organisation("school")
    path, headers = f"/organisations/{school.id}", {"If_Match": "*", "Professional_Id": "staff-1"}

    def on_terms(**changes: object) -> tuple[int, int]:
        changed = administrator.call("PATCH", path, changes, **headers)
        return changed.status, school.call("GET", "/signals").status

    suspended = on_terms(scopes=["signals:read", "signals:write"], state="SUSPENDED")
    resumed = on_terms(state="ACTIVE", mayUseBsn=False)
    refused = school.call("POST", "/signals", school.signal(about(region, "Recht")))

    assert (suspended, resumed) == ((200, 403), (200, 200))
    assert [error["code"] for error in refused.json["errors"]] == ["bsn-not-allowed"]


def test_an_organisation_reads_itself_and_manages_nobody(region: Region, administrator: Member) -> None:
    """Its own row without a scope; all the rest is the administrator's."""
    school = region.organisation("school", scopes=("signals:read",))

    own = school.call("GET", f"/organisations/{school.id}")
    others = school.call("GET", f"/organisations/{administrator.id}")
    listed = school.call("GET", "/organisations")

    assert (own.status, own.json["id"], others.status, listed.status) == (200, school.id, 403, 403)


@pytest.mark.rule("D28")
def test_a_changed_card_is_in_later_reads_and_mails(region: Region) -> None:
    """A new telephone number follows at once, wherever the professional is shown."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, "Kaart")
    mine = school.give(youth)
    path = "/professionals/staff-1"
    card = {"name": "P. de Wit", "email": nurse.email}
    tag = nurse.call("PUT", path, card, Professional_Id="chief").headers["ETag"]
    nurse.give(youth)
    until(lambda: school.matches(mine["id"]))

    headers = {"If_Match": "*", "Professional_Id": "chief"}
    changed = nurse.call("PATCH", path, {"telephone": "+31309998877"}, **headers)
    (seen,) = school.matches(mine["id"])
    stale = nurse.call("PATCH", path, {"site": "Zuid"}, If_Match=tag, Professional_Id="chief")

    assert (changed.status, seen["counterpart"]["telephone"]) == (200, "+31309998877")
    assert stale.status == 412
    assert [one["id"] for one in nurse.call("GET", "/professionals").json["items"]] == ["staff-1"]


@pytest.mark.rule("D28")
def test_a_site_that_is_called_something_else_is_so_on_every_card(region: Region) -> None:
    """At once, in what the other side sees."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth, acting = about(region, "Locatie"), {"Professional_Id": "chief"}
    made = nurse.call("PUT", "/sites/zuid", {"name": "Locatie Zuid"}, **acting)
    card = {"name": "P. de Wit", "email": nurse.email, "siteId": "zuid"}
    body = nurse.signal(youth)
    body["professional"] = card | {"id": "staff-1"}
    given = nurse.call("POST", "/signals", body)
    mine = school.give(youth)
    until(lambda: school.matches(mine["id"]))
    (before,) = school.matches(mine["id"])

    renamed = nurse.call(
        "PUT", "/sites/zuid", {"name": "De Zon", "telephone": "+31301234500"}, If_Match="*", **acting
    )
    (after,) = school.matches(mine["id"])

    assert (made.status, given.status, renamed.status) == (201, 201, 200), given.text
    assert (before["counterpart"]["site"], before["counterpart"]["telephone"]) == ("Locatie Zuid", None)
    assert (after["counterpart"]["site"], after["counterpart"]["telephone"]) == ("De Zon", "+31301234500")


@pytest.mark.rule("D13")
def test_an_address_that_is_excluded_over_https_makes_no_household_match(
    region: Region, administrator: Member
) -> None:
    """The match ends with the entry, and returns when the entry is taken out."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    eldest, other = about(region, "Huis"), about(region, "Kamer")
    youngest = other | {"address": eldest["address"], "givenNames": "Roos", "initials": "R.", "sex": "V"}
    home = eldest["address"]
    mine = school.give(eldest)["id"]
    nurse.give(youngest)
    until(lambda: school.matches(mine))

    def states() -> list[tuple[str, str]]:
        return [(match["kind"], match["state"]) for match in school.matches(mine)]

    held = states()
    entry = {
        "address": {"postalCode": home["postalCode"], "houseNumber": home["houseNumber"]},
        "kind": "SHELTER",
        "source": "gemeente",
        "validFrom": "2026-01-01",
    }
    excluded = administrator.call("POST", "/excluded-addresses", entry, Professional_Id="staff-1")
    region.take_up(mine)
    until(lambda: states() == [("HOUSEHOLD", "ENDED")])
    path = f"/excluded-addresses/{excluded.json['id']}"
    taken_out = administrator.call("DELETE", path, Professional_Id="staff-1")
    region.take_up(mine)
    until(lambda: states() == [("HOUSEHOLD", "ACTIVE")])

    assert held == [("HOUSEHOLD", "ACTIVE")]
    assert (excluded.status, taken_out.status, taken_out.json) == (201, 200, {"signals": 2}), taken_out.text
    assert administrator.call("GET", path).status == 404

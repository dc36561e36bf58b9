"""No search by the back door, on the deployed functions (D16)."""

from __future__ import annotations

import pytest

from tests.e2e.region import Region, about

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D16")]


def test_who_gives_looks_and_takes_back_too_often_is_shown_to_the_administrator(region: Region) -> None:
    """Three times is the threshold of the local stage."""
    school = region.organisation("school")
    administrator = region.organisation("region", scopes=("audit:read",))
    for _ in range(3):
        signal = school.give(about(region, surname="Zoek"))
        school.matches(signal["id"])
        school.retract(signal["id"])

    listed = administrator.call("GET", "/suspected-searches")

    found = [one for one in listed.json["items"] if one["organisationId"] == school.id]
    assert [(one["professionalId"], one["retractions"]) for one in found] == [("staff-1", 3)]

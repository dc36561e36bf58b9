"""Limits on the deployed functions."""

from __future__ import annotations

import pytest

from tests.e2e.region import Answer, Region, until

pytestmark = pytest.mark.e2e


def test_an_organisation_that_asks_too_much_is_told_when_to_come_back(region: Region) -> None:
    """Whichever function answers; others are not kept waiting."""
    school = region.organisation("school", per_minute=3)
    nurse = region.organisation("ggd")
    answers: list[Answer] = []

    def refused() -> bool:
        answers.append(school.call("GET", "/signals"))
        return answers[-1].status == 429

    until(refused)

    assert len(answers) >= 4
    assert {answer.status for answer in answers[:-1]} == {200}
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60
    assert answers[-1].json["type"].endswith("/problems/too-many-requests")
    assert nurse.call("GET", "/signals").status == 200

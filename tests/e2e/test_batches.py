"""Batches of signals on the deployed functions."""

from __future__ import annotations

import pytest

from tests.e2e.region import Region, about, until

pytestmark = [pytest.mark.e2e, pytest.mark.rule("D10")]


def test_a_batch_gives_its_good_lines_and_they_match(region: Region) -> None:
    """One bad line spoils no other; what was given becomes a match; a repeat gives nothing twice."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = about(region, surname="Reeks")
    nurse.give(youth)
    lines = [school.signal(youth, "R-1"), {"reference": "R-2"}, school.signal(about(region, surname="Ander"))]
    key = {"Idempotency-Key": "batch-1"}

    first = school.call("POST", "/signal-batches", {"signals": lines}, **key)
    again = school.call("POST", "/signal-batches", {"signals": lines}, **key)
    other = school.call("POST", "/signal-batches", {"signals": lines[:1]}, **key)

    assert [result["status"] for result in first.json["results"]] == [201, 400, 201]
    assert again.json["results"][0] == first.json["results"][0]
    assert (first.status, again.status, other.status) == (200, 200, 422)
    until(lambda: len(school.matches(first.json["results"][0]["id"])) == 1)


def test_a_hundred_signals_at_once_are_given(region: Region) -> None:
    """All of them, in one request and as many repeats as the time that one may take asks for."""
    school = region.organisation("school")
    lines = [school.signal(about(region, surname="Honderd"), f"R-{number}") for number in range(100)]

    def given() -> bool:
        answer = school.call("POST", "/signal-batches", {"signals": lines})
        assert answer.status == 200
        statuses = {result["status"] for result in answer.json["results"]}
        assert statuses <= {200, 201, 503}
        return 503 not in statuses

    until(given)

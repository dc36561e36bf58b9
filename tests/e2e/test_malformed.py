"""Malformed requests of all kinds against the deployed interface: refused in one shape, nothing stored."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest

from chalicelib.api.headers import SECURITY_HEADERS
from tests.contract.malformed import SIGNAL, malformed_requests
from tests.contract.malformed_request import Malformed
from tests.e2e.region import PATIENCE_SECONDS, Answer, Member, Region, about

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("whole-region")]
"""A change of key set, which walks over the whole region, rewrites the keys of a stored signal."""

TABLES = ("signals", "references", "professionals")
"""Where a stored signal leaves rows that name its organisation; all are written in one transaction."""


def send(member: Member, case: Malformed, signal_id: str) -> Answer:
    """Send it byte for byte, as no well-behaved client would."""
    base = urlsplit(member.region.stack.base_url)
    connection = http.client.HTTPConnection(base.netloc, timeout=PATIENCE_SECONDS)
    headers = {"Professional-Id": "staff-1", **case.headers, "Authorization": f"Bearer {member.token}"}
    path = f"{base.path}{case.path.replace(SIGNAL, signal_id)}"
    connection.request(case.method, path, body=case.body or None, headers=headers)
    response = connection.getresponse()
    answer = Answer(response.status, dict(response.getheaders()), response.read().decode())
    connection.close()
    return answer


def faults(case: Malformed, answer: Answer) -> Iterator[str]:
    """What is not as promised in an answer."""
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from (f"header {name}" for name in SECURITY_HEADERS if headers.get(name.lower()) is None)
    if (answer.status, headers.get("content-type")) != (case.status, "application/problem+json"):
        yield f"{answer.status} {answer.text[:200]}"
        return
    problem = json.loads(answer.text)
    if not {"type", "title", "status", "detail", "instance"} <= set(problem):
        yield "the shape"
    if case.location is not None and case.location not in [one["location"] for one in problem["errors"]]:
        yield f"the place: {problem['errors']}"


def rows(member: Member) -> list[str]:
    """Every stored row that names the organisation."""
    stack = member.region.stack
    pages = stack.client("dynamodb").get_paginator("scan")
    texts = (
        json.dumps(row, sort_keys=True, default=lambda value: value.hex())
        for table in TABLES
        for page in pages.paginate(TableName=f"{stack.prefix}{table}", ConsistentRead=True)
        for row in page["Items"]
    )
    return sorted(text for text in texts if member.id in text)


def test_every_malformed_request_is_refused_and_stores_nothing(region: Region) -> None:
    """The same table as in memory, over HTTP and through the gateway."""
    school = region.organisation("school")
    there = school.give(about(region, surname="Aanwezig"))["id"]
    card = {name: value for name, value in school.signal({})["professional"].items() if name != "id"}
    assert school.call("PUT", "/professionals/staff-17", card).status == 201
    region.wait_until_quiet()
    before = rows(school)
    cases = malformed_requests(date.today(), f"{school.id}.example")  # noqa: DTZ011 - as a client's clock

    wrong = {case.name: found for case in cases if (found := list(faults(case, send(school, case, there))))}

    assert wrong == {}
    assert rows(school) == before

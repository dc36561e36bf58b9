"""A marked person through the whole index: not one raw trace outside what is sealed (D39, D40)."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.e2e.deployed_stack import Stack
from tests.e2e.region import Region, about
from tests.e2e.traces import found_in, places, traces

pytestmark = pytest.mark.e2e

FAMILY = {
    "surname": "Zqkwaliteit",
    "givenNames": "Xyvonder",
    "street": "Merktekenlaan",
    "city": "Kenmerkstad",
    "parent": "Ouderteken",
    "birthDate": "2012-08-17",
    "parentBirthDate": "1983-04-19",
    "postalCode": "9876ZQ",
}


def _marked(region: Region) -> dict[str, Any]:
    youth = about(region, surname="x")
    return {
        **youth,
        "surname": FAMILY["surname"],
        "givenNames": FAMILY["givenNames"],
        "initials": "X.",
        "birthDate": FAMILY["birthDate"],
        "address": {
            **youth["address"],
            "street": FAMILY["street"],
            "city": FAMILY["city"],
            "postalCode": FAMILY["postalCode"],
            "secret": True,
        },
        "parents": [
            {"givenNames": "Anna", "surname": FAMILY["parent"], "birthDate": FAMILY["parentBirthDate"]}
        ],
    }


def test_a_marked_person_leaves_no_raw_trace(region: Region, stack: Stack) -> None:
    """In tables, streams, logs, queues, copies, figures and mails, after a whole life with refusals."""
    school, nurse = region.organisation("school"), region.organisation("ggd")
    youth = _marked(region)
    marks = {*FAMILY.values(), youth["bsn"]}
    mine, _ = school.give(youth), nurse.give(youth)
    refused = [
        school.call("POST", "/signals", {**school.signal(youth), "reason": f"about {FAMILY['surname']}"}),
        school.call("POST", "/signals", school.signal({**youth, "birthDate": FAMILY["surname"]})),
        school.call("POST", "/signals", school.signal({**youth, "address": FAMILY["surname"]})),
        school.call("GET", f"/signals?surname={FAMILY['surname']}"),
        school.call("GET", f"/signals/{FAMILY['surname']}"),
        school.call("POST", f"/{FAMILY['surname']}", {}),
        region.call("POST", "/signals", school.signal(youth), Authorization=f"Bearer {FAMILY['surname']}"),
    ]
    region.wait_until_quiet()
    school.matches(mine["id"])
    school.close(mine["id"])
    region.wait_until_quiet()

    assert [answer.status for answer in refused] == [400, 400, 400, 400, 404, 404, 401]
    assert not traces("".join(answer.text + str(answer.headers) for answer in refused[:6]), marks)
    mails = [mail.message.as_string() + mail.text + mail.html for mail in region.mails_to(school)]
    mails += [mail.message.as_string() + mail.text + mail.html for mail in region.mails_to(nurse)]
    assert mails
    assert found_in({**places(stack), "mails": iter(mails)}, marks) == {}


def test_the_search_for_traces_finds_what_is_there() -> None:
    """The scan above would see a mark in the clear, in another case, and in Base64."""
    marks = {"Zqkwaliteit"}
    hidden = [base64.b64encode(f"{'y' * offset}Zqkwaliteit en meer".encode()).decode() for offset in range(3)]

    assert all(traces(text, marks) for text in ["x Zqkwaliteit", "ZQKWALITEIT", *hidden])
    assert not traces("nothing here", marks)

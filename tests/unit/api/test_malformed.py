"""Every malformed request of the table is refused in the one shape, and stores nothing."""

from __future__ import annotations

import copy
from dataclasses import fields
from typing import Any

import pytest

from chalicelib.api.catalogue import CATALOGUE
from chalicelib.domain.organisation import Scope
from tests.builders import TODAY, make_organisation
from tests.contract.malformed import SIGNAL, malformed_requests
from tests.contract.malformed_request import Malformed
from tests.gateway import DOCUMENTATION_URL, REQUEST_ID, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

CASES = malformed_requests(TODAY)


def rows(gateway: Gateway) -> dict[str, Any]:
    """All that is stored."""
    state = gateway.storage.state
    kept = (one.name for one in fields(state) if one.name not in {"clock", "before", "after", "keysets"})
    return {name: copy.deepcopy(getattr(state, name)) for name in kept}


def refused(gateway: Gateway, case: Malformed) -> Answer:
    """Send one of them beside a signal that is there, by who may do everything."""
    gateway.register(make_organisation("school", scopes=frozenset(Scope)))
    body = as_bytes(make_body(reference="THERE-1"))
    there = gateway.send("POST", "/signals", body=body, headers=JSON, token="token-school").json["id"]
    before = rows(gateway)

    path = case.path.replace(SIGNAL, there)
    answer = gateway.send(case.method, path, body=case.body, headers=case.headers, token="token-school")

    after = rows(gateway)
    assert after == before | {name: after[name] for name in ("audit", "counts")}
    return answer


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_malformed_request_is_refused_in_the_one_shape(gateway: Gateway, case: Malformed) -> None:
    """The status, the place of the fault, every member of a problem, and nothing stored."""
    answer = refused(gateway, case)

    problem = answer.json
    kind = CATALOGUE[problem["type"].rpartition("/")[2]]
    assert answer.status == case.status == problem["status"] == kind.status
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"{DOCUMENTATION_URL}/problems/{kind.code}"
    assert problem["instance"] == f"urn:uuid:{REQUEST_ID}"
    assert problem["title"] == kind.title
    assert problem["detail"]
    if case.location is not None:
        assert case.location in [error["location"] for error in problem["errors"]]
        assert all(set(error) == {"in", "location", "code", "detail"} for error in problem["errors"])


def test_the_table_holds_two_hundred_and_more_different_requests() -> None:
    """So many kinds that a rule left out somewhere shows."""
    different = {(case.method, case.path, case.body, tuple(sorted(case.headers.items()))) for case in CASES}

    assert len(different) == len(CASES)
    assert len(CASES) >= 200

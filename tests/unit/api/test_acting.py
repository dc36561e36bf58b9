"""Who acts: named on every read of a match and on every change (D39)."""

from __future__ import annotations

import re

import pytest

from chalicelib.api.openapi import document
from chalicelib.api.routes import ROUTES, Route
from chalicelib.domain.organisation import Scope
from tests.builders import make_organisation
from tests.gateway import Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body

SIGNAL = "lo-00000000000000000000000000000001"
NAMING = [pytest.param(route, id=route.name) for route in ROUTES if route.names_professional]
FREE = [
    pytest.param(route, id=route.name)
    for route in ROUTES
    if route.scope is not None and not route.names_professional
]

pytestmark = pytest.mark.rule("D39")


def asked(gateway: Gateway, route: Route, professional: str | None) -> Answer:
    """A request of a route on behalf of somebody, or nobody."""
    gateway.register(make_organisation("all", scopes=frozenset(Scope)))
    url = re.sub(r"\{\w+\}", SIGNAL, route.path)
    return gateway.send(route.method, url, headers=JSON, token="token-all", professional=professional)


def faults(answer: Answer) -> list[tuple[str, str, str]]:
    """The broken rules of an answer that are about a header."""
    lines = answer.json.get("errors", [])
    return [(line["in"], line["location"], line["code"]) for line in lines if line["in"] == "header"]


def test_reads_of_matches_and_changes_name_who_acts() -> None:
    """Whatever is added later too; giving names the professional in what is given."""
    named = {route.name for route in ROUTES if route.names_professional}

    assert {"read_signal_matches", "read_match", "explain_match"} < named
    assert {"change_signal", "close_signal", "retract_signal", "give_verdict", "undo_verdict"} < named
    assert not {"give_signal", "list_signals", "read_signal", "health", "openapi"} & named


@pytest.mark.parametrize("route", NAMING)
def test_without_a_professional_nothing_is_read_or_changed(gateway: Gateway, route: Route) -> None:
    """400, and the line says which header is missing."""
    answer = asked(gateway, route, None)

    assert (answer.status, faults(answer)) == (400, [("header", "/Professional-Id", "required")])
    assert gateway.storage.state.audit == {}


@pytest.mark.parametrize("route", FREE)
def test_elsewhere_the_professional_may_be_left_out(gateway: Gateway, route: Route) -> None:
    """A system reads its own signals, and gives them, without anybody at the keyboard."""
    assert faults(asked(gateway, route, None)) == []


@pytest.mark.parametrize("route", [*NAMING, *FREE])
def test_a_staff_id_that_holds_a_bsn_is_refused(gateway: Gateway, route: Route) -> None:
    """It would land in the audit trail, which never holds one."""
    answer = asked(gateway, route, "staff-999990342")

    assert (answer.status, faults(answer)) == (400, [("header", "/Professional-Id", "holds-bsn")])
    assert "999990342" not in answer.body


def test_a_refusal_keeps_a_bsn_out_of_the_trail_too(gateway: Gateway) -> None:
    """Another's signal asked for by somebody whose staff id cannot be one."""
    gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token="token-school")

    gateway.send("GET", f"/signals/{SIGNAL}", token="token-ggd", professional="999990342")

    assert "999990342" not in str(gateway.storage.state.audit)


@pytest.mark.parametrize("route", [*NAMING, *FREE])
def test_the_description_says_where_it_is_required(route: Route) -> None:
    """The header is a parameter of each operation with a token, required just where it is."""
    told = document()
    operation = told["paths"][route.path][route.method.lower()]
    names = [reference["$ref"].rpartition("/")[2] for reference in operation["parameters"]]
    [parameter] = [
        told["components"]["parameters"][name]
        for name in names
        if told["components"]["parameters"][name]["name"] == "Professional-Id"
    ]

    assert parameter["required"] is route.names_professional

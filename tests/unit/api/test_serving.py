"""What every answer has in common, and who may ask what."""

from __future__ import annotations

import base64
import json
import uuid
from dataclasses import replace
from typing import Any

import pytest
from chalice.app import AuthRequest, AuthResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.api.headers import API_VERSION
from chalicelib.api.passports import Passport, stamped
from chalicelib.api.routes import METHODS, ROUTES, Route
from chalicelib.domain.organisation import Organisation, OrganisationState, Scope
from chalicelib.observability import Code
from chalicelib.ports.errors import StorageBusy
from tests.builders import make_organisation
from tests.gateway import REQUEST_ID, Answer, Gateway
from tests.signal_bodies import JSON, as_bytes, make_body, with_value

SIGNAL_ID = "lo-00000000000000000000000000000001"
EVERYWHERE = {
    "api-version": API_VERSION,
    "cache-control": "no-store",
    "content-security-policy": "frame-ancestors 'none'",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
MARKED = "Marked"


def call(gateway: Gateway, method: str, path: str, **more: Any) -> Answer:
    """Call a route of the table as the school."""
    sent = {"token": "token-school", "headers": JSON} | more
    return gateway.send(method, path.replace("{signalId}", SIGNAL_ID), **sent)


class CachedAnswer:
    """An authorizer whose answer was given before."""

    def __init__(self, organisation: Organisation) -> None:
        passport = Passport(organisation=organisation, scopes=organisation.scopes, token_id="jti")
        self._context = stamped(passport)

    def __call__(self, _: AuthRequest) -> AuthResponse:
        """The answer as the gateway kept it."""
        return AuthResponse(routes=["*"], principal_id="school", context=self._context)


def _passport(gateway: Gateway) -> Passport:
    school = gateway.storage.state.organisations["school"]
    return Passport(organisation=school, scopes=school.scopes, token_id="jti")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_every_answer_of_every_route_carries_the_headers(gateway: Gateway, route: Route) -> None:
    """Answers and problems alike; only public documents are for every origin."""
    answers = [
        call(gateway, route.method, route.path),
        call(gateway, route.method, route.path, headers={"Accept": "text/html"}),
    ]

    for answer in answers:
        assert {name: answer.headers[name] for name in EVERYWHERE} == EVERYWHERE
        assert answer.headers["access-control-allow-origin"] == (
            "*" if route.public else "https://index.example"
        )


@pytest.mark.parametrize("path", sorted({route.path for route in ROUTES}))
def test_a_method_that_is_not_offered_answers_what_is(gateway: Gateway, path: str) -> None:
    """405 with Allow, without a token: the gateway hands us every method."""
    offered = sorted(route.method for route in ROUTES if route.path == path)
    for method in sorted(set(METHODS) - set(offered)):
        answer = call(gateway, method, path, token=None)

        assert (answer.status, answer.headers["allow"]) == (405, ", ".join(offered))


@pytest.mark.parametrize("route", [route for route in ROUTES if route.scope], ids=lambda route: route.name)
def test_a_route_is_closed_without_its_scope(gateway: Gateway, route: Route) -> None:
    """Every other scope together is not enough; the answer names the one that is needed."""
    gateway.register(make_organisation("school", scopes=frozenset(Scope) - {route.scope}))

    answer = call(gateway, route.method, route.path)

    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (403, "insufficient-scope")
    assert answer.headers["www-authenticate"] == f'Bearer error="insufficient_scope", scope="{route.scope}"'


def test_a_scope_that_the_organisation_lost_is_gone_from_its_tokens(gateway: Gateway) -> None:
    """A token lives an hour; a right that was taken away holds at once."""
    school = gateway.storage.state.organisations["school"]
    gateway.storage.state.organisations["school"] = replace(school, scopes=frozenset({Scope.SIGNALS_READ}))

    answer = gateway.send("POST", "/signals", body=as_bytes(make_body()), headers=JSON, token="token-school")

    assert answer.status == 403


@pytest.mark.parametrize("route", [route for route in ROUTES if route.scope], ids=lambda route: route.name)
def test_a_route_that_no_authorizer_guards_lets_nobody_in(gateway: Gateway, route: Route) -> None:
    """Even if the gateway were set up wrongly, the application denies by default."""
    gateway.app.routes[route.path][route.method].authorizer = None

    answer = call(gateway, route.method, route.path, token=None)

    assert (answer.status, answer.headers["www-authenticate"]) == (401, 'Bearer realm="verwijsindex"')


def test_a_suspended_organisation_is_denied_by_the_application_too(gateway: Gateway) -> None:
    """Should the gateway ever cache the authorizer's answer, its state is still judged."""
    suspended = make_organisation("school", state=OrganisationState.SUSPENDED)
    gateway.authorizer = CachedAnswer(suspended)

    answer = call(gateway, "GET", "/signals")

    assert (answer.status, answer.json["type"].rpartition("/")[2]) == (403, "access-denied")


def test_busy_storage_answers_when_to_try_again(gateway: Gateway) -> None:
    """503 with Retry-After: nothing was written."""

    def busy(operation: str) -> None:
        if operation.startswith("signals"):
            raise StorageBusy

    gateway.storage.state.before = busy

    answer = call(gateway, "GET", "/signals")

    assert (answer.status, answer.headers["retry-after"]) == (503, "2")


def test_an_unexpected_error_tells_and_logs_no_value(gateway: Gateway) -> None:
    """500 in the one shape; the log has the class and the line, never the text of the error."""

    def fail(operation: str) -> None:
        if operation.startswith("signals"):
            raise RuntimeError(MARKED)

    gateway.storage.state.before = fail

    answer = call(gateway, "GET", f"/signals/{SIGNAL_ID}")

    failed = [fields for code, fields in gateway.log.lines if code is Code.REQUEST_FAILED]
    assert answer.status == 500
    assert answer.json["detail"].startswith("Try again later")
    assert [(line["request"], line["error"]) for line in failed] == [(REQUEST_ID, "RuntimeError")]
    assert str(failed[0]["place"]).startswith("/signals/own.py:")
    assert MARKED not in answer.body + str(gateway.log.lines)


def test_a_request_is_one_line_in_the_log(gateway: Gateway) -> None:
    """Method, template, status, time, organisation and request: no path, no query, no value."""
    call(gateway, "GET", "/signals/{signalId}?x=1")

    [(code, fields)] = gateway.log.lines
    assert code is Code.REQUEST_SERVED
    assert isinstance(fields.pop("ms"), float)
    assert fields == {
        "method": "GET",
        "route": "/signals/{signalId}",
        "status": 400,
        "organisation": "school",
        "request": REQUEST_ID,
    }


def test_an_unknown_path_is_not_written_to_the_log(gateway: Gateway) -> None:
    """A caller may put anything in a path."""
    gateway.send("GET", "/youths/999990342")

    assert [fields["route"] for _, fields in gateway.log.lines] == ["/{proxy+}"]


def test_a_body_that_the_gateway_took_for_binary_is_read_all_the_same(gateway: Gateway) -> None:
    """It hands those over in Base64."""
    event = {
        "path": "/signals",
        "headers": JSON,
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {
            "resourcePath": "/signals",
            "httpMethod": "POST",
            "authorizer": stamped(_passport(gateway)),
        },
        "body": base64.b64encode(as_bytes(make_body())).decode(),
        "isBase64Encoded": True,
    }

    assert gateway.app(event, None)["statusCode"] == 201


def test_a_request_that_no_gateway_numbered_gets_a_number(gateway: Gateway) -> None:
    """Problem and log line share it."""
    event = {
        "path": "/nowhere",
        "headers": {},
        "multiValueQueryStringParameters": None,
        "pathParameters": None,
        "stageVariables": None,
        "requestContext": {"resourcePath": "/{proxy+}", "httpMethod": "GET"},
        "body": None,
    }

    problem = json.loads(gateway.app(event, None)["body"])

    assert problem["instance"] == f"urn:uuid:{uuid.UUID(str(gateway.log.lines[0][1]['request']))}"


@pytest.mark.parametrize(
    "accept",
    ["application/json", "*/*", "text/html, application/*;q=0.1", "application/problem+json, */*;q=0.5", ""],
)
def test_whoever_takes_json_gets_it(gateway: Gateway, accept: str) -> None:
    """Ranges and weights are understood; nothing said is everything taken."""
    assert call(gateway, "GET", "/signals", headers={"Accept": accept}).status == 200


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_is_taken_however_its_type_is_written(gateway: Gateway, kind: str) -> None:
    """Media types know no case; parameters may follow."""
    answer = call(gateway, "POST", "/signals", body=as_bytes(make_body()), headers={"Content-Type": kind})

    assert answer.status == 201


@given(
    pointer=st.sampled_from(
        [
            "/reference",
            "/youth/bsn",
            "/youth/surname",
            "/youth/birthDate",
            "/youth/address/postalCode",
            "/professional/email",
            "/plannedEndDate",
            "/informed/how",
            "/youth/999990342",
            "/youth/Marked 1",
        ]
    ),
    value=st.sampled_from([f"{MARKED} 1", 999990342, [f"{MARKED} 1"], {f"{MARKED} 1": "999990342"}]),
)
@settings(deadline=None)
def test_a_problem_never_repeats_a_value(pointer: str, value: object) -> None:
    """Neither a wrong value nor a made-up name that could hold one comes back or is logged."""
    gateway = Gateway()
    gateway.register(make_organisation("school"))

    answer = call(gateway, "POST", "/signals", body=as_bytes(with_value(make_body(), pointer, value)))

    assert 400 <= answer.status < 500
    assert "999990342" not in answer.body + str(gateway.log.lines)
    assert f"{MARKED} 1" not in answer.body + str(gateway.log.lines)

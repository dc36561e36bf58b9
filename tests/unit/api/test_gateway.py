"""The gateway's own answers: the application's shape and headers, in the document that Chalice generates."""

from __future__ import annotations

import json

import pytest
from chalice.app import Chalice
from chalice.deploy.swagger import SwaggerGenerator

from chalicelib.api import gateway
from chalicelib.api.headers import SECURITY_HEADERS
from chalicelib.api.problems import MEDIA_TYPE

BASE = "https://index.example/v1"


def test_a_refused_token_is_answered_as_the_application_would() -> None:
    """Status, shape, challenge and every header; the request's id is the gateway's."""
    answer = gateway.gateway_responses(BASE)["UNAUTHORIZED"]

    headers = {
        **SECURITY_HEADERS,
        "WWW-Authenticate": 'Bearer realm="verwijsindex"',
        "Content-Type": MEDIA_TYPE,
        "Access-Control-Allow-Origin": "https://index.example",
    }
    assert answer["statusCode"] == "401"
    assert answer["responseParameters"] == {
        f"gatewayresponse.header.{name}": f"'{value}'" for name, value in headers.items()
    }
    assert json.loads(answer["responseTemplates"]["application/json"]) == {
        "type": "https://verwijsindex.example/problems/unauthorized",
        "title": "A valid access token is needed",
        "status": 401,
        "detail": "Ask for a new access token and send it as `Authorization: Bearer …`.",
        "instance": "urn:uuid:$context.requestId",
    }


def test_a_method_that_nothing_is_declared_for_is_not_allowed() -> None:
    """TRACE and inventions: the gateway by itself calls them a missing token, and answers 403."""
    answer = gateway.gateway_responses(BASE)["MISSING_AUTHENTICATION_TOKEN"]

    assert answer["statusCode"] == "405"
    assert answer["responseParameters"]["gatewayresponse.header.Allow"] == (
        "'DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT'"
    )


def test_who_is_throttled_hears_when_to_come_back() -> None:
    """``Retry-After`` belongs to every 429."""
    parameters = gateway.gateway_responses(BASE)["THROTTLED"]["responseParameters"]

    assert parameters["gatewayresponse.header.Retry-After"].strip("'").isdigit()


@pytest.mark.parametrize("kind", sorted(gateway.ANSWERS))
def test_each_answer_says_the_status_it_has(kind: str) -> None:
    """In the status line and in the body alike, with every header of ours."""
    answer = gateway.gateway_responses(BASE)[kind]
    problem = json.loads(answer["responseTemplates"]["application/json"])

    assert problem["status"] == int(answer["statusCode"])
    assert {f"gatewayresponse.header.{name}" for name in SECURITY_HEADERS} <= set(
        answer["responseParameters"]
    )


def test_the_document_that_chalice_generates_carries_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each deploy overwrites the API, so they must be inside its document."""
    monkeypatch.setattr(SwaggerGenerator, "generate_swagger", SwaggerGenerator.generate_swagger)
    gateway.extend_generated_document(BASE)

    document = SwaggerGenerator("eu-central-1", {}).generate_swagger(Chalice("sample"))

    assert document["x-amazon-apigateway-gateway-responses"] == gateway.gateway_responses(BASE)
    assert document["info"]["title"] == "sample"

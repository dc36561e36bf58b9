"""What needs no token, and the description of all that does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chalice.app import Chalice
from chalice.deploy.validate import validate_routes
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from chalicelib import VERSION
from chalicelib.api import openapi
from chalicelib.api.catalogue import CATALOGUE
from chalicelib.api.documentation.operation import OF_OAUTH
from chalicelib.api.documentation.operations import OPERATIONS
from chalicelib.api.endpoints import ENDPOINTS
from chalicelib.api.public import DOCUMENT, DOCUMENTED_BASE
from chalicelib.api.routes import METHODS, ROUTES
from chalicelib.ports.errors import StorageBusy
from tests.gateway import BASE_URL, Gateway

DOCUMENTED: dict[str, Any] = openapi.document()


def members(part: Any) -> Iterator[tuple[str, Any]]:
    """Every name and value in a document, however deep."""
    if isinstance(part, dict):
        yield from part.items()
        for value in part.values():
            yield from members(value)
    elif isinstance(part, list):
        for value in part:
            yield from members(value)


def test_health_says_live_version_and_tables(gateway: Gateway) -> None:
    """200 while the tables answer."""
    answer = gateway.send("GET", "/health")

    assert (answer.status, answer.json) == (200, {"status": "UP", "version": VERSION, "tables": "UP"})


def test_health_is_a_problem_when_the_tables_do_not_answer(gateway: Gateway) -> None:
    """503 in the one shape of all problems."""

    def busy(_: str) -> None:
        raise StorageBusy

    gateway.storage.state.before = busy

    answer = gateway.send("GET", "/health")

    assert (answer.status, answer.json["detail"]) == (
        503,
        f"Version {VERSION} is live, but its tables do not answer.",
    )


def test_each_stage_serves_the_description_with_its_own_base(gateway: Gateway) -> None:
    """Wherever it stands: of the server, of the token endpoint, in links. The rest is the committed file."""
    answer = gateway.send("GET", "/openapi.json")

    assert answer.status == 200
    assert answer.json["servers"][0]["url"] == BASE_URL
    assert answer.json == json.loads(json.dumps(DOCUMENTED).replace(DOCUMENTED_BASE, BASE_URL))


@pytest.mark.parametrize("path", [openapi.PUBLISHED, DOCUMENT], ids=["docs", "served"])
def test_the_committed_description_is_what_the_code_says(path: Path) -> None:
    """After a change: ``python -m chalicelib.api.openapi``."""
    assert path.read_text(encoding="utf-8") == openapi.text()


def test_writing_the_description_writes_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One command, two equal files."""
    monkeypatch.setattr(openapi, "PUBLISHED", tmp_path / "published.json")
    monkeypatch.setattr(openapi, "DOCUMENT", tmp_path / "served.json")

    openapi.main()

    written = {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == {openapi.text()}
    assert capsys.readouterr().out.count("written") == 2


def test_the_description_is_valid() -> None:
    """OpenAPI 3.1."""
    validate(DOCUMENTED, cls=OpenAPIV31SpecValidator)


def test_every_example_fits_its_schema() -> None:
    """Also in what JSON Schema cannot say: bodies are read by the code itself in other tests."""
    from openapi_schema_validator import OAS31Validator  # noqa: PLC0415 - only this test needs it

    for name, content in members(DOCUMENTED["paths"]):
        if name != "application/json" or "$ref" not in content["schema"]:
            continue
        schema = content["schema"] | {"components": DOCUMENTED["components"]}
        told = [content["example"]] if "example" in content else []
        for example in told + [example["value"] for example in content.get("examples", {}).values()]:
            OAS31Validator(schema).validate(example)


def test_every_route_is_described_and_answered() -> None:
    """The table, the endpoints and the description know the same operations, OAuth's own documents aside."""
    names = {route.name for route in ROUTES}
    documented = {
        operation["operationId"] for path in DOCUMENTED["paths"].values() for operation in path.values()
    }

    assert names == set(ENDPOINTS) == set(OPERATIONS) == documented | OF_OAUTH
    assert not documented & OF_OAUTH


def test_every_request_that_creates_can_be_repeated() -> None:
    """By an Idempotency-Key: whatever answers 201, and a batch of such."""
    creating = {route.name for route in ROUTES if route.method == "POST" and 201 in route.statuses}

    assert {"give_signal"} < creating
    for name in creating | {"give_signals"}:
        assert "IdempotencyKey" in OPERATIONS[name].parameters


def test_every_route_is_closed_unless_it_is_public() -> None:
    """Deny by default: a scope on each, save public documents, and where one proves who one is."""
    public = {"health", "openapi", "authorization_server", "token_keys"}

    assert {route.name for route in ROUTES if route.public} == public
    assert {route.name for route in ROUTES if route.scope is None} == public | {"request_token"}


def test_little_is_open_to_the_organisation_in_the_path_without_the_scope() -> None:
    """Its own row, and the keys that it signs in with."""
    assert {route.name for route in ROUTES if route.own} == {"read_organisation", "read_keys", "replace_keys"}


def test_every_answer_that_is_described_tells_the_version() -> None:
    """Successes and problems alike."""
    answers = [content for name, content in members(DOCUMENTED) if name == "responses"]
    told = [answer for answer in answers for answer in answer.values() if "$ref" not in answer]

    assert len(told) >= len(CATALOGUE)
    assert all("API-Version" in answer["headers"] for answer in told)


def test_no_schema_has_room_for_what_is_never_shown() -> None:
    """Answers hold no BSN, no address and no parent (D4, D20, D21); requests hold no free text (D3)."""
    schemas = DOCUMENTED["components"]["schemas"]
    answers = ("Signal", "SignalInFull", "YouthSeen", "Match", "Counterpart")
    shown = {name for schema in answers for name in schemas[schema]["properties"]}

    assert not shown & {"bsn", "address", "parents", "previousAddress", "sex"}
    assert all(
        schema.get("additionalProperties") is False
        for schema in schemas.values()
        if schema["type"] == "object"
    )


def test_the_description_is_free_of_real_addresses() -> None:
    """Only test domains."""
    text = json.dumps(DOCUMENTED)
    hosts = {part.split("/")[0].split('"')[0] for part in text.split("https://")[1:]}

    assert all(host.endswith(".example") or host.startswith("\\u2026") for host in hosts)


def test_chalice_is_told_every_method_of_every_path(gateway: Gateway) -> None:
    """So that 404 and 405 are ours; only routes with a scope have the authorizer."""
    app: Chalice = gateway.app
    guarded = {
        (entry.method, path)
        for path, methods in app.routes.items()
        for entry in methods.values()
        if entry.authorizer is not None
    }

    validate_routes(app.routes)
    assert set(app.routes) == {route.path for route in ROUTES} | {"/", "/{proxy+}"}
    assert all(set(methods) == set(METHODS) for methods in app.routes.values())
    assert guarded == {(route.method, route.path) for route in ROUTES if route.scope is not None}

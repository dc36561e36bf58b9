"""The endpoints of the public keys by which organisations' systems sign in."""

from __future__ import annotations

from typing import Any

from chalicelib.api import catalogue
from chalicelib.api.conditions import entity_tag, if_match
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_json, require_no_body
from chalicelib.api.parsing import read_object
from chalicelib.api.problems import FieldError, InvalidRequest, Problem
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.sign_in import ClientKeysBody, JwkBody, JwksBody
from chalicelib.api.schemas.validation import checked
from chalicelib.api.signals import caller_of
from chalicelib.api.usecases import UseCases
from chalicelib.domain.client_keys import ClientKeys, Jwk
from chalicelib.domain.errors import KeysRevised
from chalicelib.organisations.keep_keys import GivenKeys
from chalicelib.security.client_jwks import PRIVATE_MEMBERS


def read_keys(request: Request, cases: UseCases) -> Response:
    """``GET /organisations/{organisationId}/keys``: public halves only; there are no others here."""
    require_no_body(request)
    require_no_query(request)
    return _told(cases.keep_keys.read(caller_of(request), request.path["organisationId"]))


def replace_keys(request: Request, cases: UseCases) -> Response:
    """``PUT /organisations/{organisationId}/keys``: all at once; several count, so that they can overlap.

    Without ``If-Match`` only the first keys are set. Raises Problem (precondition-required).
    """
    require_no_query(request)
    organisation_id = request.path["organisationId"]
    conditional = "if-match" in request.headers
    revisions = if_match(request.headers, f"{organisation_id}/keys") if conditional else frozenset()
    require_json(request)
    content = read_object(request.body)
    _require_public(content)
    given = _given(checked(ClientKeysBody, content))
    try:
        return _told(cases.keep_keys.replace(caller_of(request), organisation_id, given, revisions))
    except KeysRevised:
        if conditional:
            raise
        raise Problem(catalogue.PRECONDITION_REQUIRED) from None


def _require_public(content: dict[str, Any]) -> None:
    """Raises InvalidRequest when a private key is sent, before anything else is said of it."""
    jwks = content.get("jwks")
    keys = jwks.get("keys") if isinstance(jwks, dict) else None
    errors = [
        FieldError("body", f"/jwks/keys/{place}", "private-key", "A private key: do not use it any more.")
        for place, key in enumerate(keys if isinstance(keys, list) else [])
        if isinstance(key, dict) and PRIVATE_MEMBERS & key.keys()
    ]
    if errors:
        raise InvalidRequest(errors)


def _given(body: ClientKeysBody) -> GivenKeys:
    if body.jwks is None:
        return GivenKeys(uri=body.jwks_uri)
    return GivenKeys(keys=[_members(key) for key in body.jwks.keys], uri=body.jwks_uri)


def _members(key: JwkBody) -> dict[str, Any]:
    return key.model_dump(by_alias=True, exclude_none=True)


def _told(keys: ClientKeys) -> Response:
    jwks = JwksBody(keys=[_shown(key) for key in keys.keys]) if keys.uri is None else None
    body = ClientKeysBody(jwks=jwks, jwks_uri=keys.uri)
    text = body.model_dump_json(by_alias=True, exclude_none=True)
    return Response(status=200, body=text, headers={"ETag": entity_tag(keys)})


def _shown(key: Jwk) -> JwkBody:
    return JwkBody.model_validate(dict(key), by_name=False, by_alias=True)

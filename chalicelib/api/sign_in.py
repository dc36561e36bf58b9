"""How systems get an access token: the token endpoint and the documents that lead to it.

RFC 6749 (section 4.4, client credentials), RFC 7523 (``private_key_jwt``) and RFC 8414 (discovery).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from chalicelib.api.forms import UnreadableForm, read_form
from chalicelib.api.log import Log
from chalicelib.api.messages import Request, Response
from chalicelib.api.negotiation import require_no_body
from chalicelib.api.oauth import NO_CACHE, OAuthRefusal, invalid_client
from chalicelib.api.queries import require_no_query
from chalicelib.api.schemas.sign_in import (
    AuthorizationServerBody,
    TokenBody,
    TokenKeyBody,
    TokenKeysBody,
)
from chalicelib.api.usecases import UseCases
from chalicelib.domain.audit import SYSTEM
from chalicelib.domain.organisation import Scope
from chalicelib.observability import Code
from chalicelib.organisations.grant_token import (
    OPERATION,
    ClientRefused,
    GrantedToken,
    GrantToken,
    ScopeRefused,
    TokenRequest,
)
from chalicelib.organisations.sparing_trail import SparingTrail
from chalicelib.security.client_jwks import ALGORITHMS
from chalicelib.security.tokens import public_jwk

GRANT: Final = "client_credentials"
ASSERTION_TYPE: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_NO_ASSERTION: Final = "NO_ASSERTION"
_IN_QUERY: Final = "IN_QUERY"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn:
    """Grants tokens, and puts every refusal into log and trail before it is told."""

    grant: GrantToken
    trail: SparingTrail
    log: Log

    def __call__(self, request: TokenRequest) -> GrantedToken:
        """A token. Raises OAuthRefusal, StorageBusy."""
        try:
            return self.grant(request)
        except ClientRefused as refused:
            self.refuse(refused.doubt, refused.organisation_id, request.request_id)
            raise invalid_client(refused.doubt) from None
        except ScopeRefused:  # which is in the trail, with the assertion that it used up
            self.log(Code.CLIENT_REFUSED, reason="SCOPE", request=request.request_id)
            raise OAuthRefusal("invalid_scope", "Ask for scopes that the organisation was granted.") from None

    def refuse(self, reason: str, organisation_id: str | None, request_id: str | None) -> None:
        """Log and write down that somebody was refused. Raises StorageBusy."""
        self.log(Code.CLIENT_REFUSED, reason=reason, organisation=organisation_id, request=request_id)
        self.trail(organisation_id or SYSTEM, f"{OPERATION}/{reason}", request_id=request_id)


def request_token(request: Request, cases: UseCases) -> Response:
    """``POST /token``: errors are those of RFC 6749, section 5.2."""
    try:
        granted = cases.sign_in(_token_request(request, cases))
    except OAuthRefusal as refusal:
        return refusal.response()
    body = TokenBody(
        access_token=granted.token,
        token_type="Bearer",  # noqa: S106 - the name of a kind of token
        expires_in=int(granted.life.total_seconds()),
        scope=" ".join(sorted(granted.scopes)),
    )
    return Response(status=200, body=body, headers=NO_CACHE)


def authorization_server(request: Request, cases: UseCases) -> Response:
    """``GET /.well-known/oauth-authorization-server`` (RFC 8414), from the stage's settings alone."""
    require_no_body(request)
    require_no_query(request)
    body = AuthorizationServerBody(
        issuer=cases.issuer,
        token_endpoint=token_endpoint(cases.base_url),
        jwks_uri=f"{cases.base_url}/jwks.json",
        scopes_supported=[scope.value for scope in Scope],
        response_types_supported=[],
        grant_types_supported=[GRANT],
        token_endpoint_auth_methods_supported=["private_key_jwt"],
        token_endpoint_auth_signing_alg_values_supported=list(ALGORITHMS),
        service_documentation=f"{cases.base_url}/openapi.json",
    )
    return Response(status=200, body=body)


def token_keys(request: Request, cases: UseCases) -> Response:
    """``GET /jwks.json``: the newest first; all that are listed are taken."""
    require_no_body(request)
    require_no_query(request)
    keys = [TokenKeyBody.model_validate(public_jwk(key)) for key in cases.token_keys.all()]
    return Response(status=200, body=TokenKeysBody(keys=keys))


def token_endpoint(base_url: str) -> str:
    """Where tokens are asked for; an assertion may have it as its ``aud``."""
    return f"{base_url}/token"


def _token_request(request: Request, cases: UseCases) -> TokenRequest:
    if request.query:
        cases.sign_in.refuse(_IN_QUERY, None, request.request_id)
        raise OAuthRefusal("invalid_request", "Nothing is given in the query: send a form.")
    try:
        fields = read_form(request)
    except UnreadableForm:
        raise OAuthRefusal("invalid_request", "Send a form in which each field stands once.") from None
    _require_assertion(request, fields, cases)
    if "grant_type" not in fields:
        raise OAuthRefusal("invalid_request", f"The grant_type is missing: send {GRANT}.")
    if fields["grant_type"] != GRANT:
        raise OAuthRefusal("unsupported_grant_type", f"The only grant_type is {GRANT}.")
    return TokenRequest(
        assertion=fields["client_assertion"],
        client_id=fields.get("client_id"),
        scope=fields.get("scope"),
        request_id=request.request_id,
    )


def _require_assertion(request: Request, fields: dict[str, str], cases: UseCases) -> None:
    """One way of proving who one is, and no other beside it (RFC 6749, section 2.3)."""
    proves = fields.get("client_assertion_type") == ASSERTION_TYPE and "client_assertion" in fields
    if not proves or "client_secret" in fields or "authorization" in request.headers:
        cases.sign_in.refuse(_NO_ASSERTION, None, request.request_id)
        raise OAuthRefusal(
            "invalid_client", f"Send client_assertion and client_assertion_type {ASSERTION_TYPE}, no secret."
        )

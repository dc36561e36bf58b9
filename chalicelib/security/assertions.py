"""Client assertions: JWTs by which an organisation's system proves who it is (RFC 7523, section 3)."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from joserfc import errors, jwt

from chalicelib.clock import Clock
from chalicelib.domain.client_keys import Jwk
from chalicelib.security.client_jwks import ALGORITHMS, imported, keys_for

LIFE: Final = timedelta(minutes=5)
"""How long after its ``iat`` an assertion counts, whatever its ``exp`` says."""
LONGEST_CLAIMED: Final = timedelta(hours=1)
"""What off-the-shelf clients claim at most by ``exp``; it does not lengthen :data:`LIFE`."""
LEEWAY: Final = timedelta(seconds=30)

_LARGEST: Final = 8192
_LONGEST_JTI: Final = 256
_CLIENT: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,63}")


class Doubt(StrEnum):
    """Why a client is not believed: for log and trail, never for the caller."""

    TOO_LARGE = "TOO_LARGE"
    MALFORMED = "MALFORMED"
    WRONG_ALGORITHM = "WRONG_ALGORITHM"
    UNKNOWN_CLIENT = "UNKNOWN_CLIENT"
    OTHER_CLIENT = "OTHER_CLIENT"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    BAD_SIGNATURE = "BAD_SIGNATURE"
    WRONG_ISSUER = "WRONG_ISSUER"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    EXPIRED = "EXPIRED"
    NOT_YET_VALID = "NOT_YET_VALID"
    BAD_CLAIMS = "BAD_CLAIMS"
    REPLAYED = "REPLAYED"
    NOT_ACTIVE = "NOT_ACTIVE"


class AssertionRefused(Exception):  # noqa: N818 - named as the domain's refusals are
    """The assertion proves nothing.

    Attributes:
        doubt: why.
    """

    def __init__(self, doubt: Doubt) -> None:
        super().__init__(doubt)
        self.doubt = doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedAssertion:
    """What an assertion says before anything of it is verified: only good for finding the key."""

    text: str
    client_id: str
    algorithm: str
    kid: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """A verified assertion; ``ends_at`` is when nobody takes it any more, so that it can be forgotten."""

    client_id: str
    id: str
    ends_at: datetime


def claimed(text: str) -> ClaimedAssertion:
    """Who it says it is from, and how it is signed. Raises AssertionRefused."""
    if len(text) > _LARGEST:
        raise AssertionRefused(Doubt.TOO_LARGE)
    header, claims = _unverified(text)
    algorithm, kid, client_id = header.get("alg"), header.get("kid"), claims.get("sub")
    if algorithm not in ALGORITHMS:
        raise AssertionRefused(Doubt.WRONG_ALGORITHM)
    if not isinstance(client_id, str) or _CLIENT.fullmatch(client_id) is None:
        raise AssertionRefused(Doubt.UNKNOWN_CLIENT)
    if kid is not None and not isinstance(kid, str):
        raise AssertionRefused(Doubt.UNKNOWN_KEY)
    return ClaimedAssertion(text=text, client_id=client_id, algorithm=algorithm, kid=kid)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssertionVerifier:
    """Verifies assertions that are meant for one of ``audiences``: our issuer or our token endpoint."""

    audiences: frozenset[str]
    clock: Clock

    def verify(self, assertion: ClaimedAssertion, keys: Iterable[Jwk]) -> Assertion:
        """The assertion, signed by one of the keys and valid now. Raises AssertionRefused."""
        fitting = keys_for(keys, kid=assertion.kid, algorithm=assertion.algorithm)
        if not fitting:
            raise AssertionRefused(Doubt.UNKNOWN_KEY)
        return self._checked(assertion.client_id, _signed_claims(assertion, fitting))

    def _checked(self, client_id: str, claims: dict[str, Any]) -> Assertion:
        if claims.get("iss") != client_id or claims.get("sub") != client_id:
            raise AssertionRefused(Doubt.WRONG_ISSUER)
        audience = claims.get("aud")
        meant = audience if isinstance(audience, list) else [audience]
        if len(meant) != 1 or not isinstance(meant[0], str) or meant[0] not in self.audiences:
            raise AssertionRefused(Doubt.WRONG_AUDIENCE)
        ends = self._end(claims)
        identity = claims.get("jti")
        if not isinstance(identity, str) or not 0 < len(identity) <= _LONGEST_JTI:
            raise AssertionRefused(Doubt.BAD_CLAIMS)
        return Assertion(client_id=client_id, id=identity, ends_at=datetime.fromtimestamp(ends, UTC))

    def _end(self, claims: dict[str, Any]) -> float:
        """When it stops counting, leeway included."""
        issued, expires = _moment(claims, "iat"), _moment(claims, "exp")
        starts = max(issued, _moment(claims, "nbf")) if "nbf" in claims else issued
        now, leeway = self.clock.now().timestamp(), LEEWAY.total_seconds()
        if not 0 < expires - issued <= LONGEST_CLAIMED.total_seconds():
            raise AssertionRefused(Doubt.BAD_CLAIMS)
        if starts > now + leeway:
            raise AssertionRefused(Doubt.NOT_YET_VALID)
        ends = min(expires, issued + LIFE.total_seconds()) + leeway
        if now >= ends:
            raise AssertionRefused(Doubt.EXPIRED)
        return ends


def _moment(claims: dict[str, Any], name: str) -> float:
    """A NumericDate that can be one (RFC 7519, section 2)."""
    given = claims.get(name)
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given < 2**33:
        raise AssertionRefused(Doubt.BAD_CLAIMS)
    return given


def _signed_claims(assertion: ClaimedAssertion, keys: Iterable[Jwk]) -> dict[str, Any]:
    for key in keys:
        try:
            return jwt.decode(assertion.text, imported(key), algorithms=[assertion.algorithm]).claims
        except errors.BadSignatureError:
            continue
        except (errors.JoseError, ValueError, TypeError, RecursionError) as error:
            raise AssertionRefused(Doubt.MALFORMED) from error
    raise AssertionRefused(Doubt.BAD_SIGNATURE)


def _unverified(text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    parts = text.split(".")
    if len(parts) != 3:  # noqa: PLR2004 - header, claims and signature (RFC 7515, section 7.1)
        raise AssertionRefused(Doubt.MALFORMED)
    return _read(parts[0]), _read(parts[1])


def _read(part: str) -> dict[str, Any]:
    try:
        content = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError) as error:
        raise AssertionRefused(Doubt.MALFORMED) from error
    if not isinstance(content, dict):
        raise AssertionRefused(Doubt.MALFORMED)
    return content

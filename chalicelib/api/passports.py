"""What the authorizer tells the application, through the gateway: who calls, as stored this moment.

The gateway carries it as plain texts (``requestContext.authorizer``). The organisation goes along
whole, so that a request costs one read of it and both functions judge by the same state.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

from chalicelib.domain.organisation import (
    ContactPoint,
    Domain,
    Language,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Scope,
)

_OF_NO_REQUEST: Final = ("administrator", "aws_account", "numbers")
"""What no use case asks of whoever calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passport:
    """A verified token and the organisation it acts for; ``scopes`` are those both allow."""

    organisation: Organisation
    scopes: frozenset[Scope]
    token_id: str


def stamped(passport: Passport) -> dict[str, str]:
    """The authorizer's context: texts only."""
    return {
        "organisationId": passport.organisation.id,
        "organisation": _organisation_text(passport.organisation),
        "scopes": " ".join(sorted(passport.scopes)),
        "tokenId": passport.token_id,
    }


def read_passport(context: Mapping[str, Any]) -> Passport | None:
    """What :func:`stamped` wrote; None when the request came past no authorizer of ours."""
    text = context.get("organisation")
    if not text:
        return None
    return Passport(
        organisation=_organisation(json.loads(text)),
        scopes=frozenset(Scope(scope) for scope in context["scopes"].split()),
        token_id=context["tokenId"],
    )


def _organisation_text(organisation: Organisation) -> str:
    fields = asdict(organisation) | {"scopes": sorted(organisation.scopes)}
    for name in _OF_NO_REQUEST:
        del fields[name]
    return json.dumps(fields, separators=(",", ":"))


def _organisation(fields: dict[str, Any]) -> Organisation:
    point = fields["contact_point"]
    return Organisation(
        id=fields["id"],
        name=fields["name"],
        kind=OrganisationKind(fields["kind"]),
        state=OrganisationState(fields["state"]),
        domains=tuple(Domain(domain) for domain in fields["domains"]),
        may_use_bsn=fields["may_use_bsn"],
        email_domains=tuple(fields["email_domains"]),
        scopes=frozenset(Scope(scope) for scope in fields["scopes"]),
        oin=fields["oin"],
        contact_point=ContactPoint(**point) if point is not None else None,
        municipalities=tuple(fields["municipalities"]),
        topic_arn=fields["topic_arn"],
        revision=fields["revision"],
        language=Language(fields["language"]),
        requests_per_minute=fields["requests_per_minute"],
    )

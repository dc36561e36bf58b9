"""An operators' desk in a process of its own, so that the tests' process never points at the embedded AWS.

Reads one JSON object per line (``id``, ``may_use_bsn``, ``scopes``, ``state``, ``per_minute``), registers or
changes that organisation, and answers its access token on one line.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.organisation import (
    Domain,
    Organisation,
    OrganisationKind,
    OrganisationState,
    Scope,
)
from chalicelib.security.token_key import KmsTokenKey
from chalicelib.security.tokens import TokenIssuer
from chalicelib.wiring import base


def main() -> None:
    """Serve until the input ends."""
    settings = base.settings()
    issuer = TokenIssuer(
        key=KmsTokenKey(settings.token_key, base.clock()),
        issuer=settings.issuer,
        audience=settings.audience,
        names=base.names(),
        clock=base.clock(),
    )
    for line in sys.stdin:
        wish = json.loads(line)
        _put(wish)
        scopes = [Scope(scope) for scope in wish["scopes"]]
        print(issuer.issue(wish["id"], scopes, timedelta(minutes=50)), flush=True)  # noqa: T201 - its answer


def _put(wish: dict[str, object]) -> None:
    store, organisation_id = base.storage().organisations, str(wish["id"])
    held = store.get(organisation_id)
    changed = replace(
        held or _new(organisation_id),
        state=OrganisationState(str(wish["state"])),
        may_use_bsn=bool(wish["may_use_bsn"]),
        requests_per_minute=None if wish["per_minute"] is None else int(str(wish["per_minute"])),
        revision=held.revision + 1 if held else 1,
    )
    now = base.clock().now()
    store.put(
        changed,
        previous_revision=held.revision if held else None,
        audit=AuditEntry(
            id=f"{now.isoformat(timespec='milliseconds')}#{base.names().token()}",
            organisation_id="system",
            professional_id=None,
            act=Act.ORGANISATION_REGISTERED,
            resource=organisation_id,
            at=now,
        ),
    )


def _new(organisation_id: str) -> Organisation:
    return Organisation(
        id=organisation_id,
        name=f"Organisatie {organisation_id}",
        kind=OrganisationKind.REPORTING,
        state=OrganisationState.ACTIVE,
        domains=(Domain.EDUCATION,),
        may_use_bsn=True,
        email_domains=(f"{organisation_id}.example", "simulator.amazonses.com"),
        scopes=frozenset(Scope),
        oin=None,
        contact_point=None,
        municipalities=(),
        topic_arn=None,
        revision=1,
        administrator=f"office@{organisation_id}.example",
    )


if __name__ == "__main__":
    main()

"""The routes of oversight: the audit trail, and the certificates of erasures."""

from __future__ import annotations

from typing import Final

from chalicelib.api.route import Route
from chalicelib.domain.organisation import Scope

TRAIL_ROUTES: Final = (
    Route(
        method="GET",
        path="/audit-entries",
        name="list_audit_entries",
        scope=Scope.AUDIT_READ,
        statuses=(200,),
        summary="See who did what, when",
    ),
    Route(
        method="GET",
        path="/erasures/{signalId}",
        name="read_erasure",
        scope=Scope.RIGHTS_HANDLE,
        statuses=(200,),
        summary="Read the certificate of an erasure",
    ),
)

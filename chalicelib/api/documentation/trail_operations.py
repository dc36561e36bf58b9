"""What the document says of the audit trail and of certificates of erasures, with examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chalicelib.api.catalogue import INVALID_REQUEST, NOT_FOUND
from chalicelib.api.documentation.examples import Example
from chalicelib.api.documentation.operation import Operation
from chalicelib.api.schemas.trail import AuditEntryListBody, ErasureBody

_SIGNAL: Final = "mn-9b2f4c1d7e8a4f3b9c6d5e2f1a7b8c90"
_ENTRY: Final[Example] = {
    "id": "2026-11-22T09:31:07.412Z#5f3a9c01d2e4",
    "at": "2026-11-22T09:31:07Z",
    "act": "MATCHES_READ",
    "activity": "telling-who-is-involved",
    "outcome": "DONE",
    "organisationId": "regenboog",
    "professionalId": "staff-17",
    "resource": _SIGNAL,
    "youth": "5a0c7f3e9d1b4a6c8e2f7b9d3c5a1e0f",
    "requestId": "3f0c7a52-6f0e-4a5b-9a54-0d6f3c1b8e21",
    "tokenId": "c1b2a3d4e5f60718",
}
_ERASURE: Final[Example] = {
    "signalId": _SIGNAL,
    "organisationId": "regenboog",
    "ground": "RIGHT",
    "erasedAt": "2026-11-22T09:30:00Z",
    "completedAt": "2026-11-22T09:34:00Z",
    "backupUntil": "2026-12-27T09:30:00Z",
    "counts": {"personRecords": 1, "keys": 14, "references": 1, "matches": 1, "notices": 3},
    "pairs": ["mn-51c0a4e2b7d84f3c9e6a1d5f2b8c7e90"],
    "line": [],
}

TRAIL_OPERATIONS: Final[Mapping[str, Operation]] = {
    "list_audit_entries": Operation(
        tag="Oversight",
        description=(
            "Who did, or was refused, what, for which organisation, when (D39): by organisation, by the id "
            "of a thing, or by the pseudonym of a youth, which entries about one of their signals carry. At "
            "least one of the three is asked for. The region's administrator sees all of it, any other "
            "organisation its own part. A page may hold fewer entries than asked for and still have a "
            "next one; what was done just now may be listed a moment later. This look is in the trail itself."
        ),
        gives=AuditEntryListBody,
        answer_example={"items": [_ENTRY]},
        parameters=(
            *("ByOrganisation", "ByResource", "ByPseudonym", "Since", "Until"),
            *("ProfessionalId", "Limit", "Cursor"),
        ),
        headers=("Link",),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
    "read_erasure": Operation(
        tag="Oversight",
        description=(
            "The certificate of a signal that was erased: what went by counts and ids, and until when a "
            "backup could bring it back (D33, D38). It is kept as long as the trail."
        ),
        gives=ErasureBody,
        answer_example=_ERASURE,
        parameters=("SignalId", "ProfessionalId"),
        problems=(INVALID_REQUEST, NOT_FOUND),
    ),
}  # fmt: skip
"""By the name that the table of routes gives."""

"""The audit trail and the certificates of erasures, as they are told (D38, D39)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from chalicelib.api.schemas.base import Body, UtcMoment
from chalicelib.domain.audit import Act, AuditEntry, Outcome
from chalicelib.domain.erasure import ErasureCertificate, ErasureGround
from chalicelib.domain.processing import Activity, activity_of


class AuditEntryBody(Body):
    """One act: ids only, never a value."""

    id: str
    at: UtcMoment
    act: Act
    activity: Annotated[Activity, Field(description="Of the region's register of processing activities.")]
    outcome: Outcome
    organisation_id: Annotated[str, Field(description="For whom; `system` for the index itself.")]
    professional_id: Annotated[str | None, Field(description="The organisation's own staff id.")]
    resource: Annotated[str, Field(description="The id of what it was done to, or the name of a list.")]
    youth: Annotated[
        str | None, Field(description="Keyed pseudonym of whom it is about; null for nobody, or for two.")
    ]
    request_id: str | None
    token_id: str | None


class AuditEntryListBody(Body):
    """A page of the trail, oldest first; the ``Link`` header leads to the next."""

    items: list[AuditEntryBody]


class ErasureBody(Body):
    """The certificate of an erasure: counts and ids, no person data."""

    signal_id: str
    organisation_id: str
    ground: ErasureGround
    erased_at: UtcMoment
    completed_at: Annotated[
        UtcMoment | None, Field(description="Null while the others have still to be told that it ended.")
    ]
    backup_until: Annotated[
        UtcMoment,
        Field(description="Until then a backup could bring it back; after a restore it is erased again."),
    ]
    counts: Annotated[dict[str, int], Field(description="How many rows and parts of rows went, by kind.")]
    pairs: Annotated[list[str], Field(description="Ids of the matches and reviews that went.")]
    line: Annotated[
        list[str],
        Field(description="Ids of the signals that it renewed, or that renewed it: erased with it."),
    ]


def audit_entry_list(entries: Iterable[AuditEntry]) -> AuditEntryListBody:
    """A page of the trail."""
    return AuditEntryListBody(items=[_entry_body(entry) for entry in entries])


def erasure_body(certificate: ErasureCertificate) -> ErasureBody:
    """One certificate."""
    return ErasureBody(
        signal_id=certificate.signal_id,
        organisation_id=certificate.organisation_id,
        ground=certificate.ground,
        erased_at=certificate.erased_at,
        completed_at=certificate.completed_at,
        backup_until=certificate.backup_until,
        counts=dict(certificate.counts),
        pairs=sorted(certificate.pairs),
        line=sorted(certificate.line),
    )


def _entry_body(entry: AuditEntry) -> AuditEntryBody:
    return AuditEntryBody(
        id=entry.id,
        at=entry.at,
        act=entry.act,
        activity=activity_of(entry.act),
        outcome=entry.outcome,
        organisation_id=entry.organisation_id,
        professional_id=entry.professional_id,
        resource=entry.resource,
        youth=entry.youth,
        request_id=entry.request_id,
        token_id=entry.token_id,
    )

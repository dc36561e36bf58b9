"""What the use cases need of storage.

`chalicelib/models` implements these over DynamoDB, `tests/fakes` in memory; one contract suite
runs over both. Every read is consistent unless its docstring says otherwise. Any call may raise
:class:`StorageBusy`; other errors are named where they can happen.
"""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.ports.archive import ArchiveStore
from chalicelib.ports.census import CensusStore
from chalicelib.ports.clients import ClientStore
from chalicelib.ports.concerns import ConcernStore
from chalicelib.ports.counts import CountStore
from chalicelib.ports.erasures import ErasureStore
from chalicelib.ports.informing import InformingCounts, InformingStore
from chalicelib.ports.links import (
    ConfirmationsAsked,
    Guard,
    Links,
    MatchChange,
    MatchStore,
    ReviewChange,
    ReviewStore,
    VerdictChange,
)
from chalicelib.ports.parts import Page, UniqueName
from chalicelib.ports.region import (
    AuditStore,
    ExcludedAddress,
    ExclusionStore,
    OrganisationStore,
    SettingStore,
)
from chalicelib.ports.repeats import RepeatStore
from chalicelib.ports.rights import RequestChange, RightsStore
from chalicelib.ports.signals import Handover, NewSignal, Renewal, SignalChange, SignalStore
from chalicelib.ports.work import LeaseStore, NoticeStore, PendingWork, Recheck, WorkStore

__all__ = [
    "ArchiveStore",
    "AuditStore",
    "ClientStore",
    "ConcernStore",
    "ConfirmationsAsked",
    "CountStore",
    "ErasureStore",
    "ExcludedAddress",
    "ExclusionStore",
    "Guard",
    "Handover",
    "InformingCounts",
    "InformingStore",
    "LeaseStore",
    "Links",
    "MatchChange",
    "MatchStore",
    "NewSignal",
    "NoticeStore",
    "OrganisationStore",
    "Page",
    "PendingWork",
    "Recheck",
    "Renewal",
    "RepeatStore",
    "RequestChange",
    "ReviewChange",
    "ReviewStore",
    "RightsStore",
    "SettingStore",
    "SignalChange",
    "SignalStore",
    "Storage",
    "UniqueName",
    "VerdictChange",
    "WorkStore",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """All stores of a region, as wiring hands them to the use cases."""

    signals: SignalStore
    archive: ArchiveStore
    census: CensusStore
    informing: InformingStore
    matches: MatchStore
    reviews: ReviewStore
    notices: NoticeStore
    work: WorkStore
    leases: LeaseStore
    organisations: OrganisationStore
    clients: ClientStore
    exclusions: ExclusionStore
    rights: RightsStore
    audit: AuditStore
    settings: SettingStore
    repeats: RepeatStore
    counts: CountStore
    concerns: ConcernStore
    erasures: ErasureStore

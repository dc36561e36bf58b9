"""A region's storage put together over its tables; wiring calls this once per process."""

from __future__ import annotations

from chalicelib.clock import Clock
from chalicelib.models.archive import ArchiveTable
from chalicelib.models.audit import AuditTable
from chalicelib.models.census import CensusTable
from chalicelib.models.clients import ClientTable
from chalicelib.models.concerns import ConcernTable
from chalicelib.models.counts import CountTable
from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.erasures import ErasureTable
from chalicelib.models.exclusions import ExclusionTable
from chalicelib.models.informing import InformingTable
from chalicelib.models.leases import LeaseTable
from chalicelib.models.matches import MatchTable
from chalicelib.models.notices import NoticeTable
from chalicelib.models.organisations import OrganisationTable
from chalicelib.models.repeats import RepeatTable
from chalicelib.models.reviews import ReviewTable
from chalicelib.models.rights import RightsTable
from chalicelib.models.rights_codec import RightsCodec
from chalicelib.models.settings import SettingTable
from chalicelib.models.signal_codec import SignalCodec
from chalicelib.models.signals import SignalTable
from chalicelib.models.tables import Tables, tables_of
from chalicelib.models.turns import TurnTable
from chalicelib.models.work import WorkTable
from chalicelib.ports.sealing import Sealer
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import IndexHasher
from chalicelib.security.clients import kms_client
from chalicelib.security.hashing import index_hasher
from chalicelib.security.sealing import DataKeySealer
from chalicelib.settings import Settings


def open_storage(settings: Settings, clock: Clock) -> Storage:
    """All stores of a stage, under its own keys; nothing is asked of AWS before the first request."""
    tables = tables_of(settings.table_prefix, settings.legal.audit_years)
    sealer = DataKeySealer(
        keys=DataKeyTable(tables), master_key=settings.data_key, kms=kms_client, clock=clock
    )
    return storage_over(tables, sealer, index_hasher(settings.index_secret, clock), clock)


def open_turns(settings: Settings) -> TurnTable:
    """The count of the mails that a stage sends in a second."""
    return TurnTable(tables_of(settings.table_prefix))


def storage_over(tables: Tables, sealer: Sealer, hasher: IndexHasher, clock: Clock) -> Storage:
    """All stores over these tables."""
    setting_store, codec = SettingTable(tables, clock), SignalCodec(tables, sealer)
    return Storage(
        signals=SignalTable(tables, codec, clock),
        archive=ArchiveTable(tables, codec),
        census=CensusTable(tables, codec),
        informing=InformingTable(tables),
        matches=MatchTable(tables, clock),
        reviews=ReviewTable(tables),
        notices=NoticeTable(tables),
        work=WorkTable(tables, sealer),
        leases=LeaseTable(tables),
        organisations=OrganisationTable(tables),
        clients=ClientTable(tables, clock),
        exclusions=ExclusionTable(tables, sealer, hasher, setting_store),
        rights=RightsTable(tables, RightsCodec(tables, sealer)),
        audit=AuditTable(tables, clock),
        settings=setting_store,
        repeats=RepeatTable(tables),
        counts=CountTable(tables),
        concerns=ConcernTable(tables),
        erasures=ErasureTable(tables, clock),
    )

"""The tables of a region: their shapes, and their rows bound to a stage's names."""

from __future__ import annotations

from functools import lru_cache
from inspect import getmembers
from typing import Any, Final, TypedDict

from pynamodb.attributes import Attribute, TTLAttribute
from pynamodb.indexes import Index

from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.models.rows.clients import ClientKeyRow
from chalicelib.models.rows.erasures import ErasureRow
from chalicelib.models.rows.matches import MatchRow, SignalMatchRow
from chalicelib.models.rows.organisations import OrganisationRow, ProfessionalRow, SiteRow
from chalicelib.models.rows.region import (
    AuditRow,
    DataKeyRow,
    ExcludedAddressRow,
    ReferenceRow,
    SettingRow,
)
from chalicelib.models.rows.rights import RequestRow
from chalicelib.models.rows.row import AnyRow, Row, bind, new_connection
from chalicelib.models.rows.signals import ArchiveKeyRow, HistoryRow, MatchKeyRow, SignalRow
from chalicelib.models.rows.work import LeaseRow, NoticeRow, OutboxRow, WorkRow

ROWS: Final[tuple[type[Row], ...]] = (
    SignalRow,
    MatchKeyRow,
    ArchiveKeyRow,
    HistoryRow,
    WorkRow,
    MatchRow,
    SignalMatchRow,
    ReferenceRow,
    NoticeRow,
    OutboxRow,
    LeaseRow,
    ProfessionalRow,
    SiteRow,
    OrganisationRow,
    ClientKeyRow,
    DataKeyRow,
    ExcludedAddressRow,
    RequestRow,
    AuditRow,
    ErasureRow,
    SettingRow,
)


class Tables:
    """The rows of one stage, bound to its tables and sharing one connection.

    ``audit_years`` is how long an entry of the trail is kept once it is written.
    """

    def __init__(self, prefix: str, audit_years: int = DUTCH_DEFAULT.audit_years) -> None:
        self.prefix: Final = prefix
        self.audit_years: Final = audit_years
        self.connection: Final = new_connection()
        self.signals: Final = self._bound(SignalRow)
        self.match_keys: Final = self._bound(MatchKeyRow)
        self.archive_keys: Final = self._bound(ArchiveKeyRow)
        self.histories: Final = self._bound(HistoryRow)
        self.work: Final = self._bound(WorkRow)
        self.matches: Final = self._bound(MatchRow)
        self.signal_matches: Final = self._bound(SignalMatchRow)
        self.references: Final = self._bound(ReferenceRow)
        self.notices: Final = self._bound(NoticeRow)
        self.outbox: Final = self._bound(OutboxRow)
        self.leases: Final = self._bound(LeaseRow)
        self.professionals: Final = self._bound(ProfessionalRow)
        self.sites: Final = self._bound(SiteRow)
        self.organisations: Final = self._bound(OrganisationRow)
        self.client_keys: Final = self._bound(ClientKeyRow)
        self.data_keys: Final = self._bound(DataKeyRow)
        self.excluded_addresses: Final = self._bound(ExcludedAddressRow)
        self.requests: Final = self._bound(RequestRow)
        self.audit: Final = self._bound(AuditRow)
        self.erasures: Final = self._bound(ErasureRow)
        self.settings: Final = self._bound(SettingRow)

    def _bound(self, row: type[AnyRow]) -> type[AnyRow]:
        return bind(row, self.prefix, self.connection)


@lru_cache(maxsize=8)
def tables_of(prefix: str, audit_years: int = DUTCH_DEFAULT.audit_years) -> Tables:
    """The tables of a stage, bound once per process."""
    return Tables(prefix, audit_years)


class IndexShape(TypedDict):
    """The shape of a secondary index; ``included`` are the attributes beyond the keys."""

    keys: tuple[tuple[str, str], ...]
    projection: str
    included: tuple[str, ...]


class TableShape(TypedDict):
    """The shape of a table; keys are pairs of attribute name and type (S, N, B), hash key first."""

    keys: tuple[tuple[str, str], ...]
    indexes: dict[str, IndexShape]
    stream: str | None
    ttl: str | None


def table_shapes() -> dict[str, TableShape]:
    """What the code expects of each table, by its name without the stage's prefix."""
    return {row.table: _table_shape(row) for row in ROWS}


def create_all(prefix: str) -> None:
    """Make all tables of a stage as the rows describe them, for tests; a region's come from its template."""
    tables = tables_of(prefix)
    for bound in vars(tables).values():
        if isinstance(bound, type) and issubclass(bound, Row):
            bound.create_table()


def _table_shape(row: type[Row]) -> TableShape:
    attributes = list(row.get_attributes().values())
    times_to_live = [attribute.attr_name for attribute in attributes if isinstance(attribute, TTLAttribute)]
    return {
        "keys": _keys(attributes),
        "indexes": {index.Meta.index_name: _index_shape(index) for _, index in getmembers(row, _is_index)},
        "stream": row.stream_view if row.stream else None,
        "ttl": times_to_live[0] if times_to_live else None,
    }


def _is_index(member: object) -> bool:
    return isinstance(member, Index)


def _index_shape(index: Index[Any]) -> IndexShape:
    projection = index.Meta.projection
    return {
        "keys": _keys(list(index.Meta.attributes.values())),
        "projection": projection.projection_type,
        "included": tuple(projection.non_key_attributes or ()),
    }


def _keys(attributes: list[Attribute[Any]]) -> tuple[tuple[str, str], ...]:
    keys = [attribute for attribute in attributes if attribute.is_hash_key or attribute.is_range_key]
    keys.sort(key=lambda attribute: attribute.is_range_key)
    return tuple((attribute.attr_name, attribute.attr_type) for attribute in keys)

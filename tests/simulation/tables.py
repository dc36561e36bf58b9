"""The ground of a run over real tables: the repositories that ship, and the rows they wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import boto3

from chalicelib.domain.match import MatchState
from chalicelib.models.data_keys import DataKeyTable
from chalicelib.models.exclusions import ExclusionTable
from chalicelib.models.match_codec import whole_match
from chalicelib.models.moments import moment_of
from chalicelib.models.pending import pending_of
from chalicelib.models.review_codec import REVIEW, whole_review
from chalicelib.models.rights import RightsTable
from chalicelib.models.rights_codec import RightsCodec
from chalicelib.models.rows.row import Row
from chalicelib.models.signal_codec import SignalCodec
from chalicelib.models.storage import storage_over
from chalicelib.models.tables import ROWS, Tables, create_all, tables_of
from chalicelib.ports.sealing import SealBroken, Sealer
from chalicelib.ports.storage import Storage, UniqueName
from chalicelib.security.sealing import DataKeySealer
from chalicelib.upkeep.keysets import REPORT
from tests.fakes import FixedClock
from tests.simulation.line import Line
from tests.simulation.quickly import QuickHasher
from tests.simulation.scheduling import Scheduler
from tests.simulation.stores import SteppedState

PREFIX = "verwijsindex-simulated-"
MOST_KEYS = 100_000
FAR_OFF = date(2100, 1, 1)


class Account:
    """Tables and a master key in whatever AWS the environment leads to, for one run after the other."""

    def __init__(self) -> None:
        create_all(PREFIX)
        self.tables = tables_of(PREFIX)
        self.kms = boto3.client("kms")
        self.master_key = self.kms.create_key()["KeyMetadata"]["Arn"]

    def clear(self) -> None:
        """Remove every row."""
        for row in _bound(self.tables):
            with row.batch_write() as batch:
                for one in row.scan(consistent_read=True):
                    batch.delete(one)


@dataclass(frozen=True, slots=True)
class BreakableSealer:
    """A sealer that cannot open the records of some signals."""

    sealer: Sealer
    state: SteppedState

    def seal(self, plain: bytes, identity: str) -> bytes:
        """As the sealer."""
        return self.sealer.seal(plain, identity)

    def open(self, sealed: bytes, identity: str) -> bytes:
        """As the sealer, but for what is broken. Raises SealBroken."""
        if any(one in identity for one in self.state.broken):
            raise SealBroken(identity)
        return self.sealer.open(sealed, identity)


class OverTables:
    """Stores over an account's tables, emptied first; ``state`` holds their rows as last looked at."""

    def __init__(self, account: Account, clock: FixedClock) -> None:
        account.clear()
        self._tables = account.tables
        sealer = DataKeySealer(
            keys=DataKeyTable(account.tables),
            master_key=account.master_key,
            kms=lambda: account.kms,
            clock=clock,
        )
        self.state = SteppedState(clock)
        self.state.look = self._look
        self._codec = SignalCodec(account.tables, sealer)
        self._rights = RightsTable(account.tables, RightsCodec(account.tables, sealer))
        breakable = BreakableSealer(sealer, self.state)
        self.storage: Storage = storage_over(account.tables, breakable, QuickHasher(), clock)
        self._line: Line | None = None
        self._touched: set[str] = set()

    def stepped(self, scheduler: Scheduler) -> AbstractContextManager[None]:
        """Before every request to DynamoDB, and after every one that writes."""
        self._line = Line(PREFIX, scheduler, self._written, touched=self._touched)
        return self._line.held()

    def _written(self, table: str, row: dict[str, Any]) -> None:
        """What the streams carry, and somebody watches matches being written."""
        if table == "signals":
            self.state.changed.append(row["signalId"]["S"])
        if table == "outbox":
            self.state.woken.append(row["receiver"]["S"])
        if table == "matches":
            self._look()
            match = self.state.matches.get(row["matchId"]["S"])
            if match is not None and match.state is MatchState.ACTIVE:
                self.state.witness(match)

    def _look(self) -> None:
        """Read the tables that were written to; nobody acts meanwhile."""
        with self._unnoticed():
            for table in sorted(self._touched):
                if table in self._readings:
                    self._readings[table]()
            self._touched.clear()

    @property
    def _readings(self) -> dict[str, Callable[[], None]]:
        return {
            "signals": self._read_signals,
            "match-keys": self._read_keys,
            "archive-keys": self._read_archive,
            "histories": self._read_histories,
            "matches": self._read_pairs,
            "notices": self._read_notices,
            "references": self._read_names,
            "work": self._read_work,
            "excluded-addresses": self._read_register,
            "requests": self._read_requests,
            "settings": self._read_settings,
        }

    def _read_signals(self) -> None:
        rows = self._tables.signals.scan(consistent_read=True)
        self.state.signals = {row.signal_id: self._codec.signal(row) for row in rows}

    def _read_keys(self) -> None:
        self.state.keys = defaultdict(set)
        for item in self.storage.census.key_items(limit=MOST_KEYS, after=None).items:
            self.state.keys[item.key].add(item.signal_id)

    def _read_archive(self) -> None:
        self.state.archive_keys = defaultdict(set)
        for item in self.storage.census.archive_items(limit=MOST_KEYS, after=None).items:
            self.state.archive_keys[item.key].add(item.signal_id)

    def _read_histories(self) -> None:
        ids = [row.signal_id for row in self._tables.histories.scan(consistent_read=True)]
        self.state.histories = self.storage.archive.histories(ids)

    def _read_pairs(self) -> None:
        pairs = list(self._tables.matches.scan(consistent_read=True))
        self.state.matches = {one.match_id: whole_match(one) for one in pairs if one.kind != REVIEW}
        self.state.reviews = {one.match_id: whole_review(one) for one in pairs if one.kind == REVIEW}

    def _read_notices(self) -> None:
        ids = [one.notice_id for one in self._tables.notices.scan(consistent_read=True)]
        self.state.notices = self.storage.notices.get_many(ids)

    def _read_names(self) -> None:
        rows = self._tables.references.scan(consistent_read=True)
        self.state.names = {row.name: UniqueName(name=row.name, target=row.target) for row in rows}

    def _read_work(self) -> None:
        rows = list(self._tables.work.scan(consistent_read=True))
        self.state.pending = {
            row.item_id: pending_of(row) for row in rows if row.bucket.startswith("pending#")
        }
        self.state.due = {
            (receiver, notice_id): moment_of(row.since)
            for row in rows
            if row.bucket.startswith("due#")
            for receiver, _, notice_id in (row.item_id.rpartition("#"),)
        }
        self.state.rechecks = set(self.storage.work.rechecks_until(FAR_OFF, limit=MOST_KEYS))

    def _read_register(self) -> None:
        table = self.storage.exclusions
        assert isinstance(table, ExclusionTable)
        rows = list(self._tables.excluded_addresses.scan(consistent_read=True))
        self.state.register = {(one.form, row.keyset): one for row in rows for one in (table.entry_of(row),)}
        self.state.excluded = {form: one for (form, _), one in self.state.register.items()}

    def _read_settings(self) -> None:
        self.state.keysets = self.storage.settings.keysets_in_use()
        held = self.storage.settings.report(REPORT)
        self.state.reports = {} if held is None else {REPORT: dict(held)}

    def _read_requests(self) -> None:
        ids = [row.request_id for row in self._tables.requests.scan(consistent_read=True)]
        found = ((one, self._rights.get(one)) for one in ids)
        self.state.requests = {one: request for one, request in found if request is not None}

    @contextmanager
    def _unnoticed(self) -> Iterator[None]:
        """The simulation's own reads are no part of the history."""
        if self._line is None or self._line.open:
            yield
            return
        self._line.open = True
        try:
            yield
        finally:
            self._line.open = False


def _bound(tables: Tables) -> Iterator[type[Row]]:
    names = {row.table for row in ROWS}
    for one in vars(tables).values():
        if isinstance(one, type) and issubclass(one, Row) and one.table in names:
            yield one

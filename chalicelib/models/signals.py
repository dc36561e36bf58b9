"""The signal store: a signal, its keys, names and pending item are one write."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.models.archive import rewrite_archive
from chalicelib.models.audit import append_in
from chalicelib.models.cards import put_card, require_present
from chalicelib.models.erasures import begin_in
from chalicelib.models.handovers import put_holder, write_handover
from chalicelib.models.names import claim, hand_over, release
from chalicelib.models.notices import put_new_notice
from chalicelib.models.pending import asking, pending_row, sealed_former
from chalicelib.models.reads import row_of, rows_of, rows_under
from chalicelib.models.reviews import put_review, put_verdicts
from chalicelib.models.rights import require_request
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.signal_codec import SignalCodec, keys_in_archive
from chalicelib.models.signal_keys import as_read, shed
from chalicelib.models.signal_lists import OrganisationList, ending, overdue
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import MOST_ITEMS, Transaction
from chalicelib.ports.errors import AlreadyThere, Stale, StorageBusy
from chalicelib.ports.storage import Handover, NewSignal, Page, Renewal, SignalChange

ROOM_FOR_KEYS: Final = MOST_ITEMS - 10
"""Key items of one change, beside its row, name, card, work items, certificate, request, notice and entry."""

FIXED_IN_RENEWAL: Final = 12
"""Two rows, three names, a card or a look at it, two work items, two entries, a history, one to spare."""
ITEMS_OF_VERDICT: Final = 5
"""The other signal and its work item; the review and its two mirrors."""


@dataclass(frozen=True, slots=True)
class SignalTable:
    """Signals with their match keys, over their tables."""

    tables: Tables
    codec: SignalCodec
    clock: Clock

    def add(self, new: NewSignal) -> None:
        """Write a new signal. Raises NameTaken (the first that is taken), else AlreadyThere."""
        transaction = Transaction(self.tables.connection)
        for name in new.names:
            claim(transaction, self.tables, name, self.clock.now())
        self._put_new(transaction, new)
        transaction.commit()

    def change(self, change: SignalChange) -> None:
        """Write a signal's next revision. Raises Stale when the stored revision or keys are others."""
        wanted = change.signal
        gone = change.previous.keys - wanted.keys
        in_archive = keys_in_archive(change.previous) ^ keys_in_archive(wanted)
        if len(gone | wanted.keys) + len(in_archive) <= ROOM_FOR_KEYS:
            self._write_change(change)
            return
        crowded = replace(wanted, keys=wanted.keys | gone)
        self._write_change(replace(change, signal=crowded))
        self._shed(crowded, gone)

    def renew(self, renewal: Renewal) -> None:
        """Let a signal take another's place. Raises Stale, NameTaken, else AlreadyThere."""
        change, new = renewal.change, renewal.new
        taking = {name.name for name in new.names} & set(change.released)
        room = MOST_ITEMS - FIXED_IN_RENEWAL - len(new.signal.keys)
        room -= ITEMS_OF_VERDICT * len(renewal.others)
        crowded = change
        if len(change.previous.keys) > room:
            crowded = replace(change, signal=replace(change.signal, keys=change.previous.keys))
        transaction = Transaction(self.tables.connection)
        released = tuple(name for name in change.released if name not in taking)
        self._put_change(transaction, replace(crowded, released=released))
        for name in new.names:
            if name.name in taking:
                hand_over(transaction, self.tables, name, change.signal.id)
            else:
                claim(transaction, self.tables, name, self.clock.now())
        self._put_new(transaction, new)
        require_present(transaction, self.tables, new.signal.organisation_id, new.signal.professional_id)
        for other in renewal.others:
            put_verdicts(transaction, self.tables, other, change.audit.at)
        for review in renewal.reviews:
            put_review(transaction, self.tables, review, None)
        transaction.commit()
        if crowded is not change:
            self._shed(crowded.signal, change.previous.keys - change.signal.keys)

    def hand_over(self, handover: Handover) -> None:
        """Let another professional hold a signal. Raises Stale unless it and who takes over are as read."""
        write_handover(self.tables, handover)

    def _shed(self, crowded: Signal, keys: frozenset[IndexKey]) -> None:
        """The change stands whatever becomes of this; the row lists what is still to go."""
        with suppress(Stale, StorageBusy):
            shed(self.tables, self.codec, crowded, keys)

    def _put_new(self, transaction: Transaction, new: NewSignal) -> None:
        signal = new.signal
        transaction.put(
            self.codec.row(signal), SignalRow.signal_id.does_not_exist(), lambda _: AlreadyThere(signal.id)
        )
        for key_row in self.codec.key_rows(signal, signal.keys):
            transaction.put(key_row)
        transaction.put(pending_row(self.tables, signal.id, signal.revision, new.audit.at))
        if new.professional is not None:
            put_card(transaction, self.tables, new.professional)
        append_in(transaction, self.tables, new.audit)

    def _write_change(self, change: SignalChange) -> None:
        transaction = Transaction(self.tables.connection)
        self._put_change(transaction, change)
        transaction.commit()

    def _put_change(self, transaction: Transaction, change: SignalChange) -> None:
        previous, signal = change.previous, change.signal
        transaction.put(self.codec.row(signal), as_read(self.codec, previous), lambda _: Stale(signal.id))
        for gone in self.codec.key_rows(previous, previous.keys - signal.keys):
            transaction.delete(gone)
        for new in self.codec.key_rows(signal, signal.keys - previous.keys):
            transaction.put(new)
        rewrite_archive(transaction, self.tables, self.codec, previous, signal)
        for name in change.released:
            release(transaction, self.tables, name, signal.id)
        transaction.update(
            pending_row(self.tables, signal.id, signal.revision, change.audit.at),
            asking(signal.revision, change.audit.at, self._former(change)),
        )
        put_holder(transaction, self.tables, change)
        if change.erasure is not None:
            begin_in(transaction, self.tables, change.erasure)
        if change.carries_out is not None:
            require_request(transaction, self.tables, change.carries_out)
        for notice in change.notices:
            put_new_notice(transaction, self.tables, notice)
        append_in(transaction, self.tables, change.audit)

    def _former(self, change: SignalChange) -> bytes | None:
        """What the person record said, sealed, if the next revision no longer holds it."""
        before = change.previous.youth
        if before is None or before == change.signal.youth:
            return None
        return sealed_former(self.codec.sealer, change.signal.id, before)

    def get(self, signal_id: str) -> Signal | None:
        """The signal, opened from its seal. Raises SealBroken."""
        row = row_of(self.tables.signals, signal_id)
        return self.codec.signal(row) if row is not None else None

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id. Raises SealBroken when one of them does not open."""
        rows = rows_of(self.tables.signals, signal_ids)
        return {row.signal_id: self.codec.signal(row) for row in rows}

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per key the ids of the signals that hold it: one consistent query each, every page of it."""
        return {
            key: frozenset(
                row.signal_id for row in rows_under(self.tables.match_keys, key.hashed, ["signalId"])
            )
            for key in keys
        }

    def sealed(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """As ``get_many`` with the person records left sealed: ``youth`` and ``informed`` are None."""
        rows = rows_of(self.tables.signals, signal_ids)
        return {row.signal_id: self.codec.sealed_signal(row) for row in rows}

    def page(
        self,
        organisation_id: str,
        *,
        states: Collection[SignalState],
        reference: str | None,
        limit: int,
        after: str | None,
    ) -> Page[Signal]:
        """An organisation's own signals, sealed, newest first. The order may lag a moment behind."""
        listed = OrganisationList(self.tables, self.codec)
        return listed.page(organisation_id, states=states, reference=reference, limit=limit, after=after)

    def overdue(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day is before ``today``. May lag: read each again."""
        return overdue(self.tables, today, limit=limit, after=after)

    def ending(self, first: date, last: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day lies from ``first`` to ``last``. May lag: read each again."""
        return ending(self.tables, first, last, limit=limit, after=after)

"""Asking for a new look at signals that themselves did not change: an address left or joined the register."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.signal import IndexKey
from chalicelib.matching import Address, Youth, fold, household_keys
from chalicelib.ports.storage import ExcludedAddress, Recheck, Storage
from chalicelib.ports.world import IndexHasher


def match_anew(storage: Storage, signal_ids: Iterable[str], now: datetime) -> int:
    """Ask for a reconcile of those that are active; answers how many they are."""
    signals = storage.signals.sealed(signal_ids).values()
    active = [signal for signal in signals if signal.is_active(amsterdam_day(now))]
    for signal in active:
        storage.work.add_pending(signal.id, signal.revision, now)
    return len(active)


def address_keys(storage: Storage, hasher: IndexHasher, address: Address) -> frozenset[IndexKey]:
    """The keys of all who live at the address's number, whatever letter or addition they have."""
    _, read = storage.settings.keysets()
    return hasher.hashed(household_keys(fold(Youth(address=address))), read)


def ask_on_its_days(storage: Storage, entry: ExcludedAddress, keys: Iterable[IndexKey], today: date) -> None:
    """Ask for a new look at who holds these keys on the days on which the entry begins and ceases to hold."""
    days = {entry.valid_from}
    if entry.valid_until is not None:
        days.add(entry.valid_until + timedelta(days=1))
    for key in sorted(keys):
        for day in sorted(one for one in days if one > today):
            storage.work.recheck(Recheck(day, key))


def holders_of(storage: Storage, keys: Iterable[IndexKey]) -> frozenset[str]:
    """Ids of the signals with any of these keys."""
    return frozenset().union(*storage.signals.holders(keys).values())

"""Into the archive: what is kept of a signal that was closed or expired, and until when (D35)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.domain.audit import Act, IndexItself
from chalicelib.domain.dates import over_since
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.signal import Archived, Signal
from chalicelib.ports.storage import SettingStore, SignalChange
from chalicelib.ports.world import IndexHasher
from chalicelib.signals.ending import (
    ended,
    forgotten,
    last_day_in_archive,
    last_day_shown,
    leaves_nothing,
)
from chalicelib.signals.index_keys import keys_for_archive
from chalicelib.signals.life import Step
from chalicelib.signals.unique_names import reference_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Archiving:
    """Gives an ended signal its keys and last day in the archive, for the write that ends it.

    A retracted signal, an erased one, and one that ends by age or death is never handed to this.
    """

    settings: SettingStore
    hasher: IndexHasher
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, over: Signal, today: date) -> Signal:
        """The ended signal as the archive keeps it; forgotten where nothing may be kept.

        What is forgotten still has a last day, soon, and no key: on that it is erased, reference and all.
        Raises LookupError for a key set that this code does not fold.
        """
        if over.youth is None or leaves_nothing(over, today, self.legal):
            return replace(
                forgotten(over), archived=Archived(frozenset(), last_day_shown(over, today, self.legal))
            )
        written, _ = self.settings.keysets()
        keys = keys_for_archive(over.youth, self.hasher, written)
        return replace(over, archived=Archived(keys, last_day_in_archive(over, self.legal)))

    def expiry(self, signal: Signal, today: date, *, now: datetime, token: str) -> SignalChange:
        """All that expiring an overdue signal writes; an act of the index itself (D39)."""
        audit = IndexItself().entry(
            Act.SIGNAL_EXPIRED, signal.id, at=now, token=token, youth=signal.pseudonym
        )
        over = self(ended(signal, Step.EXPIRE, over_since(signal.ends_on)), today)
        return SignalChange(previous=signal, signal=over, released=(reference_of(signal),), audit=audit)

"""All signals about the youth of a running one, also where no match may lead (D34)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.matches.earlier import FindEarlier
from chalicelib.rights.find import FindSignals


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAllOfYouth:
    """What the active signals and the archive were decided to be, and what is found as for a request.

    So one that a request hides is found, and finds the others, though nothing matches it (D33).
    ``earlier`` is asked for what finds as of today, each time.
    """

    earlier: Callable[[], FindEarlier]
    find: FindSignals

    def __call__(self, signal_id: str) -> frozenset[str]:
        """The ids of those that are certain, itself included. Raises StorageBusy, SealBroken."""
        matched = self.earlier().all_about_youth_of(signal_id)
        signal = self.find.storage.signals.get(signal_id)
        if signal is None or signal.youth is None:
            return matched
        return matched | {each.signal.id for each in self.find(signal.youth) if each.certain}

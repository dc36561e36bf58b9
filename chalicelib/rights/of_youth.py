"""All signals about the youth of a running one, also where no match may lead (D34)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from chalicelib.matches.closure import ClosureTooLarge
from chalicelib.matches.earlier import FindEarlier
from chalicelib.rights.find import FindSignals


@dataclass(frozen=True, slots=True, kw_only=True)
class FindAllOfYouth:
    """What the active signals and the archive were decided to be, and what is found as for a request.

    So one that a request hides is found, and finds the others, though nothing matches it (D33); and one of
    more signals than can be settled at once finds what is certain by itself, for the youth died all the same.
    ``earlier`` is asked for what finds as of today, each time.
    """

    earlier: Callable[[], FindEarlier]
    find: FindSignals

    def __call__(self, signal_id: str) -> frozenset[str]:
        """The ids of those that are certain, itself included. Raises StorageBusy, SealBroken."""
        matched = frozenset({signal_id})
        with suppress(ClosureTooLarge):
            matched = self.earlier().all_about_youth_of(signal_id)
        signal = self.find.storage.signals.get(signal_id)
        if signal is None or signal.youth is None:
            return matched
        return matched | {each.signal.id for each in self.find(signal.youth) if each.certain}

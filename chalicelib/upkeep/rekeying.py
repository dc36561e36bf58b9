"""The walks of a change of key set: write new keys, see that none is missing, take old ones away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matches.anew import address_keys, ask_on_its_days
from chalicelib.ports.census import KeyItem
from chalicelib.ports.errors import Stale
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import ExcludedAddress, Page, Storage
from chalicelib.ports.world import IndexHasher
from chalicelib.signals.index_keys import index_keys, keys_for_archive
from chalicelib.upkeep.keysets import KeysetChange, Keysets, Step
from chalicelib.upkeep.progress import PAGE, Progress, found_signals
from chalicelib.upkeep.rekey_walk import RekeyReport, RekeyWalk


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What verifying found: ids of signals that lack keys, of those with stray ones, and a count."""

    signals: int
    lacking: tuple[str, ...]
    strays: tuple[str, ...]
    addresses: int

    @property
    def clean(self) -> bool:
        """Whether everything is found under the new key set, and nothing is left over."""
        return not (self.lacking or self.strays or self.addresses)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeying:
    """Walks over all signals; each can stop anywhere and goes on where it stopped."""

    storage: Storage
    hasher: IndexHasher
    keysets: Keysets

    def backfill(self) -> RekeyReport:
        """Give every signal, and every entry of the register, its keys under the new key set.

        A signal's revision, its tag and its matches stay what they are. Raises KeysetRefused.
        """
        change = self.keysets.required(Step.BEGUN, Step.VERIFIED)
        walk = RekeyWalk(self.storage, f"run#keysets#backfill#{change.new}")
        walk.over(lambda signal: self._with_keys(signal, change))
        lacking = self.storage.exclusions.lacking(change.new)
        return walk.report(sum(map(self._with_its_days, lacking)))

    def verify(self) -> Findings:
        """See that all are found under the new key set. Raises KeysetRefused before writers have settled."""
        change = self.keysets.required(Step.BEGUN, Step.VERIFIED)
        self.keysets.require_settled(change)
        progress = Progress(self.storage.settings, f"run#keysets#verify#{change.new}")
        seen, lacking = 0, []
        for signal in found_signals(self.storage, progress):
            seen += 1
            if self._lacks(signal, change):
                lacking.append(signal.id)
        findings = Findings(
            signals=seen,
            lacking=tuple(lacking),
            strays=self._strays(),
            addresses=len(self.storage.exclusions.lacking(change.new)),
        )
        if findings.clean:
            self.keysets.verified(change)
        return findings

    def drop(self, *, operator: str) -> RekeyReport:
        """Take the old keys away, and at last the secret they were made under. Raises KeysetRefused."""
        change = self.keysets.required(Step.SWITCHED)
        self.keysets.require_settled(change)
        walk = RekeyWalk(self.storage, f"run#keysets#drop#{change.old}")
        walk.over(lambda signal: frozenset(key for key in signal.found_by if key.keyset != change.old))
        self._let_go(walk, change.old)
        report = walk.report(self.storage.exclusions.drop(change.old))
        if not report.missed:
            self.keysets.end(change, operator=operator)
        return report

    def _let_go(self, walk: RekeyWalk, old: str) -> None:
        """Take the keys by which signals that are over were found among the active.

        One that ends while two key sets are written may have too many keys for one transaction. It lists
        what is still to go, and nobody finds it any more to take that away.
        """
        for page in _pages(self.storage.census.key_items):
            under_old = {item.signal_id for item in page if item.key.keyset == old}
            for signal in self.storage.signals.sealed(under_old).values():
                if signal.ended_at is not None and signal.keys:
                    walk.let_go(signal)

    def _with_its_days(self, entry: ExcludedAddress) -> bool:
        """Whether an entry got its keys; asked for first, for once it has them it is passed by."""
        today = amsterdam_day(self.keysets.clock.now())
        keys = address_keys(self.storage, self.hasher, entry.address)
        ask_on_its_days(self.storage, entry, keys, today)
        return self.storage.exclusions.rekey(entry)

    def _with_keys(self, signal: Signal, change: KeysetChange) -> frozenset[IndexKey]:
        """All keys the signal should have; its record is opened for a new fold, or when some are missing."""
        if _is_hidden(signal) or (change.is_of_one_fold and not _lists_too_few(signal, change)):
            return signal.found_by
        whole = self.storage.signals.get(signal.id)
        if whole is None or _version(whole) != _version(signal):
            raise Stale(signal.id)
        if whole.youth is None:
            return signal.found_by
        keys = index_keys if whole.archived is None else keys_for_archive
        return signal.found_by | keys(whole.youth, self.hasher, (change.new,))

    def _lacks(self, signal: Signal, change: KeysetChange) -> bool:
        if not change.is_of_one_fold:
            return self._lacks_when_opened(signal, change)
        if _lists_too_few(signal, change):
            return True
        return self._lacks_items(signal)

    def _lacks_when_opened(self, signal: Signal, change: KeysetChange) -> bool:
        """Two folds give other families, so that only the record tells what should be there."""
        try:
            lacks = self._with_keys(signal, change) != signal.found_by
        except Stale:
            return False
        except SealBroken:
            return True
        return lacks or self._lacks_items(signal)

    def _lacks_items(self, signal: Signal) -> bool:
        items = {KeyItem(key, signal.id) for key in signal.found_by}
        return self.storage.census.held(items) != items and not self._has_moved_on(signal)

    def _has_moved_on(self, signal: Signal) -> bool:
        """Whether it was written since it was read: then it was written with all its keys."""
        now = self.storage.signals.sealed([signal.id]).get(signal.id)
        return now is None or _version(now) != _version(signal)

    def _strays(self) -> tuple[str, ...]:
        """Signals of items that no signal lists: read item first, so that a writer in between is no stray."""
        census = self.storage.census
        pages = chain(_pages(census.key_items), _pages(census.archive_items))
        return tuple(sorted({one for page in pages for one in self._strays_among(page)}))

    def _strays_among(self, items: Iterable[KeyItem]) -> set[str]:
        suspects = self._unlisted(items)
        return {item.signal_id for item in self._unlisted(self.storage.census.held(suspects))}

    def _unlisted(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        wanted = tuple(items)
        signals = self.storage.signals.sealed({item.signal_id for item in wanted})
        return frozenset(
            item
            for item in wanted
            if item.signal_id not in signals or item.key not in _listed(signals[item.signal_id])
        )


def _pages(items: Callable[..., Page[KeyItem]]) -> Iterator[tuple[KeyItem, ...]]:
    after: str | None = None
    while True:
        page = items(limit=PAGE, after=after)
        yield page.items
        if page.next is None:
            return
        after = page.next


def _listed(signal: Signal) -> frozenset[IndexKey]:
    """All keys that its row lists: those of before it ended too, while they are still to go."""
    return signal.found_by | signal.keys


def _version(signal: Signal) -> tuple[int, frozenset[IndexKey]]:
    return signal.revision, signal.found_by


def _is_hidden(signal: Signal) -> bool:
    """Whether nobody may find it: it has no keys and gets none (D33)."""
    return not signal.found_by and signal.state is not SignalState.ACTIVE


def _lists_too_few(signal: Signal, change: KeysetChange) -> bool:
    """The same fold gives as many keys of each family, whatever the secret."""
    under_old, under_new = (_families(signal, keyset) for keyset in (change.old, change.new))
    if not under_new:
        return not _is_hidden(signal)
    return bool(under_old) and under_old != under_new


def _families(signal: Signal, keyset: str) -> Counter[str]:
    return Counter(key.family for key in signal.found_by if key.keyset == keyset)

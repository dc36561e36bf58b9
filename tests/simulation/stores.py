"""The fakes, cut up: what DynamoDB does as several requests hands over between each two of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from chalicelib.domain.history import History
from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import (
    ExcludedAddress,
    Guard,
    MatchChange,
    Page,
    PendingWork,
    Storage,
    VerdictChange,
)
from tests.fakes import FakeStorage, FixedClock
from tests.fakes.archive import FakeArchive
from tests.fakes.matches import FakeMatches
from tests.fakes.region import FakeExclusions, FakeSettings
from tests.fakes.reviews import FakeReviews
from tests.fakes.signals import FakeSignals
from tests.fakes.state import FakeState
from tests.fakes.work import FakeNotices, FakeWork

Parts = Mapping[str, Callable[..., object]]
"""Store classes by the name of the store in :class:`Storage`."""


class SteppedState(FakeState):
    """All rows of a region, with what lives beside them: streams, and seals that are broken.

    ``merged`` are matches that somebody remembers after they went, ``supervised`` the professionals of whom a
    supervisor heard that a match brought them together, whether or not the match is there. ``look`` reads
    the rows anew where they lie elsewhere. ``register`` holds what is excluded row by row, by form and key
    set, in a story in which key sets change.
    """

    def __init__(self, clock: FixedClock) -> None:
        super().__init__(clock)
        self.changed: deque[str] = deque()
        self.woken: deque[str] = deque()
        self.broken: set[str] = set()
        self.merged: dict[str, Match] = {}
        self.supervised: set[frozenset[str]] = set()
        self.register: dict[tuple[str, str], ExcludedAddress] = {}
        self.lags: Callable[[], bool] = lambda: False
        self.witness: Callable[[Match], None] = lambda _: None
        self.told: Callable[[History], None] = lambda _: None
        self.look: Callable[[], None] = lambda: None


class SteppedSignals(FakeSignals):
    """Reads by id and by key are one request each; every write is a record in the stream."""

    state: SteppedState

    def get(self, signal_id: str) -> Signal | None:
        """The signal. Raises SealBroken."""
        self.state.before("signals.get")
        self._open(signal_id)
        return self.state.signals.get(signal_id)

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, one after the other. Raises SealBroken."""
        found = {}
        for one in sorted(set(signal_ids)):
            self.state.before("signals.get_many")
            held = self.state.signals.get(one)
            if held is not None:
                found[one] = held
            self._open(one)
        return found

    def sealed(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, one after the other, not opened."""
        found = {}
        for one in sorted(set(signal_ids)):
            found.update(FakeSignals.sealed(self, (one,)))
        return found

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """One query per key."""
        found = {}
        for key in sorted(keys):
            self.state.before("signals.holders")
            found[key] = frozenset(self.state.keys.get(key, ()))
        return found

    def overdue(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """From an index that may lag."""
        page = FakeSignals.overdue(self, today, limit=limit, after=after)
        return Page(tuple(one for one in page.items if not self.state.lags()), page.next)

    def _open(self, signal_id: str) -> None:
        if signal_id in self.state.broken:
            raise SealBroken(signal_id)

    def _write(self, signal: Signal, since: datetime) -> None:
        FakeSignals._write(self, signal, since)
        self.state.changed.append(signal.id)


class SteppedReviews(FakeReviews):
    """A verdict is written on both signals, and their stream tells."""

    state: SteppedState

    def decide(self, change: VerdictChange) -> None:
        """Write a verdict."""
        try:
            FakeReviews.decide(self, change)
        finally:
            held = self.state.reviews.get(change.review.id)
            if held is not None and held.revision == change.review.revision:
                self.state.changed.extend(signal.id for signal in change.signals)


class SteppedMatches(FakeMatches):
    """Somebody watches what is written."""

    state: SteppedState

    def commit(self, change: MatchChange) -> None:
        """Write a match."""
        FakeMatches.commit(self, change)
        self.state.witness(change.match)


class SteppedArchive(FakeArchive):
    """One query per key, an index that may lag, and somebody watches what is told."""

    state: SteppedState

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """One query per key."""
        found = {}
        for key in sorted(keys):
            found.update(FakeArchive.holders(self, (key,)))
        return found

    def over(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """From an index that may lag."""
        page = FakeArchive.over(self, today, limit=limit, after=after)
        return Page(tuple(one for one in page.items if not self.state.lags()), page.next)

    def tell(self, history: History, guard: Guard) -> None:
        """Write what the archive says."""
        try:
            FakeArchive.tell(self, history, guard)
        finally:
            if self.state.histories.get(history.signal_id) == history:
                self.state.told(history)


class SteppedNotices(FakeNotices):
    """Due items are read before their notices, and every receiver is woken by a write of its own."""

    state: SteppedState

    def get_many(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those that exist, one after the other."""
        found = {}
        for one in sorted(set(notice_ids)):
            found.update(FakeNotices.get_many(self, (one,)))
        return found

    def due(self, receiver: str) -> tuple[Notice, ...]:
        """First the due items, then the notices they name."""
        self.state.before("notices.due")
        ids = [one for whose, one in self.state.due if whose == receiver]
        found = FakeNotices.get_many(self, ids).values() if ids else ()
        return tuple(sorted(found, key=lambda notice: (notice.created_at, notice.id)))

    def wake(self, receivers: Iterable[str]) -> None:
        """One write per receiver, each a record in the stream."""
        for one in sorted(set(receivers)):
            FakeNotices.wake(self, (one,))
            self.state.woken.append(one)
            self.state.after("notices.wake")


class SteppedWork(FakeWork):
    """Removing a work item is a write whose answer can get lost."""

    def done(self, work: PendingWork) -> None:
        """Remove it if it is still this one."""
        FakeWork.done(self, work)
        self.state.after("work.done")

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile."""
        FakeWork.add_pending(self, signal_id, revision, since)
        self.state.after("work.add_pending")


class SteppedExclusions(FakeExclusions):
    """Every form is a read of its own."""

    def excluded(self, forms: Iterable[str], today: date) -> frozenset[str]:
        """The forms that are in the register."""
        return frozenset().union(
            *(FakeExclusions.excluded(self, (form,), today) for form in sorted(set(forms)))
        )


class SteppedSettings(FakeSettings):
    """Writes whose answers can get lost."""

    state: SteppedState

    def put_keysets(
        self, written: tuple[str, ...], read: tuple[str, ...], *, previous: tuple[str, ...]
    ) -> None:
        """Replace the key sets."""
        FakeSettings.put_keysets(self, written, read, previous=previous)
        self.state.after("settings.put_keysets")

    def put_report(self, name: str, report: Mapping[str, str | int]) -> None:
        """Create or replace a report."""
        FakeSettings.put_report(self, name, report)
        self.state.after("settings.put_report")


class SteppedStorage(FakeStorage):
    """All stores over one :class:`SteppedState`; ``parts`` stand in for some (a mutant's)."""

    state: SteppedState

    def __init__(self, clock: FixedClock, parts: Parts) -> None:
        super().__init__(clock)
        state = SteppedState(clock)
        for name in (field.name for field in fields(Storage)):
            kept = getattr(self, name)
            kind = parts.get(name) or STEPPED.get(name) or type(kept)
            object.__setattr__(self, name, kind(**_over(kept, state)))
        object.__setattr__(self, "state", state)


def _over(store: Any, state: SteppedState) -> dict[str, Any]:
    """What a store is made of, over another state."""
    made = {field.name: getattr(store, field.name) for field in fields(store)}
    return {
        name: type(part)(**_over(part, state)) if name == "settings" else part for name, part in made.items()
    } | {"state": state}


STEPPED: Parts = {
    "signals": SteppedSignals,
    "archive": SteppedArchive,
    "matches": SteppedMatches,
    "reviews": SteppedReviews,
    "notices": SteppedNotices,
    "work": SteppedWork,
    "exclusions": SteppedExclusions,
}

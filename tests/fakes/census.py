"""Every signal and key item, in memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.census import KeyItem
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Page
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeCensus:
    """The census over dicts."""

    state: FakeState

    def running(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have not ended, without their person records."""
        self.state.before("census.running")
        rest = [one for one in sorted(self.state.signals) if after is None or one > after]
        page = [self.state.signals[one] for one in rest[:limit]]
        running = (one for one in page if one.ended_at is None)
        return Page(
            tuple(replace(one, youth=None, informed=None) for one in running),
            rest[limit - 1] if len(rest) > limit else None,
        )

    def key_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found."""
        self.state.before("census.key_items")
        items = sorted(KeyItem(key, one) for key, holders in self.state.keys.items() for one in holders)
        start = int(after or 0)
        end = start + limit
        return Page(tuple(items[start:end]), str(end) if len(items) > end else None)

    def held(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        """Those of the items that are there."""
        self.state.before("census.held")
        return frozenset(item for item in items if item.signal_id in self.state.keys.get(item.key, ()))

    def rekey(self, signal: Signal, keys: frozenset[IndexKey]) -> None:
        """Have a signal found under these keys, at the same revision."""
        self.state.before("census.rekey")
        held = self.state.signals.get(signal.id)
        if held is None or (held.revision, held.keys) != (signal.revision, signal.keys):
            raise Stale(signal.id)
        for key in held.keys - keys:
            self.state.keys[key].discard(signal.id)
        for key in keys:
            self.state.keys[key].add(signal.id)
        self.state.signals[signal.id] = replace(held, keys=keys)
        self.state.after("census.rekey")
